"""Exclusive groups: alternatives of which at most one is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from portfolio.domain import Plan, Portfolio
from portfolio.guardrails.group import GroupRule
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.rule import rows_of
from portfolio.guardrails.status import GuardrailStatus
from portfolio.options import Options


@dataclass(frozen=True)
class Exclusive(GroupRule):
    """Of an exclusive group at most one epic is in the plan.

    Rule: alternatives to the same end are not both funded.
    Formula: sum of the group's options <= 1.
    Unit: epics.
    Why: build or buy, not build and buy.
    Source: the portfolio; set-based decisions end in one choice.
    Example: E4 and E5 of group "Core": one of them, or none.
    """

    group: str
    epics: tuple[str, ...]
    name: str = "Exclusive group"
    field: ClassVar[str] = "exclusive_group"

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """How many of the alternatives start, against one."""
        return LiveStatus(LiveFigure(status.used, self.members(cells, started=True)), at_most=LiveFigure(1.0))

    def rows(self, options: Options) -> Rows:
        """One line over all members."""
        members = np.isin(options.epic, [options.portfolio.epic_index[epic] for epic in self.epics])
        return rows_of(self.place, [([(np.flatnonzero(members), 1.0)], -np.inf, 1.0)])

    def binds(self, options: Options) -> bool:
        """Whether one of the alternatives is in the plan."""
        return bool(self.rows(options).activity()[0] >= 1)


def exclusive(portfolio: Portfolio) -> list[Exclusive]:
    """One rule for each exclusive group, in order of first appearance."""
    groups = dict.fromkeys(epic.exclusive_group for epic in portfolio.epics if epic.exclusive_group)
    return [
        Exclusive(group, tuple(epic.id for epic in portfolio.epics if epic.exclusive_group == group))
        for group in groups
    ]
