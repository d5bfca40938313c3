"""Solves a formulation, hands it over to HiGHS, or writes it to a file for other solvers."""

from __future__ import annotations

from pathlib import Path

import highspy
import numpy as np
import pulp

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver.highs import ArrayHiGHS
from portfolio.optimizer.solver.pulp_problem import problem_of
from portfolio.optimizer.solver.termination import Limits, Progress, Solution
from portfolio.options import Floats


def solve(
    formulation: Formulation,
    limits: Limits,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
    start: Floats | None = None,
) -> Solution:
    """Solves a formulation; `start` is a known solution's columns to begin from."""
    if not formulation.columns:
        met = bool(np.all((formulation.row_lower <= 0) & (formulation.row_upper >= 0)))
        return Solution("gap reached", np.zeros(0), 0.0) if met else Solution("infeasible", None, None)
    solver = ArrayHiGHS(formulation, limits, progress, cancel or CancelToken(), start)
    problem_of(formulation, [f"c{index}" for index in range(formulation.columns)]).solve(solver)
    return solver.solution()


def hand_over(formulation: Formulation) -> highspy.Highs:
    """The HiGHS instance that holds a formulation, not yet run: what solving costs before the search begins."""
    solver = ArrayHiGHS(formulation, Limits(), None, CancelToken(), None)
    problem = problem_of(formulation, [f"c{index}" for index in range(formulation.columns)])
    solver.createAndConfigureSolver(problem)
    solver.buildSolverModel(problem)
    return solver.highs


def write_mps(formulation: Formulation, path: Path) -> None:
    """Writes the formulation as a free MPS file that minimises the negative value, for any other solver to check."""
    ways = enumerate(formulation.options.ways())
    names = [f"x{index}_{epic}_p{start + 1}_d{periods}" for index, (epic, start, periods) in ways]
    names += [f"y{index}" for index in range(len(names), formulation.columns)]
    safe = ["".join(letter if letter.isalnum() and letter.isascii() else "_" for letter in name) for name in names]
    problem_of(formulation, safe).writeMPS(str(path), mpsSense=pulp.LpMinimize)
