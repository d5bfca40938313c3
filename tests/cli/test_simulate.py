"""`portfolio simulate`: what it says, in which words, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio.simulation.prepare import prepare
from tests.cli.conftest import Command, saved
from tests.simulation.futures import epic, portfolio, stream


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Compiled before, as on a machine that has simulated before."""
    prepare(quiet=True)


def late(**more: Any) -> dict[str, Any]:
    """Two epics, one of them uncertain, one budget period."""
    epics = [
        epic("A", {"S": 10}, 10, (5, 0.25), (10, 0.5), (20, 0.25), urgency="deadline", deadline=12, penalty=50),
        epic("B", {"S": 10}, 20),
    ]
    streams = [stream("S", 10, 100, budget=[1000, 1000, 0])]
    calendar = {
        "start": "2027-01-04",
        "period_weeks": 10,
        "periods": ["PI 1", "PI 2", "PI 3"],
        "budget_periods": ["FY27"] * 3,
    }
    return portfolio(epics, streams, calendar=calendar, name="Late", **more)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of it: A, then B."""
    lines = [
        {"id": "A", "decision": "start", "start": "PI 1", "finish": "PI 1"},
        {"id": "B", "decision": "start", "start": "PI 2", "finish": "PI 2"},
    ]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"format": 1, "outcome": {}, "epics": lines}), encoding="utf-8")
    return path


def test_chances_of_the_plan(command: Command, tmp_path: Path, plan: Path) -> None:
    """Sentences that say what the figures are, tables, and what they are not."""
    ended = command("simulate", saved(late(), tmp_path / "late.json"), "--plan", plan)
    assert ended.code == 0
    words = " ".join(ended.out.split())
    assert "2 planned epics, played forward in all 3 futures there are." in words
    assert "All dates are kept with 75%; least sure is A, 75%, done with 85% by 2027-05-24." in words
    assert "The budget most at risk is that of S in FY27: it is exceeded with 25%" in words
    assert "A plan is a forecast, not a promise" in words


def test_chances_as_json(command: Command, tmp_path: Path, plan: Path) -> None:
    """The published fields with exact answers, and the same text every time."""
    file = saved(late(), tmp_path / "late.json")
    ended = command("simulate", file, "--plan", plan, "--json")
    content = ended.json
    assert list(content) == ["format", "portfolio", "unit", "study", "plan", "epics", "spend", "findings"]
    assert content["study"] == {"id": content["study"]["id"], "seed": 1, "draws": 3, "exact": True}
    first, second = content["epics"]
    assert (first["begins_on_time"], first["done_by_deadline"], first["p85_done"]) == (1, 0.75, "2027-05-24")
    assert (second["begins_on_time"], second["done_by_planned_finish"]) == (0.75, 0.75)
    assert [(line["mean"], line["p85"], line["above_budget"]) for line in content["spend"]] == [(2125, 3000, 0.25)] * 2
    assert command("simulate", file, "--plan", plan, "--json").out == ended.out


def test_a_certain_plan_says_so(command: Command, tmp_path: Path, plan: Path) -> None:
    """A warning in a sentence, and the plan as the only future."""
    raw = late()
    del raw["epics"][0]["effort_cases"]
    ended = command("simulate", saved(raw, tmp_path / "sure.json"), "--plan", plan)
    assert ended.code == 0
    assert "Nothing is uncertain." in ended.err
    assert "the one future there is" in " ".join(ended.out.split())


def test_draws_seed_and_until_are_checked(command: Command, tmp_path: Path, plan: Path) -> None:
    """Wrong use ends in a sentence."""
    file = saved(late(), tmp_path / "late.json")
    for wrong in (["--draws", "0"], ["--draws", "2000000"], ["--until", "0"], ["--seed", "-1"]):
        ended = command("simulate", file, "--plan", plan, *wrong)
        assert ended.code == 2
        assert "Traceback" not in ended.err


def test_a_file_without_a_plan_is_planned_first(command: Command, tmp_path: Path) -> None:
    """It says so where nobody takes it for a figure."""
    ended = command("simulate", saved(late(), tmp_path / "late.json"), "--json")
    assert "holds no plan" in ended.err
    assert {line["id"] for line in ended.json["epics"]} == {"A", "B"}


def test_a_workbook_with_charts(command: Command, tmp_path: Path, plan: Path) -> None:
    """Chances stand beside the plan, and charts are the spreadsheet's own."""
    out = tmp_path / "out.xlsx"
    assert command("simulate", saved(late(), tmp_path / "late.json"), "--plan", plan, "-o", out).code == 0
    sheet = openpyxl.load_workbook(out)["Simulation"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=9, max_row=11, max_col=7)]
    assert rows[0][0] == "ID"
    assert [(row[0], row[6]) for row in rows[1:]] == [("A", 0.75), ("B", 0.75)]
    assert len(sheet._charts) == 2


@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
def test_chances_are_written_into_the_workbook_of_the_plan(command: Command, tmp_path: Path, plan: Path) -> None:
    """Only beside the plan that the workbook holds itself; JSON is no workbook, and that is said before anybody waits."""
    file, book = saved(late(), tmp_path / "late.json"), tmp_path / "late.xlsx"
    for asked, said in (
        ((file, "--write"), "late.json is not a workbook, so nothing can be written into it; write a new one."),
        ((file, "--write", "--plan", plan), "--plan follows another one"),
        ((file, "--add-columns"), "--add-columns says what --write adds"),
    ):
        refused = command("simulate", *asked)
        assert (refused.code, said in refused.err) == (2, True)
    command("convert", file, book)
    refused = command("simulate", book, "--write")
    assert (refused.code, "holds no plan that could be played forward" in refused.err) == (2, True)
    command("plan", book, "--write")
    ended = command("simulate", book, "--write", "--add-columns")
    assert (ended.code, ended.out.endswith(f"Written into {book}.\n")) == (0, True)
    again = command("simulate", book, "--write", "--json")
    chances = {line["id"]: line["done_by_planned_finish"] for line in again.json["epics"]}
    epics = openpyxl.load_workbook(book, data_only=True)["Epics"]
    [column] = [cell.column for cell in epics[1] if cell.value == "Done as planned"]
    assert {epics.cell(row, 1).value: epics.cell(row, column).value for row in (2, 3)} == chances


def test_ranks_plans_made_anew_information_and_plans_that_hold(command: Command, tmp_path: Path, plan: Path) -> None:
    """All of it in sentences, and in JSON."""
    raw = late()
    for one in raw["epics"]:
        one |= {"user_business_value": 5, "time_criticality": 3, "rr_oe": 1, "job_size": 2}
    file = saved(raw, tmp_path / "late.json")
    asked = ["--ranks", "--anew", "--information", "--robust", "dates", "--plans", "5"]
    ended = command("simulate", file, "--plan", plan, *asked)
    words = " ".join(ended.out.split())
    assert "Were the plan made anew for each of all 3 futures there are" in words
    assert "plans the best on average is" in words
    out = tmp_path / "out.xlsx"
    content = command("simulate", file, "--plan", plan, *asked, "--json", "-o", out).json
    book = openpyxl.load_workbook(out)
    assert book["Choices"]["A5"].value == "Plan"
    assert len(book["Choices"]._charts) == 1
    assert {"ranks", "anew", "information", "robust"} <= set(content)
    assert content["anew"]["regret"]["mean"] >= 0
    assert content["information"]["evpi"] >= max(line["worth"] for line in content["information"]["parameters"])


def test_plan_takes_the_plan_that_holds(command: Command, tmp_path: Path) -> None:
    """It says what it was chosen by, and no plan is chosen twice over."""
    file = saved(late(), tmp_path / "late.json")
    ended = command("plan", file, "--robust", "dates", "--json")
    assert ended.code == 0
    assert "Chosen by dates" in ended.err
    assert ended.json["outcome"]["claim"] == "best found"
    assert command("plan", file, "--robust", "dates", "--keep", file).code == 2
    assert command("plan", file, "--cluster", "127.0.0.1:1").err == "`--cluster` is for `--robust`; give that too.\n"
