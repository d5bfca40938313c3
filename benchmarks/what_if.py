"""How soon a plan is good again after a change of one number: from the last plan, beside planning anew.

    python benchmarks/what_if.py 200x8 --seeds 2 --cold 60 --warm 15 2

Plans a generated portfolio, changes one number in each of several ways, and plans again: anew for as long as the first
time, and from the first plan for less. Prints the value from the last plan as a share of the value anew.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Callable
from typing import Any

import generate
from plans import problem_of

from portfolio.domain import Plan
from portfolio.optimizer.optimize import Best, optimize
from portfolio.optimizer.solver import Limits

Raw = dict[str, Any]


def less_capacity(raw: Raw, plan: Plan) -> None:  # noqa: ARG001
    """The first value stream loses a fifth of its capacity in the second period."""
    raw["value_streams"][0]["capacity"][1] *= 0.8


def less_budget(raw: Raw, plan: Plan) -> None:  # noqa: ARG001
    """The second value stream loses a tenth of its budget in the first period."""
    raw["value_streams"][1]["budget"][0] *= 0.9


def another_score(raw: Raw, plan: Plan) -> None:
    """An epic of the plan is worth half."""
    epic = next(epic for epic in raw["epics"] if epic["id"] in plan)
    epic["benefit_per_week"] *= 0.5


def locked(raw: Raw, plan: Plan) -> None:
    """An epic that waits has to start, if there is room for it in time."""
    linked = {end for link in raw["dependencies"] for end in (link["predecessor"], link["successor"])}
    small = (epic for epic in raw["epics"] if epic["id"] not in plan and epic["id"] not in linked)
    min(small, key=lambda epic: sum(epic["effort"].values()))["must"] = True


CHANGES: tuple[Callable[[Raw, Plan], None], ...] = (less_capacity, less_budget, another_score, locked)


def planned(raw: Raw, seconds: float, start: Plan | None = None) -> Best:
    """The best plan in so many seconds."""
    asked = problem_of(raw)
    return optimize(asked, asked.formulation(), Limits(gap=1e-4, seconds=seconds), start=start)


def main() -> None:
    """Prints a line for each portfolio and change."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("size", help="epics x periods, for example 200x8")
    ask.add_argument("--seeds", type=int, default=2)
    ask.add_argument("--cold", type=float, default=60)
    ask.add_argument("--warm", type=float, nargs="+", default=[15, 2])
    given = ask.parse_args()
    epics, periods = (int(number) for number in given.size.split("x"))
    for seed in range(1, given.seeds + 1):
        raw = generate.generate(epics, periods, seed)
        first = planned(raw, given.cold).plan
        assert first is not None
        for change in CHANGES:
            changed = copy.deepcopy(raw)
            change(changed, first)
            anew = planned(changed, given.cold).outcome.value
            shares = []
            for seconds in given.warm:
                found = planned(changed, seconds, first).outcome.value
                share = "none" if found is None or anew is None else f"{found / anew:.4f}"
                shares.append(f"{share} in {seconds:g} s")
            print(f"{given.size}, seed {seed}, {change.__name__}: {', '.join(shares)} of {given.cold:g} s", flush=True)


if __name__ == "__main__":
    main()
