"""Stale scores: epics are ranked by what was thought long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.policies.policy import Limits, Subject, WarnedIn, named, warning
from portfolio.policies.served import served


class StaleScores:
    """A score is looked at again before it decides anything.

    Rule: scores are at most `weeks` old when the plan starts, and no key result that an epic serves was read after its score. Epics without
    `Scored on` are not judged.
    Formula: (start of the plan - scored on) / 7 <= weeks; scored on >= measured on of its key results.
    Unit: weeks.
    Why: cost of delay changes with the market; sunk cost is ignored, so work in progress is sized by what remains.
    Source: SAFe, WSJF is updated continuously; the limit is general knowledge.
    Example: scored in January for a plan that starts in October: 39 weeks.
    """

    name = "stale scores"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ()
    limits: ClassVar[Limits] = {"weeks": 26}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each epic with an old score, and for each objective those that were scored before it was read."""
        start = subject.portfolio.calendar.start
        for index, epic in enumerate(subject.portfolio.epics):
            if start is None or epic.scored_on is None:
                continue
            weeks = (start - epic.scored_on).days / 7
            if weeks > limits["weeks"]:
                yield warning(
                    ("epics", index, "scored_on"),
                    f"{epic.id} was scored {weeks:.0f} weeks before the plan starts.",
                    f"The policy allows {limits['weeks']:g}.",
                    "Score it again by what is known now, sized by what remains.",
                )
        yield from _read_later(subject)


def _read_later(subject: Subject) -> Iterator[FieldFinding]:
    """For each objective the epics that serve it and were scored before its latest reading that concerns them."""
    outcomes, objectives = subject.portfolio.outcomes, dict[str, list[tuple[date, int, str]]]()
    for epic in subject.portfolio.epics:
        later: dict[str, tuple[date, int, str]] = {}
        for index, row in served(epic, outcomes):
            day = row.measured_on if row.current is not None else None
            if epic.scored_on is not None and day is not None and day > epic.scored_on:
                name = row.objective.casefold()
                later[name] = max(later.get(name, (day, index, epic.id)), (day, index, epic.id))
        for name, found in later.items():
            objectives.setdefault(name, []).append(found)
    for stale in objectives.values():
        day, index, _ = max(stale)
        latest, who = outcomes[index], named([epic for _, _, epic in stale])
        yield warning(
            ("outcomes", index, "measured_on"),
            f"{latest.label} was read on {day}; {who} {'serves' if len(stale) == 1 else 'serve'} {latest.objective} and "
            f"{'was' if len(stale) == 1 else 'were'} scored before.",
            "What was read since may change what is thought of an epic.",
            "Look at Confidence and scores again by what was read, and enter Scored on anew.",
        )
