"""The commitment point: what nobody has committed to yet begins only after the committed periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.domain import Plan, Portfolio
from portfolio.domain.validation import plannable
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.epic_rule import EpicRule
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.status import GuardrailStatus
from portfolio.options import Options


@dataclass(frozen=True)
class CommitmentPoint(EpicRule):
    """An epic in a state before the commitment point is an option: it does not begin in the committed periods.

    Rule: in such a state, its first period is after the committed ones, or it waits where the model plans no such state.
    Formula: sum of its options that begin before the period from which its state may be planned <= 0.
    Unit: epics.
    Why: to commit is a decision of its own; what is only listed may still change or be dropped, and nobody is promised it.
    Source: Kanban, deferred commitment; SAFe, go or no-go before an epic is Ready; the states are the model's.
    Example: an epic in Analyzing begins in PI 2 at the earliest while PI 1 is committed.
    """

    first: int
    name: str = "Commitment point"
    kind: ClassVar[str] = "commitment"
    field: ClassVar[str] = "state"

    def dropped(self, portfolio: Portfolio) -> Change:
        """The epic committed to: it is in the state of the commitment point."""
        (path,) = self.inputs(portfolio, self.place)
        point = portfolio.commitment.point
        return Change(
            self.kind, self.name, self.place, (edit(portfolio, path, point),), order=f"commit to {self.epic}",
            condition=f"once it is {point}" if point else "once it is committed to",
        )  # fmt: skip

    def priced(self, portfolio: Portfolio) -> list[Change]:
        """Every option committed to at once: where the commitment point lies is one decision for all of them."""
        edits = [one for rule in commitment_point(portfolio) for one in rule.dropped(portfolio).edits]
        return [Change(self.kind, self.name, {}, tuple(edits))]

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Whether the epic begins before its state may be planned."""
        first = cells.plan("first", self.epic)
        early = LiveFigure(status.used, f"IF(AND({first}>0,{first}<={self.first}),1,0)")
        return LiveStatus(early, at_most=LiveFigure(0.0), binding="")

    def rows(self, options: Options) -> Rows:
        """One line: none of the epic's options that begin too early."""
        return self.line(self.members(options) & (options.start < self.first), at_most=0.0)


def commitment_point(portfolio: Portfolio) -> list[CommitmentPoint]:
    """One rule for each epic that is not committed to yet and that could be planned otherwise."""
    return [
        CommitmentPoint(epic.id, first)
        for epic in portfolio.epics
        if (first := portfolio.begins_from(epic)) > 0 and plannable(epic, portfolio) is None
    ]
