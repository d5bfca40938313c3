"""The sheet `Kept`: what a stable re-plan kept and changed of what was agreed, and what that cost; written by `plan --keep`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.workbook.layout import Layout
from portfolio.xlsx.write.area import Area, area
from portfolio.xlsx.write.book import Book, Page, Value

STARTS, MOVES, WAITS = "starts now", "moves", "waits now"
_TOP = 3
_VALUES = ("before", "now", "difference")
_KEYS = ("epic", "happens", "agreed", "new", *_VALUES, "reason")
_WIDTHS = (44, 16, 18, 18, 16, 16, 16, 80)


@dataclass(frozen=True)
class KeptRow:
    """An epic that is not as it was agreed: what happens to it, when it was to be done and is now, and its value."""

    epic: str
    happens: str
    agreed: str
    now: str
    value_before: float
    value_now: float
    reason: str


@dataclass(frozen=True)
class KeptAccount:
    """What was agreed and what became of it; `best` is what the best plan is worth, `tolerance` how much of it may go."""

    unit: str
    agreed: int
    best: float
    value: float
    tolerance: float
    fewest: bool
    changes: Sequence[KeptRow]
    left_out: Mapping[str, str]


Line = tuple[str, Value, str | None, str]


def write_kept(book: Book, layout: Layout, told: KeptAccount) -> None:
    """Writes how many stay, move and wait, what keeping costs, and a row for each epic that is not as agreed."""
    page = book.page(layout.name("Kept"))
    page.title("Kept", "What was kept of what was agreed, in the plan as it was computed, and what that costs.")
    page.widths(*_WIDTHS)
    table = area(layout.name("Kept"), _TOP + 14, len(told.changes), list(_KEYS))
    for row, (label, value, formula, style) in enumerate(_account(told, table), start=_TOP):
        page.text(row, 0, label, "cell", "bold")
        if formula is None:
            page.put(row, 1, value, "cell", "right", style)
        else:
            page.formula(row, 1, f"={formula}", value, "cell", "right", style)
    _changes(page, told, table)
    if told.left_out:
        _left_out(page, told, table.last + 3)


def _account(told: KeptAccount, table: Area) -> list[Line]:
    """Each row's label, value, formula and style; what follows from other cells is live."""
    happens = [line.happens for line in told.changes]
    moved, dropped = happens.count(MOVES), happens.count(WAITS)
    cell = [f"$B${_TOP + 1 + number}" for number in range(11)]

    def count(word: str) -> str:
        return f'COUNTIF({table.own("happens")},"{word}")'

    floor = told.best - told.tolerance * abs(told.best)
    return [
        ("Epics agreed", told.agreed, None, "whole"),
        ("Stay as they were", told.agreed - moved - dropped, f"{cell[0]}-{cell[2]}-{cell[3]}", "whole"),
        ("Move", moved, count(MOVES), "whole"),
        ("Wait now", dropped, count(WAITS), "whole"),
        ("Start and were not agreed", happens.count(STARTS), count(STARTS), "whole"),
        (f"Best plan found, {told.unit}", told.best, None, "worth"),
        (f"This plan, {told.unit}", told.value, None, "worth"),
        (f"Keeping costs, {told.unit}", max(0.0, told.best - told.value), f"MAX(0,{cell[5]}-{cell[6]})", "worth"),
        ("Of the best plan may be given up", told.tolerance, None, "fine share"),
        (f"Down to, {told.unit}", floor, f"{cell[5]}-{cell[8]}*ABS({cell[5]})", "worth"),
        ("Fewest changes", "proven" if told.fewest else "not proven", None, "plain"),
    ]


def _changes(page: Page, told: KeptAccount, table: Area) -> None:
    """A row for each epic that starts, moves or waits otherwise than agreed."""
    page.text(table.first - 2, 0, "Changes to what was agreed", "bold")
    headings = ["Epic", "What happens", "Agreed", "Now", f"Value agreed, {told.unit}", f"Value now, {told.unit}"]
    page.headings(
        table.first - 1, [*headings, "Difference", "Reason"], {"Epic", "What happens", "Reason"}, repeat=False
    )
    if not told.changes:
        page.text(table.first, 0, "None: every agreed epic is done when it was agreed.")
    for row, line in zip(table.rows, told.changes, strict=True):
        for column, text in enumerate((line.epic, line.happens, line.agreed, line.now)):
            page.text(row, column, text, "cell", "wrap", "label")
        page.put(row, table.columns["before"], line.value_before, "cell", "wrap", "worth")
        page.put(row, table.columns["now"], line.value_now, "cell", "wrap", "worth")
        before, now = (xl_rowcol_to_cell(row, table.columns[key]) for key in ("before", "now"))
        page.formula(
            row,
            table.columns["difference"],
            f"={now}-{before}",
            line.value_now - line.value_before,
            "cell",
            "wrap",
            "worth",
        )
        page.text(row, table.columns["reason"], line.reason, "cell", "wrap", "indented")
        page.tall(row, (line.epic, _WIDTHS[0]), (line.reason, _WIDTHS[-1]))
    grid = (table.first, 1, table.last, 1)
    for word, look in ((STARTS, "good"), (MOVES, "tight"), (WAITS, "bad")):
        page.when(grid, f'=$B{table.first + 1}="{word}"', look)


def _left_out(page: Page, told: KeptAccount, row: int) -> None:
    """What was agreed and cannot be kept."""
    page.text(row - 1, 0, "Agreed, but not to be kept", "bold")
    page.headings(row, ["Epic", "Why"], {"Epic", "Why"}, repeat=False)
    for here, (epic, why) in enumerate(told.left_out.items(), start=row + 1):
        page.text(here, 0, epic, "cell", "label")
        page.text(here, 1, why)
