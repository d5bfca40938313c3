"""Finds by how much one figure has to be loosened at least, until some plan is worth so much.

The figure becomes a column of the formulation. Limits move with it in a straight line, so two formulations, one with
the figure a step looser, say how. Where budgets may shift, what may shift grows with the budget: a second shift, at most
as large as the growth allows, stands for that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.optimizer.row import Row
from portfolio.optimizer.solver import Limits, solve
from portfolio.options import Floats, summed

SAME = 1e-12
"""Limits that differ by less than this, relatively, did not move."""
NAME = "Smallest relaxation"


@dataclass(frozen=True)
class SmallestRelaxation:
    """The least amount and the plan that needs it; no plan where no amount is enough, `known` False if time ran out."""

    amount: float
    plan: Plan | None
    known: bool


def smallest_relaxation(
    formulation: Formulation, looser: Formulation, step: float, value: float, limits: Limits, cancel: CancelToken
) -> SmallestRelaxation:
    """How many times a step of this size has to be taken, counted in the figure's own unit, for a plan of this value.

    `looser` is the formulation of the same portfolio with the figure one step looser.
    """
    rows = _with_lower_apart(formulation, looser)
    if rows is None:
        return SmallestRelaxation(np.inf, None, known=False)
    formulation, looser = rows
    asked = _asked(formulation, looser, value)
    solution = solve(asked, limits, cancel=cancel)
    if solution.termination == "infeasible":
        return SmallestRelaxation(np.inf, None, known=True)
    if solution.columns is None or solution.termination != "gap reached":
        return SmallestRelaxation(np.inf, None, known=False)
    amount = float(solution.columns[formulation.columns]) * step
    return SmallestRelaxation(max(0.0, float(f"{amount:.9g}")), formulation.plan(solution.columns), known=True)


def _with_lower_apart(formulation: Formulation, looser: Formulation) -> tuple[Formulation, Formulation] | None:
    """Both formulations with the lower limits of rows that have two in rows of their own; None if they do not match."""
    if formulation.rows != looser.rows or not np.array_equal(formulation.first, looser.first):
        return None
    if not np.array_equal(formulation.column, looser.column):
        return None
    both = np.flatnonzero(np.isfinite(formulation.row_lower) & np.isfinite(formulation.row_upper))
    if not len(both):
        return formulation, looser
    return _split(formulation, both), _split(looser, both)


def _split(formulation: Formulation, both: np.ndarray) -> Formulation:
    lower = formulation.row_lower.copy()
    lower[both] = -np.inf
    rows = []
    for row in both:
        entries = formulation.entries(row)
        rows.append(
            Row(formulation.column[entries], formulation.coefficient[entries], at_least=formulation.row_lower[row])
        )
    return replace(formulation, row_lower=lower).with_rows(rows, NAME)


def _asked(formulation: Formulation, looser: Formulation, value: float) -> Formulation:
    """The formulation that asks for the fewest steps: a column for the steps, and one for each shift that grows.

    A shift that grows with the steps lies between -steps and steps; its column is that plus the steps, so never negative.
    """
    steps = formulation.columns
    grown = looser.coefficient - formulation.coefficient
    grown[np.abs(grown) <= SAME * np.abs(formulation.coefficient)] = 0.0
    entries = np.flatnonzero(grown)
    shifts, number = np.unique(formulation.column[entries], return_inverse=True)
    by_step = -_moved(formulation, looser) - summed(formulation.row[entries], grown[entries], formulation.rows)
    rows = np.flatnonzero(by_step)
    wider = formulation.with_columns(
        ColumnKind.RELAXATION,
        np.full(1 + len(shifts), np.inf),
        np.concatenate([rows, formulation.row[entries]]),
        np.concatenate([np.full(len(rows), steps), steps + 1 + number]),
        np.concatenate([by_step[rows], grown[entries]]),
    )
    within = [
        Row(np.array([steps, steps + 1 + index]), np.array([2.0, -1.0]), at_least=0.0) for index in range(len(shifts))
    ]
    asked = wider.with_rows([formulation.worth_at_least(value), *within], NAME)
    objective = np.zeros(asked.columns)
    objective[steps] = -1.0
    return replace(asked, objective=objective)


def _moved(formulation: Formulation, looser: Formulation) -> Floats:
    """How far each row's limit moves with one step."""
    moved = np.zeros(formulation.rows)
    for before, after in (
        (formulation.row_lower, looser.row_lower),
        (formulation.row_upper, looser.row_upper),
    ):
        finite = np.flatnonzero(np.isfinite(before) & np.isfinite(after))
        distance = after[finite] - before[finite]
        distance[np.abs(distance) <= SAME * np.abs(before[finite])] = 0.0
        moved[finite] += distance
    return moved
