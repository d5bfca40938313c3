"""The sheet `Frontier`: value at each step of one figure, with a line chart; written by `portfolio compare --vary`."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.results.frontier import Frontier
from portfolio.workbook.sheets.axes import value_axis
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import GREY, STREAM_COLOURS

_TOP = 3
_NAME = "Frontier"
_VALUE, _BOUND, _GAIN = 1, 2, 3


def write_frontier_sheet(book: Book, frontier: Frontier) -> None:
    """Writes a row for each step; the gain of each over the one before is a live formula."""
    portfolio = frontier.portfolio
    page = book.page(_NAME)
    page.title(frontier.title, "Value is that of the best plan found, the bound what no plan can exceed.")
    value, spend = f"Value, {portfolio.value_unit}", f"Spend, {portfolio.money_unit}"
    page.headings(_TOP, [frontier.figure, value, "Bound", "Gain", spend, "Capacity used", "Epics"])
    page.widths(26, *[16] * 6)
    for row, (step, gain) in enumerate(zip(frontier.steps, frontier.gains(), strict=True), start=_TOP + 1):
        page.text(row, 0, frontier.label(step), "cell", "label")
        page.put(row, _VALUE, step.outcome.value, "cell", "limit")
        page.put(row, _BOUND, step.outcome.bound, "cell", "limit")
        _gain(page, gain, row)
        page.put(row, 4, step.alternative.spend, "cell", "figure")
        page.put(row, 5, step.alternative.utilisation, "cell", "any share")
        page.put(row, 6, step.alternative.started, "cell", "whole")
    _chart(page, frontier)
    page.sheet.freeze_panes(_TOP + 1, 1)


def _gain(page: Page, gain: float | None, row: int) -> None:
    """How much more a step is worth than the one before it; the first has none before it."""
    if row == _TOP + 1:
        page.put(row, _GAIN, None, "cell")
        return
    own, before = (xl_rowcol_to_cell(line, _VALUE) for line in (row, row - 1))
    shown = "" if gain is None else gain
    page.formula(row, _GAIN, f'=IF(OR({own}="",{before}=""),"",{own}-{before})', shown, "cell", "limit")


def _chart(page: Page, frontier: Frontier) -> None:
    first, last = _TOP + 1, _TOP + len(frontier.steps)
    chart = page.book.workbook.add_chart({"type": "line"})
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
    chart.set_title(
        {"name": f"Value, {frontier.portfolio.value_unit}, over {frontier.figure}", "name_font": {"size": 13}}
    )
    chart.set_x_axis({"name": frontier.figure})
    chart.set_y_axis(value_axis([step.alternative.answer.outcome.value for step in frontier.steps]))
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 900, "height": 400})
    page.sheet.insert_chart(last + 2, 0, chart)
