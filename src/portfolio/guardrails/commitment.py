"""Commitments: epics that have to be in the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.domain import Epic, Plan, Portfolio
from portfolio.edits.change import Change
from portfolio.edits.edit import Edit, edit
from portfolio.guardrails.epic_rule import EpicRule
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.status import GuardrailStatus, Place
from portfolio.options import Options


@dataclass(frozen=True)
class Commitment(EpicRule):
    """An epic that must be done, or that was started already, is in the plan.

    Rule: must: in the plan, whenever. Start: in the plan, and its first period is the one given.
    Formula: sum of its options >= 1; for a start given, options begin only there.
    Unit: epics.
    Why: law, contract, or work in progress that nobody wants to stop.
    Source: the portfolio; no framework prescribes it.
    Example: an epic in progress since PI 1 has `Start` PI 1.
    """

    name: str = "Must"
    kind: ClassVar[str] = "must"
    field: ClassVar[str] = "must"

    def ways_in(self, portfolio: Portfolio, epic: Epic) -> list[Change]:  # noqa: ARG002
        """A commitment keeps no epic out."""
        return []

    def described(self, options: Options, place: Place) -> str:
        """The commitment; of an epic that has no room between its dates, also that."""
        portfolio = options.portfolio
        words, index = super().described(options, place), portfolio.epic_index[self.epic]
        if index in options.epic:
            return words
        epic = portfolio.epics[index]
        first, last = portfolio.decided_start(epic) or epic.earliest or "the start", epic.latest or "the end"
        return f"{words}, which takes {epic.shortest} periods and does not fit between {first} and {last}"

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Whether the epic is in the plan."""
        started = LiveFigure(status.used, f"IF({cells.plan('first', self.epic)}>0,1,0)")
        must = f'INDEX({cells.column("Epics", "must")},{cells.plan("row", self.epic)})="yes"'
        return LiveStatus(started, at_least=LiveFigure(1.0, f"IF({must},1,0)"), binding="")

    def rows(self, options: Options) -> Rows:
        """One line: at least one of the epic's options."""
        return self.line(self.members(options), at_least=1.0)


@dataclass(frozen=True)
class FixedStart(Commitment):
    """The commitment of an epic whose first period is already decided."""

    start: int = 0
    name: str = "Start"
    field: ClassVar[str] = "start"

    def dropped(self, portfolio: Portfolio) -> Change:
        """The epic need not be in the plan, and if it is, begins whenever it likes."""
        epic = portfolio.epic_index[self.epic]
        edits = [edit(portfolio, ("epics", epic, field), None) for field in ("start", "must")]
        return Change(self.kind, self.name, self.place, (*edits, *still_committed(portfolio, epic)))

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Whether the epic begins in the period given as its start."""
        wanted = f'INDEX({cells.column("Epics", "start")},{cells.plan("row", self.epic)})&""'
        begins = LiveFigure(status.used, f"IF({cells.plan('start', self.epic)}={wanted},1,0)")
        return LiveStatus(begins, at_least=LiveFigure(1.0, f'IF({wanted}="",0,1)'), binding="")

    def rows(self, options: Options) -> Rows:
        """One line: at least one of the epic's options that begin in that period."""
        return self.line(self.members(options) & (options.start == self.start), at_least=1.0)


def still_committed(portfolio: Portfolio, index: int) -> list[Edit]:
    """What keeps an epic committed to once its Start is gone, which was its commitment: the state of the commitment point."""
    epic = portfolio.epics[index]
    if (epic.state or "").casefold() not in portfolio.commitment.begins:
        return []
    return [edit(portfolio, ("epics", index, "state"), portfolio.commitment.point)]


def commitment(portfolio: Portfolio) -> list[Commitment]:
    """One commitment for each epic that must be done or whose start is given."""
    commitments: list[Commitment] = []
    for epic in portfolio.epics:
        if epic.start is not None:
            commitments.append(FixedStart(epic.id, start=portfolio.calendar.index(epic.start)))
        elif epic.must and not portfolio.goes_on(epic):
            commitments.append(Commitment(epic.id))
    return commitments
