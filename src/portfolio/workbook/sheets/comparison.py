"""The sheet `Comparison`: scenarios or plans side by side with a chart of their values; written by `portfolio compare`."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.results.comparison import Comparison, edited_words
from portfolio.workbook.sheets.axes import value_axis
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import STREAM_COLOURS

_TOP = 3
_STARTS, _CHANGES = "Starts", "Changes"
_SIZE = {"width": 900, "height": 360}


_STYLES = {"value": "limit", "gap": "percent", "money": "figure input", "count": "whole", "share": "any share"}


def write_comparison_sheets(book: Book, comparison: Comparison) -> None:
    """Writes the figures with their chart, then when each epic is done in each plan, then what is different in each."""
    page = book.page("Comparison")
    told = "Value is in the portfolio's unit; differences are live, the rest is what was computed."
    page.title(
        comparison.title, told if comparison.shows_value else "As it was computed; an order decides, not a value."
    )
    names = [one.name for one in comparison.alternatives]
    page.headings(_TOP, ["", *names])
    page.widths(34, *[20] * len(names))
    outcome = comparison.outcome_figures
    known = outcome if comparison.shows_value else [figure for figure in outcome if figure.kind == "claim"]
    figures = [*known, *comparison.plan_figures]
    for number, figure in enumerate(figures, start=_TOP + 1):
        heading = f"{figure.heading}, {figure.part}" if figure.part else figure.heading
        page.text(number, 0, heading, "cell", "bold")
        for column, value in enumerate(figure.values, start=1):
            page.put(number, column, value, "cell", *([_STYLES[figure.kind]] if figure.kind in _STYLES else []))
    if comparison.shows_value:
        _gains(page, comparison, _TOP + 1 + len(figures))
        _chart(page, comparison, _TOP + len(figures) + 4)
    _starts(book, comparison, names)
    if any(one.edits for one in comparison.alternatives):
        _changes(book, comparison)


def _gains(page: Page, comparison: Comparison, row: int) -> None:
    """What each alternative is worth more than the first one."""
    page.text(row, 0, f"Value more than {comparison.base.name}", "cell", "bold")
    base = xl_rowcol_to_cell(_TOP + 1, 1, col_abs=True)
    for column, gain in enumerate(comparison.gains, start=1):
        own = xl_rowcol_to_cell(_TOP + 1, column)
        more = "" if gain is None else gain
        page.formula(row, column, f'=IF(OR({own}="",{base}=""),"",{own}-{base})', more, "cell", "limit")


def _chart(page: Page, comparison: Comparison, row: int) -> None:
    last = len(comparison.alternatives)
    chart = page.book.workbook.add_chart({"type": "column"})
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
    chart.set_title({"name": comparison.outcome_figures[0].heading, "name_font": {"size": 13}})
    chart.set_y_axis(value_axis([one.answer.outcome.value for one in comparison.alternatives]))
    chart.set_legend({"none": True})
    chart.set_size(_SIZE)
    page.sheet.insert_chart(row, 0, chart)


def _starts(book: Book, comparison: Comparison, names: Sequence[str]) -> None:
    page = book.page(_STARTS)
    page.title("When each epic is done", comparison.legend)
    page.headings(_TOP, ["ID", "Title", *names])
    page.widths(14, 40, *[20] * len(names))
    epics = comparison.epics
    for row, epic in enumerate(epics, start=_TOP + 1):
        page.text(row, 0, epic.id, "cell", "label", "bold")
        page.text(row, 1, epic.title, "cell")
        for column, (span, sign) in enumerate(zip(epic.spans, epic.signs, strict=True), start=2):
            page.text(row, column, f"{sign} {span}".strip(), "cell", "label")
    area = (_TOP + 1, 2, _TOP + max(1, len(epics)), 1 + len(names))
    for sign, look in (("+", "good"), ("~", "tight"), ("-", "bad")):
        page.when(area, f'=LEFT(C{_TOP + 2},1)="{sign}"', look)
    page.sheet.freeze_panes(_TOP + 1, 2)


def _changes(book: Book, comparison: Comparison) -> None:
    page = book.page(_CHANGES)
    page.title("What is different", "Each figure that a scenario changes, and the line or cell that says so.")
    page.headings(_TOP, ["Scenario", "Change", "Figure", "Before", "After", "Where it says so"])
    page.widths(24, 40, 34, 18, 18, 34)
    edits = [(one.name, edit) for one in comparison.alternatives for edit in one.edits]
    for row, (name, edit) in enumerate(edits, start=_TOP + 1):
        values = edited_words(edit.before), edited_words(edit.after)
        cells = (name, str(edit.line), edit.figure, *values, edit.line.place)
        for column, text in enumerate(cells):
            page.text(row, column, text, "cell")
    rights = dict.fromkeys(f"{one.name}: {one.rights_words}" for one in comparison.alternatives if one.rights_words)
    for row, text in enumerate(rights, start=_TOP + 2 + len(edits)):
        page.text(row, 0, text, "note")
    page.sheet.freeze_panes(_TOP + 1, 0)
