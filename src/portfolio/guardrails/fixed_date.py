"""Fixed date: work of a class of service that meets its date is not done after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.domain import Plan, Portfolio
from portfolio.domain.tolerance import ROUNDING
from portfolio.domain.validation import plannable
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.epic_rule import EpicRule
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.status import GuardrailStatus
from portfolio.options import Options


@dataclass(frozen=True)
class FixedDate(EpicRule):
    """An epic of a class of service that meets its date is done by then, or it waits.

    Rule: no option of it ends after its deadline.
    Formula: sum of its options that are done after the deadline <= 0.
    Unit: epics.
    Why: what is promised for a date and comes later is worth nothing to whom it was promised.
    Source: Kanban, the class of service Fixed date; the model says which class that is.
    Example: a deadline in week 9 and periods of 4 weeks: it is done by the end of the second period, or waits.
    """

    in_time: int
    """How many periods are over before its date."""
    name: str = "Fixed date"
    kind: ClassVar[str] = "class of service"
    field: ClassVar[str] = "class_of_service"

    def dropped(self, portfolio: Portfolio) -> Change:
        """The epic in no class, so that it may be late; its value still says what that costs."""
        (path,) = self.inputs(portfolio, self.place)
        return Change(
            self.kind, self.name, self.place, (edit(portfolio, path, None),), order=f"let {self.epic} miss its date",
            condition="if it may miss its date",
        )  # fmt: skip

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Whether the epic ends after its date."""
        late = LiveFigure(status.used, f"IF({cells.plan('last', self.epic)}>{self.in_time},1,0)")
        return LiveStatus(late, at_most=LiveFigure(0.0), binding="")

    def rows(self, options: Options) -> Rows:
        """One line: none of the epic's options that end after its date."""
        return self.line(self.members(options) & (options.finish >= self.in_time), at_most=0.0)


def fixed_date(portfolio: Portfolio) -> list[FixedDate]:
    """One rule for each epic of such a class that has a date."""
    calendar = portfolio.calendar
    return [
        FixedDate(epic.id, int(calendar.week_of(epic.deadline) * (1 + ROUNDING) / calendar.weeks))
        for epic in portfolio.epics
        if portfolio.class_policy(epic).meets_date and epic.deadline is not None and plannable(epic, portfolio) is None
    ]
