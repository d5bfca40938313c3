"""What every urgency profile offers: the value of an epic that is done at a given week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.domain import Epic, Portfolio
from portfolio.edits.change import Change
from portfolio.urgency.discounting import Weeks
from portfolio.urgency.formula import ValueCells


@dataclass(frozen=True)
class Terms:
    """What value depends on besides the epic: benefit per week, the value horizon, discounting, the deadline's week."""

    benefit: float
    horizon_weeks: float
    decay: float
    deadline_week: float

    def last_week(self, epic: Epic) -> float:
        """The week in which the epic stops earning: the value horizon, or the end of its life if that is sooner."""
        return self.horizon_weeks if epic.life_weeks is None else min(self.horizon_weeks, epic.life_weeks)


class UrgencyProfile:
    """How an epic's value fades the later it is done."""

    name: ClassVar[str]

    def value(self, epic: Epic, done: Weeks, terms: Terms) -> Weeks:
        """Value if done at each of these weeks, before confidence; never negative, never rising."""
        raise NotImplementedError

    def formula(self, epic: Epic, cells: ValueCells) -> str | None:
        """The same value as a formula of a workbook; None where it does not fit into one."""
        raise NotImplementedError

    def ways_in(self, portfolio: Portfolio, epic: Epic) -> list[Change]:  # noqa: ARG002
        """What could make an epic worth its place, smallest first; most profiles have no date that could move."""
        return []
