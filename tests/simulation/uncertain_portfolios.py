"""Small random portfolios with ranges, cases, hypotheses, past epics and delivered capacity, and plans to play forward."""

from __future__ import annotations

import itertools
import random
from typing import Any

from tests import oracle
from tests.random_portfolios import chance, random_portfolio

Raw = dict[str, Any]


def uncertain_portfolio(seed: int, *, counted: bool = False) -> Raw:
    """A random portfolio in which much is uncertain; `counted`: only what can be enumerated."""
    rng = random.Random(seed)
    raw = random_portfolio(seed)
    raw.pop("reserve", None)
    for stream in raw["value_streams"]:
        stream.pop("max_budget_shift", None)
    for epic in raw["epics"]:
        add_ranges(rng, epic, counted)
        if not counted and oracle.longest(epic) > 1 and chance(rng, 0.5):
            epic |= {"mvp_periods": 1, "confidence": rng.choice((0.3, 0.6))}
    if not counted and len(raw["epics"]) > 2 and not raw.get("dependencies") and chance(rng, 0.6):
        names = [epic["id"] for epic in raw["epics"]]
        kinds = ("finish to start", "finish to start", "needs")
        raw["dependencies"] = [
            {"predecessor": one, "successor": other, "type": rng.choice(kinds)}
            for one, other in itertools.pairwise(names)
            if chance(rng, 0.5)
        ]
    raw["shared_by_portfolio"], raw["shared_by_value_stream"] = (
        (0, 0) if counted else rng.choice(((0, 0), (0.1, 0.15), (0.3, 0.7), (0.25, 0)))
    )
    if chance(rng, 0.3):
        raw["stop_after_mvp"] = rng.choice((True, False))
    if chance(rng, 0.3):
        raw["starts"] = "at periods"
    if not counted:
        add_evidence(rng, raw)
    return raw


def add_ranges(rng: random.Random, epic: Raw, counted: bool) -> None:
    """Ranges or cases around what the cells say."""
    values = {"effort": sum(epic["effort"].values()), "external_cost": epic.get("external_cost")}
    values["benefit"] = epic.get("benefit_per_week", 1)
    for kind, value in values.items():
        if not value or not chance(rng, 0.25 if counted else 0.5):
            continue
        if counted or chance(rng, 0.4):
            low, high = value * rng.choice((0.4, 0.5, 0.9)), value * rng.choice((1.1, 1.5, 2.5))
            epic[f"{kind}_cases"] = [[low, 0.25], [value, 0.5], [high, 0.25]]
            continue
        if chance(rng, 0.8):
            epic[f"{kind}_low"] = value * rng.choice((0.5, 0.8, 0.999))
        if chance(rng, 0.8) or f"{kind}_low" not in epic:
            epic[f"{kind}_high"] = value * rng.choice((1.2, 1.6, 3))
    if counted and epic.get("confidence", 1) < 1 and chance(rng, 0.5):
        epic["confidence"] = 1


def add_evidence(rng: random.Random, raw: Raw) -> None:
    """Past epics, and what value streams delivered in past periods, with and without gaps."""
    names = [stream["id"] for stream in raw["value_streams"]]
    found: Raw = {}
    if chance(rng, 0.5):
        found["actuals"] = [
            {
                "epic": f"P{number}",
                "value_stream": rng.choice(names),
                "estimated_effort": rng.randint(5, 30),
                "actual_effort": rng.randint(5, 40),
                "finished": "2026-09-01",
            }
            for number in range(rng.choice((4, 5, 9, 14, 24)))
        ]
    if chance(rng, 0.6):
        past = [f"PI 26.{number}" for number in range(rng.choice((5, 6, 8)))]
        found["delivered"] = [
            {"value_stream": name, "period": period, "capacity": 20, "delivered": rng.randint(10, 24)}
            for period in past
            for name in names
            if name == names[0] or not chance(rng, 0.05)
        ]
    if found:
        raw["evidence"] = found
    for stream in raw["value_streams"]:
        if chance(rng, 0.3):
            stream["capacity_low"] = rng.choice((0.6, 0.8))
            if chance(rng, 0.5):
                stream["capacity_high"] = rng.choice((1.1, 1.3))


def random_plan(seed: int, raw: Raw) -> oracle.Plan:
    """A plan that keeps dates and dependencies, mostly capacity too: what does not fit is played forward all the same."""
    rng = random.Random(seed)
    careful = chance(rng, 0.7)
    plan: oracle.Plan = {}
    for epic in rng.sample(raw["epics"], len(raw["epics"])):
        for option in rng.sample(every := oracle.epic_options(raw, epic), len(every)):
            longer = {**plan, epic["id"]: option}
            late = [text for text in oracle.dependency_violations(raw, longer) if "is not in the plan" not in text]
            if not late and not (careful and oracle.is_hopeless(raw, longer, epic["id"])):
                plan = longer
                break
    while lost := [text.split()[1] for text in oracle.dependency_violations(raw, plan)]:
        plan = {name: option for name, option in plan.items() if name not in lost}
    return plan
