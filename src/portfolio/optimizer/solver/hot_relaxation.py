"""Solves one linear program again and again while the limits of its columns change, each time from where it stood.

A relaxation that has been solved once is solved again in about a millisecond: HiGHS keeps its basis and its factors,
nothing is presolved, and no cost is perturbed, which would have to be undone each time. Each is too short to be
interrupted: whoever solves many looks for the interrupt in between.
"""

from __future__ import annotations

from typing import TypeAlias

import highspy
import numpy as np

from portfolio.errors import InternalError
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver.highs import handed_over_as, usual_unit
from portfolio.optimizer.solver.solve import hand_over
from portfolio.options import Floats, summed

SETTINGS: dict[str, bool | float | str] = {
    "solve_relaxation": True,
    "presolve": "off",
    "solver": "simplex",
    "threads": 1,
    "dual_simplex_cost_perturbation_multiplier": 0.0,
    "simplex_dual_edge_weight_strategy": 1,
    "simplex_scale_strategy": 0,
}
"""Devex weights are made for each solve at no cost, and rows come scaled: steepest edge and scaling cost more than they save here."""


Basis: TypeAlias = highspy.HighsBasis
"""Where a relaxation was solved."""


class HotRelaxation:
    """A formulation's linear relaxation under changing limits of its columns.

    After `solve`, `columns` and `reduced_costs` are those of its optimum: how much one more of a column would add. `unit` is what
    one unit of HiGHS's objective stands for.
    """

    def __init__(self, formulation: Formulation) -> None:
        self.unit = usual_unit(formulation)
        self._highs = hand_over(formulation)
        for option, value in SETTINGS.items():
            self._highs.setOptionValue(option, value)
        self._lower, self._upper = formulation.lower.copy(), formulation.upper.copy()
        self._rows = formulation.rows
        self._row, self._scale = handed_over_as(formulation)

    def solve(self, lower: Floats, upper: Floats, low: float = -np.inf) -> float:
        """The bound under these limits of the columns: minus infinity where nothing keeps them.

        A bound not above `low` need not be told exactly: then `low` is.
        """
        changed = np.flatnonzero((lower != self._lower) | (upper != self._upper)).astype(np.int32)
        if len(changed):
            self._highs.changeColsBounds(len(changed), changed, lower[changed], upper[changed])
            self._lower, self._upper = lower.copy(), upper.copy()
        self._highs.setOptionValue("objective_bound", -low / self.unit)
        known = highspy.HighsModelStatus
        for _ in range(2):
            self._highs.run()
            status = self._highs.getModelStatus()
            if status == known.kOptimal:
                return float(-self._highs.getInfo().objective_function_value * self.unit)
            if status == known.kInfeasible:
                return -np.inf
            if status == known.kObjectiveBound:
                return low
            self._highs.clearSolver()  # and once more from nothing: a warm basis can lead astray
        raise InternalError(f"HiGHS ended a relaxation with {self._highs.modelStatusToString(status)}")

    @property
    def columns(self) -> Floats:
        """The columns of the last optimum."""
        return np.array(self._highs.getSolution().col_value)

    @property
    def reduced_costs(self) -> Floats:
        """How much one more of each column would add to the last optimum, in the unit of the objective."""
        return -np.array(self._highs.getSolution().col_dual) * self.unit

    @property
    def row_prices(self) -> Floats:
        """How much the last optimum, or the bound it fell below, changes with each row's limit, in the unit of the objective."""
        prices = -np.array(self._highs.getSolution().row_dual) * self.unit / self._scale
        return summed(self._row, prices, self._rows)

    @property
    def row_direction(self) -> Floats | None:
        """Where the last relaxation had no solution: in which direction prices of rows show that; None where HiGHS has none."""
        _, known, direction = self._highs.getDualRay()  # type: ignore[attr-defined]
        if not known:
            return None
        return summed(self._row, -np.array(direction) / self._scale, self._rows)

    def basis(self) -> Basis:
        """Where the last solve ended, to go back to."""
        return self._highs.getBasis()

    def go_back(self, basis: Basis) -> None:
        """Makes the next solve begin where another one ended."""
        self._highs.setBasis(basis)
