"""Plans made anew by the product and by the oracle, which tries every plan there is in each future of tiny portfolios."""

from __future__ import annotations

import math
from typing import Any

import pytest

from portfolio.domain import Plan
from portfolio.simulation.anew import AnewStudy, funded
from portfolio.simulation.futures import Futures
from tests import asking, oracle
from tests import uncertainty_oracle as unsure
from tests.simulation.test_against_oracle import draw_of
from tests.simulation.uncertain_portfolios import uncertain_portfolio

FEW, MANY = range(1, 7), range(7, 200)
MOST = 6
"""Futures that the oracle tries every plan in."""


def in_future(raw: dict[str, Any], study: AnewStudy, futures: Futures, row: int) -> dict[str, Any]:
    """The portfolio as one of the product's futures has it, made by the oracle."""
    draw = draw_of(study, futures, row)
    factors = ({name: one for name, one in of.items() if one != 1} for of in (draw.effort, draw.benefit, draw.cost))
    return unsure.portfolio_in(raw, draw._replace(**dict(zip(("effort", "benefit", "cost"), factors, strict=True))))


def regret(raw: dict[str, Any], made: Plan, draw: unsure.Draw) -> float:
    """What a plan of nothing is short of one made anew when both are played forward, as the oracle has it."""
    values = [
        unsure.plan_value(raw, plan, unsure.play(raw, plan, draw, stop_after_mvp=False), draw, averaged=True)
        for plan in (asking.oracle_plan(made), {})
    ]
    return max(0.0, values[0] - values[1])


def differences(seed: int) -> list[str]:
    """Where product and oracle part, in words: what the best plan of a future is worth, and which epics are funded."""
    raw = uncertain_portfolio(seed, counted=seed % 2 == 0)
    if not asking.is_sound(raw) or len(raw["epics"]) > 5:
        return []
    study = AnewStudy(asking.problem_of(raw), asking.bookings({}), seed, MOST)
    if study.source.count > MOST:
        return []
    futures = study.source.part(0, MOST)
    plans = [one for number in study.chunks for one in study.chunk(number)]
    parted, least, most, left = [], dict[str, float](), dict[str, float](), list(plans)
    for row in range(study.source.count):
        there, chance = in_future(raw, study, futures, row), float(futures.chance[row])
        best, _ = oracle.brute_force(there)
        if best is None:
            continue
        made = left.pop(0)
        if not math.isclose(made.value, best, rel_tol=1e-7, abs_tol=1e-7):
            parted.append(f"future {row}: {made.value} is {best}")
        short = regret(raw, made.plan, draw_of(study, futures, row))
        if not math.isclose(made.regret, short, rel_tol=1e-7, abs_tol=1e-6):
            parted.append(f"future {row}: today's plan is {made.regret} short, not {short}")
        for epic in raw["epics"]:
            name = epic["id"]
            ways = [oracle.brute_force(there, **{how: [name]})[0] for how in ("forced_in", "left_out")]
            can, can_without = (way is not None and math.isclose(way, best, rel_tol=1e-7, abs_tol=1e-7) for way in ways)
            least[name] = least.get(name, 0) + chance * (not can_without)
            most[name] = most.get(name, 0) + chance * can
    total, shares = sum(one.chance for one in plans), funded(plans) if plans else {}
    parted += [
        f"{name} is funded in {shares.get(name, 0)}, not from {least[name] / total} to {most[name] / total}"
        for name in least
        if not least[name] / total - 1e-9 <= shares.get(name, 0) <= most[name] / total + 1e-9
    ]
    return parted + [f"a plan where none is possible: {one.plan}" for one in left]


@pytest.mark.parametrize("seed", FEW)
def test_plans_made_anew(seed: int) -> None:
    """An epic is funded in the futures in which every best plan holds it, and in none in which none does."""
    assert differences(seed) == []


@pytest.mark.many
@pytest.mark.parametrize("seed", MANY)
def test_many_plans_made_anew(seed: int) -> None:
    """The same for many portfolios."""
    assert differences(seed) == []
