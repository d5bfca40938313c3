"""What a study of a plan has to say of itself: that nothing is uncertain, or that evidence is there and too little to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.domain import Finding, Portfolio
from portfolio.domain.evidence.estimates import LEAST_ACTUALS
from portfolio.domain.wording import counted, first_of
from portfolio.engine.load import Loaded

if TYPE_CHECKING:
    from portfolio.simulation.rank_study import RankStudy
    from portfolio.simulation.study import PlayStudy

MOST_NAMED = 3
"""Epics that a finding names."""


def study_findings(loaded: Loaded, study: PlayStudy) -> tuple[Finding, ...]:
    """What whoever reads the figures of a study should know of what they rest on."""
    portfolio = loaded.ready
    return (
        *(_nothing_uncertain(loaded) if study.uncertainty.is_certain else ()),
        *_too_few_periods(loaded, portfolio),
        *_past_epics(loaded, portfolio),
    )


def both(findings: tuple[Finding, ...], more: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings of two answers about the same portfolio, of which those that both have are said once."""
    said = {finding.what for finding in findings}
    return (*findings, *(finding for finding in more if finding.what not in said))


def few_voters(loaded: Loaded, study: RankStudy) -> tuple[Finding, ...]:
    """Epics that so few have voted on that their votes say nothing of how far scores are off."""
    from portfolio.simulation.score_moves import LEAST_VOTERS

    futures = study.futures
    voted = {vote.epic for vote in futures.votes.rows}
    rows = zip(study.by.epics, futures.votes.moved, strict=True)
    few = [epic.id for epic, moved in rows if epic.id in voted and not moved.any()]
    if not few:
        return ()
    instead = "move a step of their scale instead" if futures.steps.chance > 0 else "stay as they are"
    return (
        Finding(
            "warning",
            f"{loaded.name}, Votes",
            f"{first_of(few, MOST_NAMED)} {'has' if len(few) == 1 else 'have'} votes of fewer than {LEAST_VOTERS} scorers "
            f"on what {'it is' if len(few) == 1 else 'they are'} ranked by.",
            f"Votes of fewer say too little of how far scores are off, so those scores {instead}.",
            "Ask more of those who score, or leave it at that.",
        ),
    )


def _nothing_uncertain(loaded: Loaded) -> Iterator[Finding]:
    yield Finding(
        "warning",
        loaded.name,
        "Nothing is uncertain.",
        "No planned epic has a range, cases or a confidence below 100 %, and no value stream varies, so every future is "
        "the plan.",
        "Fill in Effort low and Effort high for the epics that matter, or the sheets Actuals and Delivered.",
    )


def _too_few_periods(loaded: Loaded, portfolio: Portfolio) -> Iterator[Finding]:
    """Past periods of value streams that are too few to say how capacity varies."""
    from portfolio.simulation.capacity import LEAST_PERIODS

    there = Counter(row.value_stream for row in portfolio.evidence.delivered)
    for stream in portfolio.value_streams:
        if 0 < there[stream.id] < LEAST_PERIODS:
            stated = stream.capacity_low is not None or stream.capacity_high is not None
            yield Finding(
                "warning",
                f"{loaded.name}, Delivered",
                f"There {'is' if there[stream.id] == 1 else 'are'} {counted(there[stream.id], 'past period')} of {stream.id}, "
                f"and past periods count from {LEAST_PERIODS} on.",
                "Of fewer, one that is worse than all that were seen is too likely. Its "
                + ("Capacity low and high count instead." if stated else "capacity counts as certain."),
                "Add past periods."
                if stated
                else f"Add past periods, or fill in Capacity low and high of {stream.id}.",
            )


def _past_epics(loaded: Loaded, portfolio: Portfolio) -> Iterator[Finding]:
    """Past epics that are too few to say how far estimates are off, and those that run and are above theirs already."""
    rows = portfolio.evidence.actuals
    if portfolio.ranges_from_history is False or not rows:
        return
    place, finished = f"{loaded.name}, Actuals", sum(row.counts for row in rows)
    running = [row for row in rows if row.finished is None and row.estimated_effort and row.actual_effort]
    above = sum((row.actual_effort or 0) > (row.estimated_effort or 0) for row in running)
    if finished < LEAST_ACTUALS:
        yield Finding(
            "warning",
            place,
            f"Of past epics {finished} {'is' if finished == 1 else 'are'} finished with an estimate and an actual effort, and they "
            f"count from {LEAST_ACTUALS} on.",
            "Fewer say too little of how far estimates are off, so epics without a range count as certain.",
            "Add past epics with the day on which they were finished, or give the epics that matter a range of their own.",
        )
    if above:
        yield Finding(
            "warning",
            place,
            f"Of {counted(len(running), 'past epic')} not finished {above} {'has' if above == 1 else 'have'} taken more than "
            f"{'its' if above == 1 else 'their'} estimate already.",
            "What still runs counts for nothing, so that early ends alone are not what is learned from: truth is later than it looks.",
            "Expect later ends than shown here, or give such epics a range of their own.",
        )
