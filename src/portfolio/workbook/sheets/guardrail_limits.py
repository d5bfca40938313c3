"""How each limit's figures follow from `Allocation` and `Work`: the same sums that the engine makes."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.domain import LimitSpec
from portfolio.guardrails import GuardrailStatus
from portfolio.workbook.layout import Layout, Run
from portfolio.workbook.sheets.guardrail_figures import Cell, StatusCells, constant
from portfolio.workbook.sheets.work import distinct, filters
from portfolio.xlsx.write.area import given, quoted

Place = Mapping[str, str]


class LimitCells:
    """Figures of the limits: capacity, WIP, lean budgets, and the portfolio's own mix limits."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.portfolio = layout.figures.portfolio

    def capacity(self, line: GuardrailStatus, row: int) -> StatusCells:  # noqa: ARG002
        """Effort against the capacity that money has moved to."""
        return self._of_allocation(line, "effort", "funded_capacity")

    def wip(self, line: GuardrailStatus, row: int) -> StatusCells:  # noqa: ARG002
        """Epics in progress against the value stream's limit."""
        return self._of_allocation(line, "wip", "wip_limit")

    def portfolio_wip(self, line: GuardrailStatus, row: int) -> StatusCells:
        """All epics in progress against the portfolio's limit."""
        limit = self.layout.inputs.setting("portfolio_wip_limit")
        used = self._count("once", self._masks(line.place, row), self.layout.runs(line.place), starts=False)
        return StatusCells(Cell(line.used, used), at_most=Cell(line.at_most, given(limit)))

    def budget(self, line: GuardrailStatus, row: int) -> StatusCells:  # noqa: ARG002
        """Spend against the budget after money has moved."""
        area, stream = self.layout.table("Allocation"), self.portfolio.stream_index[line.place["value stream"]]
        rows = [
            (self.layout.allocation_row(stream, first - 1), self.layout.allocation_row(stream, last - 1))
            for first, last in self.layout.runs(line.place)
        ]
        used, funded = (f"SUM({','.join(area.part(key, *run) for run in rows)})" for key in ("spend", "funded"))
        at_most = Cell(None) if line.at_most is None else Cell(line.at_most, funded)
        return StatusCells(Cell(line.used, used), at_most=at_most)

    def mix(self, line: GuardrailStatus, row: int, number: int) -> StatusCells:
        """A mix limit: its measure over the rows of `Work` that it counts, as an amount or as a share."""
        limit = self.portfolio.guardrails[number]
        if limit.of and line.base is None:
            return constant(line)
        used = line.used if line.amount is None else line.amount
        of = Cell(line.base, self._base(limit, line.place, row)) if limit.of else Cell(None)
        area = self.layout.inputs.guardrails
        at_least, at_most = (
            Cell(None) if share is None else Cell(share, given(area.at(key, area.first + number)))
            for key, share in (("at_least", limit.at_least), ("at_most", limit.at_most))
        )
        return StatusCells(Cell(used, self._measure(number, limit, line.place, row)), at_least, at_most, of)

    def _of_allocation(self, line: GuardrailStatus, used: str, limit: str) -> StatusCells:
        area, calendar = self.layout.table("Allocation"), self.portfolio.calendar
        stream, period = self.portfolio.stream_index[line.place["value stream"]], calendar.index(line.place["period"])
        row = self.layout.allocation_row(stream, period)
        at_most = Cell(None) if line.at_most is None else Cell(line.at_most, area.at(limit, row))
        return StatusCells(Cell(line.used, area.at(used, row)), at_most=at_most)

    # --- sums over `Work` ---

    def _measure(self, number: int | None, limit: LimitSpec, place: Place, row: int) -> str:
        """The measure in one place; without a number nothing is filtered, as in the base of a share."""
        masks, runs = self._masks(place, row), self.layout.runs(place, limit.where if number is not None else None)
        if not runs:
            return "0"
        counted = filters(self.layout).get(number) if number is not None else None
        if limit.measure in {"epics", "starts"}:
            if "value stream" in place:
                column = counted or "needed"
            else:
                column = (distinct(self.layout).get(number) if number is not None else None) or "once"
            return self._count(column, masks, runs, starts=limit.measure == "starts")
        if counted:
            masks.append(f"({self.layout.table('Work').column(counted)})")
        if limit.measure == "capex":
            masks.append(f"({self.layout.table('Work').column('capex')})")
        if limit.measure == "opex":
            masks.append(f"(1-{self.layout.table('Work').column('capex')})")
        return self._sum("effort" if limit.measure == "effort" else "spend", masks, runs)

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

    def _masks(self, place: Place, row: int) -> list[str]:
        """Conditions on rows of `Work`: the value stream in this row's cell, and words for attributes of epics."""
        work, found = self.layout.table("Work"), []
        for dimension, word in place.items():
            if dimension == "value stream":
                found.append(f"({work.column('stream')}={self.layout.table('Guardrail status').here('stream', row)})")
            elif dimension not in {"period", "budget period"}:
                found.append(f"({work.column(dimension)}={quoted(word)})")
        return found

    def _base(self, limit: LimitSpec, place: Place, row: int) -> str:
        """What a share is a share of; approved capacity and budget belong to value streams, whatever the epics are."""
        if limit.of == "selected":
            return self._measure(None, limit, place, row)
        area, status = self.layout.table("Allocation"), self.layout.table("Guardrail status")
        key = "capacity" if limit.of == "capacity" else "budget"
        masks = [f"({area.column('stream')}={status.here('stream', row)})"] * ("value stream" in place)
        masks += [f"({area.column('period')}={status.here('period', row)})"] * ("period" in place)
        masks += [f"({area.column('budget_period')}={status.here('period', row)})"] * (
            "budget period" in place and "period" not in place
        )
        return f"SUMPRODUCT({'*'.join([*masks, area.column(key)])})" if masks else f"SUM({area.column(key)})"
