"""What prices and explanations should be, by trying every plan: written from the sentences, with the oracle alone."""

from __future__ import annotations

import copy
from collections.abc import Callable

from tests import oracle

Raw = oracle.Portfolio
LARGE = 1e9


def best(raw: Raw, forced_in: tuple[str, ...] = (), left_out: tuple[str, ...] = ()) -> float | None:
    """The best value, with some epics in and others out."""
    if left_out:
        raw = copy.deepcopy(raw)
        for epic_id in left_out:
            epic = oracle.epic_of(raw, epic_id)
            epic.pop("must", None)
            epic.pop("start", None)
    return oracle.brute_force(raw, forced_in, left_out)[0]


def least_changes(raw: Raw, epic_id: str, before: oracle.Plan, value: float, *, inside: bool) -> tuple[int, int]:
    """Among the best plans with an epic in (or out): the fewest others that come or go, then the fewest that move."""
    least = (len(raw["epics"]) + 1, 0)
    for plan in oracle.feasible_plans(raw):
        if (epic_id in plan) != inside or abs(oracle.objective(raw, plan) - value) > 1e-6 * max(1.0, abs(value)):
            continue
        came_or_went = len((set(plan) ^ set(before)) - {epic_id})
        moved = sum(before.get(other, way) != way for other, way in plan.items() if other != epic_id)
        least = min(least, (came_or_went, moved))
    return least


def lets_in(raw: Raw, epic_id: str) -> bool:
    """Whether forcing an epic in costs nothing: some best plan contains it."""
    inside, outside = best(raw, (epic_id,)), best(raw, (), (epic_id,))
    if inside is None:
        return False
    return outside is None or inside >= outside - 1e-6 * max(1.0, abs(outside))


def changed(raw: Raw, change: Callable[[Raw], None]) -> Raw:
    """A changed copy."""
    copied = copy.deepcopy(raw)
    change(copied)
    return copied


def sums(parts: list[list[float]]) -> set[float]:
    """Every sum with at most one of each list."""
    found = {0.0}
    for ways in parts:
        found |= {round(total + way, 9) for total in found for way in ways}
    return found


def amounts_of_capacity(raw: Raw, stream_id: str, period: int) -> list[float]:
    """Every amount at which one plan more has room, in one value stream and period, where no budget shifts."""
    there = oracle.streams(raw)[[stream["id"] for stream in oracle.streams(raw)].index(stream_id)]
    parts = [
        [
            oracle.effort_in(epic, there) / way[1]
            for way in oracle.epic_options(raw, epic)
            if period in oracle.in_progress(way)
        ]
        for epic in raw["epics"]
    ]
    return sorted(total - there["capacity"][period] for total in sums(parts) if total > there["capacity"][period])


def shares(raw: Raw, limit: oracle.Limit) -> set[float]:
    """The share of what is selected that each plan has, in the group where it is furthest from the limit's loose side."""
    found = set()
    for plan in oracle.every_plan(raw):
        for group in oracle.groups(raw, limit):
            whole = oracle.base(raw, plan, limit, group)
            if whole > 0:
                found.add(oracle.amount(raw, plan, limit["measure"], limit.get("where", {}), group) / whole)
    return found
