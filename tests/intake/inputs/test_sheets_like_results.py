"""A sheet that is called like one of results may be people's own table of epics."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from portfolio import engine

EPICS = (
    ("ID", "Title", "User-business value", "Time criticality", "RR/OE", "Job size", "Value stream", "Effort"),
    ("E1", "One", 8, 5, 3, 5, "Web", 10),
    ("E2", "Two", 5, 5, 3, 5, "Web", 10),
)
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")


def workbook(path: Path, name: str, *, with_capacity: bool = False) -> Path:
    """A workbook with nothing but a sheet of epics of that name."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in EPICS:
        sheet.append(row)
    if with_capacity:
        more = book.create_sheet("Capacity")
        more.append(("Value stream", "PI 1", "PI 2"))
        more.append(("Web", 30, 30))
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["Plan", "Ranking", "Work", "Value", "Summary", "Done"])
def test_it_is_read_where_there_is_no_other(name: str, tmp_path: Path) -> None:
    loaded = engine.load(workbook(tmp_path / "own.xlsx", name))
    assert [epic.id for epic in loaded.ready.epics] == ["E1", "E2"]


def test_results_beside_it_change_nothing(tmp_path: Path) -> None:
    """Our own sheets get other names, and the table is read again."""
    path = workbook(tmp_path / "own.xlsx", "Plan", with_capacity=True)
    loaded = engine.load(path)
    engine.write_plan(engine.plan(loaded, gap=0), loaded)
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["Plan"][1]][:2] == ["ID", "Title"]
    assert [epic.id for epic in engine.load(path).ready.epics] == ["E1", "E2"]


def test_what_this_program_wrote_is_no_table_of_epics(tmp_path: Path) -> None:
    """Whoever deletes the inputs of a workbook with results has no inputs any more."""
    path, out = workbook(tmp_path / "own.xlsx", "Epics", with_capacity=True), tmp_path / "out.xlsx"
    engine.write(engine.plan(engine.load(path), gap=0), out)
    book = openpyxl.load_workbook(out)
    del book["Epics"]
    book.save(out)
    assert any("no sheet Epics" in finding.what for finding in engine.load(out).findings)


@pytest.mark.parametrize(
    ("state", "is_known"),
    [
        ("In corso", True),
        ("Da fare", True),
        ("En cours", True),
        ("進行中", True),
        ("Ready", True),
        ("Blabla", False),
        ("Now", False),
    ],
)
def test_a_state_in_another_language_is_no_strange_word(state: str, is_known: bool, tmp_path: Path) -> None:
    """Its kind is known, so that all that a state decides is decided; a word of another way of working is said."""
    path = workbook(tmp_path / "own.xlsx", "Epics")
    book = openpyxl.load_workbook(path)
    sheet = book["Epics"]
    sheet.cell(1, 9).value, sheet.cell(2, 9).value = "State", state
    book.save(path)
    assert is_known == (not any("is not a state" in finding.what for finding in engine.load(path).findings))
