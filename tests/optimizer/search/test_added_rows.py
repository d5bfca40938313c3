"""Rows that were added to a formulation: the search keeps them, whatever kind of line they are."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.row import Row
from portfolio.optimizer.search import Search
from portfolio.options import Floats
from tests import oracle
from tests.asking import problem_of
from tests.random_portfolios import random_portfolio

SEEDS = range(12, 24)
Amounts = dict[tuple[str, int, int], float]


def amounts_of(formulation: Formulation, coefficients: Floats) -> Amounts:
    """What a line counts for an epic that begins in a period and takes so many."""
    table = formulation.options
    epics = [table.portfolio.epics[epic].id for epic in table.epic]
    ways = zip(epics, table.start.tolist(), table.periods.tolist(), coefficients.tolist(), strict=True)
    return {(epic, start, periods): amount for epic, start, periods, amount in ways}


def counted(amounts: Amounts, plan: oracle.Plan) -> float:
    """What a line counts for a whole plan."""
    return sum(amounts[epic, start, periods] for epic, (start, periods) in plan.items())


def searched(formulation: Formulation) -> oracle.Plan | None:
    """The plan that the search finds, if any."""
    search = Search(formulation)
    search.open(time.monotonic() + 600, CancelToken())
    if search.columns is None:
        return None
    plan = formulation.plan(search.columns)
    return {epic: (booking.start, booking.periods) for epic, booking in plan.bookings.items()}


@pytest.mark.parametrize("side", ["at least", "at most"])
def test_plans_of_the_search_keep_added_rows(side: str) -> None:
    """On random portfolios with a line more that the best plan breaks, no plan breaks it, and nearly all are the best."""
    asked, found, optima = 0, 0, 0
    for seed in SEEDS:
        raw, draw = random_portfolio(seed), random.Random(seed)
        best, plan = oracle.brute_force(raw)
        formulation = problem_of(raw).formulation()
        if best is None or not plan or not len(formulation.options):
            continue
        coefficients = np.array([float(draw.randint(1, 9)) for _ in range(len(formulation.options))])
        amounts = amounts_of(formulation, coefficients)
        level = counted(amounts, plan) + (1.0 if side == "at least" else -1.0)
        row = Row(np.arange(len(formulation.options)), coefficients, **{side.replace(" ", "_"): level})
        kept = [
            oracle.objective(raw, other)
            for other in oracle.feasible_plans(raw)
            if (counted(amounts, other) >= level if side == "at least" else counted(amounts, other) <= level)
        ]
        asked += bool(kept)
        other = searched(formulation.with_rows([row], "Added"))
        if other is None:
            continue
        found += 1
        assert oracle.violations(raw, other) == [], seed
        assert kept, seed
        assert counted(amounts, other) >= level if side == "at least" else counted(amounts, other) <= level, seed
        assert oracle.objective(raw, other) <= max(kept) + 1e-6 * max(1.0, abs(max(kept))), seed
        optima += oracle.objective(raw, other) >= max(kept) - 1e-6 * max(1.0, abs(max(kept)))
    assert asked > len(SEEDS) / 3
    assert found > 0.9 * asked
    assert optima > 0.9 * asked
