"""Criteria of one's own: a model names columns, they are read, written, asked for, ranked and followed by live formulas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.engine.convert import read_as_given
from portfolio.errors import WrongUseError
from portfolio.storage.read_model import read_model

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

MODEL = """format: 1
name: orchard
title: Orchard
summary: What a fruit farm asks of each idea.
criteria:
  source: a test
  criteria:
    - {name: Belief, means: "what we believe", required: true}
    - {name: Harvest, takes: number, required: true, means: "what it brings"}
    - {name: Benefit, takes: number, means: "what neighbours say"}
scoring:
  source: a test
  method: wsjf
  components:
    - {field: Harvest, weight: 2}
    - {field: Benefit}
  denominator: job_size
objective: {source: a test, maximise: value}
"""
ROWS = [
    ("Pears", "they keep", 3, 1, 2),
    ("Plums", "everybody likes them", 8, 2, 3),
    ("Figs", None, 1, 1, 1),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of one's own, and a workbook and a JSON file that name it."""
    (tmp_path / "orchard.yaml").write_text(MODEL, encoding="utf-8")
    book = openpyxl.Workbook()
    settings = book.active
    settings.title = "Portfolio"
    for row in (("Setting", "Value"), ("Model", "orchard.yaml"), ("Start", "2027-01-04"), ("Period weeks", 4)):
        settings.append(row)
    epics = book.create_sheet("Epics")
    epics.append(("ID", "belief ", "Harvest", "Benefit", "Job size", "Value stream", "Effort"))
    for row in ROWS:
        epics.append((*row, "Farm", 5))
    book.create_sheet("Value streams").append(("ID", "Name"))
    book["Value streams"].append(("Farm", "Farm"))
    capacity = book.create_sheet("Capacity")
    capacity.append(("Value stream", "Spring", "Summer"))
    capacity.append(("Farm", 5, 5))
    book.save(tmp_path / "a.xlsx")
    return tmp_path


def test_columns_are_read_by_the_models_names(folder: Path) -> None:
    """Also where a name could be another word for a field: `Benefit` is not money here."""
    loaded = engine.load(folder / "a.xlsx")
    assert [dict(epic.criteria) for epic in loaded.ready.epics] == [
        {"Belief": "they keep", "Harvest": 3, "Benefit": 1},
        {"Belief": "everybody likes them", "Harvest": 8, "Benefit": 2},
        {"Harvest": 1, "Benefit": 1},
    ]
    assert all(epic.benefit_per_week is None for epic in loaded.ready.epics)


def test_they_rank_by_the_models_own_formula(folder: Path) -> None:
    """By hand: (2 x 3 + 1) / 2 = 3.5, (2 x 8 + 2) / 3 = 6, (2 + 1) / 1 = 3."""
    ranking = engine.rank(engine.load(folder / "a.xlsx"))
    assert [(line.id, line.wsjf) for line in ranking.epics] == [("Plums", 6.0), ("Pears", 3.5), ("Figs", 3.0)]


def test_a_plan_takes_the_most_of_what_they_are_worth(folder: Path) -> None:
    """Room for one in each period: plums bring 18 a week, pears 7, figs 3."""
    plan = engine.plan(engine.load(folder / "a.xlsx"))
    assert {line.id: line.start for line in plan.epics} == {"Plums": "Spring", "Pears": "Summer", "Figs": None}


def test_what_is_asked_of_everybody_is_missed_at_its_cell(folder: Path) -> None:
    """A text is asked for where the model requires it, with what is to be written."""
    found = [finding for finding in engine.load(folder / "a.xlsx").findings if "Belief" in finding.what]
    assert [(finding.severity, finding.place) for finding in found] == [("warning", "a.xlsx, Epics!B4")]
    assert "what we believe" in found[0].rule


def test_a_number_of_the_score_that_is_missing_is_an_error_and_never_0(folder: Path) -> None:
    """As for the engine's own scores."""
    book = openpyxl.load_workbook(folder / "a.xlsx")
    book["Epics"]["C3"] = None
    book.save(folder / "a.xlsx")
    loaded = engine.load(folder / "a.xlsx")
    assert [(one.severity, one.place) for one in loaded.findings if one.what == "Harvest is empty."] == [
        ("error", "a.xlsx, Epics!C3")
    ]


def test_they_go_to_json_and_back(folder: Path) -> None:
    """Every text and figure, and the same columns in the workbook that is written."""
    engine.convert(read_as_given(folder / "a.xlsx"), folder / "b.json")
    raw: dict[str, Any] = json.loads((folder / "b.json").read_text(encoding="utf-8"))
    assert raw["epics"][1]["criteria"] == {"Belief": "everybody likes them", "Harvest": 8, "Benefit": 2}
    engine.convert(read_as_given(folder / "b.json"), folder / "c.xlsx")
    headings = [cell.value for cell in openpyxl.load_workbook(folder / "c.xlsx")["Epics"][1]]
    assert [name for name in headings if name in {"Belief", "Harvest", "Benefit"}] == ["Belief", "Harvest", "Benefit"]
    assert engine.load(folder / "c.xlsx").ready.epics == engine.load(folder / "a.xlsx").ready.epics


def test_results_follow_them_by_formulas(folder: Path) -> None:
    """A harvest that is changed in the written workbook moves the rank there."""
    engine.write(
        engine.plan(engine.load(folder / "a.xlsx")), folder / "out.xlsx", source=engine.load(folder / "a.xlsx")
    )
    book = openpyxl.load_workbook(folder / "out.xlsx")
    column = next(cell.column for cell in book["Epics"][1] if cell.value == "Harvest")
    assert [book["Epics"].cell(row, column).value for row in (2, 3, 4)] == [3, 8, 1]
    weights = [cell.value for row in book["Ranking"].iter_rows(max_row=4) for cell in row]
    assert 2 in weights


def test_a_model_may_not_rename_what_every_epic_has(folder: Path) -> None:
    """Nor score by what it does not know."""
    for old, new, said in (
        ("name: Belief", "name: Title", "every epic has already"),
        ("field: Benefit", "field: Gain", "a criterion that is a number"),
        ("field: Benefit", "field: Belief", "a criterion that is a number"),
    ):
        (folder / "wrong.yaml").write_text(MODEL.replace(old, new), encoding="utf-8")
        with pytest.raises(WrongUseError, match=said):
            read_model(folder / "wrong.yaml")


def test_without_any_of_them_the_engines_own_scores_rank(tmp_path: Path) -> None:
    """Another model's portfolio is still ranked under this one, and what it asks for is missed."""
    (tmp_path / "orchard.yaml").write_text(MODEL, encoding="utf-8")
    epic = {"time_criticality": 1, "rr_oe": 1, "job_size": 1}
    raw = {"epics": [{"id": "A", "user_business_value": 1} | epic, {"id": "B", "user_business_value": 5} | epic]}
    (tmp_path / "a.json").write_text(json.dumps(raw), encoding="utf-8")
    loaded = engine.load(tmp_path / "a.json", model=str(tmp_path / "orchard.yaml"))
    assert [(line.id, line.wsjf) for line in engine.rank(loaded).epics] == [("B", 7.0), ("A", 3.0)]
    assert [finding.what for finding in loaded.findings if "Harvest" in finding.what] == ["Harvest is empty for A, B."]


def test_without_any_score_the_columns_are_named(tmp_path: Path) -> None:
    """Those of the model, not those of another."""
    (tmp_path / "orchard.yaml").write_text(MODEL, encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"model": "orchard.yaml", "epics": [{"id": "A"}]}), encoding="utf-8")
    fixes = [finding.fix for finding in engine.load(tmp_path / "a.json").findings]
    assert any("Harvest, Benefit, Job size" in fix for fix in fixes)


def test_frames_give_them_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of each criterion, by its name; what comes back is the same portfolio, with the model of the settings or another."""
    monkeypatch.chdir(folder)
    loaded = engine.load(folder / "a.xlsx")
    frames = engine.to_frames(loaded)
    assert list(frames["epics"]["Harvest"]) == [3, 8, 1]
    assert frames["epics"]["Belief"].isna().tolist() == [False, False, True]
    again = engine.from_frames(**frames)
    assert [dict(epic.criteria) for epic in again.ready.epics] == [dict(epic.criteria) for epic in loaded.ready.epics]
    assert [str(one).split(": ", 1)[1] for one in again.findings] == [
        str(one).split(": ", 1)[1] for one in loaded.findings
    ]
    assert all("epics[" in str(one) for one in again.findings if "Belief" in str(one))
    plain = engine.from_frames(frames["epics"], frames["effort"], model="orchard.yaml")
    assert plain.given.epics[0].criteria["Harvest"] == 3


def test_csv_gives_them_back(folder: Path) -> None:
    """What `convert` writes, `import` reads where it knows the model; without one they are columns that nobody asked for."""
    engine.convert(read_as_given(folder / "a.xlsx"), folder / "a.csv")
    named = engine.import_export(folder / "a.csv", model=str(folder / "orchard.yaml"))
    assert [dict(epic.criteria) for epic in named.portfolio.epics][:2] == [
        {"Belief": "they keep", "Harvest": 3, "Benefit": 1},
        {"Belief": "everybody likes them", "Harvest": 8, "Benefit": 2},
    ]
    assert "Harvest" in str(named.columns)
    nameless = engine.import_export(folder / "a.csv")
    assert not any(epic.criteria for epic in nameless.portfolio.epics)
