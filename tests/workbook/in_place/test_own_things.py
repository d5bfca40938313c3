"""Nothing that people typed among results is lost when they are written anew: it stays, moves with its epic, or is on Notes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.workbook.in_place.write_in_place import WrittenInto
from tests.workbook.in_place.test_result_notes import workbook

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
ROWS = (
    ("A", "Alpha", 8, 5, 3, 2, "Web", 20),
    ("B", "Beta", 1, 1, 1, 5, "Web", 20),
    ("C", "Gamma", 1, 2, 1, 5, "Web", 20),
)


def write(path: Path, **options: bool) -> WrittenInto:
    """Plans the workbook and writes into it."""
    loaded = engine.load(path)
    return engine.write_plan(engine.plan(loaded, gap=0), loaded, **options)


def texts(path: Path) -> dict[str, dict[str, Any]]:
    """Everything that stands in a workbook, by sheet and cell."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: {cell.coordinate: cell.value for row in sheet for cell in row if cell.value is not None}
        for sheet in book
    }


def typed(path: Path, **cells: object) -> None:
    """Somebody types into cells, `Plan__T4`, and saves."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, cell = place.split("__")
        book[sheet.replace("_", " ")][cell] = value  # type: ignore[assignment]
    book.save(path)


def row_of(sheet: dict[str, Any], text: str) -> str:
    """The number of the row in which a text stands."""
    return next(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for cell, value in sheet.items() if value == text)


def test_remarks_go_with_their_epic(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ours.xlsx", *ROWS)
    write(path)
    typed(path, Plan__X4="Remarks", Plan__X5="about the first", Plan__X7="=1+1", Summary__Z3="Ada agrees")
    first = openpyxl.load_workbook(path, data_only=True)["Plan"]["B5"].value
    typed(path, Epics__C2=1, Epics__C3=20)
    assert write(path).findings == ()
    after = texts(path)
    shown = openpyxl.load_workbook(path, data_only=True)["Plan"]
    assert shown[f"B{row_of(after['Plan'], 'about the first')}"].value == first
    assert after["Plan"]["X4"] == "Remarks"
    assert "=1+1" in after["Plan"].values()
    assert after["Summary"]["Z3"] == "Ada agrees"
    assert not write(path).changed


def test_what_was_typed_over_figures_is_on_notes(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ours.xlsx", *ROWS)
    write(path)
    before = texts(path)
    typed(path, Plan__H5=2, Ranking__A5="first!", Plan__D6=None)
    findings = write(path).findings
    assert len(findings) == 1
    assert all(text in str(findings[0]) for text in ("Plan!H5", "Ranking!A5", "first!", "Notes"))
    after = texts(path)
    assert {name: cells for name, cells in after.items() if name not in ("Notes", "_portfolio_base")} == {
        name: cells for name, cells in before.items() if name != "_portfolio_base"
    }
    assert {"H5", "A5", "first!", "2"} <= {str(value) for value in after["Notes"].values()}
    typed(path, Ranking__A6="second!")
    write(path)
    assert {"first!", "second!"} <= set(texts(path)["Notes"].values())


def test_words_typed_over_results_stay(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ours.xlsx", *ROWS)
    write(path, add_columns=True)
    headings = {value: cell[:-1] for cell, value in texts(path)["Epics"].items() if cell.endswith("1")}
    cell = f"{headings['Decision']}3"
    typed(path, **{f"Epics__{cell}": "Reject: no budget", f"Epics__{headings['Planned start']}4": "PI 9"})
    findings = write(path).findings
    after = texts(path)
    assert after["Epics"][cell] == "Reject: no budget"
    assert any(cell in str(finding) and "Reject" in str(finding) for finding in findings)
    assert "PI 9" in after["Notes"].values()
    assert not write(path).changed


@pytest.mark.parametrize("seed", range(4))
def test_no_cell_on_a_result_sheet_is_lost(seed: int, tmp_path: Path) -> None:
    """Whatever people type wherever on result sheets: afterwards it stands somewhere in the workbook."""
    draw = random.Random(seed)
    path = workbook(tmp_path / "ours.xlsx", *ROWS)
    write(path, add_columns=bool(seed % 2))
    book = openpyxl.load_workbook(path)
    shown = [
        sheet
        for sheet in book
        if sheet.sheet_state == "visible"
        and sheet.title in ("Plan", "Ranking", "Summary", "Reasons", "Allocation", "Guardrail status")
    ]
    said: dict[tuple[str, int, int], str] = {}
    for number in range(8):
        sheet = draw.choice(shown)
        row, column = draw.randint(1, sheet.max_row + 3), draw.randint(1, sheet.max_column + 4)
        cell = sheet.cell(row, column)
        if isinstance(cell, openpyxl.cell.MergedCell):
            continue
        value = draw.choice([f"remark {number}", 700_000 + number, f"={number}+700000", f"'{number}?"])
        cell.value = value
        said[sheet.title, row, column] = str(value)
    book["Epics"]["C3"] = draw.choice([1, 20])
    book.save(path)
    write(path)
    there = {str(value) for name, cells in texts(path).items() if name != "_portfolio_base" for value in cells.values()}
    assert set(said.values()) <= there
    assert not write(path).changed
