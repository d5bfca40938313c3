"""RICE, ICE and NPV: what they rank and plan by, computed by hand, and what the workbook recomputes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.domain.scoring_shapes import SHAPES, ScoringShape
from portfolio.domain.scoring_shapes.shape import ScoringShape as Shape
from portfolio.engine.convert import write_portfolio
from portfolio.engine.plan import plan as plan_it
from tests import oracle
from tests.cases.tables import Rows, either, workbook
from tests.recalculate import cached, recalculate_ironcalc

STREAM = {"value_streams": [{"id": "Web", "cost_per_unit": 1, "capacity": [10, 10]}]}
CALENDAR = {"calendar": {"period_weeks": 10, "periods": ["PI 1", "PI 2"]}, "value_horizon_weeks": 50}
RICE: Rows = [
    ["Idea", "Reach", "Impact", "Confidence", "Effort"],
    ["Dark hours", 500, 2, "80%", 4],
    ["Tide table", 120, 3, "50%", 2],
    ["Fog horn", 300, 1, "100%", 1],
]
ICE: Rows = [["Idea", "Impact", "Confidence", "Ease"], ["A", 8, 5, 3], ["B", 5, 3, 2], ["C", 4, 10, 4]]
NPV: Rows = [["Project", "Cost", "NPV"], ["Mill", 120, 300], ["Weir", 80, 150], ["Lock", 60, 140]]
RIGHT: Mapping[str, tuple[Rows, dict[str, float]]] = {
    "rice": (RICE, {"Fog horn": 300, "Dark hours": 200, "Tide table": 90}),
    "ice": (ICE, {"C": 160, "A": 120, "B": 30}),
    "npv": (NPV, {"Mill": 2.5, "Lock": 140 / 60, "Weir": 1.875}),
}
"""Tables with their rankings, computed by hand."""


def load(folder: Path, raw: Mapping[str, object]) -> engine.Loaded:
    """A portfolio in JSON, as it is loaded."""
    path = folder / "portfolio.json"
    path.write_text(json.dumps({"format": 1, **raw}), encoding="utf-8")
    return engine.load(path)


def epic(name: str, effort: float, **fields: object) -> dict[str, object]:
    return {"id": name, "effort": {"Web": effort}, **fields}


@pytest.mark.parametrize("way", ["workbook", "text"])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_table_of_the_shape_is_ranked_by_it(tmp_path: Path, shape: ScoringShape, way: str) -> None:
    """Read from a workbook or imported, nothing else said: the score that people compute by hand."""
    rows, right = RIGHT[shape.name]
    path = either(tmp_path / "ideas", rows, way)
    if way == "text":
        imported = engine.import_export(path)
        (tmp_path / "kept").mkdir()
        write_portfolio(imported.portfolio, path := tmp_path / "kept" / "ideas.xlsx")
    ranking = engine.rank(engine.load(path))
    assert ranking.method == shape.name
    assert {line.title: line.score for line in ranking.epics} == pytest.approx(right)
    assert [line.title for line in ranking.epics] == list(right)


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_workbook_recomputes_the_scores(tmp_path: Path, shape: Shape) -> None:
    """Written into the user's own workbook, every formula gives the value that stands there."""
    path = workbook(tmp_path / "own.xlsx", {"Epics": RIGHT[shape.name][0]})
    loaded = engine.load(path)
    engine.write_ranking(engine.rank(loaded), loaded, add_columns=True)
    stood = cached(path)
    for sheet, cells in recalculate_ironcalc(path).items():
        for cell, value in cells.items():
            assert value == pytest.approx(stood[sheet].get(cell, "")), (sheet, cell)
    scores = [value for value in stood["Ranking"].values() if isinstance(value, int | float)]
    for right in RIGHT[shape.name][1].values():
        assert any(score == pytest.approx(right) for score in scores)


def test_rice_plans_by_what_it_reaches(tmp_path: Path) -> None:
    """Reach x impact is earned each week from its end to the horizon, times confidence: (400 + 60) a week cannot both fit."""
    raw = {
        **CALENDAR, **STREAM, "ranked_by": "rice",
        "epics": [
            epic("A", 10, reach=100, impact=4, confidence=0.5, job_size=10),
            epic("B", 10, reach=150, impact=1, confidence=1, job_size=10),
            epic("C", 10, reach=20, impact=3, confidence=1, job_size=1),
        ],
    }  # fmt: skip
    loaded = load(tmp_path, raw)
    answer = plan_it(loaded)
    assert answer.outcome.value == pytest.approx(0.5 * 400 * 40 + 150 * 30)
    assert {line.id: line.start for line in answer.epics if line.start} == {"A": "PI 1", "B": "PI 2"}
    assert [line.id for line in engine.rank(loaded).epics] == ["C", "A", "B"]


def test_ice_plans_by_its_impact(tmp_path: Path) -> None:
    """Impact is earned each week, times confidence; ease is in the ranking, effort in the plan."""
    raw = {
        **CALENDAR, **STREAM, "ranked_by": "ICE",
        "epics": [epic("A", 10, impact=9, confidence=0.5, ease=1), epic("B", 10, impact=5, confidence=0.8, ease=9)],
    }  # fmt: skip
    loaded = load(tmp_path, raw)
    assert plan_it(loaded).outcome.value == pytest.approx(4.5 * 40 + 4 * 30)
    assert {line.id: line.score for line in engine.rank(loaded).epics} == pytest.approx({"B": 360, "A": 45})


@pytest.mark.parametrize("sheet", ["Budget", "Capacity"])
def test_net_present_values_under_one_budget(tmp_path: Path, sheet: str) -> None:
    """Cost, NPV and a budget of 200: Mill and Weir, worth 450; Mill and Lock would be worth 440."""
    sheets: dict[str, Rows] = {"Epics": NPV, sheet: [["Value stream", "2027"], ["Money", 200]]}
    path = workbook(tmp_path / "invest.xlsx", sheets)
    answer = plan_it(engine.load(path), gap=0)
    assert answer.outcome.value == 450
    assert {line.id for line in answer.epics if line.start} == {"Mill", "Weir"}
    assert {line.id: line.spend for line in answer.epics if line.start} == {"Mill": 120, "Weir": 80}


@pytest.mark.parametrize("rate", [None, 0.1])
def test_net_present_values_by_brute_force(tmp_path: Path, rate: float | None) -> None:
    """Two periods of a budget: the best selection and order, with and without discounting, as tried out one by one."""
    figures = {"A": (7, 90), "B": (6, 80), "C": (5, 60), "D": (4, 55), "E": (3, -20)}
    raw = {
        "format": 1, **CALENDAR, **STREAM, "ranked_by": "npv", **({"discount_rate": rate} if rate else {}),
        "epics": [epic(name, cost, net_present_value=worth) for name, (cost, worth) in figures.items()],
    }  # fmt: skip
    answer = plan_it(load(tmp_path, raw), gap=0)
    known = {**raw, "epics": [{**one, "urgency": "one-off"} for one in raw["epics"]]}
    assert answer.outcome.value == pytest.approx(oracle.brute_force(known)[0], rel=1e-6)


def test_a_missing_figure_is_a_finding_and_never_a_zero(tmp_path: Path) -> None:
    """Each epic needs every figure of its shape."""
    raw = {
        "ranked_by": "rice",
        "epics": [{"id": "A", "reach": 5, "job_size": 2}, {"id": "B", "impact": 2, "job_size": 1}],
    }
    loaded = load(tmp_path, raw)
    assert [finding.severity for finding in loaded.findings] == ["error", "error"]
    assert {finding.what for finding in loaded.findings} == {"Impact is empty.", "Reach is empty."}


def test_how_to_turn_it_on_is_said(tmp_path: Path) -> None:
    """Beside other scores the columns are read and not used; without a setting JSON says which one it takes."""
    rows: Rows = [
        ["ID", "BV", "TC", "RROE", "Size", "Reach", "Impact"],
        ["A", 8, 5, 3, 5, 100, 2],
        ["B", 5, 3, 2, 3, 50, 3],
    ]
    loaded = engine.load(workbook(tmp_path / "both.xlsx", {"Epics": rows}))
    assert engine.rank(loaded).method == "wsjf"
    (hint,) = [finding for finding in loaded.findings if "RICE" in finding.what]
    assert "set Ranked by to rice" in hint.fix
    (alone,) = load(tmp_path, {"epics": [{"id": "A", "reach": 5, "impact": 1, "job_size": 2}]}).findings
    assert "set Ranked by to rice" in alone.fix


def test_a_model_can_choose_it(tmp_path: Path) -> None:
    """A model's own file names the shape, and the portfolio says nothing."""
    model = (
        "format: 1\nname: ours\ntitle: Ours\nsummary: By RICE.\n"
        "scoring: {source: ours, method: rice}\nobjective: {source: ours, maximise: value}\n"
    )
    (tmp_path / "ours.yaml").write_text(model, encoding="utf-8")
    raw = {"model": "ours.yaml", "epics": [{"id": "A", "reach": 5, "impact": 4, "confidence": 0.5, "job_size": 2}]}
    ranking = engine.rank(load(tmp_path, raw))
    assert (ranking.method, ranking.epics[0].score) == ("rice", 5)


def test_a_column_called_impact_may_be_something_else(tmp_path: Path) -> None:
    """Prose under Impact beside WSJF scores is no figure of anything."""
    rows: Rows = [
        ["ID", "BV", "TC", "RROE", "Size", "Impact"],
        ["A", 8, 5, 3, 5, "High for all"],
        ["B", 5, 3, 2, 3, "none"],
    ]
    loaded = engine.load(workbook(tmp_path / "prose.xlsx", {"Epics": rows}))
    assert not loaded.findings
    assert loaded.portfolio is not None
    assert all(epic.impact is None for epic in loaded.portfolio.epics)
