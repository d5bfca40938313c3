"""The sheet Outcomes as people keep it: its words in other languages, an objective that stands once, links that lead somewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.domain.parsing import build
from tests import asking

EPICS = ["ID", "Title", "Outcome", "User-business value", "Time criticality", "RR/OE", "Job size"]


def book(path: Path, title: str, rows: list[list[Any]], outcome: str = "Speed") -> Path:
    """A workbook with one epic and a sheet of outcomes."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Epics"
    for row in (EPICS, ["X", "Ex", outcome, 1, 1, 1, 1]):
        sheet.append(row)
    other = made.create_sheet(title)
    for row in rows:
        other.append(row)
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("Outcomes", ["Objective", "Key result", "Measure", "Baseline", "Target"]),
        ("OKRs", ["Outcome", "KR", "KPI", "Start value", "Target value"]),
        ("Wirkungsziele", ["Ziel", "Schlüsselergebnis", "Kennzahl", "Ausgangswert", "Zielwert"]),
        ("Quarterly", ["Objectif", "Résultat clé", "Indicateur", "Valeur initiale", "Cible"]),
        ("Mål och nyckelresultat", ["Mål", "Nyckelresultat", "Mått", "Utgångsvärde", "Målvärde"]),
        ("Ожидаемые результаты", ["Цель", "Ключевой результат", "Показатель", "Исходное значение", "Целевое значение"]),
        ("アウトカム", ["目標", "主要な結果", "測定項目", "基準値", "目標値"]),
    ],
)
def test_it_is_known_by_its_name_or_by_its_headings(tmp_path: Path, title: str, headings: list[str]) -> None:
    """An objective that stands only in the first of its rows counts for those below it."""
    rows = [headings, ["Speed", "Two days", "days", 5, 2], [None, "Few calls", "calls", 100, 50]]
    loaded = engine.load(book(tmp_path / "own.xlsx", title, rows))
    found = loaded.ready.outcomes
    assert [(row.objective, row.key_result, row.baseline, row.target) for row in found] == [
        ("Speed", "Two days", 5, 2),
        ("Speed", "Few calls", 100, 50),
    ]
    assert [row.better for row in found] == ["lower", "lower"]


def test_a_link_that_leads_nowhere_is_said_with_what_was_meant(tmp_path: Path) -> None:
    """At its cell, with the nearest name."""
    rows = [["Objective", "Key result", "Baseline", "Target"], ["Speed", "Two days", 5, 2]]
    loaded = engine.load(book(tmp_path / "own.xlsx", "Outcomes", rows, outcome="Sped"))
    (found,) = [finding for finding in loaded.findings if finding.what == 'Outcome "Sped" is unknown.']
    assert found.place.endswith("Epics!C2")
    assert "Speed" in found.fix


def test_a_key_result_stands_once() -> None:
    """Otherwise nobody knows which of the two targets counts."""
    row = {"objective": "Speed", "key_result": "Two days"}
    raw = asking.small(asking.epic("X", a=1), outcomes=[row, row | {"target": 3}])
    _, problems = build(raw)
    assert [problem.path for problem in problems] == [("outcomes", 1, "key_result")]


def test_a_change_of_the_sheet_is_a_difference(tmp_path: Path) -> None:
    """By objective and key result, wherever the row stands."""
    head = ["Objective", "Key result", "Baseline", "Target"]
    one = book(tmp_path / "a.xlsx", "Outcomes", [head, ["Speed", "Two days", 5, 2], ["Growth", "More", 1, 2]])
    two = book(tmp_path / "b.xlsx", "Outcomes", [head, ["Trust", "Calls", 9, 1], ["Speed", "Two days", 5, 3]])
    lines = engine.diff(engine.load(one), engine.load(two), with_plans=False).changes
    assert lines is not None
    found = [(line.change, line.id, line.field, line.after if line.field else None) for line in lines]
    assert found == [
        ("added", "Trust: Calls", None, None),
        ("changed", "Speed: Two days", "target", 3.0),
        ("removed", "Growth: More", None, None),
    ]
