"""Ranges and cases come from workbook and JSON alike, go back where they were, and say what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine

EPIC: dict[str, Any] = {"id": "A", "benefit_per_week": 10, "effort": {"S": 40}}
STREAM: dict[str, Any] = {"id": "S", "cost_per_unit": 1, "capacity": [50]}


def portfolio(epic: dict[str, Any], stream: dict[str, Any] | None = None, **settings: object) -> dict[str, Any]:
    """One epic in one value stream and one period."""
    calendar = {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1"]}
    streams = [{**STREAM, **(stream or {})}]
    return {"format": 1, "calendar": calendar, "value_streams": streams, "epics": [{**EPIC, **epic}], **settings}


def said(tmp_path: Path, raw: dict[str, Any]) -> list[tuple[str, str]]:
    """What is said of a portfolio's uncertainty: how severe, and what."""
    path = tmp_path / "p.json"
    path.write_text(json.dumps(raw))
    return [(finding.severity, finding.what) for finding in engine.load(path).findings]


def test_what_is_uncertain_comes_back_from_a_workbook(tmp_path: Path) -> None:
    source, book, back = tmp_path / "p.json", tmp_path / "p.xlsx", tmp_path / "q.json"
    epic = {"effort_low": 30, "effort_high": 80, "benefit_cases": [[0, 0.2], [10, 0.8]]}
    raw = portfolio(epic, {"capacity_low": 0.8}, seed=7, draws=500, shared_by_portfolio=0, starts="at periods")
    source.write_text(json.dumps(raw))
    engine.convert(engine.read_as_given(source), book)
    engine.convert(engine.read_as_given(book), back)
    assert engine.load(back).ready == engine.load(source).ready
    assert engine.load(book).ready.epics[0].benefit_cases == ((0, 0.2), (10, 0.8))


def test_nothing_is_written_of_what_nobody_says_to_be_uncertain(tmp_path: Path) -> None:
    source, book = tmp_path / "p.json", tmp_path / "p.xlsx"
    source.write_text(json.dumps(portfolio({})))
    engine.convert(engine.read_as_given(source), book)
    cells = {cell.value for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row}
    assert not cells & {"Effort low", "Benefit cases", "Cost high", "Capacity low", "Seed", "Shared by portfolio"}


@pytest.mark.parametrize(
    "cases", ["30: 50%; 60: 30%; 100: 20%", "30: 50; 60: 30; 100: 20", "30: 0,5; 60: 0,3; 100: 0,2"]
)
def test_chances_are_shares_or_per_cents(cases: str, tmp_path: Path) -> None:
    source, book = tmp_path / "p.json", tmp_path / "p.xlsx"
    source.write_text(json.dumps(portfolio({"effort_cases": [[30, 0.5], [60, 0.5]]})))
    engine.convert(engine.read_as_given(source), book)
    opened = openpyxl.load_workbook(book)
    headings = [cell.value for cell in opened["Epics"][1]]
    opened["Epics"].cell(2, headings.index("Effort cases") + 1).value = cases
    opened.save(book)
    assert engine.load(book).ready.epics[0].effort_cases == ((30, 0.5), (60, 0.3), (100, 0.2))


@pytest.mark.parametrize(
    ("epic", "what"),
    [
        ({"effort_low": 50}, ("error", "Effort low 50 is above the value 40.")),
        ({"effort_high": 30}, ("error", "Effort high 30 is below the value 40.")),
        ({"effort_low": 0}, ("error", "Effort low is 0.")),
        ({"external_cost": 0, "external_cost_low": 1}, ("error", "Cost has a range around 0.")),
        ({"external_cost_high": 9}, ("error", "Cost has a range, but External cost is empty.")),
        ({"effort_low": 30, "effort_cases": [[30, 0.5], [60, 0.5]]}, ("error", "Effort has a range and cases.")),
        ({"effort_cases": [[40, 1]]}, ("error", "Effort cases has fewer than two amounts.")),
        ({"effort_cases": [[-1, 0.5], [60, 0.5]]}, ("error", "Effort cases has a figure below 0.")),
        ({"effort_cases": [[30, 0.5], [60, 0.4]]}, ("error", "The chances of Effort cases add up to 90 %.")),
        ({"effort_cases": [[60, 0.5], [90, 0.5]]}, ("warning", "The cases of Effort do not surround the value 40.")),
        ({"effort_high": 440}, ("warning", "Effort high is 11 times away from the value.")),
    ],
)
def test_what_is_wrong_with_an_estimate(epic: dict[str, Any], what: tuple[str, str], tmp_path: Path) -> None:
    assert what in said(tmp_path, portfolio(epic))


def test_variance_is_shared_once(tmp_path: Path) -> None:
    found = said(tmp_path, portfolio({}, shared_by_portfolio=0.6, shared_by_value_stream=0.5))
    assert ("error", "Shared by portfolio and Shared by value stream add up to 110%.") in found
    assert said(tmp_path, portfolio({}, {"capacity_low": 1.2})) == [("error", "Capacity low 1.2 is above the value 1.")]
