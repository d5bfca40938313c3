"""More capacity, budget or WIP never lowers the value, where no guardrail asks for at least a share of them."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

import pytest

from tests import asking
from tests.random_portfolios import random_portfolio


def asks_for_a_share_of(raw: asking.Raw, base: str) -> bool:
    """A floor that is a share of the base rises with it; all else only gets easier."""
    return any(limit.get("of") == base and "at_least" in limit for limit in raw.get("guardrails", []))


def more_capacity(raw: asking.Raw, rng: random.Random) -> bool:
    """A fifth more in one period of one value stream."""
    stream = rng.choice(raw["value_streams"])
    stream["capacity"][rng.randrange(len(stream["capacity"]))] *= 1.2
    return not asks_for_a_share_of(raw, "capacity")


def more_budget(raw: asking.Raw, rng: random.Random) -> bool:
    """Half as much again in one period of one value stream."""
    funded = [stream for stream in raw["value_streams"] if stream.get("budget")]
    if not funded:
        return False
    budget = rng.choice(funded)["budget"]
    budget[rng.randrange(len(budget))] *= 1.5
    return not asks_for_a_share_of(raw, "budget")


def more_wip(raw: asking.Raw, _: random.Random) -> bool:
    """One more epic at once, everywhere."""
    if "portfolio_wip_limit" in raw:
        raw["portfolio_wip_limit"] += 1
    limited = [stream for stream in raw["value_streams"] if "wip_limit" in stream]
    for stream in limited:
        stream["wip_limit"] += 1
    return bool(limited) or "portfolio_wip_limit" in raw


def fewer_guardrails(raw: asking.Raw, rng: random.Random) -> bool:
    """One guardrail or dependency less."""
    rules = [raw[section] for section in ("guardrails", "dependencies") if raw.get(section)]
    if not rules:
        return False
    chosen = rng.choice(rules)
    chosen.pop(rng.randrange(len(chosen)))
    return True


@pytest.mark.parametrize("seeds", [range(500, 535), pytest.param(range(535, 590), marks=pytest.mark.many)])
@pytest.mark.parametrize("loosen", [more_capacity, more_budget, more_wip, fewer_guardrails])
def test_more_is_never_less(loosen: Callable[[asking.Raw, random.Random], bool], seeds: range) -> None:
    """Whatever is loosened, the best plan before is still possible, so the value stays or rises; sometimes it rises."""
    applied = rose = 0
    for seed in seeds:
        raw = random_portfolio(seed)
        looser = copy.deepcopy(raw)
        if not loosen(looser, random.Random(seed)):
            continue
        before, after = asking.value(raw), asking.value(looser)
        applied += 1
        if before is not None:
            assert after is not None, seed
            assert after >= before - 1e-6 * max(1.0, abs(before)), seed
        rose += after is not None and (before is None or after > before + 1)
    assert applied >= 8
    assert rose >= 1
