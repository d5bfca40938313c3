"""Where the tables of the sheet `Funding` stand: totals, the chart's room, value streams, epics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from portfolio.workbook.layout import FIRST, Layout
from portfolio.workbook.sheets.allocation import can_shift
from portfolio.xlsx.write.area import Area

CHART_ROWS = 19
"""Rows between the totals and the value streams, which the chart covers."""
TOTALS = {
    "budget_period": "Budget period",
    "budget": "Budget",
    "shift": "Budget shift",
    "funded": "Funded",
    "spend": "Planned spend",
    "left": "Left",
    "capex": "CapEx",
    "opex": "OpEx",
    "mvp": "MVP",
    "reserved": "Reserved",
    "released": "Released",
    "in_progress": "In progress",
}
STREAMS = {"stream": "Value stream", **TOTALS}
HELPERS = {"gives": "Gives", "given": "Given up to here", "takes": "Takes", "taken": "Taken up to here"}
EPICS = {
    "id": "ID",
    "title": "Title",
    "fund": "Fund",
    "decision": "Decision",
    "cost": "Cost",
    "approval": "Approval",
    "remaining": "Remaining cost",
    "mvp": "MVP cap",
    "rest": "After the MVP",
    "money": "That money is",
    "decide": "Decide after",
}


@dataclass(frozen=True)
class FundingAreas:
    """The three tables, one below the other; who gives to whom stands right of the value streams."""

    layout: Layout

    @cached_property
    def movers(self) -> list[int]:
        """The value streams whose budgets may shift, by position."""
        streams = self.layout.figures.portfolio.value_streams
        return [index for index, stream in enumerate(streams) if can_shift(self.layout, stream)]

    @cached_property
    def totals(self) -> Area:
        """A row per budget period, its columns in line with those of the value streams."""
        columns = {key: column for column, key in enumerate(STREAMS) if key in TOTALS}
        return Area(self._sheet, FIRST, len(self.layout.figures.portfolio.calendar.budget_labels), columns)

    @cached_property
    def streams(self) -> Area:
        """A row per budget period and value stream, then a column for each value stream that may take money."""
        keys = [*STREAMS]
        if self.movers:
            keys += [*(f"to {index}" for index in self.movers), *HELPERS]
        count = self.totals.count * len(self.layout.figures.portfolio.value_streams)
        first = self.totals.last + CHART_ROWS + 4
        return Area(self._sheet, first, count, {key: column for column, key in enumerate(keys)})

    @cached_property
    def epics(self) -> Area:
        """A row per epic, in the order of its sheet."""
        columns = {key: column for column, key in enumerate(EPICS)}
        return Area(self._sheet, self.streams.last + 4, len(self.layout.figures.portfolio.epics), columns)

    def row(self, budget_period: int, stream: int) -> int:
        """The row of a value stream in a budget period, both counted from 0."""
        return self.streams.first + budget_period * len(self.layout.figures.portfolio.value_streams) + stream

    @property
    def _sheet(self) -> str:
        return self.layout.name("Funding")
