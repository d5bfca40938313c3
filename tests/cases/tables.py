"""Small tables as files: a workbook, or text with a separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Shown:
    """A cell with a number format, by which people see something else than its value."""

    value: object
    form: str


def workbook(
    path: Path,
    sheets: Mapping[str, Rows],
    merged: Mapping[str, Sequence[str]] | None = None,
    hidden: Collection[str] = (),
) -> Path:
    """Writes sheets of rows, from their first cell on; `merged` has ranges by sheet, `hidden` names of sheets."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                cell = sheet.cell(row, column)
                cell.value = value.value if isinstance(value, Shown) else value  # type: ignore[assignment]
                if isinstance(value, Shown):
                    cell.number_format = value.form
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for cells_range in (merged or {}).get(name, ()):
            sheet.merge_cells(cells_range)
    book.save(path)
    book.close()
    return path


def text_table(path: Path, rows: Rows, separator: str = ",", encoding: str = "utf-8") -> Path:
    """Writes rows as text, with quotes only where they are needed."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([["" if cell is None else cell for cell in row] for row in rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def either(path: Path, rows: Rows, way: str) -> Path:
    """One table of epics in a workbook or as text: people keep the same table both ways."""
    if way == "workbook":
        return workbook(path.with_suffix(".xlsx"), {"Epics": rows})
    return text_table(path.with_suffix(".csv"), rows)
