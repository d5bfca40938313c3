"""Approval: significant epics need a yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.domain import Plan, Portfolio
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.epic_rule import EpicRule
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.status import GuardrailStatus
from portfolio.options import Options, above_threshold


@dataclass(frozen=True)
class Approval(EpicRule):
    """An epic that costs more than the epic threshold is in the plan only if it is approved.

    Rule: above the threshold, `Approved` = yes, or it waits.
    Formula: sum of its options <= 0 while it is not approved. Cost is effort at the streams' cost, plus external cost.
    Unit: epics.
    Why: small decisions stay with the value streams; significant ones are taken together.
    Source: SAFe, guardrail "approve significant initiatives".
    Example: threshold 500,000; an epic of 620,000 waits for its approval.
    """

    name: str = "Approval"
    kind: ClassVar[str] = "approval"
    field: ClassVar[str] = "approved"

    def dropped(self, portfolio: Portfolio) -> Change:
        """The epic approved."""
        (path,) = self.inputs(portfolio, self.place)
        approved = (edit(portfolio, path, True),)
        order, condition = f"approve {self.epic}", "once it is approved"
        return Change(self.kind, self.name, self.place, approved, order=order, condition=condition)

    def priced(self, portfolio: Portfolio) -> list[Change]:
        """No epic needs an approval: the threshold is one decision for all of them."""
        return [Change(self.kind, self.name, {}, (edit(portfolio, ("epic_threshold",), None),))]

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Whether the epic is in the plan, against whether it may be: approved, or below the threshold after all."""
        approved = f'INDEX({cells.column("Epics", "approved")},{cells.plan("row", self.epic)})="yes"'
        limit = cells.setting("epic_threshold")
        allowed = f'IF(OR({approved},{limit}="",{cells.spend(self.epic)}<=N({limit})*(1+1E-9)),1,0)'
        started = LiveFigure(status.used, f"IF({cells.plan('first', self.epic)}>0,1,0)")
        return LiveStatus(started, at_most=LiveFigure(0.0, allowed), binding="")

    def rows(self, options: Options) -> Rows:
        """One line: none of the epic's options."""
        return self.line(self.members(options), at_most=0.0)


def approval(portfolio: Portfolio) -> list[Approval]:
    """One rule for each epic above the threshold that is not approved."""
    return [Approval(epic.id) for epic in portfolio.epics if not epic.approved and above_threshold(epic, portfolio)]
