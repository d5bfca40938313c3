"""Of the plans with the best value it is always the one that ends earliest, and that never costs value."""

from __future__ import annotations

import pytest

from tests import asking, oracle
from tests.random_portfolios import combinations, random_portfolio


def last_periods(plan: oracle.Plan) -> int:
    """The sum of the epics' last periods, the first period counted as 1."""
    return sum(oracle.last_period(option) + 1 for option in plan.values())


@pytest.mark.parametrize("seeds", [range(600, 660), pytest.param(range(660, 720), marks=pytest.mark.many)])
def test_the_earliest_of_the_best(seeds: range) -> None:
    """On random portfolios: no allowed plan of the same value has a smaller sum of last periods."""
    with_ties = 0
    for seed in seeds:
        raw = random_portfolio(seed)
        if combinations(raw) > 250:
            continue
        expected, _ = oracle.brute_force(raw)
        if expected is None:
            continue
        found = asking.oracle_plan(asking.best(raw).plan)
        close = 1e-9 * max(1.0, abs(expected))
        tied = [plan for plan in oracle.feasible_plans(raw) if abs(oracle.objective(raw, plan) - expected) <= close]
        with_ties += len(tied) > 1
        assert oracle.objective(raw, found) == pytest.approx(expected, rel=1e-6, abs=1e-6), seed
        assert last_periods(found) == min(map(last_periods, tied)), seed
    assert with_ties >= 2


def test_equal_epics_go_by_rank() -> None:
    """Two epics alike but for their scores, and room for one: the one that ranks higher starts."""
    scores = {"user_business_value": 5, "time_criticality": 3, "rr_oe": 1}
    raw = asking.small(
        asking.epic("low", a=10, **scores, job_size=8, latest="PI 1"),
        asking.epic("high", a=10, **scores, job_size=5, latest="PI 1"),
    )
    assert asking.oracle_plan(asking.best(raw).plan) == {"high": (0, 1)}


def test_shorter_before_longer() -> None:
    """A deadline epic that is in time either way takes one period rather than two, and begins as early as it can."""
    raw = asking.small(asking.epic("E", max_periods=2, urgency="deadline", deadline=40))
    assert asking.oracle_plan(asking.best(raw).plan) == {"E": (0, 1)}
