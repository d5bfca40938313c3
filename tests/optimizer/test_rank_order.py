"""A plan in rank order: each epic in turn as early as those above it allow, the same as by trying every plan."""

from __future__ import annotations

import random
from typing import Any

import pytest

from portfolio.optimizer.optimize import Best, optimize
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.solver import Limits
from tests import asking, oracle

NEVER = (10**6, 0)


def ordered(raw: dict[str, Any], seconds: float = 60.0) -> Best:
    """The product's plan in the order of the sheet."""
    portfolio = asking.portfolio_of({**raw, "ranked_by": "sheet"})
    problem = Problem(portfolio, {}, [epic.id for epic in portfolio.epics], goal="rank order")
    return optimize(problem, problem.formulation(), Limits(gap=0.0, seconds=seconds))


def by_trying(raw: dict[str, Any]) -> oracle.Plan | None:
    """Of all plans that the oracle allows the first in order: every epic's finish, then its length, best rank first."""
    epics = [epic["id"] for epic in raw["epics"]]

    def order(plan: oracle.Plan) -> list[tuple[int, int]]:
        return [(oracle.last_period(plan[epic]), plan[epic][1]) if epic in plan else NEVER for epic in epics]

    return min(oracle.feasible_plans(raw), key=order, default=None)


def any_portfolio(seed: int) -> dict[str, Any]:
    """A tiny portfolio without a single score, with rules of every kind."""
    dice = random.Random(seed)
    periods = [f"P{number}" for number in range(1, dice.randint(2, 3) + 1)]
    epics = []
    for number in range(dice.randint(2, 4)):
        shortest = dice.randint(1, 2)
        needs = {stream: dice.randint(1, 9) for stream in dice.sample("AB", dice.randint(1, 2))}
        epic: dict[str, Any] = {"id": f"E{number}", "effort": needs, "type": dice.choice(["Business", "Enabler"])}
        epic |= {"min_periods": shortest, "max_periods": shortest + dice.randint(0, 1)}
        epic |= {"must": True} if dice.random() < 0.2 else {}
        epic |= {"exclusive_group": "one"} if dice.random() < 0.2 else {}
        epics.append(epic)
    first, second = dice.sample(epics, 2)
    link = {"predecessor": first["id"], "successor": second["id"], "type": dice.choice(["needs", "finish to start"])}
    floor = {"name": "Floor", "measure": "effort", "where": {"type": ["Enabler"]}, "at_least": 0.3, "of": "selected"}
    return {
        "format": 1,
        "calendar": {"periods": periods, "period_weeks": 4},
        "value_streams": [
            {"id": name, "capacity": [dice.randint(4, 12)] * len(periods), "wip_limit": dice.choice([1, 2, 3])}
            for name in "AB"
        ],
        "epics": epics,
        "dependencies": [link] if dice.random() < 0.6 else [],
        "guardrails": [floor] if dice.random() < 0.4 else [],
    }


@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_trying_every_plan_finds(seed: int) -> None:
    """The same plan epic by epic, and impossible exactly where no plan is."""
    raw = any_portfolio(seed)
    if not asking.is_sound({**raw, "ranked_by": "sheet"}):
        pytest.skip("an error that is found before any plan is made")
    found, known = ordered(raw), by_trying(raw)
    if known is None:
        assert (found.plan, found.outcome.claim) == (None, "impossible")
    else:
        assert found.outcome.claim == "proven best"
        assert asking.oracle_plan(found.plan) == known


def test_rank_outweighs_any_value() -> None:
    """The first epic takes the place although the second earns a thousand times as much."""
    raw = asking.small(asking.epic("FIRST", 1, a=10), asking.epic("SECOND", 1000, a=10))
    raw["calendar"]["periods"], raw["calendar"]["budget_periods"] = ["PI 1"], ["FY27"]
    for stream in raw["value_streams"]:
        stream["capacity"] = [10]
    assert asking.oracle_plan(ordered(raw).plan) == {"FIRST": (0, 1)}
    assert asking.oracle_plan(asking.best(raw).plan) == {"SECOND": (0, 1)}


def test_what_a_better_rank_needs_goes_before_its_own_rank() -> None:
    """The last epic of the list comes first, because the first depends on it."""
    raw = asking.small(asking.epic("TOP", a=6), asking.epic("MIDDLE", a=6), asking.epic("BASE", a=6))
    raw["dependencies"] = [{"predecessor": "BASE", "successor": "TOP"}]
    assert asking.oracle_plan(ordered(raw).plan) == {"BASE": (0, 1), "TOP": (1, 1), "MIDDLE": (2, 1)}


def test_a_soft_guardrail_never_outweighs_rank() -> None:
    """Its breach has a price in value, and rank is worth more than any."""
    raw = asking.small(asking.epic("X", a=6, horizon="H1"))
    soft = {"name": "None of it", "measure": "effort", "where": {"horizon": ["H1"]}, "at_most": 0}
    raw["guardrails"] = [soft | {"enforce": "soft", "price": 1e6}]
    assert asking.oracle_plan(ordered(raw).plan) == {"X": (0, 1)}


def test_no_time_is_no_proof() -> None:
    """Stopped at once it shows what it has and does not call it proven, unless nothing was left to decide."""
    raw = asking.small(*(asking.epic(f"E{number}", a=6, b=5, max_periods=3) for number in range(6)))
    found = ordered(raw, seconds=1e-9)
    assert found.outcome.claim in {"best found", "proven best"}
    assert oracle.is_feasible(raw, asking.oracle_plan(found.plan))
