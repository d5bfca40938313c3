"""A plan that changes least of an agreed one, as a program gets it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.results.replan_report import ReplanReport
from tests import asking, oracle


def agreed_on(raw: asking.Raw, folder: Path) -> Path:
    """The plan of a portfolio, as a file that was agreed on."""
    path = folder / "agreed.json"
    path.write_text(json.dumps(engine.plan(asking.loaded(raw, folder), gap=0.0).as_json()), encoding="utf-8")
    return path


def three(benefits: tuple[float, float, float]) -> asking.Raw:
    """Three epics of which one fits at a time."""
    return asking.small(*(asking.epic(name, worth, a=8) for name, worth in zip("EFG", benefits, strict=True)))


def test_nothing_moves_where_nothing_has_to(tmp_path: Path) -> None:
    """The best plan is another one by a hair; within the tolerance the agreed one stays."""
    agreed = agreed_on(three((11, 10, 9)), tmp_path)
    loaded = asking.loaded(three((10.99, 11, 9)), tmp_path)
    report = engine.replan(loaded, agreed, tolerance=0.01)
    assert isinstance(report, ReplanReport)
    assert report.fewest
    assert asking.oracle_plan(report.answer.plan) == {"E": (0, 1), "F": (1, 1), "G": (2, 1)}
    exact = engine.replan(loaded, agreed, tolerance=0.0)
    assert isinstance(exact, ReplanReport)
    assert asking.oracle_plan(exact.answer.plan) == {"F": (0, 1), "E": (1, 1), "G": (2, 1)}


def test_the_floor_is_kept_and_fewer_changes_are_impossible(tmp_path: Path) -> None:
    """By trying every plan: none that is worth the floor keeps more of what was agreed."""
    before = three((11, 10, 9))
    agreed = agreed_on(before, tmp_path)
    raw = copy.deepcopy(before)
    raw["value_streams"][0]["capacity"][0] = 4
    report = engine.replan(asking.loaded(raw, tmp_path), agreed, tolerance=0.05, gap=0.0)
    assert isinstance(report, ReplanReport)
    plan = asking.oracle_plan(report.answer.plan)
    assert oracle.violations(raw, plan) == []
    assert oracle.objective(raw, plan) >= report.floor - 1e-6 * report.floor
    assert report.floor == pytest.approx(0.95 * report.best_value)


def test_a_tolerance_is_a_share(tmp_path: Path) -> None:
    """Anything else is wrong use."""
    raw = three((11, 10, 9))
    with pytest.raises(WrongUseError, match="share"):
        engine.replan(asking.loaded(raw, tmp_path), agreed_on(raw, tmp_path), tolerance=2)
