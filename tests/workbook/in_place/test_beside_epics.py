"""Dependencies and effort that stand beside the epics, in the shapes people use: edits move the figures or are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from tests.workbook.answers import answer_of
from tests.workbook.every_input import differences, told
from tests.workbook.joining import loaded

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

SCORES = ("User-business value", "Time criticality", "RR/OE", "Job size")
PLAN = {"E1": (0, 1), "E2": (1, 1), "E3": (2, 1)}


def written(folder: Path, headings: Sequence[str], rows: Mapping[str, Sequence[Any]]) -> Path:
    """A workbook with these columns beside the epics, and the plan written into it."""
    book, path = openpyxl.Workbook(), folder / "own.xlsx"
    sheet = book.active
    assert sheet is not None
    sheet.title = "Backlog"
    sheet.append(["ID", "Title", *SCORES, *headings])
    for number, (epic, cells) in enumerate(rows.items()):
        sheet.append([epic, f"Epic {epic}", 8, 5, number, 3, *cells])
    capacity = book.create_sheet("Capacity")
    for line in (["Value stream", "PI 1", "PI 2", "PI 3"], ["Web", 100, 100, 100], ["App", 90, 90, 90]):
        capacity.append(line)
    book.save(path)
    own = engine.load(path)
    assert [finding for finding in own.findings if finding.severity == "error"] == []
    engine.write_plan(answer_of(own.ready, own.model, PLAN), own, add_columns=True)
    return path


def edited(path: Path, changes: Mapping[str, Any]) -> Path:
    """A copy with cells of the sheet of the epics changed."""
    book, target = loaded(path), path.with_name("edited.xlsx")
    for cell, value in changes.items():
        book["Backlog"][cell] = value
    book.save(target)
    book.close()
    return target


LINKS = (
    ("Value stream", "Effort", "Depends on"),
    {"E1": ("Web", 20, None), "E2": ("App", 30, "E1"), "E3": ("Web", 10, "E1; E2")},
)


@pytest.mark.parametrize(
    ("changes", "followed"),
    [
        ({}, True),
        ({"I4": "E1"}, True),
        ({"I4": "E2"}, True),
        ({"I3": "E3", "I4": "E1"}, True),
        ({"I3": None}, False),
        ({"I2": "E3"}, False),
        ({"I3": "E1, E3"}, False),
        ({"I4": "E1; E7"}, False),
    ],
)
def test_dependencies_beside_the_epics(changes: Mapping[str, Any], followed: bool, tmp_path: Path) -> None:
    target = edited(written(tmp_path, *LINKS), changes)
    if followed:
        assert differences(target, PLAN) == []
        assert told(target) == ""
    else:
        assert differences(target, PLAN) in ([], None) or told(target) != ""


IN_A_CELL = (("Effort",), {"E1": ("Web: 20; App: 30",), "E2": ("App: 15.5",), "E3": ("web = 10\nApp = 5",)})


@pytest.mark.parametrize(
    ("changes", "followed"),
    [
        ({}, True),
        ({"G2": "Web: 90; App: 30"}, True),
        ({"G2": "App: 12.5; Web: 7"}, True),
        ({"G4": "web = 70\nApp = 5"}, True),
        ({"G2": "Web: 90"}, False),
        ({"G3": "App: 3; Web: 4"}, False),
        ({"G2": "about 50"}, False),
    ],
)
def test_effort_of_several_value_streams_in_a_cell(changes: Mapping[str, Any], followed: bool, tmp_path: Path) -> None:
    target = edited(written(tmp_path, *IN_A_CELL), changes)
    if followed:
        assert differences(target, PLAN) == []
        assert told(target) == ""
    else:
        assert told(target) != ""


MATRIX = (("Effort Web", "Effort App"), {"E1": (20, 30), "E2": (None, 15), "E3": (10, 5)})


@pytest.mark.parametrize(
    ("changes", "followed"), [({}, True), ({"G2": 80}, True), ({"H4": 0}, True), ({"G3": 12}, False)]
)
def test_effort_in_a_column_for_each_value_stream(changes: Mapping[str, Any], followed: bool, tmp_path: Path) -> None:
    target = edited(written(tmp_path, *MATRIX), changes)
    if followed:
        assert differences(target, PLAN) == []
        assert told(target) == ""
    else:
        assert told(target) != ""


def test_rows_that_are_sorted_are_followed(tmp_path: Path) -> None:
    """People sort their sheet: every figure stays with its epic."""
    path = written(tmp_path, *MATRIX)
    sheet = loaded(path)["Backlog"]
    letters = "ABCDEFGH" + next(cell.column_letter for cell in sheet[1] if cell.value == "Planned start")
    swapped = {f"{letter}{row}": sheet[f"{letter}{6 - row}"].value for letter in letters for row in (2, 4)}
    target = edited(path, swapped)
    assert differences(target, PLAN) == []
    assert told(target) == ""


def test_a_row_more_is_said(tmp_path: Path) -> None:
    target = edited(written(tmp_path, *LINKS), {"A5": "E4", "B5": "One more", "G5": "Web", "H5": 3})
    assert "rows of Backlog" in told(target)
