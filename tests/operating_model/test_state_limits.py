"""Limits of states whose numbers nobody prescribes: a row of the settings, checked on the board."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.domain import Finding


def findings(folder: Path, limits: str | None, model: str = "safe") -> list[Finding]:
    """What is said of three epics in Analyzing."""
    epics = [
        {"id": name, "state": "Analyzing" if model == "safe" else None, "user_business_value": value, "time_criticality": 1,
         "rr_oe": 1, "job_size": 1}
        for name, value in (("A", 1), ("B", 2), ("C", 3))
    ]  # fmt: skip
    path = folder / "a.json"
    path.write_text(json.dumps({"model": model, "epics": epics, "state_limits": limits}), encoding="utf-8")
    return [one for one in engine.load(path).findings if "state" in one.place]


def test_a_number_of_the_portfolio_is_checked_on_the_board(tmp_path: Path) -> None:
    """scaledagileframework.com, portfolio WIP limits: analysis is limited by count, and no number is named."""
    assert findings(tmp_path, None) == []
    assert findings(tmp_path, "Analyzing = 3") == []
    (crowded,) = findings(tmp_path, "reviewing = 5; analyzing = 2")
    assert crowded.what == "3 epics are in Analyzing."
    assert crowded.rule == "Its WIP limit is 2."


@pytest.mark.parametrize(
    ("limits", "what", "fix"),
    [
        ("Analysing = 3", "Analysing is not a state", "Write Analyzing."),
        ("Funnel = 3", "its work is not limited", "Delete it."),
        ("Analyzing = few", "The limit of Analyzing is few", "whole number"),
    ],
)
def test_what_cannot_be_a_limit_is_said(tmp_path: Path, limits: str, what: str, fix: str) -> None:
    """With the nearest state."""
    (found,) = findings(tmp_path, limits)
    assert what in found.what
    assert fix in found.fix
    assert found.severity == "warning"


def test_a_way_of_working_without_a_board_has_no_states(tmp_path: Path) -> None:
    """It says so."""
    (found,) = findings(tmp_path, "Analyzing = 3", "cost-of-delay")
    assert "has no board" in found.rule


def test_the_starter_has_the_row_to_be_filled_in(tmp_path: Path) -> None:
    """An empty number is not set yet, and nothing is said of it."""
    engine.new(tmp_path / "a.xlsx", "safe")
    loaded = engine.load(tmp_path / "a.xlsx")
    assert loaded.ready.state_limits == "Reviewing =; Analyzing ="
    assert loaded.findings == ()
    engine.new(tmp_path / "b.xlsx", "less")
    assert engine.load(tmp_path / "b.xlsx").ready.state_limits is None
