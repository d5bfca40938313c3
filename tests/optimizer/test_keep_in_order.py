"""What was agreed kept in rank order, against every plan there is: places may be lost, the order never."""

from __future__ import annotations

import random
from typing import Any

import pytest

from portfolio.domain import Booking, Plan
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.optimize import Best
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.rank_order import RankOrder
from portfolio.optimizer.solver import Limits
from tests import asking, oracle
from tests.optimizer.test_rank_order import any_portfolio

NEVER = (10**6, 0)


def kept(raw: dict[str, Any], agreed: oracle.Plan, places: int) -> Best:
    """The product's plan in the order of the sheet that keeps what was agreed."""
    portfolio = asking.portfolio_of({**raw, "ranked_by": "sheet"})
    problem = Problem(portfolio, {}, [epic.id for epic in portfolio.epics], goal="rank order")
    was = Plan({epic: Booking(*option) for epic, option in agreed.items()})
    order = RankOrder(problem, problem.formulation(), Limits(gap=0.0, seconds=60.0), None, CancelToken(), was, places)
    return Best(*order.answer())


def by_trying(raw: dict[str, Any], agreed: oracle.Plan, places: int) -> oracle.Plan | None:
    """Epic by epic, best rank first, among all plans that do with those above what was settled for them.

    It takes its agreed option if some plan has it and it ends at most so many periods later than the earliest end that
    some plan gives it; else the earliest end, and of equals the fewest periods; it waits only where no plan has it.
    """
    epics = [epic["id"] for epic in raw["epics"]]
    plans = oracle.feasible_plans(raw)
    for epic in epics:
        if not plans:
            return None
        there = [plan[epic] for plan in plans if epic in plan]
        best = min(there, key=lambda way: (way[0] + way[1], way[1]), default=None)
        own = agreed.get(epic)
        if best is not None and own in there and sum(own) - sum(best) <= places:
            best = own
        plans = [plan for plan in plans if plan.get(epic) == best]
    return plans[0] if plans else None


@pytest.mark.parametrize("seed", range(30))
def test_it_is_what_trying_every_plan_finds(seed: int) -> None:
    """Agreed was some plan of the same portfolio in another order; places are none, one or two."""
    raw, dice = any_portfolio(seed), random.Random(1000 + seed)
    if not asking.is_sound({**raw, "ranked_by": "sheet"}):
        pytest.skip("an error that is found before any plan is made")
    shuffled = {**raw, "epics": dice.sample(raw["epics"], len(raw["epics"]))}
    agreed = by_trying(shuffled, {}, 0)
    if agreed is None:
        return
    for places in range(3):
        found, known = kept(raw, agreed, places), by_trying(raw, agreed, places)
        assert known is not None
        assert asking.oracle_plan(found.plan) == known
        if found.outcome.claim == "proven best":
            assert known == by_trying(raw, {}, 0)
