"""Big batches: epics so long or so large that they cannot be judged before they are done."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import median
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding
from portfolio.domain.tolerance import ROUNDING
from portfolio.policies.past_efforts import finished_efforts
from portfolio.policies.policy import Limits, Subject, WarnedIn, Words, named, warning


class BigBatches:
    """An epic is small enough to be judged soon.

    Rule: an epic takes at most `periods` periods, and at most `share` of a value stream's capacity in the whole plan,
    where that is longer than `periods`: in a shorter one, every epic is a large part of it. With `mvp` 1 its MVP does, and an epic
    that is longer needs one. Of `epics` or more past epics, those of more than the median estimate took at most `overrun` times as much
    of their estimate as the smaller ones.
    Formula: min periods <= periods; effort / sum of capacity <= share; median of actual / estimate of the larger ones / that of the
    others <= overrun.
    Unit: periods; share of capacity.
    Why: a large batch hides what it costs until it is done, and everything else queues behind it.
    Source: Reinertsen, small batches; the limits are general knowledge.
    Example: an epic of 5 periods where 2 are the limit is sliced into 3.
    """

    name = "big batches"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ()
    limits: ClassVar[Limits] = {"periods": 2, "share": 0.4, "mvp": 0, "overrun": 1.1, "epics": 10}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each long or large epic, with how many slices would do, and what size has cost so far."""
        yield from _what_size_cost(subject, limits)
        portfolio, words = subject.portfolio, subject.words
        long = len(portfolio.calendar.periods) > limits["periods"]
        capacity = {stream.id: sum(stream.capacity) for stream in portfolio.value_streams}
        for index, epic in enumerate(portfolio.epics):
            first = _first_part(epic)
            if limits["mvp"] and not first:
                yield from _without_mvp(index, epic, limits, words)
                continue
            judged = first if limits["mvp"] else epic.shortest
            if judged > limits["periods"]:
                yield warning(
                    ("epics", index, "mvp_periods" if limits["mvp"] else "min_periods"),
                    f"{'The MVP of ' if limits['mvp'] else ''}{epic.id} takes {words.lasting(judged)}.",
                    f"The policy allows {limits['periods']:g}.",
                    "Choose a smaller one." if limits["mvp"] else _where_to_slice(epic, limits["periods"], words),
                )
            for stream, all_of_it in epic.effort.items():
                effort = all_of_it * judged / epic.shortest
                there = capacity.get(stream, 0.0)
                if long and there and effort > limits["share"] * there * (1 + ROUNDING):
                    yield warning(
                        ("epics", index, "effort"),
                        f"{'The MVP of ' if limits['mvp'] else ''}{epic.id} takes {effort / there:.0%} of what {stream} can do in the whole plan.",
                        f"The policy allows {limits['share']:.0%}.",
                        f"Slice it into {_slices(effort, limits['share'] * there)} parts of at most "
                        f"{limits['share'] * there:g} units of effort there, each worth something by itself.",
                    )


def _what_size_cost(subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
    """That past epics of more than the median size took more of their estimate than smaller ones, where they did."""
    past = finished_efforts(subject.portfolio)
    if len(past) < max(2, limits["epics"]):
        return
    size = median(one.estimate for one in past)
    large, small = ([one.ratio for one in past if (one.estimate > size) is above] for above in (True, False))
    if large and median(large) > limits["overrun"] * median(small) * (1 + ROUNDING):
        epics = subject.portfolio.epics
        next_ones = [
            epic.id for epic in epics if sum(epic.effort.values()) > size and not subject.portfolio.is_running(epic)
        ]
        yield warning(
            ("evidence.actuals", min(one.index for one in past if one.estimate > size), "actual_effort"),
            f"The {len(large)} past {subject.words.epics} of more than {size:g} units took {median(large):.2f} times their estimate, the "
            f"{len(small)} smaller ones {median(small):.2f} times.",
            f"The policy allows {limits['overrun']:g} times as much.",
            f"Slice what is larger than that before it begins{f': {named(next_ones)}' if next_ones else ''}.",
        )


def _first_part(epic: Epic) -> int:
    """Periods of its MVP; 0 where it has none."""
    return min(epic.mvp_periods or 1, epic.shortest) if epic.mvp_cost is not None or epic.mvp_periods is not None else 0


def _without_mvp(index: int, epic: Epic, limits: Limits, words: Words) -> Iterator[FieldFinding]:
    """A long epic of which nothing says by what it will be judged first."""
    if epic.shortest > limits["periods"]:
        yield warning(
            ("epics", index, "mvp_periods"),
            f"{epic.id} takes {words.lasting(epic.shortest)} and has no MVP.",
            f"The policy judges it by an MVP of at most {words.lasting(limits['periods'])}.",
            "Enter MVP periods and MVP cost: what is built first, and what it may spend.",
        )


def _where_to_slice(epic: Epic, most: float, words: Words) -> str:
    """After its MVP where it has one, and whatever is longer than the limit into slices of that length."""
    first = _first_part(epic)
    if not 0 < first < epic.shortest:
        slices = _slices(epic.shortest, most)
        return f"Slice it into {slices} parts of at most {words.lasting(most)}; the first says whether the next is worth it."
    rest = epic.shortest - first
    parts = f" in {_slices(rest, most)} parts" if rest > most else ""
    return f"Slice it after its MVP, {words.lasting(first)}; decide then about the other {words.lasting(rest)}{parts}."


def _slices(whole: float, limit: float) -> str:
    """How many parts keep the limit; a limit of 0 is kept by none."""
    return str(math.ceil(whole / limit - ROUNDING)) if limit > 0 else "smaller"
