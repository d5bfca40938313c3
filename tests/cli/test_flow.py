"""`portfolio flow`: tables with their past, JSON, what is refused, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from portfolio.results.flow.flow import PURPOSE
from portfolio.results.flow.json_parts import PARTS, SOMETIMES
from portfolio.results.flow.sparkline import sparkline
from tests.cli.conftest import Command

SAMPLE = Path(__file__).parent.parent / "intake" / "history" / "actionableagile.csv"
KINDS = "Analysis Active=active; Analysis Done=waiting; Dev Active=active; Dev Done=waiting"
ASKED = (str(SAMPLE), "--as-of", "2016-03-31", "--kinds", KINDS, "--per", "month")


def test_tables_say_what_they_are_for(command: Command) -> None:
    """The purpose first; the median with what is open beside the naive one; the trend as bars."""
    ended = command("flow", *ASKED)
    assert ended.code == 0
    assert PURPOSE in ended.out
    assert "more than 132" in ended.out
    assert "█▅▁▁▃" in ended.out


def test_json_is_everything(command: Command) -> None:
    """The published fields, as of the day that was asked for."""
    content = command("flow", *ASKED, "--json").json
    assert content["as_of"] == "2016-03-31"
    assert content["lead_times"][0]["p50"] == 20
    assert content["findings"] == []
    more = command("flow", *ASKED, "--json", "--forecast", "--calibration").json
    assert {"forecast", "calibration"} <= set(more)
    assert list(more) == [part for part in PARTS if part in more]
    assert set(PARTS) - set(content) <= set(SOMETIMES)


@pytest.mark.parametrize("option", ["--sort", "--score", "--target", "--lights", "--points"])
def test_what_is_never_done_is_refused_with_a_sentence(command: Command, option: str) -> None:
    """Options that people look for say why they are not there."""
    ended = command("flow", str(SAMPLE), option, "p85")
    assert ended.code == 2
    assert ended.err.strip().endswith(".")
    assert "No such option" not in ended.err


def test_people_are_refused(command: Command) -> None:
    """A grouping by people ends in a sentence and prints nothing."""
    ended = command("flow", str(SAMPLE), "--by", "owner")
    assert (ended.code, ended.out) == (2, "")
    assert "it measures the system" in ended.err


def test_states_that_nobody_knows_are_asked_about(command: Command) -> None:
    """The finding says the option that answers it, and the command ends with 1."""
    ended = command("flow", str(SAMPLE), "--as-of", "2016-03-31")
    assert ended.code == 1
    assert '--kinds "Analysis Active = active"' in ended.err


def test_a_day_is_a_day(command: Command) -> None:
    """Anything else is wrong use."""
    assert command("flow", str(SAMPLE), "--as-of", "soon").code == 2


def test_bars_have_a_scale_of_their_own() -> None:
    """The largest figure is a full bar; what is not known is a dot; many are thinned out."""
    assert sparkline([0, 1, None, 2]) == "▁▅·█"
    assert sparkline([0, 0]) == "▁▁"
    assert len(sparkline(list(range(500)))) == 40


def test_a_forecast_by_throughput_says_how_sure_it_is(command: Command) -> None:
    """By the week there are enough past periods; by the month there are five, and it is refused with the reason."""
    weeks = command("flow", *ASKED[:-1], "week", "--forecast", "--json").json["forecast"][0]
    assert weeks["when"][0]["epics"] == 8
    assert "needs 6 past periods, and there are 5" in command("flow", *ASKED, "--forecast").out
    assert command("flow", *ASKED, "--as-seen").code == 2


def test_a_workbook_of_it_is_written(command: Command, tmp_path: Path) -> None:
    """And never over the file that was read."""
    path = tmp_path / "flow.xlsx"
    ended = command("flow", *ASKED, "-o", str(path))
    assert (ended.code, path.exists()) == (0, True)
    assert f"Written to {path}." in ended.out


def test_one_day_and_periods_are_said_as_people_say_them(command: Command, tmp_path: Path) -> None:
    """A period that has only a first day begins on it: as the end of a range it would be taken for its last day."""
    (tmp_path / "h.csv").write_text("Epic,State,Entered\nE1,Ready,2027-01-04\n", encoding="utf-8")
    assert "(1 day)." in command("flow", str(tmp_path / "h.csv"), "--as-of", "2027-01-04").out
    weeks = command("flow", str(tmp_path / "h.csv"), "--as-of", "2027-01-17", "--per", "week").out
    assert "Throughput: finished per period, first days 2027-01-04 to 2027-01-11" in weeks
    months = command("flow", str(tmp_path / "h.csv"), "--as-of", "2027-03-01", "--per", "month").out
    assert "Throughput: finished per period, 2027-01 to 2027-02" in months


def test_coordination_is_told_in_every_medium(command: Command, tmp_path: Path) -> None:
    """Who waits for whom in tables, the sheet and JSON; without X, Z earns ten weeks of 20 more and Y, in its place, of 1."""
    epics = [
        {"id": name, "benefit_per_week": benefit, "effort": {stream: 1}}
        for name, benefit, stream in (("X", 0, "A"), ("Y", 1, "A"), ("Z", 20, "B"))
    ]
    raw = {
        "format": 1, "name": "P", "calendar": {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1", "PI 2"]},
        "value_streams": [{"id": name, "capacity": [1, 1]} for name in "AB"], "epics": epics,
        "dependencies": [{"predecessor": "X", "successor": "Z", "raised_on": "2026-12-01", "needed_by": "2027-01-01"}],
    }  # fmt: skip
    path = tmp_path / "p.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    plain = command("flow", str(path), "--as-of", "2027-01-04")
    assert "B waits for A" in plain.out
    assert "--coordination makes it again without these dependencies" in plain.out
    found = command("flow", str(path), "--as-of", "2027-01-04", "--coordination", "--json").json["coordination"]
    assert found["pairs"] == [{"waiting": "B", "provider": "A", "dependencies": 1, "open": 1, "days_waited": 3}]
    assert (found["cost"]["at_least"], found["cost"]["at_most"]) == (210, 210)
    assert found["cost"]["most"] == "the boundary between A and B drawn so that none crosses it"
    book = tmp_path / "f.xlsx"
    ended = command("flow", str(path), "--as-of", "2027-01-04", "--coordination", "-o", str(book))
    assert "Coordination tax: the dependency between value streams costs 210" in " ".join(ended.out.split())
    cells = {str(cell.value) for row in load_workbook(book)["Flow"].iter_rows() for cell in row}
    assert {"B waits for A", "The boundary between A and B drawn so that none crosses it"} <= cells


def test_history_by_itself_is_not_written_into(command: Command) -> None:
    """Nor is a portfolio in JSON: both are said before anything is measured."""
    ended = command("flow", str(SAMPLE), "--write")
    assert (ended.code, ended.out) == (2, "")
    assert "holds no portfolio" in ended.err
