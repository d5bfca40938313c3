"""What was read and what was not is said: every sheet, table, column and kind of row, and how to make it read."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cases.reading import Command, Record, case, imported, opened
from tests.cases.tables import text_table, workbook

SCORED = ("Business value", "Time criticality", "RR/OE", "Job size")
FIRST, SECOND = (8, 5, 3, 5), (5, 3, 2, 3)
HEAD = ("ID", "Title", *SCORED)
PLANNED = (*HEAD, "Value stream", "Effort")
EPICS = ((*HEAD, "Colour", "Jira link"), ("E1", "Vans", *FIRST, "red", "x"), ("E2", "Bikes", *SECOND, "blue", "y"))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A workbook with sheets and columns that are no part of a portfolio."""
    sheets = {
        "Epics": [*EPICS, ("Total", None, 13, 8, 5, 8)],
        "Minutes": [["Agreed on 12 May"], ["Ada", "will ask Bo"]],
        "Capacity": [["Value stream", "FTE", "PI 1"], ["Fleet", 12, 50]],
    }
    return workbook(tmp_path / "kept.xlsx", sheets)


def besides(account: Record) -> str:
    """What `--json` says besides the findings."""
    return json.dumps({key: value for key, value in account.items() if key != "findings"}, ensure_ascii=False)


@pytest.mark.parametrize(
    "name", ["Epics", "Minutes", "Capacity", "Colour", "Jira link", "FTE", "Total", "Business value"]
)
def test_check_says_what_was_read(command: Command, kept: Path, name: str) -> None:
    """Every sheet, column and odd row is in the read report of `check`, used as what or not used and why."""
    ended = command("check", kept)
    assert name in ended.out + ended.err


@pytest.mark.parametrize("name", ["Minutes", "Colour", "FTE", "Business value"])
def test_json_says_what_was_read(command: Command, kept: Path, tmp_path: Path, name: str) -> None:
    """The read report is part of `check --json`."""
    assert name in besides(opened(command, kept, tmp_path).account)


def test_no_column_hides_behind_a_count(command: Command, tmp_path: Path) -> None:
    """Twenty columns that are not read are all named, never "and 8 more"."""
    extra = [f"Field {number}" for number in range(20)]
    rows = [[*HEAD, *extra], ["E1", "Vans", *FIRST, *range(20)], ["E2", "Bikes", *SECOND, *range(20)]]
    path = workbook(tmp_path / "wide.xlsx", {"Epics": rows})
    checked = command("check", path)
    assert all(name in checked.out + checked.err for name in extra)
    ended = command("import", path, "-o", tmp_path / "out.json")
    assert all(name in ended.out + ended.err for name in extra)


@pytest.mark.parametrize("verb", ["rank", "plan"])
def test_other_commands_say_what_was_not_read(command: Command, tmp_path: Path, verb: str) -> None:
    """`rank` and `plan` say in their first lines that something with meaning was not read."""
    sheets = {
        "Epics": [PLANNED, ("E1", "Vans", *FIRST, "Fleet", 8), ("E2", "Bikes", *SECOND, "Fleet", 6)],
        "Capacity": [["Value stream", "PI 1"], ["Fleet", 50]],
        "Costs and limits": [["Value stream", "Max spend PI 1"], ["Fleet", 100]],
    }
    ended = command(verb, workbook(tmp_path / "fleet.xlsx", sheets))
    assert "Costs and limits" in ended.out + ended.err


def test_annotated_copy(command: Command, tmp_path: Path) -> None:
    """`check --annotate` writes each finding as a note at its cell into a copy, and leaves the file alone."""
    path = workbook(tmp_path / "bad.xlsx", {"Epics": [HEAD, ("E1", "Vans", 8, 5, 3, "many"), ("E2", "Bikes", *SECOND)]})
    before, out = path.read_bytes(), tmp_path / "notes.xlsx"
    command("check", path, "--annotate", out)
    assert path.read_bytes() == before
    note = openpyxl.load_workbook(out)["Epics"]["F2"].comment
    assert note is not None
    assert "many" in note.text or "Job size" in note.text


def test_one_bad_row_never_stops_the_ranking(command: Command, tmp_path: Path) -> None:
    """What can be ranked is ranked, and what cannot is listed; `--strict` is for pipelines."""
    path = workbook(tmp_path / "bad.xlsx", {"Epics": [HEAD, ("E1", "Vans", 8, 5, 3, "many"), ("E2", "Bikes", *SECOND)]})
    ended = command("rank", path)
    assert "Bikes" in ended.out
    assert "3.33" in ended.out
    assert "many" in ended.out + ended.err
    strict = command("rank", path, "--strict")
    assert strict.code == 1
    assert "3.33" not in strict.out


def test_near_names_are_used_only_when_confirmed(command: Command, tmp_path: Path) -> None:
    """A near name, Clams for Claims, is asked about; `--accept-suggestions` takes it, and says so."""
    sheets = {
        "Epics": [PLANNED, ("E1", "Vans", *FIRST, "Clams", 8), ("E2", "Bikes", *SECOND, "Claims", 6)],
        "Capacity": [["Value stream", "PI 1"], ["Claims", 50]],
    }
    path = workbook(tmp_path / "claims.xlsx", sheets)
    reading = opened(command, path, tmp_path)
    assert reading.says("Clams", "Claims")
    assert reading.each("effort").get("Vans") in (None, {})
    planned = command("plan", path, "--accept-suggestions", "--gap", "0")
    assert "E1 Vans" in planned.out
    assert "Clams" in planned.out + planned.err


def test_nothing_taken_is_no_success(command: Command, tmp_path: Path) -> None:
    """An import that takes nothing ends with 1 or 2 and names the headings that it saw."""
    path = text_table(tmp_path / "other.csv", [["Month", "Open", "Closed"], ["Jan", 4, 2], ["Feb", 5, 3]])
    reading = imported(command, path, tmp_path)
    assert reading.code in {1, 2}
    assert reading.mentions("Month", "Open", "Closed")


def test_the_header_row_is_shown_not_the_title(command: Command, tmp_path: Path) -> None:
    """A file that is not understood shows the headings that were found, not the title above them."""
    rows = [["Roadmap of the fleet"], [], ["Wert A", "Wert B", "Wert C"], [1, 2, 3], [4, 5, 6]]
    reading = imported(command, text_table(tmp_path / "other.csv", rows), tmp_path)
    assert reading.code in {1, 2}
    assert reading.mentions("Wert A", "Wert B", "Wert C")


def test_the_same_thing_is_never_said_twice(command: Command, tmp_path: Path) -> None:
    """No two findings of a file have the same place and message, and none is in the output twice."""
    for folder, name in (("words-as-scores", "words.csv"), ("due-dates-twice-reported", "due.csv")):
        reading = imported(command, case(folder) / name, tmp_path)
        said = [(finding["place"], finding["message"]) for finding in reading.findings]
        assert len(said) == len(set(said))
        assert len({finding["message"] for finding in reading.findings}) == len(said)


def test_a_level_column_of_any_table(command: Command, tmp_path: Path) -> None:
    """`--type` chooses the level also where the file is no export of a known tool."""
    rows = [["ID", "Title", "Level", *SCORED], ["A", "Vans", "Initiative", *FIRST], ["B", "Wheels", "Story", *SECOND]]
    reading = imported(command, text_table(tmp_path / "levels.csv", rows), tmp_path, "--type", "Initiative")
    assert reading.ids == ["A"]
    assert reading.mentions("Story")


def test_a_sheet_by_its_name(command: Command, tmp_path: Path) -> None:
    """`import --sheet` reads the sheet that was named, of several that could be it."""
    first, second = [HEAD, ("E1", "Vans", *FIRST)], [HEAD, ("E2", "Bikes", *SECOND)]
    path = workbook(tmp_path / "two.xlsx", {"Draft": first, "Agreed": second})
    assert imported(command, path, tmp_path, "--sheet", "Agreed").names == ["Bikes"]
