"""Solves linear programs that grow row by row: a formulation's relaxation, and the small ones that find a cut.

They are handed to HiGHS directly: PuLP builds a problem once and knows no warm start.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import highspy
import numpy as np

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.row import Row
from portfolio.optimizer.solver.highs import stop_when_raised, usual_unit
from portfolio.optimizer.solver.solve import hand_over
from portfolio.options import Flags, Floats

INTERIOR_POINT_FROM = 5_000
"""Columns from which the interior point method solves a relaxation sooner than the simplex method."""


class Relaxation:
    """A formulation's linear relaxation; `columns` and `bound` are those of its optimum, once solved.

    `impossible`: it turned out to have no solution, so no plan is possible either.
    """

    def __init__(self, formulation: Formulation, cancel: CancelToken) -> None:
        self._highs = hand_over(formulation)
        self._unit = usual_unit(formulation)
        self._highs.setOptionValue("solve_relaxation", True)
        self._highs.setOptionValue("solver", "ipm" if formulation.columns > INTERIOR_POINT_FROM else "choose")
        stop_when_raised(self._highs, cancel)
        self.columns: Floats = np.zeros(0)
        self.bound = np.inf
        self.impossible = False

    def solve(self, ends: float) -> bool:
        """Solves it anew, from the last basis where there is one; says whether it came to its end in time."""
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(0.01, ends - time.monotonic()))
        self._highs.run()
        status = self._highs.getModelStatus()
        self.impossible = status == highspy.HighsModelStatus.kInfeasible
        if status != highspy.HighsModelStatus.kOptimal:
            return False
        self._highs.setOptionValue("solver", "simplex")
        self.columns = np.array(self._highs.getSolution().col_value)
        self.bound = -self._highs.getInfo().objective_function_value * self._unit
        return True

    def add(self, rows: Sequence[Row]) -> None:
        """Adds rows that hold for every plan."""
        for row in rows:
            columns = row.columns.astype(np.int32)
            self._highs.addRow(row.at_least, row.at_most, len(columns), columns, row.coefficients)


class Separator:
    """The coefficients of a row that a point breaks most, while the selections added so far keep it.

    Maximises worth * share - price * shift - limit, worth from 0 to 1; a selection that needs so much shift keeps it if
    the worth of its items, less the price of its shift, is at most the limit.
    """

    def __init__(self, share: Floats, shift: float, *, priced: bool) -> None:
        self._items = len(share)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)
        cost = np.concatenate([-share, [1.0, shift]])
        upper = np.concatenate([np.ones(self._items), [float(self._items), 1e3 if priced else 0.0]])
        self._highs.addVars(len(cost), np.zeros(len(cost)), upper)
        self._highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self._index = np.arange(len(cost), dtype=np.int32)

    def add(self, chosen: Flags, need: float) -> None:
        """Adds a selection and the shift that it needs."""
        values = np.concatenate([chosen.astype(float), [-1.0, -need]])
        nonzero = values != 0
        self._highs.addRow(-highspy.kHighsInf, 0.0, int(nonzero.sum()), self._index[nonzero], values[nonzero])

    def solve(self) -> tuple[float, Floats, float, float]:
        """How far the point breaks the row, the worth of each item, the price of the shift, and the limit."""
        self._highs.run()
        values = np.array(self._highs.getSolution().col_value)
        broken = -self._highs.getInfo().objective_function_value
        return broken, values[: self._items], float(values[-1]), float(values[-2])
