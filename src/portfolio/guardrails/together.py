"""Together groups: epics that are worth it only all at once."""

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
class Together(GroupRule):
    """Of a together group all epics are in the plan, or none.

    Rule: all or none, each whenever.
    Formula: sum of each member's options = sum of the first member's.
    Unit: epics.
    Why: a launch is one promise, however many epics deliver it.
    Source: the portfolio; no framework prescribes it.
    Example: app and branch launch: both or neither.
    """

    group: str
    epics: tuple[str, ...]
    name: str = "Together group"
    field: ClassVar[str] = "together_group"

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """How many members start, against all of them as soon as one does."""
        count = float(sum(epic in plan for epic in self.epics))
        started, every = (self.members(cells, started=started) for started in (True, False))
        wanted = LiveFigure(float(len(self.epics)) if count else 0.0, f"IF({started}>0,{every},0)")
        return LiveStatus(LiveFigure(count, started), at_least=wanted, binding="")

    def rows(self, options: Options) -> Rows:
        """One line for each member after the first."""
        index = options.portfolio.epic_index
        first, *others = (np.flatnonzero(options.epic == index[epic]) for epic in self.epics)
        return rows_of(self.place, (([(other, 1.0), (first, -1.0)], 0.0, 0.0) for other in others))


def together(portfolio: Portfolio) -> list[Together]:
    """One rule for each together group of at least two, in order of first appearance."""
    groups = dict.fromkeys(epic.together_group for epic in portfolio.epics if epic.together_group)
    members = {group: tuple(epic.id for epic in portfolio.epics if epic.together_group == group) for group in groups}
    return [Together(group, epics) for group, epics in members.items() if len(epics) > 1]
