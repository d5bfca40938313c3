"""Capacity above delivered: the plan counts on more than its value streams have ever brought."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.domain.tolerance import ROUNDING
from portfolio.domain.value_stream import ValueStream
from portfolio.domain.wording import figure
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class CapacityAboveDelivered:
    """A value stream is planned with what it delivers.

    Rule: of at least `periods` past periods on the sheet Delivered, as long as those of the plan, a value stream's capacity in no period is
    above `times` the median of what it delivered; where a plan is judged, what that asks of it.
    Formula: capacity of the period (or effort planned in it) <= times * median of delivered.
    Unit: units of effort a period.
    Why: capacity that has never been delivered is a wish; what is planned on it comes late, and what waits for that, too.
    Source: Reinertsen, and yesterday's weather of Extreme Programming; the limits are general knowledge.
    Example: capacity for 20 units, of which half of the last six periods delivered 14.5 or less.
    """

    name = "capacity above delivered"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ("plans",)
    limits: ClassVar[Limits] = {"times": 1, "periods": 5}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each value stream at the first period in which it has, or the plan asks for, the most above that."""
        portfolio = subject.portfolio
        for index, stream in enumerate(portfolio.value_streams):
            past = [
                row.delivered
                for row in portfolio.evidence.delivered
                if row.value_stream.casefold() == stream.id.casefold()
            ]
            asked = stream.capacity if subject.load is None else subject.load.get(stream.id, ())
            if len(past) < max(1, limits["periods"]) or not asked:
                continue
            usual, most = median(past), max(asked)
            above = [period for period, units in enumerate(asked) if units > limits["times"] * usual * (1 + ROUNDING)]
            if above:
                yield warning(
                    ("value_streams", index, "capacity"),
                    f"{_said(stream, most, subject, asked.index(most))}; half of its {len(past)} past {subject.words.periods} delivered "
                    f"{figure(usual)} or less, from {figure(min(past))} to {figure(max(past))}"
                    f"{f', and {len(above)} {subject.words.periods} are above that' if len(above) > 1 else ''}.",
                    f"The policy allows {limits['times']:g} times that median."
                    if limits["times"] != 1
                    else "The policy allows that median.",
                    f"Plan {stream.id} with what it delivers, or say what has changed since; `simulate` draws from these "
                    f"{subject.words.periods}. Ask what keeps the rest from being done: a limit, a dependency, work that is not planned here.",
                )


def _said(stream: ValueStream, most: float, subject: Subject, period: int) -> str:
    """How much there is or is asked for, and when that is most."""
    label = subject.portfolio.calendar.periods[period]
    if subject.load is not None:
        return f"The plan asks {stream.id} for {figure(most)} units in {label}"
    return f"{stream.id} is planned with {figure(most)} units in {label}"
