"""Confidence counts alike wherever money is expected: in CD3 as in the value of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.domain import Portfolio
from portfolio.scoring import rank
from portfolio.storage.read_model import read_model
from portfolio.workbook.write_workbook import write_results
from tests.recalculate import cached, recalculate_ironcalc
from tests.workbook.answers import answer_for

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

RAW = {
    "format": 1,
    "model": "cost-of-delay",
    "currency": "EUR",
    "point_value": 100,
    "calendar": {"start": "2027-01-04", "period_weeks": 10, "periods": ["Q1", "Q2"]},
    "value_streams": [{"id": "VS1", "capacity": [50, 50]}],
    "epics": [
        {"id": "Sure", "benefit_per_week": 1000, "effort": {"VS1": 20}},
        {"id": "Bet", "benefit_per_week": 1500, "confidence": 0.5, "effort": {"VS1": 20}},
        {"id": "Hope", "benefit_per_week": 9000, "confidence": 0.1, "effort": {"VS1": 20}},
    ],
}


def test_cd3_expects_what_a_plan_expects() -> None:
    """An epic that is expected to earn half ranks as one that earns half, and is worth as much."""
    portfolio, model = Portfolio.model_validate(RAW), read_model("cost-of-delay")
    found = rank(portfolio, model.scoring.rules).by_id
    assert {name: found[name].cd3 for name in found} == {"Sure": 100, "Bet": 75, "Hope": 90}
    assert {name: found[name].cd3_rank for name in found} == {"Sure": 1, "Bet": 3, "Hope": 2}
    values = {line.id: line.value for line in answer_for(RAW, {"Sure": (0, 1), "Bet": (0, 1), "Hope": (1, 1)}).epics}
    assert values["Bet"] / values["Sure"] == pytest.approx(0.75)


def test_a_workbook_counts_confidence_once(tmp_path: Path) -> None:
    """The live cost of delay is the expected one, and value is not multiplied by confidence twice."""
    path = tmp_path / "results.xlsx"
    write_results(answer_for(RAW, {"Sure": (0, 1), "Bet": (0, 1), "Hope": (1, 1)}), path)
    before, after = cached(path), recalculate_ironcalc(path)
    for sheet in ("Ranking", "Value", "Plan"):
        for cell, value in after[sheet].items():
            if isinstance(value, float | int) and isinstance(before[sheet].get(cell), float | int):
                assert value == pytest.approx(before[sheet][cell]), (sheet, cell)
