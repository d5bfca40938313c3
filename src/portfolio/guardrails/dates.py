"""Dates: an epic's own earliest, latest and durations, which options keep by their making and any plan must."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portfolio.domain import Portfolio
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.rule import Rule, rows_of
from portfolio.options import Options, windows


@dataclass(frozen=True)
class Dates(Rule):
    """An epic begins and ends within its dates and the plan, and takes a number of periods that it allows.

    Rule: first period at the earliest, last period at the latest, between min and max periods, inside the plan.
    Formula: sum of options outside the epic's windows <= 0; the table of all options has none.
    Unit: epics.
    Why: a plan that comes from elsewhere is judged by the same rules as one made here.
    Source: the portfolio's own dates.
    Example: earliest PI 3 and planned start PI 2 is broken.
    """

    epic: str
    name: str = "Dates"

    def rows(self, options: Options) -> Rows:
        """One line over the epic's options that are outside its windows; no line where there are none."""
        portfolio = options.portfolio
        index = portfolio.epic_index[self.epic]
        members = np.flatnonzero(options.epic == index)
        allowed = set(windows(portfolio.epics[index], portfolio)) if len(members) else set()
        outside = [row for row in members if (int(options.start[row]), int(options.periods[row])) not in allowed]
        lines = [([(np.array(outside, dtype=np.int64), 1.0)], -np.inf, 0.0)] if outside else []
        return rows_of({"epic": self.epic}, lines)


def dates(portfolio: Portfolio) -> list[Dates]:
    """One rule for each epic."""
    return [Dates(epic.id) for epic in portfolio.epics]
