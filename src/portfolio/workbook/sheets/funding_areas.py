"""Where the tables of the sheet `Funding` stand: totals, the chart's room, value streams, epics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from portfolio.results.funding import EPIC_HEADINGS, HEADINGS, funds_of
from portfolio.workbook.layout import FIRST, Layout
from portfolio.workbook.sheets.allocation import can_shift
from portfolio.xlsx.write.area import Area

CHART_ROWS = 20
"""Rows between the totals and the value streams, which the chart covers."""
TOTALS = {key: heading for key, heading in HEADINGS.items() if key != "id"}
STREAMS = {"stream": HEADINGS["id"], **TOTALS}
HELPERS = {"gives": "Gives", "given": "Given up to here", "takes": "Takes", "taken": "Taken up to here"}
EPICS = {
    "id": EPIC_HEADINGS["id"],
    "title": "Title",
    "fund": EPIC_HEADINGS["fund"],
    "decision": "Decision",
    **{key: EPIC_HEADINGS[key] for key in ("cost", "approval", "remaining", "mvp", "rest")},
    "money": EPIC_HEADINGS["released"],
    "decide": EPIC_HEADINGS["decide_after"],
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
    def fund_names(self) -> list[str]:
        """The funds that epics name."""
        return funds_of(self.layout.figures.portfolio)

    @cached_property
    def funds(self) -> Area:
        """A row per fund, then what is spent of no fund, then the sum; a column per budget period, then the sum."""
        keys = ["fund", *(f"period {turn}" for turn in range(self.totals.count)), "total"]
        columns = {key: column for column, key in enumerate(keys)}
        return Area(self._sheet, self.streams.last + 4, len(self.fund_names) + 2, columns)

    @cached_property
    def epics(self) -> Area:
        """A row per epic, in the order of its sheet."""
        columns = {key: column for column, key in enumerate(EPICS)}
        above = self.funds.last if self.fund_names else self.streams.last
        return Area(self._sheet, above + 4, len(self.layout.figures.portfolio.epics), columns)

    def row(self, budget_period: int, stream: int) -> int:
        """The row of a value stream in a budget period, both counted from 0."""
        return self.streams.first + budget_period * len(self.layout.figures.portfolio.value_streams) + stream

    @property
    def _sheet(self) -> str:
        return self.layout.name("Funding")
