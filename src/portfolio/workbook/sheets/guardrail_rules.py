"""How each rule's figures follow from `Plan` and `Epics`: dependencies, commitments, groups, approval, dates."""

from __future__ import annotations

from portfolio.domain import Dependency
from portfolio.guardrails import GuardrailStatus
from portfolio.workbook.layout import Layout
from portfolio.workbook.sheets.guardrail_figures import Cell, StatusCells
from portfolio.xlsx.write.area import quoted


class RuleCells:
    """Figures of the rules; each counts epics, against the number of epics that keeps the rule."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.portfolio = layout.figures.portfolio

    def must(self, line: GuardrailStatus) -> StatusCells:
        """The epic is in the plan."""
        epic = line.place["epic"]
        started = float(epic in self.layout.figures.plan)
        return StatusCells(Cell(started, f"IF({self._plan(epic, 'first')}>0,1,0)"), at_least=Cell(1.0), binding="")

    def start(self, line: GuardrailStatus) -> StatusCells:
        """The epic begins in the period given as its start."""
        epic, epics = line.place["epic"], self.layout.inputs.epics
        shown = f'INDEX({epics.column("start")},{self._plan(epic, "row")})&""'
        member = self.portfolio.epics[self.portfolio.epic_index[epic]]
        booking = self.layout.figures.booking(member)
        kept = booking is not None and self.portfolio.calendar.periods[booking.start] == member.start
        return StatusCells(
            Cell(float(kept), f"IF({self._plan(epic, 'start')}={shown},1,0)"), at_least=Cell(1.0), binding=""
        )

    def exclusive(self, line: GuardrailStatus) -> StatusCells:
        """At most one epic of the group is in the plan."""
        group = line.place["exclusive group"]
        members = [epic.id for epic in self.portfolio.epics if epic.exclusive_group == group]
        used = float(sum(epic in self.layout.figures.plan for epic in members))
        return StatusCells(Cell(used, self._members("exclusive_group", group, started=True)), at_most=Cell(1.0))

    def together(self, line: GuardrailStatus) -> StatusCells:
        """All epics of the group are in the plan, or none: as soon as one is, all count as the limit."""
        group = line.place["together group"]
        members = [epic.id for epic in self.portfolio.epics if epic.together_group == group]
        used = float(sum(epic in self.layout.figures.plan for epic in members))
        count = self._members("together_group", group, started=False)
        started = self._members("together_group", group, started=True)
        wanted = Cell(len(members) if used else 0.0, f"IF({started}>0,{count},0)")
        return StatusCells(Cell(used, started), at_least=wanted, binding="")

    def approval(self, line: GuardrailStatus) -> StatusCells:
        """An epic above the threshold is in the plan only if it is approved."""
        epic, epics = line.place["epic"], self.layout.inputs.epics
        rows = self.layout.work_rows.get(epic)
        cost = f"SUM({self.layout.table('Work').part('spend', rows[0], rows[-1])})" if rows else "0"
        approved = f'INDEX({epics.column("approved")},{self._plan(epic, "row")})="yes"'
        allowed = f"IF(OR({approved},{cost}<={self.layout.inputs.setting('epic_threshold')}),1,0)"
        started = float(epic in self.layout.figures.plan)
        return StatusCells(
            Cell(started, f"IF({self._plan(epic, 'first')}>0,1,0)"), at_most=Cell(0.0, allowed), binding=""
        )

    def dates(self, line: GuardrailStatus) -> StatusCells:
        """Epics outside their own dates and durations: one epic, or all of them."""
        epic = line.place.get("epic")
        used = f"SUMPRODUCT(--({self.layout.table('Plan').column('in_dates')}=0))"
        if epic is not None:
            used = f"IF({self._plan(epic, 'in_dates')}=0,1,0)"
        return StatusCells(Cell(line.used, used), at_most=Cell(0.0), binding="")

    def dependency(self, line: GuardrailStatus) -> StatusCells:
        """Breaches: 1 if the successor is in the plan without its predecessor, or too early; 0 otherwise."""
        link = self._link(line)
        first, last = self._plan(link.successor, "first"), self._plan(link.predecessor, "last")
        value = Cell(0.0 if line.met else 1.0)
        if link.type == "needs":
            return StatusCells(Cell(value.value, f"IF(OR({first}=0,{last}>0),0,1)"), at_most=Cell(0.0), binding="")
        ready = f"{last}+{self._lag(link)}+1"
        broken = f"IF(OR({first}=0,AND({last}>0,{first}>={ready})),0,1)"
        binds = f'IF(AND({first}>0,{last}>0,{first}={ready}),"yes","")'
        return StatusCells(Cell(value.value, broken), at_most=Cell(0.0), binding=binds)

    def _link(self, line: GuardrailStatus) -> Dependency:
        ends = line.place["predecessor"], line.place["successor"]
        return next(link for link in self.portfolio.dependencies if (link.predecessor, link.successor) == ends)

    def _lag(self, link: Dependency) -> str:
        area = self.layout.inputs.dependencies
        first = f"({area.column('predecessor')}={quoted(link.predecessor)})"
        ends = f"{first}*({area.column('successor')}={quoted(link.successor)})"
        return f"SUMPRODUCT({ends}*{area.column('lag_periods')})"

    def _plan(self, epic: str, key: str) -> str:
        """A figure of one epic on `Plan`."""
        plan = self.layout.table("Plan")
        return plan.at(key, plan.first + self.layout.plan_place[epic] - 1)

    def _members(self, attribute: str, group: str, *, started: bool) -> str:
        epics = self.layout.inputs.epics
        mine = f"({epics.column(attribute)}={quoted(group)})"
        return f'SUMPRODUCT({mine}*({epics.column("decision")}="start"))' if started else f"SUMPRODUCT(--{mine})"
