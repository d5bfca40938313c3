"""The sheet `Kept`: what a stable re-plan kept and changed of what was agreed, and what that cost; written by `portfolio plan --keep`."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.results.plan_difference import HAPPENS, EpicChange
from portfolio.results.replan_report import ReplanReport
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.xlsx.write.area import Area, area
from portfolio.xlsx.write.book import Book, Page, Value

_TOP = 3
_VALUES = ("before", "now", "difference")
_KEYS = ("epic", "happens", "agreed", "new", *_VALUES, "reason")
_WIDTHS = (44, 16, 18, 18, 16, 16, 16, 80)


_LOOKS: dict[EpicChange, str] = {"started": "good", "moved": "tight", "dropped": "bad"}
Line = tuple[str, Value, str | None, str]


def write_kept(book: Book, layout: Layout) -> None:
    """Writes how many stay, move and wait, what keeping costs, and a row for each epic that is not as agreed."""
    report = layout.report
    if report is None:
        return
    page = book.page(layout.name("Kept"))
    page.title("Kept", "What was kept of what was agreed, in the plan as it was computed, and what that costs.")
    page.widths(*_WIDTHS)
    table = area(layout.name("Kept"), _TOP + 14, len(report.effect.epics), list(_KEYS))
    for row, (label, value, formula, style) in enumerate(_figures(report, table), start=_TOP):
        page.text(row, 0, label, "cell", "bold")
        if formula is None:
            page.put(row, 1, value, "cell", "right", style)
        else:
            page.formula(row, 1, f"={formula}", value, "cell", "right", style)
    _changes(page, report, table)
    if report.left_out:
        _left_out(page, report, table.last + 3)


def _figures(report: ReplanReport, table: Area) -> list[Line]:
    """Each row's label, value, formula and style; what follows from other cells is live."""
    unit = report.effect.unit
    cell = [f"$B${_TOP + 1 + number}" for number in range(11)]

    def count(label: str, change: EpicChange) -> Line:
        return label, len(report.effect.of(change)), f'COUNTIF({table.own("happens")},"{HAPPENS[change]}")', "whole"

    lines = [
        ("Epics agreed", report.agreed, None, "whole"),
        ("Stay as they were", report.unchanged, f"{cell[0]}-{cell[2]}-{cell[3]}", "whole"),
        count("Move", "moved"),
        count("Wait now", "dropped"),
        count("Start and were not agreed", "started"),
    ]
    if report.places is not None:
        later = ", ".join(f"{epic} {places}" for epic, places in report.places.later.items())
        return [
            *lines,
            ("Periods later than its rank allows that an agreed one may end", report.places.allowed, None, "whole"),
            ("Keeping costs, periods later than by the order alone", later or "none", None, "plain"),
        ]
    return [
        *lines,
        (f"Best plan found, {unit}", report.best_value, None, "worth"),
        (f"This plan, {unit}", report.value, None, "worth"),
        (f"Keeping costs, {unit}", report.cost, f"MAX(0,{cell[5]}-{cell[6]})", "worth"),
        ("Share of the best plan's value that may be given up", report.tolerance, None, "fine share"),
        (f"Down to, {unit}", report.floor, f"{cell[5]}-{cell[8]}*ABS({cell[5]})", "worth"),
        ("Fewest changes", "proven" if report.fewest else "not proven", None, "plain"),
    ]


def _changes(page: Page, report: ReplanReport, table: Area) -> None:
    """A row for each epic that starts, moves or waits otherwise than agreed."""
    unit = report.effect.unit
    page.text(table.first - 2, 0, "Changes to what was agreed", "bold")
    headings = ["Epic", "What happens", "Agreed", "Now", f"Value agreed, {unit}", f"Value now, {unit}"]
    page.headings(
        table.first - 1, [*headings, "Difference", "Reason"], {"Epic", "What happens", "Reason"}, repeat=False
    )
    if not report.effect.epics:
        page.text(table.first, 0, "None: every agreed epic is done when it was agreed.")
    for row, line in zip(table.rows, report.effect.epics, strict=True):
        for column, text in enumerate((line.label, line.happens, line.before, line.after)):
            page.text(row, column, text, "cell", "wrap", "label")
        page.put(row, table.columns["before"], line.value_before, "cell", "wrap", "worth")
        page.put(row, table.columns["now"], line.value_after, "cell", "wrap", "worth")
        before, now = (xl_rowcol_to_cell(row, table.columns[key]) for key in ("before", "now"))
        page.formula(
            row,
            table.columns["difference"],
            f"={now}-{before}",
            line.gain,
            "cell",
            "wrap",
            "worth",
        )
        page.text(row, table.columns["reason"], line.reason, "cell", "wrap", "indented")
        page.tall(row, (line.label, _WIDTHS[0]), (line.reason, _WIDTHS[-1]))
    grid = (table.first, 1, table.last, 1)
    for change, look in _LOOKS.items():
        page.when(grid, f'=$B{table.first + 1}="{HAPPENS[change]}"', look)


def _left_out(page: Page, report: ReplanReport, row: int) -> None:
    """What was agreed and cannot be kept."""
    page.text(row - 1, 0, "Agreed, but not to be kept", "bold")
    page.headings(row, ["Epic", "Why"], {"Epic", "Why"}, repeat=False)
    for here, (epic, why) in enumerate(report.left_out.items(), start=row + 1):
        page.text(here, 0, epic, "cell", "label")
        page.text(here, 1, why)


SHEET = ResultSheet("Kept", write_kept, wanted=lambda layout: layout.report is not None)
