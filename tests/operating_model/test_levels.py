"""Levels of work: one level is planned, and what is above and below it is shown with its sums and competes for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.results.levels import LevelLine
from portfolio.storage.read_model import read_model
from tests import asking
from tests.operating_model.test_contradictions import OWN
from tests.recalculate import cached

WAYS = Path(__file__).parents[2] / "samples" / "ways-of-working"
LEVELS = """levels:
  source: a test
  planned: Middle
  levels: [{name: High}, {name: Middle}, {name: Low}]
"""


@pytest.fixture
def model(tmp_path: Path) -> str:
    """A model of one's own with three levels."""
    path = tmp_path / "own.yaml"
    path.write_text(OWN + LEVELS, encoding="utf-8")
    return str(path)


def raw(*more: dict[str, Any]) -> dict[str, Any]:
    """Two planned epics of one goal, and the goal."""
    epics = [
        asking.epic("X", a=4, parent="goal", rr_oe=1, user_business_value=1, job_size=1),
        asking.epic("Y", a=3, parent="GOAL", level="middle", rr_oe=1, user_business_value=1, job_size=1),
        {"id": "Goal", "level": "high"},
    ]
    found = asking.small(*epics, *more)
    found["calendar"]["period_weeks"] = 4
    return found


def loaded(raw: dict[str, Any], model: str, folder: Path) -> engine.Loaded:
    """A portfolio as the model takes it."""
    found = asking.loaded(raw, folder)
    assert found.path is not None
    return engine.load(found.path, model=model)


def levels_of(raw: dict[str, Any], model: str, folder: Path) -> dict[str, LevelLine]:
    """What is said of other levels when it is planned."""
    return {line.id: line for line in engine.plan(loaded(raw, model, folder), gap=0).levels}


def test_only_the_planned_level_is_ranked_and_planned(model: str, tmp_path: Path) -> None:
    """What has no level is of it; the goal needs no effort, and that is no finding."""
    found = loaded(raw(), model, tmp_path)
    assert found.findings == ()
    assert [epic.id for epic in found.ready.epics] == ["X", "Y"]
    assert "Planned is Middle; 1 of High compete" in found.left_out_text
    assert {epic.id for epic in engine.rank(found).epics} == {"X", "Y"}


def test_work_of_another_level_takes_no_capacity(model: str, tmp_path: Path) -> None:
    """Half of Y is done by a task with effort of its own: the plan is the same without it."""
    task = {"id": "T", "level": "Low", "parent": "Y", "effort": {"A": 1000}, "must": True}
    with_task = engine.plan(loaded(raw(task), model, tmp_path), gap=0)
    without = engine.plan(loaded(raw(), model, tmp_path), gap=0)
    assert with_task.epics == without.epics
    assert with_task.outcome.value == without.outcome.value


def test_sums_are_those_of_the_planned_parts(model: str, tmp_path: Path) -> None:
    """The goal sums up both, at whatever depth; a task shows the planned work that it belongs to."""
    task = {"id": "T", "level": "Low", "parent": "Y"}
    top = {"id": "Lonely", "level": "High"}
    found = levels_of(raw(task, top), model, tmp_path)
    assert list(found) == ["Goal", "Lonely", "T"]
    assert [(line.level, line.parts, line.planned, line.effort) for line in found.values()] == [
        ("High", 2, 2, 7.0),
        ("High", 0, 0, 0.0),
        ("Low", 1, 1, 3.0),
    ]
    assert found["Lonely"].start is None
    assert found["Goal"].start is not None


def test_a_parent_is_there_and_of_a_higher_level(model: str, tmp_path: Path) -> None:
    """Each is a warning at its place; parents in a circle end nowhere and are said."""
    portfolio = raw({"id": "T", "level": "High", "parent": "X"}, {"id": "U", "level": "Low", "parent": "Gaol"})
    portfolio["epics"][0]["parent"] = "Y"
    portfolio["epics"][1]["parent"] = "X"
    found = loaded(portfolio, model, tmp_path).findings
    assert [finding.severity for finding in found] == ["warning"] * 4
    said = " ".join(finding.what for finding in found)
    for part in ("X is part of Y", "Y is part of X", "T of High is part of X of Middle", "U is part of Gaol"):
        assert part in said
    assert levels_of(portfolio, model, tmp_path)["Goal"].parts == 0


def test_waiting_for_another_level_is_said(model: str, tmp_path: Path) -> None:
    """The plan does not wait for it."""
    portfolio = raw()
    portfolio["dependencies"] = [{"predecessor": "Goal", "successor": "X"}]
    (finding,) = loaded(portfolio, model, tmp_path).findings
    assert "X waits for Goal, which is of High." in finding.what


def test_a_word_that_is_no_level_is_said_and_planned(model: str, tmp_path: Path) -> None:
    """With the nearest one."""
    portfolio = raw()
    portfolio["epics"][0]["level"] = "Midle"
    found = loaded(portfolio, model, tmp_path)
    (finding,) = found.findings
    assert "Midle is not a level" in finding.what
    assert "Write Middle" in finding.fix
    assert len(found.ready.epics) == 2


def test_without_levels_nothing_is_put_aside(tmp_path: Path) -> None:
    """In a model that has none, whatever stands in the columns."""
    found = asking.loaded(raw(), tmp_path)
    assert len(found.ready.epics) == 3
    assert found.ready.other_levels == ()


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("planned: Middle", "planned: Midle", "did you mean Middle"),
        ("{name: Low}", "{name: High}", "is High again"),
    ],
)
def test_levels_that_make_no_sense_are_refused(tmp_path: Path, before: str, after: str, sentence: str) -> None:
    """With the line and what was meant."""
    path = tmp_path / "own.yaml"
    path.write_text(OWN + LEVELS.replace(before, after), encoding="utf-8")
    with pytest.raises(WrongUseError, match=sentence):
        read_model(path)


def test_flight_levels_are_work_systems_of_their_own() -> None:
    """Leopold: a level is a work system with its board; items of three levels competed for the same capacity."""
    found = engine.load(WAYS / "flight-levels.json")
    assert engine.check(found) == ()
    assert {epic.level for epic in found.ready.other_levels} == {"Flight Level 3", "Flight Level 1"}
    assert all(epic.level in (None, "Flight Level 2") for epic in found.ready.epics)


def test_flight_levels_limit_work_in_progress_first(tmp_path: Path) -> None:
    """It asks for a limit where none is given, and for no number of its own."""
    raw = asking.small(asking.epic("X", a=1))
    for stream in raw["value_streams"]:
        stream.pop("wip_limit", None)
    raw.pop("portfolio_wip_limit", None)
    found = loaded(raw, "flight-levels", tmp_path)
    assert any("Nothing limits the work in progress at Flight Level 2." in one.what for one in found.findings)


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_a_workbook_has_them_and_brings_them_back(model: str, tmp_path: Path) -> None:
    """A column Level counts where there is no Work level, a parent may be a title, and the sheet Levels shows the sums."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Epics"
    for row in (
        ["ID", "Title", "Level", "Parent", "User-business value", "RR/OE", "Job size", "Value stream", "Effort"],
        ["G", "The goal", "High"],
        ["X", "Ex", None, "The goal", 1, 1, 1, "A", 4],
        ["Y", "Why", "Middle", "G", 1, 1, 1, "A", 3],
    ):
        sheet.append(row)
    for title, rows in (
        ("Value streams", [["ID", "Name"], ["A", "Team A"]]),
        ("Capacity", [["Value stream", "PI 1", "PI 2"], ["A", 9, 9]]),
    ):
        other = book.create_sheet(title)
        for row in rows:
            other.append(row)
    path = tmp_path / "own.xlsx"
    book.save(path)
    found = engine.load(path, model=model)
    assert [(epic.id, epic.parent) for epic in found.ready.epics] == [("X", "G"), ("Y", "G")]
    engine.write(engine.plan(found, gap=0), tmp_path / "results.xlsx")
    assert "Levels" in cached(tmp_path / "results.xlsx")
