"""The periods of a plan: when it starts, how long a period is, and which periods share a budget."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Annotated

from pydantic import Field

from portfolio.domain.record import Number, Record


class Calendar(Record):
    """The planning intervals, in order; equal budget period labels share one budget."""

    start: date | None = Field(
        None, title="Start", description="First day of the first period.", examples=["2027-01-04"]
    )
    period_weeks: Annotated[Number, Field(gt=0)] | None = Field(
        None, title="Period weeks", description="Length of one period in weeks.", examples=[10]
    )
    periods: tuple[str, ...] = Field(
        (), title="Periods", description="The periods' labels, in order.", examples=[["PI 1", "PI 2"]]
    )
    budget_periods: tuple[str, ...] = Field(
        (),
        title="Budget periods",
        description="For each period the budget period it belongs to; absent means that each period has its own.",
        examples=[["FY27", "FY27"]],
    )

    @property
    def weeks(self) -> float:
        """Length of one period; the model's default has been filled in before anything is computed."""
        if self.period_weeks is None:
            raise ValueError("the calendar's period length is not filled in; complete the portfolio with a model first")
        return self.period_weeks

    @property
    def plan_weeks(self) -> float:
        """Length of the whole plan in weeks."""
        return len(self.periods) * self.weeks

    @cached_property
    def budget_labels(self) -> tuple[str, ...]:
        """The distinct budget periods, in order of first appearance."""
        return tuple(dict.fromkeys(self.budget_periods or self.periods))

    @cached_property
    def budget_index(self) -> tuple[int, ...]:
        """For each period the index of its budget period."""
        return tuple(self.budget_labels.index(label) for label in self.budget_periods or self.periods)

    def index(self, label: str) -> int:
        """The position of a period label; raises ValueError for an unknown one."""
        return self.periods.index(label)

    def week_of(self, moment: date | float) -> float:
        """Weeks from the plan's start until a moment is over: a date lasts to the end of its day, a number is one already."""
        if not isinstance(moment, date):
            return float(moment)
        return ((moment - self._known_start).days + 1) / 7

    def last_day(self, week: float) -> date | None:
        """The last day before a week is over, where the plan's start is known."""
        return None if self.start is None else self.start + timedelta(weeks=week, days=-1)

    def begins_at(self, day: date) -> int:
        """The period that begins nearest to a day, counted from the plan's first one; below 0 for what is over."""
        return round((day - self._known_start).days / 7 / self.weeks)

    def ends_at(self, day: date) -> int:
        """The period that ends nearest to a day, counted from the plan's first one; below 0 for what is over."""
        return round(((day - self._known_start).days + 1) / 7 / self.weeks) - 1

    @property
    def _known_start(self) -> date:
        if self.start is None:
            raise ValueError("a date needs the calendar's start")
        return self.start

    def first_day(self, period: int) -> date | None:
        """The day a period begins, where the plan's start is known."""
        return None if self.start is None else self.start + timedelta(weeks=period * self.weeks)
