"""A guardrail is declared once: what every member of the family says and gives."""

from __future__ import annotations

import pytest

from portfolio.guardrails import guardrails_of
from portfolio.optimizer.formulate import formulate
from portfolio.options import all_options
from tests import asking
from tests.random_portfolios import random_portfolio


def test_a_portfolio_has_only_the_guardrails_it_asks_for() -> None:
    """Epics and capacity alone: capacity, and each epic once."""
    assert [guardrail.name for guardrail in guardrails_of(asking.portfolio_of(asking.small(asking.epic("E"))))] == [
        "Capacity",
        "Once",
    ]


@pytest.mark.parametrize("seed", range(30))
def test_every_row_knows_where_it_comes_from(seed: int) -> None:
    """Each row of the formulation names its guardrail; rows, sources and entries are as many as each other say."""
    raw = random_portfolio(seed)
    problem = asking.problem_of(raw)
    options = all_options(problem.portfolio, problem.benefit, problem.order)
    formulation = formulate(options, guardrails_of(problem.portfolio))
    assert len(formulation.sources) == formulation.rows == len(formulation.first) - 1
    for source in formulation.sources:
        if source.guardrail >= 0:
            assert formulation.guardrails[source.guardrail].name == source.name
    assert formulation.first[-1] == len(formulation.column) == len(formulation.coefficient)
