"""Commitments: epics that have to be in the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portfolio.domain import Portfolio
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.rule import Rule, rows_of
from portfolio.options import Options


@dataclass(frozen=True)
class Commitment(Rule):
    """An epic that must be done, or that was started already, is in the plan.

    Rule: must: in the plan, whenever. Start: in the plan, and its first period is the one given.
    Formula: sum of its options >= 1; for a start given, options begin only there.
    Unit: epics.
    Why: law, contract, or work in progress that nobody wants to stop.
    Source: the portfolio; no framework prescribes it.
    Example: an epic in progress since PI 1 has `Start` PI 1.
    """

    name: str
    epic: str

    def rows(self, options: Options) -> Rows:
        """One line: at least one of the epic's options."""
        members = np.flatnonzero(options.epic == options.portfolio.epic_index[self.epic])
        return rows_of({"epic": self.epic}, [([(members, 1.0)], 1.0, np.inf)])


@dataclass(frozen=True)
class FixedStart(Commitment):
    """The commitment of an epic whose first period is already decided."""

    start: int

    def rows(self, options: Options) -> Rows:
        """One line: at least one of the epic's options that begin in that period."""
        begins = (options.epic == options.portfolio.epic_index[self.epic]) & (options.start == self.start)
        return rows_of({"epic": self.epic}, [([(np.flatnonzero(begins), 1.0)], 1.0, np.inf)])


def commitment(portfolio: Portfolio) -> list[Commitment]:
    """One commitment for each epic that must be done or whose start is given."""
    found: list[Commitment] = []
    for epic in portfolio.epics:
        if epic.start is not None:
            found.append(FixedStart("Start", epic.id, portfolio.calendar.index(epic.start)))
        elif epic.must:
            found.append(Commitment("Must", epic.id))
    return found
