"""Two portfolios are the same where all that users bring is the same."""

from __future__ import annotations

import pytest

from portfolio.domain import Epic, Portfolio
from portfolio.domain.class_policy import ClassPolicy

BROUGHT = {"epics": [{"id": "A", "title": "First", "state": "Doing"}]}


@pytest.mark.parametrize("read", range(5))
def test_what_a_model_says_of_it_makes_no_other_portfolio(read: int) -> None:
    portfolio = Portfolio.model_validate(BROUGHT)
    known = (
        portfolio.with_active_states(frozenset({"Doing"})),
        portfolio.with_templates(["Floor"]),
        portfolio.with_other_levels((Epic(id="B"),)),
        portfolio.with_classes({"expedite": ClassPolicy(name="Expedite")}),
        portfolio.scored_by(("benefit",)),
    )[read]
    assert known == portfolio
    assert portfolio == known


@pytest.mark.parametrize("change", [{"name": "Other"}, {"epics": []}, {"model": "kanban"}])
def test_another_field_makes_another(change: dict[str, object]) -> None:
    portfolio = Portfolio.model_validate(BROUGHT)
    assert Portfolio.model_validate({**BROUGHT, **change}) != portfolio
    assert portfolio != BROUGHT
