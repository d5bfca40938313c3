"""`--write`: results in the user's own workbook, and nothing else changed in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from portfolio import engine
from portfolio.errors import FileChangedError
from tests.cli.conftest import Command

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")

HEADINGS = (
    "Notes",
    "Ref",
    "Epic name",
    "BV",
    "TC",
    "RROE",
    "Size",
    "Stream",
    "Work",
    "WSJF",
    "Planned start",
    "Colour",
)
EPICS = (
    ("first!", "E-1", "Sign up", 10, 5, 3, 2, "Web", 20, None, None, "red"),
    (None, "E-2", "=cmd", 13, 2, 1, "8", "Web", 30, "?", None, "green"),
    (None, None, None, None, None, None, None, None, None, None, None, None),
    ("last", "E-3", "Search", 1, 1, 1, 5, "Core", 10, None, None, "blue"),
)


def workbook(path: Path, *, table: bool = False, **more: Any) -> Path:
    """A workbook as people keep it: a title, columns in any order, a table, a chart, a note, a sheet of their own."""
    book = openpyxl.Workbook()
    epics = book.worksheets[0]
    epics.title = "Our backlog"
    epics["B1"] = "Epics of the year"
    rows = [HEADINGS, *EPICS]
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=2):
            cell = epics.cell(number, column, value)
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    epics["B4"].comment = Comment("keep me", "Finance")
    if table:
        epics.add_table(Table(displayName="backlog", ref="B3:M7"))
    chart = BarChart()
    chart.add_data(Reference(epics, min_col=8, min_row=4, max_row=7))
    epics.add_chart(chart, "P3")
    streams = book.create_sheet("Value streams")
    for row in (("ID", "WIP limit"), ("Web", 1), ("Core", 1)):
        streams.append(row)
    capacity = book.create_sheet("Capacity")
    for row in (("Value stream", "PI 1", "PI 2"), ("Web", 30, 30), ("Core", 10, 10)):
        capacity.append(row)
    own = book.create_sheet("Plan")
    own["A1"], own["A2"] = "Our own plan of the party", "='Our backlog'!E4*2"
    settings = book.create_sheet("Portfolio")
    for row in (("Setting", "Value"), ("Start", "2027-01-04"), ("Value horizon weeks", 50), ("Point value", 100)):
        settings.append(row)
    for name, value in more.items():
        sheet, cell = name.split("__")
        book[{"epics": "Our backlog", "streams": "Value streams"}[sheet]][cell] = value
    book.save(path)
    return path


def opened(path: Path, *, data_only: bool = False) -> openpyxl.Workbook:
    """The workbook as another reader sees it."""
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=data_only)


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells(path: Path, sheet: str, *, values: bool = True) -> dict[str, Any]:
    """Every filled cell of a sheet: cached values, or formulas as they are."""
    found = opened(path, data_only=values)[sheet]
    return {cell.coordinate: cell.value for row in found.iter_rows() for cell in row if cell.value is not None}


def test_a_plan_in_place_fills_its_columns_and_changes_nothing_else(command: Command, tmp_path: Path) -> None:
    """Only result cells of the epics change; the user's own sheet Plan stays, ours gets another name."""
    path = workbook(tmp_path / "ours.xlsx")
    before, old = parts(path), cells(path, "Our backlog")
    ended = command("plan", path, "--write")
    assert ended.code == 0
    assert ended.out.endswith(f"Written into {path}.\n")
    after, new = parts(path), cells(path, "Our backlog")
    allowed = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert {name for name in before if before[name] != after[name]} == {*allowed, "xl/worksheets/sheet1.xml"}
    changed = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    assert changed == {"K4", "K7", "L4", "L5", "L7"}
    assert (new["K4"], new["K5"], new["K7"]) == (9.0, "?", 0.6)
    assert (new["L4"], new["L5"], new["L7"]) == ("PI 1", "PI 2", "PI 1")
    assert cells(path, "Our backlog", values=False)["K4"].startswith("=IF(COUNT(")
    assert cells(path, "Plan", values=False) == {"A1": "Our own plan of the party", "A2": "='Our backlog'!E4*2"}
    assert "Plan (portfolio)" in opened(path).sheetnames
    assert opened(path)["Our backlog"]["B4"].comment.text == "keep me"


def test_writing_twice_changes_nothing_the_second_time(command: Command, tmp_path: Path) -> None:
    """The second write finds its own bytes and leaves the file alone."""
    path = workbook(tmp_path / "ours.xlsx", table=True)
    command("plan", path, "--write", "--add-columns")
    first, stamp = path.read_bytes(), path.stat().st_mtime_ns
    ended = command("plan", path, "--write", "--add-columns")
    assert ended.out.endswith(f"{path} holds these results already.\n")
    assert path.read_bytes() == first
    assert path.stat().st_mtime_ns == stamp


def test_new_edit_plan_plan(command: Command, tmp_path: Path) -> None:
    """The starter workbook, edited in another program, takes a plan, and the same plan again is no change."""
    path = tmp_path / "starter.xlsx"
    command("new", path)
    book = opened(path)
    book["Epics"]["H2"] = 2
    book.save(path)
    assert command("plan", path, "--write").out.endswith(f"Written into {path}.\n")
    first = path.read_bytes()
    assert command("plan", path, "--write").code == 0
    assert path.read_bytes() == first


def test_added_columns_stand_right_of_the_table_and_join_it(command: Command, tmp_path: Path) -> None:
    """An Excel table grows by the columns that were asked for."""
    path = workbook(tmp_path / "ours.xlsx", table=True)
    command("plan", path, "--write", "--add-columns")
    epics = opened(path, data_only=True)["Our backlog"]
    assert [epics.cell(3, column).value for column in (14, 15, 16)] == ["Rank", "Decision", "Planned finish"]
    assert [epics.cell(row, 14).value for row in (4, 5, 6, 7)] == [1, 2, None, 3]
    assert epics.tables["backlog"].ref == "B3:P7"
    assert [column.name for column in epics.tables["backlog"].tableColumns][-3:] == [
        "Rank",
        "Decision",
        "Planned finish",
    ]


def test_an_added_planned_start_offers_the_periods(command: Command, tmp_path: Path) -> None:
    """A planned start is chosen from the periods there are."""
    path = workbook(tmp_path / "ours.xlsx", epics__L3="When")
    command("plan", path, "--write", "--add-columns")
    epics = opened(path)["Our backlog"]
    (rule,) = epics.data_validations.dataValidation
    heading = next(cell for cell in epics[3] if cell.value == "Planned start")
    assert str(rule.sqref).startswith(f"{heading.column_letter}4:")
    assert "Inputs" in rule.formula1


def test_a_ranking_in_place_then_a_plan(command: Command, tmp_path: Path) -> None:
    """A plan takes the place of a ranking; a ranking alone would break a plan that is there."""
    path = workbook(tmp_path / "ours.xlsx")
    assert command("rank", path, "--write").out.endswith(f"Written into {path}.\n")
    assert cells(path, "Our backlog")["K4"] == 9.0
    assert opened(path).sheetnames[-3:] == ["Ranking", "Inputs", "_portfolio_base"]
    assert command("plan", path, "--write").code == 0
    refused = command("rank", path, "--write")
    assert refused.code == 2
    assert "holds a plan, which its ranking belongs to; write its plan" in refused.err


def test_macros_stay_as_they_are(command: Command, tmp_path: Path) -> None:
    """A workbook with macros stays one, byte for byte."""
    plain, path = workbook(tmp_path / "ours.xlsx"), tmp_path / "ours.xlsm"
    macros = b"not really macros, but bytes that nobody may touch"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts(plain).items():
            archive.writestr(name, content)
        archive.writestr("xl/vbaProject.bin", macros)
    assert command("plan", path, "--write").code == 0
    assert parts(path)["xl/vbaProject.bin"] == macros


@pytest.mark.parametrize("ask", [("plan",), ("rank",)])
def test_json_is_no_workbook(ask: tuple[str], sound: Path, command: Command) -> None:
    """There is no place for results in JSON."""
    before = sound.read_bytes()
    ended = command(*ask, sound, "--write")
    assert ended.code == 2
    assert ended.err == "sound.json is not a workbook, so nothing can be written into it; write a new one.\n"
    assert sound.read_bytes() == before


def test_columns_without_writing_make_no_sense(sound: Path, command: Command) -> None:
    """An option that would do nothing is said so."""
    assert command("plan", sound, "--add-columns").err == "--add-columns says what --write adds; give --write too.\n"


def test_no_plan_leaves_the_last_one_where_it_is(command: Command, tmp_path: Path) -> None:
    """Where no plan is possible, the file keeps what it has."""
    path = workbook(tmp_path / "ours.xlsx", epics__M3="Must", epics__M4="yes", epics__M5="yes", epics__J5=31)
    before = path.read_bytes()
    assert command("plan", path, "--write").code == 1
    assert path.read_bytes() == before


def test_a_change_while_planning_is_not_written_over(tmp_path: Path) -> None:
    """Whoever saved in the meantime loses nothing."""
    path = workbook(tmp_path / "ours.xlsx")
    loaded = engine.load(path)
    answer = engine.plan(loaded)
    changed = workbook(path, epics__E4=1).read_bytes()
    with pytest.raises(FileChangedError, match=r"ours.xlsx was changed by somebody else since it was read"):
        engine.write_plan(answer, loaded)
    assert path.read_bytes() == changed


def test_a_result_that_would_break_something_is_refused_by_its_cell(command: Command, tmp_path: Path) -> None:
    """Merged cells cannot take two results, and nothing is half written."""
    path = workbook(tmp_path / "ours.xlsx")
    book = opened(path)
    book["Our backlog"].merge_cells("K4:K5")
    book.save(path)
    before = path.read_bytes()
    ended = command("plan", path, "--write")
    assert ended.code == 2
    assert "Our backlog!K5 cannot be written: it is part of merged cells (K4:K5)" in ended.err
    assert path.read_bytes() == before


def test_what_depends_on_a_result_is_calculated_when_it_is_opened(command: Command, tmp_path: Path) -> None:
    """Formulas elsewhere see the new results."""
    path = workbook(tmp_path / "ours.xlsx")
    command("plan", path, "--write")
    assert b'fullCalcOnLoad="1"' in parts(path)["xl/workbook.xml"]
    assert opened(path).calculation.fullCalcOnLoad
