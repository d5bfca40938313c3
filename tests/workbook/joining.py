"""Puts generated result sheets into a user's workbook, in a simple way of its own that is good enough to recalculate."""

from __future__ import annotations

import datetime
import io
import warnings
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.datetime import to_excel

from portfolio.workbook.in_place.result_book import InPlaceResults
from portfolio.workbook.in_place.result_columns import ResultColumns
from tests.recalculate import Sheets, cached, formulas, formulas_of, recalculate_ironcalc


def loaded(path: Path | io.BytesIO) -> Any:
    """A workbook for reading and changing; what openpyxl cannot keep is not needed here.

    Cells with a style and nothing in them go: openpyxl saves them as numbers, which IronCalc takes for 0.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for place in [place for place, cell in sheet._cells.items() if cell.value is None]:
            del sheet._cells[place]
    return book


def joined(user: Path, results: InPlaceResults, result_columns: ResultColumns, target: Path) -> Path:
    """The user's workbook with the result sheets behind its own, and the result columns beside its epics."""
    book, generated = loaded(user), loaded(io.BytesIO(results.content))
    for source in generated.worksheets:
        sheet = book.create_sheet(source.title)
        assert sheet.title == source.title
        for row in source.iter_rows():
            for cell in row:
                if cell.value is not None:
                    copy = sheet.cell(cell.row, cell.column)
                    copy.value, copy.data_type = cell.value, cell.data_type
    epics = book[results.epics_sheet]
    for heading, column in result_columns.added.items():
        epics.cell(result_columns.header_row, column).value = heading
    for result in results.cells:
        epics.cell(result.row, result.column).value = result.value if result.formula is None else f"={result.formula}"
    book.save(target)
    book.close()
    return target


def expected(results: InPlaceResults, folder: Path) -> tuple[Sheets, Sheets]:
    """Cached values and formulas of all generated cells, those beside the user's epics included."""
    path = folder / "generated.xlsx"
    path.write_bytes(results.content)
    values, live = cached(path), formulas(path)
    values = without_dates(values)
    beside = {f"{get_column_letter(cell.column)}{cell.row}": cell for cell in results.cells if cell.formula is not None}
    values[results.epics_sheet] = {name: cell.value for name, cell in beside.items()}
    live[results.epics_sheet] = {name: str(cell.formula) for name, cell in beside.items()}
    return values, live


def without_dates(sheets: Sheets) -> Sheets:
    """The same values with dates as the numbers that they are."""
    return {
        sheet: {name: to_excel(value) if isinstance(value, datetime.date) else value for name, value in cells.items()}
        for sheet, cells in sheets.items()
    }


def recomputed(path: Path) -> Sheets:
    """All values of a workbook: constants as they stand, formulas computed anew."""
    book = loaded(path)
    live = recalculate_ironcalc(path, formulas_of(book))
    found = {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }
    book.close()
    return {sheet: cells | live.get(sheet, {}) for sheet, cells in found.items()}
