"""Input sheets beyond any portfolio are refused with the sheet that is too large, not read for minutes."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
import xlsxwriter

from portfolio.errors import WrongUseError
from portfolio.intake.read_workbook import read_workbook
from portfolio.xlsx.guard.limits import MAX_EPICS, MAX_INPUT_CELLS, MAX_INPUT_ROWS

HEADINGS = ("ID", "Title", "User-business value", "Time criticality", "RR/OE", "Job size")


def workbook(**sheets: Iterable[Iterable[object]]) -> bytes:
    """A workbook of these sheets."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
    return target.getvalue()


def epics(count: int, *more: object) -> list[tuple[object, ...]]:
    """A table of epics."""
    return [(*HEADINGS, *more), *((f"E{turn}", f"Epic {turn}", 1, 2, 3, 5, *more) for turn in range(count))]


def test_too_many_epics() -> None:
    with pytest.raises(WrongUseError, match=r"sheet Epics has 25,001 rows .* at most 25,000 epics are read"):
        read_workbook(workbook(Epics=epics(MAX_EPICS)), "huge.xlsx")


def test_too_many_rows_of_all_inputs() -> None:
    links = [("Predecessor", "Successor"), *((f"E{turn}", f"E{turn + 1}") for turn in range(MAX_INPUT_ROWS))]
    with pytest.raises(WrongUseError, match="its sheet Dependencies has 50,001 rows"):
        read_workbook(workbook(Epics=epics(10), Dependencies=links), "huge.xlsx")


def test_too_many_cells_of_all_inputs() -> None:
    notes = [f"Note {turn}" for turn in range(500)]
    with pytest.raises(WrongUseError, match="at most 500,000 cells of inputs are read; delete what is not needed"):
        read_workbook(workbook(Epics=epics(MAX_INPUT_CELLS // len(notes), *notes)), "huge.xlsx")


def test_a_stray_cell_far_below_is_no_epic() -> None:
    far = [*epics(10), *([()] * 60_000), ("x",)]
    assert len(read_workbook(workbook(Epics=far), "stray.xlsx").raw["epics"]) == 10


def test_a_large_sheet_of_something_else_is_fine() -> None:
    """Nobody reads the raw export beside the epics."""
    rows = [[turn] * 8 for turn in range(70_000)]
    assert len(read_workbook(workbook(Epics=epics(10), Raw=rows), "beside.xlsx").raw["epics"]) == 10
