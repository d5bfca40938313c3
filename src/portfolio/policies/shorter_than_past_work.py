"""Shorter than past work: epics are to be done sooner than nearly all were that went before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.domain.tolerance import ROUNDING
from portfolio.policies.policy import Limits, Subject, WarnedIn, named, warning


class ShorterThanPastWork:
    """The shortest duration of an epic is one that past epics have reached.

    Rule: in each value stream, fewer than `share` of past epics took longer than Min periods of an epic that has not begun. What is still
    open counts as long as it has lasted. A value stream with fewer than 5 finished epics is judged by those of the portfolio.
    Formula: share of past epics whose lead time is above min periods * weeks * 7 days (product-limit estimate) < share.
    Unit: share of past epics; days from commitment to done.
    Why: Min periods is what a plan counts on where people work on nothing else; lead times hold all the waiting that there is, too.
    Source: general knowledge (Vacanti, actionable agile metrics).
    Example: Min periods of 1 is 56 days, and 91 % of past epics took longer.
    """

    name = "shorter than past work"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ("plans", "flow")
    limits: ClassVar[Limits] = {"share": 0.85}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """For each value stream the epics that are to take less than past ones, at the first of them."""
        portfolio, past = subject.portfolio, subject.past
        if past is None or portfolio.calendar.period_weeks is None:
            return
        short: dict[tuple[str | None, int], list[int]] = defaultdict(list)
        for index, epic in enumerate(portfolio.epics):
            known = past.by_id.get(epic.id.casefold())
            if not portfolio.is_running(epic) and (known is None or known.started is None):
                short[portfolio.largest_stream(epic), epic.shortest].append(index)
        for (stream, periods), places in short.items():
            days, times = periods * portfolio.calendar.weeks * 7, past.lead_times_of(stream)
            if stream is None or times is None or times[1].share_longer(days) < limits["share"] - ROUNDING:
                continue
            whose, lead_times = times
            who = [portfolio.epics[place].id for place in places]
            yield warning(
                ("epics", places[0], "min_periods"),
                f"{named(who)} of {stream} {'has' if len(who) == 1 else 'have'} Min periods of {periods}, {days:g} days; "
                f"{lead_times.share_longer(days):.0%} of past {subject.words.epics} {'there' if whose else 'of the portfolio'} took longer.",
                f"The policy asks that less than {limits['share']:.0%} did ({lead_times.finished} finished, and what is open).",
                "Raise Min periods, or make them smaller; most of a lead time is waiting, so ask what they would wait for.",
            )
