"""Carries cuts over to another program of the same kind: each with the limit that it has there."""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.cuts.knapsack import Knapsack, knapsacks
from portfolio.optimizer.cuts.separation import highest
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.optimizer.row import Row
from portfolio.options import Floats, Ints


def carried_over(tightened: Formulation, cuts: int, formulation: Formulation, periods: int) -> list[Row]:
    """The last rows of a program, its cuts, as they hold in another one; without a limit where none is known there.

    They are counted as in the other program. `periods` is the number of periods in a knapsack at most.
    """
    columns = _columns(tightened, formulation)
    sources = [one for count in range(1, periods + 1) for one in knapsacks(formulation, count)]
    rows = []
    for row in range(tightened.rows - cuts, tightened.rows):
        entries = tightened.entries(row)
        column, coefficient = columns[tightened.column[entries]], tightened.coefficient[entries]
        there = column >= 0
        column, coefficient = column[there], coefficient[there]
        limits = (_limit(source, column, coefficient) for source in sources)
        rows.append(Row(column, coefficient, at_most=min(limits, default=np.inf)))
    return rows


def _limit(source: Knapsack, column: Ints, coefficient: Floats) -> float:
    """The most that a row sums up to for what fits into a knapsack; infinite if it has other columns."""
    item_of, worth, price = source.item_of, np.zeros(len(source.epic)), 0.0
    for at, size in zip(column.tolist(), coefficient.tolist(), strict=True):
        if at in item_of:
            worth[item_of[at]] = max(size, worth[item_of[at]])
        elif at == source.shift:
            price = -size
        else:
            return np.inf
    if price < 0 or not np.any(worth > 0):
        return np.inf
    most = highest(source, worth, price)
    return np.inf if most is None else most - price * source.low


def _columns(before: Formulation, after: Formulation) -> Ints:
    """For each column of one program that of the other which stands for the same, -1 for none."""
    options = {way: column for column, way in enumerate(after.options.ways())}
    found = np.full(before.columns, -1)
    found[: len(before.options)] = [options.get(way, -1) for way in before.options.ways()]
    shifts, others = before.columns_of(ColumnKind.BUDGET_SHIFT), after.columns_of(ColumnKind.BUDGET_SHIFT)
    if len(shifts) == len(others):
        found[shifts] = others
    return found
