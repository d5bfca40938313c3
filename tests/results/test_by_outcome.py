"""What a plan puts into each objective: figures that can be counted by hand, and the same in every medium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.results.answer import Answer
from tests import asking
from tests.recalculate import cached, formulas, recalculate_ironcalc
from tests.workbook.test_write_results import differences

ROWS = [
    {"objective": "Speed", "key_result": "Two days", "measure": "days", "baseline": 5, "target": 2},
    {"objective": "Speed", "key_result": "Few calls", "measure": "calls", "baseline": 100, "target": 50},
    {"objective": "Growth", "measure": "customers", "baseline": 10, "target": 20},
    {"objective": "Trust"},
]


def raw(**more: Any) -> dict[str, Any]:
    """Three epics that all fit: two for Speed, one for nothing."""
    epics = [
        asking.epic("X", a=3, outcome="speed"),
        asking.epic("Y", a=1, outcome="Speed"),
        asking.epic("Z", a=4),
    ]
    return asking.small(*epics, outcomes=ROWS, **more)


def answer(tmp_path: Path, portfolio: dict[str, Any]) -> Answer:
    """The plan of a portfolio."""
    path = tmp_path / "portfolio.json"
    path.write_text(json.dumps(portfolio), encoding="utf-8")
    return engine.plan(engine.load(path), gap=0)


def test_shares_of_effort_are_counted_by_objective(tmp_path: Path) -> None:
    """In the order of the sheet; an objective that nothing serves has nothing, and what serves none is last."""
    lines = answer(tmp_path, raw()).by_outcome
    assert [line.outcome for line in lines] == ["Speed", "Growth", "Trust", None]
    assert [(line.epics, line.planned, line.effort, line.effort_share) for line in lines] == [
        (2, 2, 4.0, 0.5),
        (0, 0, 0.0, 0.0),
        (0, 0, 0.0, 0.0),
        (1, 1, 4.0, 0.5),
    ]
    assert lines[0].key_results == ("Two days (5 to 2)", "Few calls (100 to 50)")
    assert lines[1].key_results == ("customers (10 to 20)",)


def test_a_portfolio_without_objectives_has_no_such_table(tmp_path: Path) -> None:
    """Neither in JSON nor elsewhere."""
    found = answer(tmp_path, asking.small(asking.epic("X", a=3)))
    assert found.by_outcome == ()
    assert "by_outcome" not in found.as_json()


def test_the_share_of_an_objective_is_a_limit_like_any_other(tmp_path: Path) -> None:
    """Growth gets at least half of what is done, so that Speed waits."""
    epics = [asking.epic("X", a=4, outcome="Speed"), asking.epic("Y", a=3, outcome="Growth")]
    floor = {
        "name": "Growth floor",
        "measure": "effort",
        "where": {"outcome": ["growth"]},
        "at_least": 0.5,
        "of": "selected",
    }
    found = answer(tmp_path, asking.small(*epics, outcomes=ROWS, guardrails=[floor]))
    shares = {line.outcome: line.effort_share for line in found.by_outcome}
    assert shares["Growth"] == pytest.approx(1.0)
    assert shares["Speed"] == pytest.approx(0.0)


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_the_sheet_follows_the_plan(tmp_path: Path) -> None:
    """Every formula recomputes to what is shown, the sheets of inputs come back as they were."""
    found, path = answer(tmp_path, raw()), tmp_path / "results.xlsx"
    engine.write(found, path)
    live = formulas(path)
    assert any(sheet == "By outcome" for sheet in live)
    assert differences(cached(path), recalculate_ironcalc(path), live) == []
    assert engine.load(path).ready == engine.load(tmp_path / "portfolio.json").ready
