"""What it would add to know more before choosing among plans: of everything, and of one parameter."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from portfolio.options import Floats, Ints
from portfolio.simulation.candidates import best_of_each, first_best
from portfolio.simulation.statistics import in_order

BINS = 20
"""Parts of equal count that the draws are sorted into by one parameter."""
CELL_BINS = 5
"""Parts for each parameter of several together."""


def value_of_everything(value: Floats, chance: Floats, *, exact: bool) -> tuple[float, float]:
    """What knowing everything would add for choosing among the candidates (EVPI), with its standard error."""
    weight = chance / in_order(chance)
    best = first_best(in_order(value * weight[:, None]))
    gained = value.max(axis=1) - value[:, best]
    error = 0.0 if exact else _error(gained)
    return float(in_order(gained * weight)), error


def value_of_knowing(value: Floats, chance: Floats, parts: Ints) -> float:
    """What knowing a parameter would add (EVPPI) where all futures are counted; `parts` tells its amounts apart."""
    weight = chance / in_order(chance)
    known = 0.0
    for part in range(int(parts.max()) + 1):
        here = parts == part
        if here.any():
            known += float(np.max(in_order(value[here] * weight[here, None])))
    return max(0.0, known - float(np.max(in_order(value * weight[:, None]))))


def value_of_learning(value: Floats, parts: Ints) -> tuple[float, float]:
    """The same from draws, with its standard error: what is best in one half of the draws is valued on the other.

    In each part the plan that is best in one half, odd or even draws, is valued on the other against the plan that is best
    overall in that one half; no plan is valued on the draws that it was picked by.
    """
    odd = np.arange(len(value)) % 2 == 1
    cell = 2 * parts + odd
    order = np.argsort(cell, kind="stable")
    ends = np.searchsorted(cell[order], np.arange(2 * int(parts.max()) + 3))
    best = best_of_each(np.array([in_order(value[order[first:last]]) for first, last in pairwise(ends)]))
    overall = best_of_each(np.array([in_order(value[~odd]), in_order(value[odd])]))
    draws, other = np.arange(len(value)), 1 - odd
    gained = value[draws, best[2 * parts + other]] - value[draws, overall[other]]
    return float(in_order(gained) / len(gained)), _error(gained)


def parts_of(amounts: Floats, bins: int = BINS) -> Ints:
    """For each draw the part it is in by its amount: parts of equal count, or one for each amount where there are fewer."""
    distinct, place = np.unique(amounts, return_inverse=True)
    if len(distinct) <= bins:
        return place.astype(np.int64).reshape(-1)
    parts = np.empty(len(amounts), dtype=np.int64)
    order = np.argsort(amounts, kind="stable")
    for part, members in enumerate(np.array_split(order, bins)):
        parts[members] = part
    return parts


def cells_of(tables: list[Floats]) -> Ints:
    """For each draw the cell that it is in by several amounts together."""
    code = np.zeros(len(tables[0]), dtype=np.int64)
    for amounts in tables:
        code = code * (CELL_BINS + 1) + parts_of(amounts, CELL_BINS)
    return np.unique(code, return_inverse=True)[1].astype(np.int64).reshape(-1)


def _error(figures: Floats) -> float:
    return float(np.std(figures, ddof=1) / math.sqrt(len(figures))) if len(figures) > 1 else 0.0
