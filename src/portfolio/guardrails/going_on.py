"""Going on: what is in progress is in the plan from the first period on, unless running epics may stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.domain import Plan, Portfolio
from portfolio.domain.validation import plannable
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.commitment import FixedStart
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.status import GuardrailStatus


@dataclass(frozen=True)
class GoingOn(FixedStart):
    """An epic that is running goes on from the first period.

    Rule: an epic in an active state is in the plan, and its first period is the plan's first one.
    Formula: sum of its options that begin in the first period >= 1; what is done and spent counts nowhere.
    Unit: epics.
    Why: to put work down costs the people who do it and what was learnt, so nobody does it by accident.
    Source: the portfolio's setting Running epics; `may stop` leaves this rule out.
    Example: an epic in the state Implementing goes on in PI 1, and its effort is what remains.
    """

    name: str = "Going on with"
    kind: ClassVar[str] = "going on"
    field: ClassVar[str] = "state"

    def dropped(self, portfolio: Portfolio) -> Change:
        """The epic may pause or stop; one that is late already may still be done as soon as it can."""
        index = portfolio.epic_index[self.epic]
        edits = [edit(portfolio, ("epics", index, "state"), None)]
        epic, periods = portfolio.epics[index], portfolio.calendar.periods
        if epic.latest is not None and portfolio.calendar.index(epic.latest) < epic.shortest - 1 < len(periods):
            edits.append(edit(portfolio, ("epics", index, "latest"), periods[epic.shortest - 1]))
        return Change(
            self.kind, self.name, self.place, tuple(edits), order=f"pause or stop {self.epic}",
            condition=f"if {self.epic} may pause or stop",
        )  # fmt: skip

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Whether the epic is done from the first period on."""
        goes_on = LiveFigure(status.used, f"IF({cells.plan('first', self.epic)}=1,1,0)")
        return LiveStatus(goes_on, at_least=LiveFigure(1.0), binding="")


def going_on(portfolio: Portfolio) -> list[GoingOn]:
    """One rule for each running epic whose start is not decided otherwise; what cannot be planned at all has none."""
    return [
        GoingOn(epic.id)
        for epic in portfolio.epics
        if epic.start is None and portfolio.goes_on(epic) and plannable(epic, portfolio) is None
    ]
