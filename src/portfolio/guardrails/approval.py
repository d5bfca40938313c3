"""Approval: significant epics need a yes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portfolio.domain import Portfolio
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.rule import Rule, rows_of
from portfolio.options import Options, above_threshold


@dataclass(frozen=True)
class Approval(Rule):
    """An epic that costs more than the epic threshold is in the plan only if it is approved.

    Rule: above the threshold, `Approved` = yes, or it waits.
    Formula: sum of its options <= 0 while it is not approved. Cost is effort at the streams' cost, plus external cost.
    Unit: epics.
    Why: small decisions stay with the value streams; significant ones are taken together.
    Source: SAFe, guardrail "approve significant initiatives".
    Example: threshold 500,000; an epic of 620,000 waits for its approval.
    """

    epic: str
    name: str = "Approval"

    def rows(self, options: Options) -> Rows:
        """One line: none of the epic's options."""
        members = np.flatnonzero(options.epic == options.portfolio.epic_index[self.epic])
        return rows_of({"epic": self.epic}, [([(members, 1.0)], -np.inf, 0.0)])


def approval(portfolio: Portfolio) -> list[Approval]:
    """One rule for each epic above the threshold that is not approved."""
    return [Approval(epic.id) for epic in portfolio.epics if not epic.approved and above_threshold(epic, portfolio)]
