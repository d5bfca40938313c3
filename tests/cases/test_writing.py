"""Writing: nothing of the users' is replaced, and figures in their workbook follow what they edit."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import recalculate
from tests.cases.reading import Command, case

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")


def copied(folder: str, name: str, to: Path) -> Path:
    """A copy of a file of a case, to be written to."""
    return Path(shutil.copy(case(folder) / name, to / name))


def contents(path: Path) -> dict[str, dict[str, Any]]:
    """The values and formulas that stand in a workbook, by sheet and cell."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book
    }


def edited(path: Path, target: Path, cells: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    """The workbook after somebody typed into it: what stands in its cells, formulas computed anew."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    book.save(target)
    found = contents(target)
    for name, values in recalculate.recalculate_ironcalc(target).items():
        found[name] |= values
    return found


def rows(cells: Mapping[str, Any]) -> list[list[Any]]:
    """The cells of a sheet row by row, without the empty ones."""
    by_row: dict[int, list[Any]] = {}
    for cell, value in cells.items():
        by_row.setdefault(openpyxl.utils.cell.coordinate_to_tuple(cell)[0], []).append(value)
    return [by_row[row] for row in sorted(by_row)]


def test_own_wsjf_formula(command: Command, tmp_path: Path) -> None:
    """K1: writing in place replaces what people typed or calculated in a column that is called like a result."""
    path = copied("own-wsjf-formula", "transit.xlsx", tmp_path)
    before = contents(path)["Epics"]
    ended = command("rank", path, "--write")
    after = contents(path)["Epics"]
    own = [f"{column}{row}" for column in "HI" for row in (2, 3, 4)]
    assert [after.get(cell) for cell in own] == [before[cell] for cell in own]
    assert ended.code == 0 or "H2" in ended.err + ended.out


@pytest.mark.parametrize("options", [(), ("--add-columns",)], ids=["columns that are there", "columns added"])
@pytest.mark.parametrize("value", ["agreed by Ada", 12, "=2*3"])
def test_own_words_in_result_columns(command: Command, tmp_path: Path, value: object, options: tuple[str, ...]) -> None:
    """K1: what people typed under Decision, Rank or Planned start before this program ever wrote there stays."""
    path = copied("output-over-another-workbook", "depot.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    for column, heading in ((9, "Decision"), (10, "Rank"), (11, "WSJF")):
        book["Epics"].cell(1, column).value = heading
        book["Epics"].cell(2, column).value = value  # type: ignore[assignment]
    book.save(path)
    command("plan", path, "--gap", "0", "--write", *options)
    assert [contents(path)["Epics"][cell] for cell in ("I2", "J2", "K2")] == [value] * 3


def test_text_beside_the_plan_lost(command: Command, tmp_path: Path) -> None:
    """What people type on a result sheet is deleted by the next `--write` (lost work, no warning)."""
    path = copied("text-beside-the-plan-lost", "noted.xlsx", tmp_path)
    before = path.read_bytes()
    ended = command("plan", path, "--gap", "0", "--write")
    if ended.code != 0:
        assert path.read_bytes() == before
        assert all(cell in ended.err for cell in ("T4", "T5", "H3"))
        return
    after = [row for cells in contents(path).values() for row in rows(cells)]
    assert any("Ada: wants two PIs" in row and any("E2" in str(cell) for cell in row) for row in after)
    assert any("Agreed on 12 January, see minutes" in row for row in after)
    kept = [row[-1] for row in rows(contents(path)["Notes"]) if len(row) > 1]
    assert kept[1:] == ["Remarks", "Ada: wants two PIs"], "and nothing that this program wrote before"


OUTPUTS = {
    "plan": ("plan", "depot.xlsx", "--gap", "0", "-o"),
    "rank": ("rank", "depot.xlsx", "-o"),
    "convert": ("convert", "depot.xlsx"),
    "prices": ("prices", "depot.xlsx", "--time-limit", "5", "-o"),
    "explain": ("explain", "depot.xlsx", "E1", "--time-limit", "5", "-o"),
    "compare": ("compare", "depot.xlsx", "--vary", "capacity 100%..120% by 20%", "--time-limit", "5", "-o"),
    "merge": ("merge", "depot.xlsx", "depot.xlsx", "-o"),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_over_another_workbook(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """-o replaces a file that has nothing to do with the program (lost work, no word)."""
    copied("output-over-another-workbook", "depot.xlsx", tmp_path)
    ending = "csv" if name == "rank" else "xlsx"
    minutes = copied("output-over-another-workbook", "minutes.xlsx", tmp_path).rename(tmp_path / f"minutes.{ending}")
    monkeypatch.chdir(tmp_path)
    before = minutes.read_bytes()
    ended = command(*OUTPUTS[name], minutes.name)
    assert minutes.read_bytes() == before
    assert ended.code != 0
    assert minutes.name in ended.err


def test_own_output_may_be_replaced(command: Command, tmp_path: Path) -> None:
    """-o may replace what the program wrote itself and nobody wrote into."""
    path, out = copied("output-over-another-workbook", "depot.xlsx", tmp_path), tmp_path / "plan.xlsx"
    assert command("plan", path, "--gap", "0", "-o", out).code == 0
    assert command("plan", path, "--gap", "0", "-o", out).code == 0


@pytest.mark.parametrize("written", ["in place", "new workbook"])
def test_effort_changed_in_own_workbook(command: Command, tmp_path: Path, written: str) -> None:
    """A figure of the user's own workbook that the result sheets do not follow (wrong number, no warning)."""
    path = copied("effort-changed-in-own-workbook", "depot.xlsx", tmp_path)
    out = path if written == "in place" else tmp_path / "plan.xlsx"
    how = ("--write", "--add-columns") if out == path else ("-o", out)
    assert command("plan", path, "--gap", "0", *how).code == 0
    headings = {value: cell for cell, value in contents(out)["Epics"].items() if cell.endswith("1")}
    sheets = edited(out, tmp_path / "edited.xlsx", {f"Epics!{headings['Effort'][:-1]}2": 60})
    capacity = [row for row in rows(sheets["Guardrail status"]) if row[0] == "Capacity"]
    assert len(capacity) == 1
    assert 68 in capacity[0]
    assert "BROKEN" in capacity[0]
    assert any(68 in row for row in rows(sheets["Allocation"]))


def test_threshold_lowered_in_the_plan_workbook(command: Command, tmp_path: Path) -> None:
    """Guardrail status has rows only for rules that bound when the plan was made (wrong status, no warning)."""
    path, out = case("threshold-lowered-in-the-plan-workbook") / "harbour.xlsx", tmp_path / "plan.xlsx"
    assert command("plan", path, "--gap", "0", "-o", out).code == 0
    row = next(cell[1:] for cell, value in contents(out)["Portfolio"].items() if value == "Epic threshold")
    sheets = edited(out, tmp_path / "edited.xlsx", {f"Portfolio!B{row}": 100})
    approval = [row for row in rows(sheets["Guardrail status"]) if str(row[0]).startswith("Approv")]
    assert any("BROKEN" in row for row in approval)
    assert any(row[0] == "Guardrails broken" and row[1] == 1 for row in rows(sheets["Summary"]) if len(row) > 1)


def test_chart_in_own_workbook(command: Command, tmp_path: Path) -> None:
    """The charts written into a user's workbook are drawn wrong by LibreOffice."""
    path = copied("chart-in-own-workbook", "ferry.xlsx", tmp_path)
    assert command("plan", path, "--gap", "0", "--write").code == 0
    with zipfile.ZipFile(path) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert charts
    assert all('plotVisOnly val="0"' in chart and 'dispBlanksAs val="gap"' in chart for chart in charts)


def test_reserved_for_a_waiting_epic(command: Command, tmp_path: Path) -> None:
    """Funding says that money is reserved for an epic that is not in the plan (figures do not add up)."""
    out = tmp_path / "plan.xlsx"
    assert command("plan", case("reserved-for-a-waiting-epic") / "lab.xlsx", "--gap", "0", "-o", out).code == 0
    sheet = openpyxl.load_workbook(out, data_only=True)["Funding"]
    table = list(sheet.iter_rows(values_only=True))
    top = next(number for number, row in enumerate(table) if "That money is" in row)
    place = table[top].index("That money is")
    said = {row[0]: row[place] for row in table[top + 1 :] if row[0]}
    assert said["E1"] == "reserved"
    assert said["E2"] != "reserved"


def test_saved_between_check_and_replace(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """saved-between-check-and-replace: somebody's save is written over (a race of milliseconds)."""
    path = copied("output-over-another-workbook", "depot.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    book["Epics"]["B2"] = "their edit"
    book.save(tmp_path / "edited.xlsx")
    theirs = (tmp_path / "edited.xlsx").read_bytes()
    forced = os.fsync

    def save_meanwhile(descriptor: int) -> None:
        """The disk takes its time; meanwhile somebody saves the workbook."""
        forced(descriptor)
        path.write_bytes(theirs)

    monkeypatch.setattr(os, "fsync", save_meanwhile)
    ended = command("plan", path, "--gap", "0", "--write")
    assert path.read_bytes() == theirs
    assert ended.code != 0
