"""The sheet `Frontier`: value at each step of one figure, with a line chart; written by `portfolio compare --vary`."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.workbook.sheets.beside import Steps
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import GREY, STREAM_COLOURS

_TOP = 3
_NAME = "Frontier"
_VALUE, _BOUND, _GAIN = 1, 2, 3


def write_frontier_sheet(book: Book, told: Steps) -> None:
    """Writes a row for each step; the gain of each over the one before is a live formula."""
    page = book.page(_NAME)
    page.title(told.title, "Value is that of the best plan found, the bound what no plan can exceed.")
    page.headings(
        _TOP,
        [told.figure, f"Value, {told.unit}", "Bound", "Gain", f"Spend, {told.currency}", "Capacity used", "Epics"],
    )
    page.widths(26, *[16] * 6)
    for row, step in enumerate(told.rows, start=_TOP + 1):
        page.text(row, 0, step.label, "cell", "label")
        page.put(row, _VALUE, step.value, "cell", "limit")
        page.put(row, _BOUND, step.bound, "cell", "limit")
        _gain(page, told, row)
        page.put(row, 4, step.spend, "cell", "figure")
        page.put(row, 5, step.utilisation, "cell", "any share")
        page.put(row, 6, step.epics, "cell", "whole")
    _chart(page, told)
    page.sheet.freeze_panes(_TOP + 1, 1)


def _gain(page: Page, told: Steps, row: int) -> None:
    turn = row - _TOP - 1
    if not turn:
        page.put(row, _GAIN, None, "cell")
        return
    own, before = (xl_rowcol_to_cell(line, _VALUE) for line in (row, row - 1))
    value, last = told.rows[turn].value, told.rows[turn - 1].value
    gain = "" if value is None or last is None else value - last
    page.formula(row, _GAIN, f'=IF(OR({own}="",{before}=""),"",{own}-{before})', gain, "cell", "limit")


def _chart(page: Page, told: Steps) -> None:
    first, last = _TOP + 1, _TOP + len(told.rows)
    chart: Any = page.book.workbook.add_chart({"type": "line"})
    for column, name, line in (
        (_VALUE, "Value", {"color": STREAM_COLOURS[0], "width": 2.25}),
        (_BOUND, "Bound", {"color": GREY, "width": 1.25, "dash_type": "dash"}),
    ):
        chart.add_series(
            {
                "name": name,
                "categories": [_NAME, first, 0, last, 0],
                "values": [_NAME, first, column, last, column],
                "line": line,
                "marker": {"type": "circle", "size": 6} if column == _VALUE else {"type": "none"},
            }
        )
    chart.set_title({"name": f"Value, {told.unit}, over {told.figure}", "name_font": {"size": 13}})
    chart.set_x_axis({"name": told.figure})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#E3E6EC"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 900, "height": 400})
    page.sheet.insert_chart(last + 2, 0, chart)
