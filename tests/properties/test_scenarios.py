"""Random small portfolios: scenarios, sweeps and stable re-plans against hand-made changes and brute force."""

from __future__ import annotations

import copy
import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.edits import Scenario, ScenarioLine
from portfolio.results.replan_report import ReplanReport
from tests import asking, oracle
from tests.random_portfolios import random_portfolio

Raw = dict[str, Any]
SEEDS = (range(16), pytest.param(range(16, 60), marks=pytest.mark.many))
"""The random portfolios that most tests take; half of them on demand."""
CLOSE = {"rel": 1e-6, "abs": 1e-3}


def sound(seeds: range) -> Iterator[tuple[int, Raw]]:
    """Random portfolios without errors."""
    for seed in seeds:
        raw = random_portfolio(seed)
        if asking.is_sound(raw):
            yield seed, raw


def hand_changed(raw: Raw, rng: random.Random) -> tuple[Raw, list[ScenarioLine]]:
    """A few changes made by hand in the JSON form, and the same ones as a scenario says them."""
    found, changes = copy.deepcopy(raw), []
    stream = rng.choice(found["value_streams"])
    period = rng.randrange(len(stream["capacity"]))
    stream["capacity"][period] = 7
    changes.append(ScenarioLine("set", f"capacity of {stream['id']} in {found['calendar']['periods'][period]}", 7.0))
    for other in found["value_streams"]:
        other["capacity"] = [amount * 2 for amount in other["capacity"]]
    changes.append(ScenarioLine("scale", "capacity", 2.0))
    if "portfolio_wip_limit" in found:
        del found["portfolio_wip_limit"]
        changes.append(ScenarioLine("relax", "WIP limit"))
    if found.get("guardrails"):
        gone = found["guardrails"].pop(rng.randrange(len(found["guardrails"])))
        changes.append(ScenarioLine("relax", gone["name"]))
    if found.get("dependencies"):
        link = found["dependencies"].pop(rng.randrange(len(found["dependencies"])))
        changes.append(ScenarioLine("relax", f"dependency of {link['successor']} on {link['predecessor']}"))
    banned, locked = rng.sample(found["epics"], 2)
    if not oracle.must_be_in(banned) and rng.random() < 0.7:
        limit = {"name": "No", "measure": "epics", "where": {"epic": [banned["id"]]}, "at_most": 0}
        found.setdefault("guardrails", []).append(limit)
        changes.append(ScenarioLine("ban", banned["id"]))
    if rng.random() < 0.5:
        locked["must"] = True
        changes.append(ScenarioLine("lock", locked["id"]))
    return found, changes


@pytest.mark.parametrize("seeds", SEEDS)
def test_a_scenario_is_the_hand_changed_portfolio(tmp_path: Path, seeds: range) -> None:
    """The plan of every scenario is worth what brute force finds for the portfolio changed by hand."""
    compared = impossible = 0
    directions = {1: 0, 0: 0, -1: 0}
    for seed, raw in sound(seeds):
        by_hand, changes = hand_changed(raw, random.Random(seed))
        if not asking.is_sound(by_hand) or oracle_size(by_hand) > 20_000:
            continue
        loaded = asking.loaded(raw, tmp_path)
        told = engine.compare_scenarios(loaded, [Scenario("S", tuple(changes))], gap=0)
        found = told.others[0].answer.outcome
        best, _ = oracle.brute_force(by_hand)
        if best is None:
            assert found.claim == "impossible", seed
            impossible += 1
        else:
            assert found.value == pytest.approx(best, **CLOSE), seed
        base, _ = oracle.brute_force(raw)
        assert told.base.answer.outcome.value == (None if base is None else pytest.approx(base, **CLOSE)), seed
        directions[told.others[0].direction] += 1
        if base is not None and told.others[0].direction:
            assert best is None or (best - base) * told.others[0].direction >= -1e-6 * abs(base), seed
        compared += 1
    assert compared > len(seeds) / 3
    assert impossible < compared / 2


@pytest.mark.parametrize("seeds", SEEDS)
def test_what_only_loosens_is_never_worth_less(tmp_path: Path, seeds: range) -> None:
    """Stopped at a wide gap too: relaxed rules and more capacity, with bounds and effects that keep their sign."""
    certain = 0
    for seed, raw in sound(seeds):
        changes = [
            ScenarioLine("add", "capacity", 3.0),
            ScenarioLine("relax", "must"),
            ScenarioLine("relax", "WIP limit"),
        ]
        if not any(epic.get("must") for epic in raw["epics"]):
            changes.pop(1)
        changes += [ScenarioLine("relax", limit["name"]) for limit in raw.get("guardrails", [])[:1]]
        by_hand = copy.deepcopy(raw)
        by_hand.pop("portfolio_wip_limit", None)
        by_hand["guardrails"] = by_hand.get("guardrails", [])[1:]
        for epic in by_hand["epics"]:
            epic.pop("must", None)
        for stream in by_hand["value_streams"]:
            stream["capacity"] = [amount + 3 for amount in stream["capacity"]]
        (base, _), (best, _) = oracle.brute_force(raw), oracle.brute_force(by_hand)
        if base is None or best is None:
            continue
        loaded = asking.loaded(raw, tmp_path)
        (one,) = engine.compare_scenarios(loaded, [Scenario("S", tuple(changes))], gap=0.5).others
        assert one.effect is not None
        value = one.effect.value
        margin = 1e-6 * max(1.0, abs(base))
        if one.direction == 1:
            assert best >= base - margin, seed
            assert value.at_least is None or value.at_least >= 0, seed
            certain += 1
        if value.at_least is not None and value.at_most is not None:
            assert value.at_least - margin <= best - base <= value.at_most + margin, seed
    assert certain > len(seeds) / 5


def oracle_size(raw: Raw) -> int:
    """How many plans there are."""
    size = 1
    for ways in oracle.options(raw).values():
        size *= len(ways) + 1
    return size


def changes_of(agreed: oracle.Plan, plan: oracle.Plan) -> tuple[int, int]:
    """How many agreed epics are dropped, and how many of the others are done at another time."""
    dropped = [epic for epic in agreed if epic not in plan]
    return len(dropped), sum(plan[epic] != agreed[epic] for epic in agreed if epic in plan)


@pytest.mark.parametrize("tolerance", [0.0, 0.05, 0.3])
@pytest.mark.parametrize("seeds", [range(60, 80), pytest.param(range(80, 150), marks=pytest.mark.many)])
def test_a_stable_re_plan_changes_least(tmp_path: Path, tolerance: float, seeds: range) -> None:
    """Fewest dropped, then fewest moved, then most value, as trying all plans finds; and never below the floor."""
    compared = kept_more = 0
    for seed, raw in sound(seeds):
        rng = random.Random(seed)
        best, before = oracle.brute_force(raw)
        after = copy.deepcopy(raw)
        for stream in after["value_streams"]:
            stream["capacity"] = [round(amount * rng.choice((0.6, 0.8, 1, 1.3)), 1) for amount in stream["capacity"]]
        value, plan = oracle.brute_force(after)
        if best is None or value is None or not before or not plan or oracle_size(after) > 4_000:
            continue
        floor = value - tolerance * abs(value)
        reach = [(*changes_of(before, one), -oracle.objective(after, one)) for one in oracle.feasible_plans(after)]
        margin = 1e-7 * max(1.0, abs(floor))
        dropped, moved, worth = min(one for one in reach if -one[2] >= floor - margin)
        loaded = asking.loaded(after, tmp_path)
        told = engine.replan(loaded, asking.bookings(before), tolerance, gap=0)
        assert isinstance(told, ReplanReport)
        found = asking.oracle_plan(told.answer.plan)
        assert changes_of(before, found) == (dropped, moved), seed
        assert (len(told.effect.of("dropped")), len(told.effect.of("moved"))) == (dropped, moved), seed
        assert oracle.is_feasible(after, found)
        assert told.value == pytest.approx(-worth, **CLOSE), seed
        assert told.value >= floor - 1e-6 * max(1.0, abs(floor))
        assert told.cost == pytest.approx(max(0.0, value - told.value), **CLOSE)
        assert told.fewest
        compared += 1
        kept_more += (dropped, moved) < changes_of(before, plan)
    assert compared > 3
    assert kept_more >= (tolerance > 0.1 and len(seeds) > 20)


@pytest.mark.parametrize("seeds", [range(100, 106), pytest.param(range(106, 125), marks=pytest.mark.many)])
def test_a_sweep_never_falls(tmp_path: Path, seeds: range) -> None:
    """Every step is worth what brute force finds, and more capacity, WIP or budget is never worth less."""
    directions = {1: 0, 0: 0, -1: 0}
    for seed, raw in sound(seeds):
        if oracle_size(raw) > 4_000 or oracle.brute_force(raw)[0] is None:
            continue
        loaded = asking.loaded(raw, tmp_path)
        told = engine.vary(loaded, "capacity 60%..140% by 40%", gap=0)
        directions[told.direction] += 1
        for step in told.steps:
            changed = copy.deepcopy(raw)
            for stream in changed["value_streams"]:
                stream["capacity"] = [float(f"{amount * step.amount:.12g}") for amount in stream["capacity"]]
            best, _ = oracle.brute_force(changed)
            assert step.outcome.value == (None if best is None else pytest.approx(best, **CLOSE)), (seed, step.amount)
        values = [step.outcome.value for step in told.steps if step.outcome.value is not None]
        if told.direction == 1:
            assert all(after >= before - 1e-6 * abs(before) for before, after in itertools.pairwise(values)), seed
    assert directions[1] >= 2


@pytest.mark.parametrize("seeds", [range(140, 146), pytest.param(range(146, 170), marks=pytest.mark.many)])
def test_a_sweep_without_proof_never_falls_either(tmp_path: Path, seeds: range) -> None:
    """Stopped at a wide gap, steps lend each other their plans and their bounds."""
    for seed, raw in sound(seeds):
        if oracle.brute_force(raw)[0] is None:
            continue
        told = engine.vary(asking.loaded(raw, tmp_path), "capacity 80%..120% by 10%", gap=0.5)
        values = [step.outcome.value for step in told.steps if step.outcome.value is not None]
        bounds = [step.outcome.bound for step in told.steps if step.outcome.bound is not None]
        for figures in (values, bounds) if told.direction == 1 else ():
            assert all(after >= before - 1e-6 * abs(before) for before, after in itertools.pairwise(figures)), seed
        for step in told.steps:
            assert step.outcome.value is None or (step.outcome.bound or 0) >= step.outcome.value - 1e-9
