"""Finds the cells that formulas of guardrails mean: figures of `Plan`, `Allocation` and the inputs, and sums over `Work`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from portfolio.domain.limit_spec import MeasureName
from portfolio.guardrails import Place
from portfolio.guardrails.live import Table
from portfolio.workbook.layout import Layout, Run
from portfolio.workbook.sheets.work import distinct, filters
from portfolio.xlsx.write.area import Area, quoted

Filter = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class GuardrailCells:
    """The cells that a guardrail's formulas mean in one row of `Guardrail status`."""

    layout: Layout
    row: int

    def plan(self, column: str, epic: str) -> str:
        """One figure of one epic on `Plan`."""
        plan = self.layout.table("Plan")
        return plan.at(column, plan.first + self.layout.plan_place[epic] - 1)

    def column(self, table: Table, column: str) -> str:
        """A whole column of a table."""
        return self._area(table).column(column)

    def cell(self, table: Table, column: str, line: int) -> str:
        """One cell of a table."""
        area = self._area(table)
        return area.at(column, area.first + line)

    def linked(self, column: str, line: int, end: str, missing: int) -> str:
        """A figure of the epic that an end of a line on Dependencies names."""
        return self.layout.of_linked(column, self.cell("Dependencies", end, line), str(missing))

    def _area(self, table: Table) -> Area:
        inputs = self.layout.inputs
        areas: dict[Table, Area] = {
            "Epics": inputs.epics,
            "Dependencies": inputs.dependencies,
            "Plan": self.layout.table("Plan"),
            "Value": self.layout.table("Value"),
        }
        return areas[table]

    def broken_above(self, name: str) -> str:
        """How many lines of a rule stand above as broken."""
        area = self.layout.table("Guardrail status")
        if self.row == area.first:
            return "0"
        names, met = (area.span(key, key, area.first, self.row - 1) for key in ("name", "met"))
        return f'COUNTIFS({names},{quoted(name)},{met},"BROKEN")'

    def setting(self, field: str) -> str:
        """A setting of the portfolio."""
        return self.layout.inputs.setting(field)

    def text(self, word: str) -> str:
        """A text as a constant."""
        return quoted(word)

    def spend(self, epic: str) -> str:
        """All that an epic spends, over its rows of `Work`."""
        rows = self.layout.work_rows.get(epic)
        return f"SUM({self.layout.table('Work').part('spend', rows[0], rows[-1])})" if rows else "0"

    def allocated(self, column: str, place: Place) -> str:
        """A figure of a value stream on `Allocation`, in one period or over those of a budget period."""
        area, portfolio = self.layout.table("Allocation"), self.layout.figures.portfolio
        stream = portfolio.stream_index[place["value stream"]]
        if "period" in place:
            return area.at(column, self.layout.allocation_row(stream, portfolio.calendar.index(place["period"])))
        rows = [[self.layout.allocation_row(stream, period - 1) for period in run] for run in self.layout.runs(place)]
        return f"SUM({','.join(area.part(column, first, last) for first, last in rows)})"

    def level(self, line: int, side: str) -> str:
        """A level on the sheet Guardrails."""
        area = self.layout.inputs.guardrails
        return area.at(side, area.first + line)

    def measured(self, measure: MeasureName, where: Filter, place: Place, line: int | None) -> str:
        """A measure in one place: a sum over the rows of `Work` that a line of the sheet Guardrails counts, or over all."""
        masks, runs = self._masks(place), self.layout.runs(place, where)
        if not runs:
            return "0"
        counted = None if line is None else filters(self.layout).get(line)
        if measure in {"epics", "starts"}:
            once = (None if line is None else distinct(self.layout).get(line)) or "once"
            column = (counted or "needed") if "value stream" in place else once
            return self._count(column, masks, runs, starts=measure == "starts")
        if counted:
            masks.append(f"({self.layout.table('Work').column(counted)})")
        if measure == "capex":
            masks.append(f"({self.layout.table('Work').column('capex')})")
        if measure == "opex":
            masks.append(f"(1-{self.layout.table('Work').column('capex')})")
        return self._sum("effort" if measure == "effort" else "spend", masks, runs)

    def approved(self, base: Literal["capacity", "budget"], place: Place) -> str:
        """Approved capacity or budget, over the rows of `Allocation` in one place."""
        area, status = self.layout.table("Allocation"), self.layout.table("Guardrail status")
        here = {"stream": "value stream" in place, "period": "period" in place}
        masks = [f"({area.column(key)}={status.here(key, self.row)})" for key, named in here.items() if named]
        if "budget period" in place and "period" not in place:
            masks.append(f"({area.column('budget_period')}={status.here('period', self.row)})")
        return f"SUMPRODUCT({'*'.join([*masks, area.column(base)])})" if masks else f"SUM({area.column(base)})"

    def _sum(self, word: str, masks: list[str], runs: list[Run]) -> str:
        blocks = [self.layout.table("Work").block(f"{word} {first}", f"{word} {last}") for first, last in runs]
        if not masks:
            return f"SUM({','.join(blocks)})"
        return "+".join(f"SUMPRODUCT({'*'.join([*masks, block])})" for block in blocks)

    def _count(self, column: str, masks: list[str], runs: list[Run], *, starts: bool) -> str:
        """Epics in progress, or starting, in any of the periods; those that wait have no start."""
        work = self.layout.table("Work")
        start, finish = work.column("start"), work.column("start") if starts else work.column("finish")
        within = [f"({start}>0)*({start}<={last})*({finish}>={first})" for first, last in runs]
        now = within[0] if len(within) == 1 else f"(({'+'.join(within)})>0)"
        return f"SUMPRODUCT({'*'.join([*masks, f'({work.column(column)}=1)', now])})"

    def _masks(self, place: Place) -> list[str]:
        """Conditions on rows of `Work`: the value stream in this row's cell, and words for attributes of epics."""
        work, masks = self.layout.table("Work"), []
        for dimension, word in place.items():
            if dimension == "value stream":
                masks.append(
                    f"({work.column('stream')}={self.layout.table('Guardrail status').here('stream', self.row)})"
                )
            elif dimension not in {"period", "budget period"}:
                masks.append(f"({work.column(dimension)}={quoted(word)})")
        return masks
