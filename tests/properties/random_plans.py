"""Random plans for a portfolio: mostly not the best, often not allowed, always inside the plan's periods."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests import asking, oracle

PER_PORTFOLIO = 9


def random_plans(raw: asking.Raw, seed: int) -> Iterator[oracle.Plan]:
    """Plans near the best one, plans drawn from the options, and plans that pay no heed to dates or durations."""
    rng = random.Random(f"plans/{seed}")
    _, top = oracle.brute_force(raw)
    for number in range(PER_PORTFOLIO):
        yield (_near(top, raw, rng), _drawn(raw, rng), _reckless(raw, rng))[number % 3]


def _near(top: oracle.Plan, raw: asking.Raw, rng: random.Random) -> oracle.Plan:
    """The best plan with one epic added, dropped or moved."""
    plan = dict(top)
    changed = rng.choice(raw["epics"])
    found = oracle.epic_options(raw, changed)
    plan.pop(changed["id"], None)
    if found and rng.random() < 0.7:
        plan[changed["id"]] = rng.choice(found)
    return plan


def _drawn(raw: asking.Raw, rng: random.Random) -> oracle.Plan:
    """One of the options of some epics."""
    share = rng.choice((0.2, 0.4, 0.7))
    options = oracle.options(raw)
    return {epic_id: rng.choice(found) for epic_id, found in options.items() if found and rng.random() < share}


def _reckless(raw: asking.Raw, rng: random.Random) -> oracle.Plan:
    """Any start and any duration that end within the plan."""
    count = len(oracle.periods(raw))
    plan = {}
    for epic in raw["epics"]:
        if rng.random() < 0.4:
            duration = rng.randint(1, count)
            plan[epic["id"]] = (rng.randint(0, count - duration), duration)
    return plan
