"""`portfolio diff`: tables for people, JSON for scripts, and how it ends."""

from __future__ import annotations

import copy
import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests import asking, examples
from tests.cli.conftest import Command, saved
from tests.cli.running import start
from tests.cli.test_progress import hurried
from tests.mistakes.cases import sound as sound_sheets
from tests.optimizer.instances import generated

Sheets = dict[str, list[list[Any]]]


@pytest.fixture
def tighter(tmp_path: Path) -> Path:
    """Example J with a WIP limit of 4, a larger E1, and its epics the other way round."""
    raw = examples.example_j()
    raw["portfolio_wip_limit"] = 4
    raw["epics"][0]["job_size"] = 13
    raw["epics"].reverse()
    return saved(raw, tmp_path / "tighter.json")


def written(sheets: Sheets, path: Path) -> Path:
    """A workbook of these sheets."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def rearranged(sheets: Sheets) -> Sheets:
    """The same portfolio as somebody else keeps it: other sheet order, rows upside down, other headings, a title."""
    found = copy.deepcopy(sheets)
    for name, rows in found.items():
        if name != "Portfolio":
            rows[1:] = reversed(rows[1:])
    headings = {"User-business value": "BV", "Job size": "Size", "ID": "Key", "Value stream": "Stream"}
    found["Epics"][0] = [headings.get(heading, heading) for heading in found["Epics"][0]]
    found["Epics"][:0] = [["Backlog of spring"], []]
    return dict(reversed(found.items()))


def test_tables(command: Command, example_j: Path, tighter: Path) -> None:
    """Changes with their places, ranks, value, whether the old plan holds, and the epics that differ."""
    ended = command("diff", example_j, tighter, "--gap", "0")
    assert ended.code == 0
    text = " ".join(ended.out.split())
    assert "From j.json to tighter.json: 2 changes (1 in settings, 1 in epics)." in text
    assert "Portfolio WIP limit 5 4 portfolio_wip_limit portfolio_wip_limit" in text
    assert "E1 Epic E1 Job size 5 13 epics[0].job_size epics[7].job_size" in text
    assert "2 5 E1 Epic E1 8.40 3.23 ▼3 0" in text
    assert "3 2 E3 Epic E3 5.60 5.60 unchanged ▲1" in text
    assert "Value, points 93 88 -5" in text
    assert "j.json: proven best. tighter.json: proven best. Neither gap leaves anything open" in text
    assert "no longer holds in tighter.json. It breaks: Portfolio WIP limit in PI 1 (5, at most 4)." in text
    assert "- E8 Epic E8 PI 1 waits -5" in text
    assert "Guardrails that stand otherwise" not in text
    assert not [line for line in ended.err.splitlines() if not line.startswith("warning  tighter.json")]


def test_the_old_plan_that_holds(command: Command, example_j: Path, tighter: Path) -> None:
    """The other way round it still holds."""
    ended = command("diff", tighter, example_j, "--gap", "0")
    text = " ".join(ended.out.split())
    assert "The plan of tighter.json still holds in j.json, where it is worth 88 points." in text
    assert "+ E8 Epic E8 waits PI 1 +5 Worth its place" in text


def test_json(command: Command, example_j: Path, tighter: Path) -> None:
    """The published fields, and nothing on standard error."""
    ended = command("diff", example_j, tighter, "--gap", "0", "--json")
    assert (ended.code, ended.err) == (0, "")
    content = ended.json
    assert list(content) == ["format", "a", "b", "changes", "ranking", "plan", "findings"]
    assert (content["a"], content["b"]) == ("j.json", "tighter.json")
    assert list(content["changes"][0]) == [
        "kind", "change", "id", "at", "field", "before", "after", "place_a", "place_b",
    ]  # fmt: skip
    assert list(content["ranking"][0]) == [
        "id", "title", "change", "rank_before", "rank_after", "wsjf_before", "wsjf_after", "cd3_before", "cd3_after",
        "own_score_changed", "by_own_score", "by_others",
    ]  # fmt: skip
    assert list(content["plan"]) == [
        "before", "after", "unit", "value", "delay_cost", "spend", "epics", "value_streams", "guardrails", "old_plan",
    ]  # fmt: skip
    assert content["plan"]["value"]["difference"] == -5
    assert list(content["plan"]["old_plan"]) == ["holds", "value", "broken", "left_out"]
    again = command("diff", example_j, tighter, "--gap", "0", "--json").json
    for found in (content, again):
        for side in ("before", "after"):
            found["plan"][side].pop("seconds")
    assert content == again


def test_without_plans(command: Command, example_j: Path, tighter: Path) -> None:
    """--no-plan compares portfolios and rankings only."""
    ended = command("diff", example_j, tighter, "--no-plan")
    assert ended.code == 0
    assert "Effect on the ranking" in ended.out
    assert "Effect on the plan" not in ended.out
    assert command("diff", example_j, tighter, "--no-plan", "--json").json["plan"] is None


def test_no_difference(command: Command, example_j: Path, tmp_path: Path) -> None:
    """The same file, and the same portfolio as a workbook, are no difference, and say no more."""
    assert command("convert", example_j, tmp_path / "j.xlsx").code == 0
    for other in (example_j, tmp_path / "j.xlsx"):
        ended = command("diff", example_j, other)
        assert (ended.code, ended.out, ended.err) == (0, "No difference.\n", "")
    content = command("diff", example_j, tmp_path / "j.xlsx", "--json").json
    assert (content["changes"], content["ranking"], content["plan"]) == ([], [], None)


def test_workbooks_kept_in_different_ways(command: Command, tmp_path: Path) -> None:
    """Order of sheets and rows, other headings and a title above are no change."""
    ours, theirs = sound_sheets(), rearranged(sound_sheets())
    a, b = written(ours, tmp_path / "ours.xlsx"), written(theirs, tmp_path / "theirs.xlsx")
    assert command("diff", a, b).out == "No difference.\n"


def test_cells_of_both_workbooks(command: Command, tmp_path: Path) -> None:
    """A change says in which cell it stands on either side."""
    theirs = rearranged(sound_sheets())
    theirs["Epics"][4][5] = 8
    theirs["Capacity"][1][2] = 40
    theirs["Portfolio"].append(["Currency", "EUR"])
    a, b = written(sound_sheets(), tmp_path / "ours.xlsx"), written(theirs, tmp_path / "theirs.xlsx")
    content = command("diff", a, b, "--json").json
    assert [
        (change["id"], change["field"], change["before"], change["after"], change["place_a"], change["place_b"])
        for change in content["changes"]
    ] == [
        ("currency", "currency", None, "EUR", None, "Portfolio!B7"),
        ("EP-2", "job_size", 3, 8, "Epics!F3", "Epics!F5"),
        ("DATA", "capacity", 30, 40, "Capacity!C3", "Capacity!C2"),
    ]


def test_order_of_rows_breaks_ties(command: Command, tmp_path: Path) -> None:
    """Equal scores in another order are no difference of the portfolios, but of the rankings, and that is said."""
    epics = [examples.scored(name, 1, 1, 1, 1) for name in "XY"]
    a = saved({"format": 1, "epics": epics}, tmp_path / "a.json")
    b = saved({"format": 1, "epics": epics[::-1]}, tmp_path / "b.json")
    ended = command("diff", a, b)
    assert ended.code == 0
    assert ended.out.startswith("No difference.\n")
    assert "Equal scores rank in the order of the rows, and that differs." in ended.out


def test_only_ranked(command: Command, tmp_path: Path) -> None:
    """Where one of the two cannot be planned, that is said, and the rest is shown."""
    raw = examples.example_j()
    a = saved(raw, tmp_path / "a.json")
    b = saved({"format": 1, "epics": examples.example_a()["epics"]}, tmp_path / "b.json")
    ended = command("diff", a, b)
    assert ended.code == 0
    assert "Plans are not compared: b.json has no value streams with capacity." in ended.out


def test_errors(command: Command, sound: Path, faulty: Path) -> None:
    """Errors come with their file, end with 1, and nothing that could not be read is compared."""
    ended = command("diff", sound, faulty)
    assert (ended.code, ended.out) == (
        1,
        "sound.json and faulty.json cannot be compared before the errors are mended.\n",
    )
    assert ended.err.count("error  faulty.json") == 2
    ended = command("diff", faulty, sound, "--json")
    assert (ended.code, ended.err, ended.json["changes"]) == (1, "", None)
    assert len(ended.json["findings"]) == 3


def test_differences_beside_errors(command: Command, tmp_path: Path) -> None:
    """A portfolio that is whole but cannot be ranked is still compared."""
    raw = asking.small({"id": "E", "effort": {"A": 1}, "user_business_value": 3, "time_criticality": 3, "rr_oe": 3})
    whole = copy.deepcopy(raw)
    whole["epics"][0]["job_size"] = 3
    ended = command("diff", saved(whole, tmp_path / "a.json"), saved(raw, tmp_path / "b.json"))
    assert ended.code == 1
    assert "Job size" in ended.out
    assert "Ranking and plan are not compared before the errors are mended." in ended.out
    assert ended.err.startswith("error  b.json, epics.job_size")


def test_no_plan_possible(command: Command, impossible: Path, tmp_path: Path) -> None:
    """It ends with 1 as `plan` does, with the clash of the file that it is about."""
    raw = json.loads(impossible.read_text("utf-8"))
    raw["epics"][0]["must"] = False
    ended = command("diff", saved(raw, tmp_path / "possible.json"), impossible)
    assert ended.code == 1
    assert "error  impossible.json: No plan is possible." in ended.err
    assert "impossible.json: impossible." in ended.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{sound}", "nowhere.json"], "nowhere.json does not exist"),
        ([".", "{sound}"], "is a folder"),
        (["{sound}"], "Missing argument 'B'"),
        (["{sound}", "{sound}", "--model", "unheard-of"], "no operating model"),
        (["{sound}", "{sound}", "--gap", "2"], "--gap"),
        (["{sound}", "{sound}", "--time-limit", "0"], "--time-limit"),
    ],
)
def test_wrong_use(command: Command, sound: Path, arguments: list[str], words: str) -> None:
    """One sentence, exit code 2."""
    ended = command("diff", *(argument.replace("{sound}", str(sound)) for argument in arguments))
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


def test_text_that_looks_like_markup(command: Command, tmp_path: Path) -> None:
    """Users' words are shown as they are."""
    a = saved(asking.small(asking.epic("X", title="[red]hot[/red] [bold")), tmp_path / "a.json")
    b = saved(asking.small(asking.epic("X", 12, title="[red]hot[/red] [bold", owner="[/]")), tmp_path / "b.json")
    ended = command("diff", a, b)
    assert ended.code == 0
    assert "[red]hot[/red] [bold" in ended.out
    assert "[/]" in ended.out


def test_entries_look_as_in_cells(command: Command, tmp_path: Path) -> None:
    """Shares in per cent, yes and no, dates, filters and curves; figures that differ look different."""
    limit = {"name": "Floor", "measure": "spend", "at_least": 0.1, "of": "selected", "where": {"type": ["Enabler"]}}
    before = asking.small(asking.epic("X", external_cost=1234567.5, confidence=0.8, must=True), guardrails=[limit])
    after = copy.deepcopy(before)
    after["epics"][0] |= {"external_cost": 1234567.25, "confidence": 0.75, "must": False, "deadline": "2027-06-30"}
    after["guardrails"][0] |= {"at_least": 0.125, "where": {"type": ["Enabler", "Business"]}}
    ended = command("diff", saved(before, tmp_path / "a.json"), saved(after, tmp_path / "b.json"), "--no-plan")
    text = " ".join(ended.out.split())
    for words in (
        "External cost 1,234,567.5 1,234,567.25",
        "Confidence 80% 75%",
        "Must yes no",
        "Deadline - 2027-06-30",
        "At least 10% 12.5%",
        "Where type = Enabler type = Enabler, Business",
    ):
        assert words in text, text


def test_progress_says_which_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The progress line names the file whose plan is sought, and is cleared at the end."""
    from portfolio.cli.progress import ProgressLine

    shown = hurried(monkeypatch)
    with ProgressLine("b.xlsx") as line:
        line.tell(2.5, 1000.0, 1100.0)
    text = shown.getvalue()
    assert "b.xlsx    2.5 s  value 1,000  bound 1,100  gap 10.00%" in text
    assert text.endswith("\r\x1b[2K")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_one_plan_after_the_other(tmp_path: Path) -> None:
    """The first Ctrl-C ends the first plan, the second one the second; both keep their best, with exit code 0."""
    raw = generated(200, 8)
    changed = copy.deepcopy(raw)
    changed["value_streams"][0]["capacity"][0] *= 0.9
    a, b = saved(raw, tmp_path / "a.json"), saved(changed, tmp_path / "b.json")
    process = start("diff", a, b, "--gap", "0", "--time-limit", "60", "--json")
    for _ in range(2):
        time.sleep(8)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    plan = json.loads(out)["plan"]
    assert [plan[side]["stopped_by"] for side in ("before", "after")] == ["interrupt", "interrupt"]
    assert plan["value"]["at_least"] <= plan["value"]["difference"] <= plan["value"]["at_most"]
