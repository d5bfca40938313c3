"""Separates a fractional solution: finds the row that it breaks most and no selection of whole epics does.

Exact separation over a knapsack: a small linear program finds the coefficients, packing finds selections that break
them, until none does. Items that the solution does not use are then lifted in, each as far as it goes.
"""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.cuts.knapsack import Knapsack
from portfolio.optimizer.cuts.packing import Sack, pack
from portfolio.optimizer.row import Row
from portfolio.optimizer.solver import Separator
from portfolio.options import Flags, Floats, Ints, summed

USED = 1e-6
WORTHWHILE = 1e-3
"""A cut has to be broken by more than this, its largest coefficient being 1."""
MOST_SELECTIONS = 300
TINY = 1e-7


def find_cut(knapsack: Knapsack, columns: Floats) -> Row | None:
    """A cut that these columns break, or None where there is none worth having."""
    share = summed(knapsack.item, columns[knapsack.columns], len(knapsack.epic))
    used = np.flatnonzero(share > USED)
    if len(used) < 2 or np.all(share[used] > 1 - USED):
        return None
    shift = columns[knapsack.shift] - knapsack.low if knapsack.shift >= 0 else 0.0
    coefficients = _coefficients(knapsack, used, share[used], shift)
    if coefficients is None:
        return None
    worth, price = coefficients
    worth, most = _lifted(knapsack, worth, price)
    if most is None or float(worth @ share) - price * shift - most <= WORTHWHILE:
        return None
    coefficient = worth[knapsack.item]
    positive = coefficient > 0
    if price == 0.0:
        return Row(knapsack.columns[positive], coefficient[positive], at_most=most)
    return Row(
        np.append(knapsack.columns[positive], knapsack.shift),
        np.append(coefficient[positive], -price),
        at_most=most - price * knapsack.low,
    )


def _coefficients(knapsack: Knapsack, used: Ints, share: Floats, shift: float) -> tuple[Floats, float] | None:
    """Coefficients of all items (0 for unused ones) and the price of the shift, most broken and scaled to 1."""
    separator = Separator(share, shift, priced=knapsack.shift >= 0)
    for _ in range(MOST_SELECTIONS):
        broken, worth, price, most = separator.solve()
        if broken <= WORTHWHILE:
            return None
        value, chosen = _best(knapsack, used, worth, price)
        if value is None:
            return None
        if value <= most + 1e-6:
            break
        separator.add(chosen, _need(knapsack, knapsack.effort[used][chosen].sum(axis=0)))
    else:
        return None
    largest = float(worth.max())
    if largest <= TINY:
        return None
    every = np.zeros(len(knapsack.epic))
    every[used] = np.where(worth > TINY * largest, worth / largest, 0.0)
    return every, (price / largest if price > TINY * largest else 0.0)


def _need(knapsack: Knapsack, load: Floats) -> float:
    if knapsack.shift < 0:
        return 0.0
    most = float(np.max((load - knapsack.capacity) / knapsack.stretch))
    return min(max(most, knapsack.low), knapsack.high) - knapsack.low


def _best(
    knapsack: Knapsack, items: Ints, worth: Floats, price: float, forced: Floats | None = None, barred: int = -1
) -> tuple[float | None, Flags]:
    """The best selection of some items and its value, minus infinity where nothing fits; None where it was given up."""
    order = np.argsort(-worth, kind="stable")
    chosen = np.zeros(len(items), dtype=np.bool_)
    value = pack(
        worth[order],
        knapsack.effort[items][order],
        knapsack.epic[items][order],
        Sack(knapsack.capacity, knapsack.count, knapsack.stretch, knapsack.low, knapsack.high),
        price,
        np.zeros(len(knapsack.capacity)) if forced is None else forced,
        barred,
        chosen,
    )
    placed = np.zeros(len(items), dtype=np.bool_)
    placed[order[chosen]] = True
    return (None if value == np.inf else value), placed


def highest(knapsack: Knapsack, worth: Floats, price: float) -> float | None:
    """The most that items which fit are worth together, less the price of the shift they need; None if not found out."""
    support = np.flatnonzero(worth > 0)
    return _best(knapsack, support, worth[support], price)[0]


def _lifted(knapsack: Knapsack, worth: Floats, price: float) -> tuple[Floats, float | None]:
    """Coefficients with the unused items lifted in one after the other, heaviest first, and the row's limit."""
    most = highest(knapsack, worth, price)
    if most is None:
        return worth, None
    lifted = worth.copy()
    for item in np.argsort(-knapsack.effort.sum(axis=1), kind="stable"):
        if lifted[item] > 0:
            continue
        items = np.flatnonzero(lifted > 0)
        value, _ = _best(knapsack, items, lifted[items], price, knapsack.effort[item], int(knapsack.epic[item]))
        if value is None:
            continue
        if value == -np.inf:
            lifted[item] = 1.0
        elif most - value > TINY:
            lifted[item] = most - value
    return lifted, most
