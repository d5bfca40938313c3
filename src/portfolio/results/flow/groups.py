"""What figures are of: the whole portfolio, or one part of it in the order of the workbook; never the parts against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Per = Literal["period", "week", "month"]
"""What finished epics are counted per."""


@dataclass(frozen=True)
class Period:
    """A stretch of time that is over: its label with its first and last day as whole days."""

    label: str
    first: int
    last: int

    @property
    def begins(self) -> date:
        """Its first day."""
        return date(1970, 1, 1) + timedelta(days=self.first)

    @property
    def ends(self) -> date:
        """Its last day."""
        return date(1970, 1, 1) + timedelta(days=self.last)

    @property
    def by_day(self) -> bool:
        """Whether its label is its first day, not a name."""
        return self.label[:4].isdecimal() and self.label.count("-") == 2


def span_words(periods: Sequence[Period]) -> str:
    """From which period to which; that a name is but the first day of a period is said."""
    first, last = periods[0], periods[-1]
    if not first.by_day:
        return f"{first.label} to {last.label}"
    return f"first day {first.label}" if first is last else f"first days {first.label} to {last.label}"
