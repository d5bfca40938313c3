"""Builds a PuLP problem from a formulation's arrays."""

from __future__ import annotations

import numpy as np
import pulp

from portfolio.gc_pause import gc_paused
from portfolio.optimizer.formulation import Formulation


class Column(pulp.LpVariable):  # type: ignore[misc]
    """A variable that knows its column.

    Its name is taken as it is (ours are valid already), and it is hashed by identity without a call into Python, which
    dictionaries of a hundred thousand entries do a lot.
    """

    __hash__ = object.__hash__
    name = ""
    index: int


class PulpProblem(pulp.LpProblem):  # type: ignore[misc]
    """A problem that is built once: all its variables are known from the start, and every row has a name of its own."""

    def __init__(self, columns: list[Column]) -> None:
        super().__init__("portfolio", pulp.LpMaximize)
        self._variables += columns

    def _add_variables(self, variables: object) -> None:
        """Nothing to register."""

    def add_row(self, name: str, row: pulp.LpConstraint) -> None:
        """Adds a row without PuLP's search for its variables and for rows of the same name."""
        self._constraints[name] = row


@gc_paused()
def problem_of(formulation: Formulation, names: list[str]) -> PulpProblem:
    """The formulation as a PuLP problem; a row with two limits becomes two constraints."""
    columns = _columns(formulation, names)
    problem = PulpProblem(columns)
    problem.setObjective(pulp.LpAffineExpression(zip(columns, formulation.objective.tolist(), strict=True)))
    entry_column = np.fromiter(columns, dtype=object, count=len(columns))[formulation.column].tolist()
    entry_value, first = formulation.coefficient.tolist(), formulation.first.tolist()
    limits = zip(formulation.row_lower.tolist(), formulation.row_upper.tolist(), strict=True)
    for row, (lower, upper) in enumerate(limits):
        begin, end = first[row], first[row + 1]
        expression = pulp.LpAffineExpression(zip(entry_column[begin:end], entry_value[begin:end], strict=True))
        for sense, limit, letter in _sides(lower, upper):
            problem.add_row(f"r{row}{letter}", pulp.LpConstraint(expression, sense, rhs=limit))
    return problem


def _columns(formulation: Formulation, names: list[str]) -> list[Column]:
    kinds = ["Integer" if binary else "Continuous" for binary in formulation.binary]
    uppers = [None if upper == np.inf else upper for upper in formulation.upper.tolist()]
    parts = zip(names, formulation.lower.tolist(), uppers, kinds, strict=True)
    columns = [Column(name, lower, upper, kind, _skip_v4_deprecation=True) for name, lower, upper, kind in parts]
    for index, column in enumerate(columns):
        column.index = index
    return columns


def _sides(lower: float, upper: float) -> list[tuple[int, float, str]]:
    if lower == upper:
        return [(pulp.LpConstraintEQ, lower, "e")]
    at_least = [(pulp.LpConstraintGE, lower, "l")] if lower != -np.inf else []
    return at_least + ([(pulp.LpConstraintLE, upper, "u")] if upper != np.inf else [])
