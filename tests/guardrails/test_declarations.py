"""A guardrail is declared once: what every member of the family says and gives."""

from __future__ import annotations

import pytest

from portfolio.guardrails import CHECKS, LIMITS, RULES, guardrails_of
from portfolio.optimizer.formulate import formulate
from portfolio.options import all_options
from tests import asking
from tests.random_portfolios import random_portfolio


def test_the_family_in_order() -> None:
    """Limits first, then rules, then what only plans from elsewhere can break."""
    assert [kind.__name__ for kind in LIMITS] == ["capacity", "wip_limit", "portfolio_wip_limit", "lean_budget", "mix"]
    assert [kind.__name__ for kind in RULES] == [
        "once",
        "commitment",
        "dependency",
        "exclusive",
        "together",
        "approval",
    ]
    assert [kind.__name__ for kind in CHECKS] == ["dates"]


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
