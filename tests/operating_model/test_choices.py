"""Choices: decision points with options, the one that was chosen and why; a portfolio may choose otherwise and has to choose what exists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.engine.convert import read_as_given
from portfolio.operating_model.choices import choices_of, sentences
from portfolio.storage.read_model import read_model


def portfolio(folder: Path, **settings: Any) -> Path:
    """Two scored endeavours; the later row is worth more."""
    epic = {"time_criticality": 1, "rr_oe": 1, "job_size": 1}
    raw = {
        "model": "disciplined-agile",
        "epics": [{"id": "First", "user_business_value": 1} | epic, {"id": "Second", "user_business_value": 8} | epic],
    }
    path = folder / "a.json"
    path.write_text(json.dumps(raw | settings), encoding="utf-8")
    return path


def test_disciplined_agile_has_its_decision_points_with_options() -> None:
    """pmi.org, portfolio management practices, goal diagram v5.2: 8 ways to prioritise, 6 to manage the budget; each chosen with a reason."""
    points = {point.decision: point for point in read_model("disciplined-agile").decision_points}
    listed = {"Business value", "Dependency", "Due date", "Learning", "Regulation", "Risk", "Strategic investment",
              "Weighted shortest job first"}  # fmt: skip
    assert listed <= set(points["Prioritise"].names)
    assert len(points["Manage the budget"].names) == 6
    assert all(point.chosen in point.names and point.because for point in points.values())


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Prioritise = Due date", [("Prioritise", "Due date", "")]),
        (
            "Prioritise = Due date, because the law is; Budget = Annual",
            [("Prioritise", "Due date", "the law is"), ("Budget", "Annual", "")],
        ),
        ("A=B because c\nD = E", [("A", "B", "c"), ("D", "E", "")]),
        ("", []),
        (None, []),
    ],
)
def test_a_setting_says_point_option_and_reason(said: str | None, told: list[tuple[str, str, str]]) -> None:
    """Separated by semicolons or lines, with or without a reason."""
    assert [*sentences(said)] == told


def test_a_portfolio_chooses_otherwise(tmp_path: Path) -> None:
    """The order of the list ranks then, and the reason is the portfolio's own."""
    assert [line.id for line in engine.rank(engine.load(portfolio(tmp_path))).epics] == ["Second", "First"]
    said = "prioritise = order of the list, because the board said so"
    loaded = engine.load(portfolio(tmp_path, choices=said))
    assert [line.id for line in engine.rank(loaded).epics] == ["First", "Second"]
    found = next(choice for choice in choices_of(loaded.model.decision_points, said) if choice.is_own)
    assert (found.option is not None and found.option.name, found.because) == ("Order of the list", "the board said so")


@pytest.mark.parametrize(
    ("said", "what", "fix"),
    [
        ("Prioritise = Du date", "Du date is not an option of Prioritise", "Write Due date."),
        ("Prioritize = Due date", "Prioritize is not something to choose", "Write Prioritise."),
        ("Prioritise =", "Nothing is not an option", "for example"),
    ],
)
def test_what_does_not_exist_is_said(tmp_path: Path, said: str, what: str, fix: str) -> None:
    """With the nearest word."""
    found = [one for one in engine.load(portfolio(tmp_path, choices=said)).findings if "choices" in one.place]
    assert [one.severity for one in found] == ["warning"]
    assert what in found[0].what
    assert fix in found[0].fix


def test_a_model_without_choices_says_so(tmp_path: Path) -> None:
    """A choice that nothing follows from is not taken silently."""
    found = engine.load(portfolio(tmp_path, model="safe", choices="Prioritise = Due date")).findings
    assert any("has no choices" in one.rule for one in found)


def test_choices_stand_in_settings_and_on_the_starter(tmp_path: Path) -> None:
    """They go to a workbook and back, and the first page of a starter says what was chosen and what else there is."""
    engine.convert(read_as_given(portfolio(tmp_path, choices="Prioritise = Due date")), tmp_path / "b.xlsx")
    assert engine.load(tmp_path / "b.xlsx").ready.choices == "Prioritise = Due date"
    engine.new(tmp_path / "c.xlsx", "disciplined-agile")
    rows = list(openpyxl.load_workbook(tmp_path / "c.xlsx")["README"].iter_rows(values_only=True))
    told = next(str(row[1]) for row in rows if row[0] == "Choice: Prioritise")
    assert told.startswith("Weighted shortest job first; because")
    assert "Due date" in told
