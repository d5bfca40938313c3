"""The sheet `Comparison`: scenarios or plans side by side with a chart of their values; written by `portfolio compare`."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.workbook.sheets.beside import Alternatives
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import STREAM_COLOURS

_TOP = 3
_STARTS, _CHANGES = "Starts", "Changes"
_SIZE = {"width": 900, "height": 360}


def write_comparison_sheets(book: Book, told: Alternatives) -> None:
    """Writes the figures with their chart, then when each epic is done in each plan, then what is different in each."""
    page = book.page("Comparison")
    page.title(told.title, "Value is in the portfolio's unit; differences are live, the rest is what was computed.")
    page.headings(_TOP, ["", *told.names])
    page.widths(34, *[20] * len(told.names))
    rows = list(told.figures)
    for number, figure in enumerate(rows, start=_TOP + 1):
        page.text(number, 0, figure.heading, "cell", "bold")
        for column, value in enumerate(figure.values, start=1):
            page.put(number, column, value, "cell", *([figure.style] if figure.style else []))
    _differences(page, told, _TOP + 1 + len(rows))
    _chart(page, told, _TOP + len(rows) + 4)
    _starts(book, told)
    if told.changes:
        _changes(book, told)


def _differences(page: Page, told: Alternatives, row: int) -> None:
    """What each alternative is worth more than the first one."""
    page.text(row, 0, f"Value more than {told.names[0]}", "cell", "bold")
    first = told.figures[0].values[0]
    base = xl_rowcol_to_cell(_TOP + 1, 1, col_abs=True)
    for column, value in enumerate(told.figures[0].values, start=1):
        own = xl_rowcol_to_cell(_TOP + 1, column)
        known = isinstance(value, int | float) and isinstance(first, int | float)
        more = float(value or 0) - float(first or 0) if known else ""
        page.formula(row, column, f'=IF(OR({own}="",{base}=""),"",{own}-{base})', more, "cell", "limit")


def _chart(page: Page, told: Alternatives, row: int) -> None:
    last = len(told.names)
    chart: Any = page.book.workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": [page.sheet.get_name(), _TOP + 1, 0],
            "categories": [page.sheet.get_name(), _TOP, 1, _TOP, last],
            "values": [page.sheet.get_name(), _TOP + 1, 1, _TOP + 1, last],
            "fill": {"color": STREAM_COLOURS[0]},
            "data_labels": {"value": True, "num_format": "#,##0"},
            "gap": 60,
        }
    )
    chart.set_title({"name": f"Value, {told.unit}", "name_font": {"size": 13}})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#E3E6EC"}}})
    chart.set_legend({"none": True})
    chart.set_size(_SIZE)
    page.sheet.insert_chart(row, 0, chart)


def _starts(book: Book, told: Alternatives) -> None:
    page = book.page(_STARTS)
    page.title("When each epic is done", f"+ starts, ~ moves, - waits, each against {told.names[0]}.")
    page.headings(_TOP, ["ID", "Title", *told.names])
    page.widths(14, 40, *[20] * len(told.names))
    for row, epic in enumerate(told.epics, start=_TOP + 1):
        page.text(row, 0, epic.id, "cell", "label", "bold")
        page.text(row, 1, epic.title, "cell")
        for column, (span, sign) in enumerate(zip(epic.spans, epic.signs, strict=True), start=2):
            page.text(row, column, f"{sign} {span}".strip(), "cell", "label")
    area = (_TOP + 1, 2, _TOP + max(1, len(told.epics)), 1 + len(told.names))
    for sign, look in (("+", "good"), ("~", "tight"), ("-", "bad")):
        page.when(area, f'=LEFT(C{_TOP + 2},1)="{sign}"', look)
    page.sheet.freeze_panes(_TOP + 1, 2)


def _changes(book: Book, told: Alternatives) -> None:
    page = book.page(_CHANGES)
    page.title("What is different", "Each figure that a scenario changes, and the line or cell that says so.")
    page.headings(_TOP, ["Scenario", "Change", "Figure", "Before", "After", "Where it says so"])
    page.widths(24, 40, 34, 18, 18, 34)
    for row, change in enumerate(told.changes, start=_TOP + 1):
        cells = (change.scenario, change.change, change.figure, change.before, change.after, change.place)
        for column, text in enumerate(cells):
            page.text(row, column, text, "cell")
    page.sheet.freeze_panes(_TOP + 1, 0)
