"""Packs a knapsack: finds the selection of items that fits and is worth most, by branch and bound. Compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from portfolio.optimizer.execution.compilation import compiled
from portfolio.options import Flags, Floats, Ints

MOST_NODES = 50_000
"""Beyond this many steps a knapsack is given up; few come near."""
ROUNDING = 1e-9
"""How far a load may exceed what there is room for, relatively: what adding it up leaves behind."""


class Sack(NamedTuple):
    """What items go into: capacity and places per period, and the budget shift that stretches the capacity."""

    capacity: Floats
    places: Ints
    stretch: float
    low: float
    high: float


@compiled
def shift_needed(load: Floats, sack: Sack) -> float:
    """How far above its lowest the budget shift has to be for this load."""
    if sack.stretch <= 0.0:
        return 0.0
    most = sack.low
    for period in range(len(load)):
        most = max(most, (load[period] - sack.capacity[period]) / sack.stretch)
    return min(most, sack.high) - sack.low


@compiled
def fits(load: Floats, busy: Ints, more: Floats, room: Floats, count: Ints) -> bool:
    """Whether an item's effort fits besides the load."""
    for period in range(len(load)):
        if more[period] > 0.0 and (
            load[period] + more[period] > room[period] * (1.0 + ROUNDING) or busy[period] >= count[period]
        ):
            return False
    return True


@compiled
def put(load: Floats, busy: Ints, more: Floats, sign: int) -> None:
    """Puts an item in (sign 1) or takes it out (-1)."""
    for period in range(len(load)):
        if more[period] > 0.0:
            load[period] += sign * more[period]
            busy[period] += sign


@compiled
def next_fitting(
    first: int,
    effort: Floats,
    epic: Ints,
    load: Floats,
    busy: Ints,
    room: Floats,
    count: Ints,
    barred: int,
    chosen: Ints,
) -> int:
    """The first item from `first` on that fits besides those chosen and is another epic's; -1 where there is none."""
    for item in range(first, len(epic)):
        if epic[item] != barred and fits(load, busy, effort[item], room, count):
            free = True
            for other in chosen:
                free = free and epic[other] != epic[item]
            if free:
                return item
    return -1


@compiled
def pack(
    worth: Floats, effort: Floats, epic: Ints, sack: Sack, price: float, forced: Floats, barred: int, best: Flags
) -> float:
    """The most that a selection is worth, less the price of the shift it needs; `best` is set to that selection.

    Items come with falling worth. `forced` effort of the epic `barred` is in already (none: no effort, -1). Returns
    infinity where the search was given up.
    """
    size, room, count = len(worth), sack.capacity + sack.stretch * sack.high, sack.places
    load, busy = np.zeros(len(room)), np.zeros(len(room), dtype=np.int64)
    best[:] = False
    if not fits(load, busy, forced, room, count):
        return -np.inf
    put(load, busy, forced, 1)
    slots = count.sum() - busy.sum()
    ahead = np.append(0.0, np.cumsum(worth))
    top = -price * shift_needed(load, sack)
    stack, depth, value, index = np.empty(size + 1, dtype=np.int64), 0, 0.0, 0
    for _ in range(MOST_NODES):
        bound = value + ahead[min(size, index + max(0, slots - depth))] - ahead[index]
        bound -= price * shift_needed(load, sack)
        fitting = -1
        if bound > top + ROUNDING:
            fitting = next_fitting(index, effort, epic, load, busy, room, count, barred, stack[:depth])
        if fitting >= 0:
            stack[depth] = fitting
            put(load, busy, effort[fitting], 1)
            depth, value, index = depth + 1, value + worth[fitting], fitting + 1
            worthy = value - price * shift_needed(load, sack)
            if worthy > top:
                top = worthy
                best[:] = False
                for place in range(depth):
                    best[stack[place]] = True
            continue
        if depth == 0:
            return float(top)
        depth -= 1
        last = stack[depth]
        put(load, busy, effort[last], -1)
        value, index = value - worth[last], last + 1
    return np.inf


def prepare() -> None:
    """Compiles packing, a second or two on a machine's first run and hardly any time later."""
    nothing, none = np.zeros(0), np.zeros(0, dtype=np.int64)
    sack = Sack(np.ones(1), np.ones(1, dtype=np.int64), 0.0, 0.0, 0.0)
    pack(nothing, np.zeros((0, 1)), none, sack, 0.0, np.zeros(1), -1, np.zeros(0, dtype=np.bool_))
