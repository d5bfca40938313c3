"""A chance and other figures of many draws, each with its error, and how they are said."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from portfolio.domain import Calendar
from portfolio.domain.wording import figure
from portfolio.results.intervals import Interval, wilson


@dataclass(frozen=True)
class Chance:
    """The share of futures in which something comes true, with the interval that holds it in 95 of 100 studies.

    Where all futures are counted it is exact, and the interval is absent.
    """

    share: float
    interval: Interval | None = None

    @classmethod
    def of(cls, share: float, count: int, *, exact: bool) -> Chance:
        """The chance that so many futures show; rounding never takes it out of 0 to 1."""
        share = min(1.0, max(0.0, float(share)))
        return cls(share, None if exact else wilson(share, count))

    @property
    def words(self) -> str:
        """A whole per cent; what is only nearly certain never reads as if it were."""
        percent = round(self.share * 100)
        if percent == 100 and self.share < 1:
            return ">99%"
        if percent == 0 and self.share > 0:
            return "<1%"
        return f"{percent}%"


@dataclass(frozen=True)
class Estimate:
    """A figure of many draws with its standard error, 0 where all futures are counted."""

    value: float
    standard_error: float = 0.0
    interval: Interval | None = None

    @property
    def words(self) -> str:
        """The figure with no more digits than its error allows."""
        return with_error(self.value, self.error)

    @property
    def error(self) -> float:
        """How far it may be off."""
        if self.interval is not None:
            return (self.interval[1] - self.interval[0]) / 2
        return 1.96 * self.standard_error


def with_error(value: float, error: float) -> str:
    """A figure rounded to the power of ten of its error."""
    if not error > 0:
        return figure(value)
    unit = 10.0 ** math.floor(math.log10(error))
    unit = max(unit, 1.0) if abs(value) >= 100 else unit
    shown = round(value / unit) * unit
    return f"{shown:,.0f}" if unit >= 1 else f"{shown:,.{min(6, round(-math.log10(unit)))}f}"


def day_of(day: int | None, calendar: Calendar) -> date | float | None:
    """A day counted from the plan's start as a date, or as weeks where the start is not known."""
    if day is None:
        return None
    return round(day / 7, 9) if calendar.start is None else calendar.start + timedelta(days=day)


def day_words(day: date | float | None) -> str:
    """A day as people say it; never where it is not reached."""
    if day is None:
        return "later"
    return str(day) if isinstance(day, date) else f"week {figure(day)}"
