"""Ageing work: what is in progress has been so for longer than nearly all that was finished."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.domain.tolerance import ROUNDING
from portfolio.policies.past import LeadTimes, PastEpic
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class AgeingWork:
    """What is in progress is finished, or stopped, before it is old.

    Rule: of past epics of its value stream, what is open included, less than `share` took fewer days than an epic in progress is old; and it
    is no older than each one that was ever finished. A value stream with fewer than 5 finished epics is judged by those of the portfolio.
    Formula: share of past epics whose lead time is below the age (product-limit estimate) < share; age <= longest lead time.
    Unit: days since the commitment, on the last day that history knows.
    Why: the older an epic is, the longer it is likely to take still; it holds a place that others wait for.
    Source: general knowledge (Vacanti, age of work in progress).
    Example: 290 days old, where the longest that was ever finished took 110.
    """

    name = "ageing work"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ("plans", "flow")
    limits: ClassVar[Limits] = {"share": 0.85}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each epic of the portfolio that is so old, the oldest first."""
        portfolio, past = subject.portfolio, subject.past
        places = {epic.id.casefold(): index for index, epic in enumerate(portfolio.epics)}
        for epic in () if past is None else past.open:
            times = None if past is None else past.lead_times_of(epic.stream)
            if past is None or times is None or epic.id.casefold() not in places:
                continue
            whose, lead_times = times
            said = older_than(past.age(epic), lead_times, limits["share"], subject.words.epics)
            if said:
                yield warning(
                    ("epics", places[epic.id.casefold()], "state"),
                    f"{epic.id} has been in progress for {past.age(epic)} days on {past.as_of}, longer than {said} "
                    f"{f'of {whose}' if whose else 'of the portfolio'} took{_parts(epic)}.",
                    f"The policy allows {limits['share']:.0%}.",
                    f"Finish it before anything new begins, make it smaller, or stop it. {subject.words.stopping}".strip(),
                )


def older_than(age: int, times: LeadTimes, share: float, epics: str) -> str:
    """Than what an epic is older, in words; nothing where it is not old."""
    if age > times.longest:
        return f"each of the {times.finished} finished {epics}"
    shorter = 1 - times.share_longer(age - 1)
    return f"{shorter:.0%} of past {epics}" if shorter >= share - ROUNDING else ""


def _parts(epic: PastEpic) -> str:
    """How many of its parts are done, where history knows any."""
    return f"; {epic.parts_done} of its {epic.parts} parts are done" if epic.parts else ""
