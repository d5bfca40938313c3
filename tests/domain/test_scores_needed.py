"""A score column that the model needs and nobody filled in."""

from __future__ import annotations

import pytest

from portfolio.domain import Portfolio
from portfolio.scoring import ScoringRules, check_scores

RULES = ScoringRules(
    "wsjf", {"user_business_value": 1, "time_criticality": 1, "rr_oe": 1}, (1, 2, 3, 5, 8, 13, 20), "job_size"
)
SCORES = {"user_business_value": 1, "time_criticality": 1, "job_size": 1}


@pytest.mark.parametrize(("money", "severity"), [({}, "error"), ({"benefit_per_week": 5}, "warning")])
def test_a_column_the_model_needs_is_one_finding(money: dict[str, float], severity: str) -> None:
    """It stops the ranking unless money can rank every epic that is scored at all."""
    portfolio = Portfolio.model_validate({"epics": [{"id": name, **SCORES, **money} for name in "AB"] + [{"id": "C"}]})
    found = [(problem.path, problem.severity) for problem in check_scores(portfolio, RULES)]
    assert found == [(("epics", "rr_oe"), severity)]


def test_no_scores_at_all_is_not_a_missing_column() -> None:
    """A portfolio in money alone ranks by money."""
    portfolio = Portfolio.model_validate({"epics": [{"id": "A", "benefit_per_week": 5}]})
    assert check_scores(portfolio, RULES) == []
