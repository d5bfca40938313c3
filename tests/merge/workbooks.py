"""Small workbooks that go out, are edited with a library that knows nothing of this project, and come back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from portfolio.merge.base_sheet import with_base
from portfolio.merge.merge_copies import Merge, prepare

HEADINGS = ("ID", "Title", "Job size", "User-business value", "Twice the size", "Remark")
EPICS = (
    ("E1", "Chatbot", 5, 8, "=C{row}*2", "ask finance"),
    ("E2", "New ledger", 8, 13, "=C{row}*2", None),
    ("E3", "Open data", 3, 5, "=C{row}*2", "first draft"),
    ("E4", "Payments abroad", 13, 20, "=C{row}*2", "with the bank"),
)
TOP = 3
"""The header row: a title and a blank row stand above."""
Edit = Callable[[Workbook], Any]


def sent_out(folder: Path, epics: Sequence[Sequence[Any]] = EPICS, headings: Sequence[str] = HEADINGS) -> Path:
    """A workbook as it is sent out, with its base snapshot."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Epics"
    sheet["A1"] = "Epics for 2027"
    for column, heading in enumerate(headings, 1):
        sheet.cell(TOP, column, heading)
    for row, epic in enumerate(epics, TOP + 1):
        for column, value in enumerate(epic, 1):
            sheet.cell(row, column, value.format(row=row) if isinstance(value, str) else value)
    last = TOP + len(epics)
    if "Job size" in headings:
        sheet.cell(last + 2, 1, "Total")
        sheet.cell(last + 2, headings.index("Job size") + 1, f"=SUM(C{TOP + 1}:C{last})")
    for title, rows in (
        ("Portfolio", [("Setting", "Value"), ("Name", "Bank"), ("Portfolio WIP limit", 3)]),
        ("Value streams", [("ID", "Name", "Cost per unit"), ("VS1", "Retail", 10), ("VS2", "Cards", 12)]),
        ("Capacity", [("Value stream", "PI 1", "PI 2"), ("VS1", 40, 40), ("VS2", 30, 20)]),
        ("Dependencies", [("Predecessor", "Successor"), ("E1", "E2")]),
    ):
        more = book.create_sheet(title)
        for line in rows:
            more.append(line)
    packed = io.BytesIO()
    book.save(packed)
    path = folder / "base.xlsx"
    path.write_bytes(with_base(packed.getvalue(), path.name))
    return path


def returned(base: Path, name: str, edit: Edit, author: str = "") -> Path:
    """A copy with edits, as somebody sends it back."""
    book = openpyxl.load_workbook(base)
    edit(book)
    book.properties.lastModifiedBy = author or None
    path = base.parent / name
    book.save(path)
    return path


def merged(base: Path, *edits: Edit) -> Merge:
    """The merge of one copy for each edit: a.xlsx, b.xlsx and so on."""
    names = [f"{letter}.xlsx" for letter in "abcdef"]
    copies = [returned(base, name, edit, name[0].upper()) for name, edit in zip(names, edits, strict=False)]
    return prepare(base, copies)


def written(merge: Merge) -> Workbook:
    """The workbook that a merge writes, as another reader has it."""
    return openpyxl.load_workbook(io.BytesIO(merge.content))


def heading_places(sheet: Worksheet, top: int = TOP) -> dict[str, int]:
    """The column of each heading."""
    return {str(cell.value): cell.column for cell in sheet[top] if cell.value is not None}


def cell(book: Workbook, epic: str, heading: str) -> Any:
    """The cell of an epic, wherever it stands."""
    sheet = book["Epics"]
    columns = heading_places(sheet)
    name = "ID" if "ID" in columns else "Title"
    row = next(row for row in range(TOP + 1, sheet.max_row + 1) if sheet.cell(row, columns[name]).value == epic)
    return sheet.cell(row, columns[heading])


def epics_in(book: Workbook) -> dict[str, dict[str, Any]]:
    """Every epic by its ID, empty cells left out."""
    sheet = book["Epics"]
    columns = heading_places(sheet)
    found = {}
    for row in range(TOP + 1, sheet.max_row + 1):
        name = sheet.cell(row, columns["ID"]).value
        if name and name != "Total":
            cells = {heading: sheet.cell(row, column).value for heading, column in columns.items()}
            found[str(name)] = {heading: value for heading, value in cells.items() if value is not None}
    return found


def put(epic: str, heading: str, value: Any) -> Edit:
    """An edit of one cell."""

    def edit(book: Workbook) -> None:
        cell(book, epic, heading).value = value

    return edit


def sort_rows(book: Workbook, *, backwards: bool = True) -> None:
    """Sorts the epics by title as Excel does: relative references go with their rows."""
    sheet = book["Epics"]
    rows = range(TOP + 1, TOP + 1 + len(epics_in(book)))
    lines = [[(row, cell.value) for cell in sheet[row]] for row in rows]
    lines.sort(key=lambda line: str(line[1][1]), reverse=backwards)
    for row, line in zip(rows, lines, strict=True):
        for column, (old, value) in enumerate(line, 1):
            is_formula = isinstance(value, str) and value.startswith("=")
            moved = re.sub(rf"(?<![$A-Z])([A-Z]+){old}\b", rf"\g<1>{row}", value) if is_formula else value
            sheet.cell(row, column).value = moved


def insert_row(book: Workbook, place: int, values: Sequence[Any]) -> None:
    """Inserts an epic as Excel does: references to what stands below follow."""
    sheet = book["Epics"]
    _shift(sheet, lambda row, column: (row + (row >= place), column))
    sheet.insert_rows(place)
    _put_formulas(sheet)
    for column, value in enumerate(values, 1):
        sheet.cell(place, column).value = value


def insert_column(book: Workbook, place: int, heading: str | None = None) -> None:
    """Inserts a column as Excel does: references to what stands right of it follow."""
    sheet = book["Epics"]
    _shift(sheet, lambda row, column: (row, column + (column >= place)))
    sheet.insert_cols(place)
    _put_formulas(sheet)
    if heading:
        sheet.cell(TOP, place).value = heading


def _shift(sheet: Worksheet, there: Callable[[int, int], tuple[int, int]]) -> None:
    """Rewrites the references of every formula for cells that are about to move."""

    def moved(found: re.Match[str]) -> str:
        row, column = there(int(found[2]), column_index_from_string(found[1]))
        return f"{get_column_letter(column)}{row}"

    for line in sheet.iter_rows():
        for entry in line:
            if isinstance(entry.value, str) and entry.value.startswith("="):
                entry.value = "'" + re.sub(r"([A-Z]+)(\d+)", moved, entry.value)


def _put_formulas(sheet: Worksheet) -> None:
    """Makes formulas of the texts that `_shift` left, so that nothing was rewritten twice."""
    for line in sheet.iter_rows():
        for entry in line:
            if isinstance(entry.value, str) and entry.value.startswith("'="):
                entry.value = entry.value[1:]
