"""The same small work on any workbook: a number overwritten, a text in a new row, a formula, and a sheet brought in."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache

import xlsxwriter

from portfolio.xlsx.patch.cell import CellEdit, Formula
from portfolio.xlsx.patch.editing import PackageEditor
from tests.xlsx.markup_tree import Node, Worksheet, column_number, top, worksheet
from tests.xlsx.package_parts import PackageParts

NUMBER, TEXT = 41.5, 'Ünï <b>&amp; "x"</b> _x000D_ a\nb'
SHEET = "Ours & new"
LAST_ROW = 1_048_576


@dataclass(frozen=True)
class ThreeEdits:
    """Where the three edits go in one workbook, and what is there afterwards."""

    sheet: str
    edits: tuple[CellEdit, CellEdit, CellEdit]

    @property
    def names(self) -> list[str]:
        """The three cells."""
        return [edit.name for edit in self.edits]


def choose_edits(content: bytes) -> ThreeEdits:
    """Three cells of the first worksheet with a number, else of the first one."""
    parts = PackageParts(content)
    fallback = None
    for sheet in parts.sheets:
        if parts.sheets[sheet] not in parts.data or not parts.is_worksheet(sheet):
            continue
        cells = worksheet(parts.data[parts.sheets[sheet]])
        taken = _taken(parts, parts.sheets[sheet], cells)
        place = _a_number(cells, taken)
        last = max([0, *(row.number for row in cells.rows if row.cells), *(bottom for _, _, _, bottom in taken)])
        found = _edits(sheet, place, min(last, LAST_ROW - 9))
        if place is not None:
            return found
        fallback = fallback or found
    if fallback is None:
        raise LookupError("no worksheet")
    return fallback


def _edits(sheet: str, place: tuple[int, int] | None, last: int) -> ThreeEdits:
    number = CellEdit(*(place or (last + 1, 1)), NUMBER)
    text, formula = CellEdit(last + 3, 1, TEXT), CellEdit(last + 4, 3, Formula(f"{number.name}*2", NUMBER * 2))
    return ThreeEdits(sheet, (number, text, formula))


def _a_number(cells: Worksheet, taken: list[tuple[int, int, int, int]]) -> tuple[int, int] | None:
    """The row and column of the first number that nobody computes, outside of pivot tables and the like."""
    for row in cells.rows:
        for name, cell in row.cells.items():
            column, plain = column_number(re.sub(r"\d", "", name)), cell.attributes.get("t", "n") == "n"
            free = not any(left <= column <= right and up <= row.number <= down for left, up, right, down in taken)
            if plain and free and cell.child("v") is not None and cell.child("f") is None:
                return row.number, column
    return None


def _taken(parts: PackageParts, part: str, cells: Worksheet) -> list[tuple[int, int, int, int]]:
    """Ranges in which cells are no single cells: left, top, right, bottom."""
    formulas = [cell.child("f") for row in cells.rows for cell in row.cells.values()]
    nodes: list[Node] = [
        one for one in formulas if one is not None and one.attributes.get("t") in ("array", "dataTable")
    ]
    nodes += cells.around.all("mergeCell")
    nodes += [
        place for pivot in parts.related(part, "pivotTable") for place in top(parts.data[pivot]).children("location")
    ]
    found = []
    for node in nodes:
        corners = re.findall(r"([A-Z]+)(\d+)", node.attributes.get("ref", ""))
        if corners:
            (left, up), (right, down) = corners[0], corners[-1]
            found.append((column_number(left), int(up), column_number(right), int(down)))
    return found


@cache
def new_sheet() -> bytes:
    """A workbook with one small sheet as results are written: styles, widths, a condition, frozen panes, a filter."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True})
        money = book.add_format({"num_format": '#,##0.00 "€"', "font_color": "#0000FF"})
        sheet.write_row(0, 0, ["Epic", "WSJF", "Twice"], head)
        for row in range(1, 6):
            sheet.write_string(row, 0, f"=E{row}")
            sheet.write_number(row, 1, row * 1.5, money)
            sheet.write_formula(row, 2, f"=B{row + 1}*2", money, row * 3.0)
        sheet.set_column(0, 2, 14)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, 5, 2)
        sheet.conditional_format(1, 1, 5, 1, {"type": "cell", "criteria": ">", "value": 4, "format": head})
        sheet.repeat_rows(0)
    return stream.getvalue()


def write_cells(content: bytes, three: ThreeEdits) -> bytes:
    """The workbook with the three edits."""
    editing = PackageEditor(content, "the workbook")
    editing.edit(three.sheet, three.edits)
    return editing.content()


def write_all(content: bytes, three: ThreeEdits) -> bytes:
    """The workbook with the three edits and the new sheet."""
    editing = PackageEditor(content, "the workbook")
    editing.edit(three.sheet, three.edits)
    editing.bring(new_sheet())
    return editing.content()
