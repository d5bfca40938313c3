"""Notes on result sheets stay beside what they are about when the results are written anew."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.xlsx.patch.editing import PackageEditor

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
HEADINGS = ("ID", "Title", "User-business value", "Time criticality", "RR/OE", "Job size", "Value stream", "Effort")


def workbook(path: Path, *epics: tuple[Any, ...]) -> Path:
    """A portfolio of one value stream that does one epic in each of two periods."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Epics"
    for row in (HEADINGS, *epics):
        sheet.append(row)
    for name, rows in {
        "Value streams": (("ID", "WIP limit"), ("Web", 1)),
        "Capacity": (("Value stream", "PI 1", "PI 2"), ("Web", 30, 30)),
        "Portfolio": (("Setting", "Value"), ("Start", "2027-01-04"), ("Value horizon weeks", 50), ("Point value", 9)),
    }.items():
        more = book.create_sheet(name)
        for row in rows:
            more.append(row)
    book.save(path)
    return path


def planned(path: Path) -> openpyxl.Workbook:
    """The workbook after a plan was written into it, which has to be a fixed point."""
    loaded = engine.load(path)
    engine.write_plan(engine.plan(loaded, gap=0), loaded)
    again = engine.load(path)
    assert not engine.write_plan(engine.plan(again, gap=0), again).changed
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)


def notes(sheet: Any) -> dict[tuple[Any, Any], str]:
    """Each note by the ID in its row and the heading of its column."""
    headings = {cell.column: cell.value for cell in sheet[4]}
    id_column = next(column for column, heading in headings.items() if heading == "ID")
    return {
        (sheet.cell(cell.row, id_column).value, headings.get(cell.column)): cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def with_notes(path: Path, sheet: str, *said: tuple[int, int, str]) -> None:
    """Puts notes on a sheet, as somebody does in Excel."""
    editing = PackageEditor(path.read_bytes(), path.name)
    for row, column, text in said:
        editing.comment(sheet, row, column, "Finance", text)
    path.write_bytes(editing.content())


def test_notes_go_with_their_epic_and_column(tmp_path: Path) -> None:
    first = ("A", "Alpha", 8, 5, 3, 2, "Web", 20)
    path = workbook(
        tmp_path / "ours.xlsx", first, ("B", "Beta", 1, 1, 1, 5, "Web", 20), ("C", "Gamma", 1, 2, 1, 5, "Web", 20)
    )
    before = planned(path)["Plan"]
    assert [before.cell(row, 2).value for row in (5, 6, 7)] == ["A", "C", "B"]
    with_notes(path, "Plan", (5, 5, "why so early?"), (6, 11, "too little"), (4, 11, "in points"), (1, 1, "our plan"))
    book = openpyxl.load_workbook(path)
    book["Epics"]["C2"], book["Epics"]["C3"] = 1, 20
    book.save(path)
    after = planned(path)["Plan"]
    assert [after.cell(row, 2).value for row in (5, 6, 7)] == ["B", "A", "C"]
    assert notes(after) == {
        ("A", "Decision"): "why so early?",
        ("C", "Value"): "too little",
        ("ID", "Value"): "in points",
        (None, "Value stream"): "our plan",
    }


def test_a_note_on_what_is_gone_stands_at_the_title(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ours.xlsx", ("A", "Alpha", 8, 5, 3, 2, "Web", 20), ("B", "Beta", 1, 1, 1, 5, "Web", 20))
    planned(path)
    with_notes(path, "Plan", (6, 5, "next year?"))
    book = openpyxl.load_workbook(path)
    book["Epics"].delete_rows(3)
    book.save(path)
    after = planned(path)["Plan"]
    assert after["A1"].comment.text == "B, Decision: next year?"


def test_rows_without_an_id_are_known_by_their_first_columns(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ours.xlsx", ("A", "Alpha", 8, 5, 3, 2, "Web", 20))
    allocation = planned(path)["Allocation"]
    assert [allocation.cell(6, column).value for column in (1, 3)] == ["Web", "PI 2"]
    with_notes(path, "Allocation", (6, 5, "holidays"))
    book = openpyxl.load_workbook(path)
    streams, capacity = book["Value streams"], book["Capacity"]
    streams.insert_rows(2)
    streams["A2"], streams["B2"] = "Core", 1
    capacity.insert_rows(2)
    capacity["A2"], capacity["B2"], capacity["C2"] = "Core", 5, 5
    book.save(path)
    after = planned(path)["Allocation"]
    (place,) = [cell for row in after.iter_rows() for cell in row if cell.comment]
    assert (after.cell(place.row, 1).value, after.cell(place.row, 3).value, place.comment.text) == (
        "Web",
        "PI 2",
        "holidays",
    )
    assert place.row == 8
