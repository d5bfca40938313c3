"""The charts of the sheet Flow: cumulative flow, ages against percentiles, throughput, key results; each also stands as a table."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.results.flow.flow import Flow
from portfolio.workbook.sheets.axes import value_axis
from portfolio.xlsx.write.book import Page
from portfolio.xlsx.write.styles import GREY, STREAM_COLOURS

_SIZE = {"width": 1130, "height": 330}
_HEIGHT = 17
"""Rows that a chart takes."""
_ON_A_PAGE = 2
"""Charts that fit a printed page."""
_HEADINGS = 2
"""The row of headings on the sheet of days."""
Rows = tuple[int, int, int]


@dataclass
class Places:
    """Where the tables stand that charts are drawn from; a table that is not there has no rows."""

    sheet: str
    days: str
    throughput_rows: tuple[int, int] | None = None
    age_rows: tuple[int, int] | None = None
    outcome_rows: tuple[int, int] | None = None
    rows_of_days: int = 0

    def throughput(self, rows: Rows) -> int:
        """Remembers the table of periods; gives back the row after it."""
        self.throughput_rows = _there(rows)
        return rows[2]

    def ages(self, rows: Rows) -> int:
        """Remembers the table of ages; gives back the row after it."""
        self.age_rows = _there(rows)
        return rows[2]

    def outcomes(self, rows: Rows) -> int:
        """Remembers the table of key results; gives back the row after it."""
        self.outcome_rows = _there(rows)
        return rows[2]


def _there(rows: Rows) -> tuple[int, int] | None:
    return None if rows[0] == rows[2] else rows[:2]


def write_flow_charts(page: Page, found: Flow, places: Places, row: int) -> None:
    """Writes each chart whose table is there, below each other; they begin on a new page when they are printed."""
    for place in range(2):
        page.break_before(row + place * _ON_A_PAGE * _HEIGHT)
    if places.rows_of_days and found.cumulative is not None:
        row = _cumulative(page, found, places, row)
    if places.age_rows is not None:
        row = _ages(page, found, places.sheet, places.age_rows, row)
    if places.throughput_rows is not None and any(any(one.finished) or any(one.stopped) for one in found.throughput):
        row = _throughput(page, found, places.sheet, places.throughput_rows, row)
    if places.outcome_rows is not None:
        _outcomes(page, found, places.sheet, places.outcome_rows, row)


def _placed(page: Page, chart: object, title: str, row: int) -> int:
    chart.set_title({"name": title, "name_font": {"size": 13}})  # type: ignore[attr-defined]
    chart.set_legend({"position": "bottom"})  # type: ignore[attr-defined]
    chart.set_size(_SIZE)  # type: ignore[attr-defined]
    page.sheet.insert_chart(row, 0, chart)
    return row + _HEIGHT


def _cumulative(page: Page, found: Flow, places: Places, row: int) -> int:
    """Lines over each other: the distance between two of them is what is between two states, or the time that it takes."""
    chart = page.book.workbook.add_chart({"type": "line"})
    first, last = _HEADINGS + 1, _HEADINGS + places.rows_of_days
    states = found.cumulative.states if found.cumulative is not None else ()
    for place, _ in enumerate(states):
        chart.add_series(
            {
                "name": [places.days, _HEADINGS, place + 2],
                "categories": [places.days, first, 0, last, 0],
                "values": [places.days, first, place + 2, last, place + 2],
                "line": {"color": STREAM_COLOURS[place % len(STREAM_COLOURS)], "width": 2},
            }
        )
    chart.set_x_axis({"date_axis": True, "num_format": "d mmm yy"})
    chart.set_y_axis({"name": "Epics", **value_axis([0])})
    return _placed(page, chart, "Cumulative flow: how many have reached each state or a later one", row)


def _ages(page: Page, found: Flow, sheet: str, rows: tuple[int, int], row: int) -> int:
    chart = page.book.workbook.add_chart({"type": "column"})
    chart.add_series(_series(sheet, rows, 1, "Age in days", {"fill": {"color": STREAM_COLOURS[0]}, "gap": 60}))
    whole = found.lead_times[0].spread
    lines = page.book.workbook.add_chart({"type": "line"})
    drawn = False
    for column, name, value, dash in ((2, "P50", whole.p50, "dash"), (3, "P85", whole.p85, "solid")):
        if value is not None:
            lines.add_series(
                _series(sheet, rows, column, name, {"line": {"color": GREY, "width": 1.5, "dash_type": dash}})
            )
            drawn = True
    if drawn:
        chart.combine(lines)
    chart.set_y_axis({"name": "Days", **value_axis([0])})
    return _placed(page, chart, "Age of what is in progress, against what was finished", row)


def _throughput(page: Page, found: Flow, sheet: str, rows: tuple[int, int], row: int) -> int:
    chart = page.book.workbook.add_chart({"type": "column"})
    chart.add_series(_series(sheet, rows, 1, "Finished", {"fill": {"color": STREAM_COLOURS[2]}, "gap": 60}))
    stopped = 1 + len(found.throughput)
    chart.add_series(_series(sheet, rows, stopped, "Stopped", {"fill": {"color": GREY}}))
    chart.set_y_axis({"name": "Epics", **value_axis([0])})
    return _placed(page, chart, "Throughput, period by period", row)


def _outcomes(page: Page, found: Flow, sheet: str, rows: tuple[int, int], row: int) -> int:
    chart = page.book.workbook.add_chart({"type": "bar"})
    chart.add_series(_series(sheet, rows, 1, "Progress", {"fill": {"color": STREAM_COLOURS[0]}, "gap": 60}))
    chart.add_series(_series(sheet, rows, 2, "Time passed", {"fill": {"color": GREY}}))
    chart.set_x_axis(value_axis([one.progress for one in found.key_results], "0%"))
    chart.set_y_axis({"reverse": True})
    return _placed(page, chart, "Key results: progress and the time that has passed", row)


def _series(sheet: str, rows: tuple[int, int], column: int, name: str, look: dict[str, object]) -> dict[str, object]:
    first, last = rows
    return {
        "name": name,
        "categories": [sheet, first, 0, last, 0],
        "values": [sheet, first, column, last, column],
        **look,
    }
