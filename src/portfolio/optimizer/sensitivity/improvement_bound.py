"""Bounds what a plan can be worth that a loosened portfolio allows and the one before did not.

Such a plan breaks one of the rows that were lost or became looser. So for each of them the relaxation is solved with that
row broken: a small band, whose bound is often below the best value known, and then loosening brings nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

import numpy as np

from portfolio.domain.tolerance import ROUNDING
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.row import Row
from portfolio.optimizer.solver import Relaxation
from portfolio.options import Ints

MOST_BANDS = 40
"""Rows that are looked at for one change at most."""
NAME = "Band"


def improvement_bound(before: Formulation, after: Formulation, ends: float, cancel: CancelToken) -> float:
    """No plan that only the looser formulation allows is worth more; the bound of its relaxation where bands are too many.

    Both have to have the same columns; a change that alters options or breaches has only the relaxation.
    """
    rows = _lost(before, after)
    if rows is None or len(rows) > MOST_BANDS:
        return relaxation_bound(after, ends, cancel)
    bound = -np.inf
    for row in rows:
        for band in _bands(before, int(row)):
            bound = max(bound, relaxation_bound(after.with_rows([band], NAME), ends, cancel))
    return float(bound)


def allows_nothing_new(before: Formulation, after: Formulation) -> bool:
    """Whether a changed program has no plan for certain that it did not have before: no row was lost or became looser."""
    rows = _lost(before, after)
    return rows is not None and not len(rows)


def relaxation_bound(formulation: Formulation, ends: float, cancel: CancelToken) -> float:
    """The bound of a formulation's relaxation: -infinity where it has no solution, infinity where time ended first."""
    if cancel.raised.is_set() or time.monotonic() >= ends:
        return np.inf
    relaxation = Relaxation(formulation, cancel)
    if relaxation.solve(ends):
        return relaxation.bound
    return -np.inf if relaxation.impossible else np.inf


def _lost(before: Formulation, after: Formulation) -> Ints | None:
    """The rows that were lost or became looser; None if more than rows changed."""
    same = before.columns == after.columns
    if not same or not all(
        np.array_equal(old, new)
        for old, new in (
            (before.kind, after.kind),
            (before.options.epic, after.options.epic),
            (before.options.start, after.options.start),
            (before.options.periods, after.options.periods),
            (before.objective, after.objective),
            (before.lower, after.lower),
            (before.upper, after.upper),
        )
    ):
        return None
    there = Counter(_row_key(after, row) for row in range(after.rows))
    lost = []
    for row in range(before.rows):
        key = _row_key(before, row)
        if there[key]:
            there[key] -= 1
        else:
            lost.append(row)
    return np.array(lost, dtype=np.int64)


def _row_key(formulation: Formulation, row: int) -> bytes:
    entries = formulation.entries(row)
    limits = np.array([formulation.row_lower[row], formulation.row_upper[row]])
    return formulation.column[entries].tobytes() + formulation.coefficient[entries].tobytes() + limits.tobytes()


def _bands(formulation: Formulation, row: int) -> Iterator[Row]:
    """What breaking a row means: at its limit or beyond, and a whole one beyond where only whole numbers occur."""
    entries = formulation.entries(row)
    columns, coefficients = formulation.column[entries], formulation.coefficient[entries]
    lower, upper = formulation.row_lower[row], formulation.row_upper[row]
    whole = bool(np.all(formulation.binary[columns]) and np.all(coefficients == np.round(coefficients)))
    if np.isfinite(upper):
        yield Row(columns, coefficients, at_least=np.floor(upper + ROUNDING) + 1 if whole else upper)
    if np.isfinite(lower):
        yield Row(columns, coefficients, at_most=np.ceil(lower - ROUNDING) - 1 if whole else lower)
