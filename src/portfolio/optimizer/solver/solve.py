"""Solving, relaxing and writing a formulation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pulp

from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver.highs import ArrayHiGHS, stop_when_raised
from portfolio.optimizer.solver.pulp_problem import problem_of
from portfolio.optimizer.solver.terms import Interrupt, Limits, Progress, Solution
from portfolio.options import Floats

INTERIOR_POINT_FROM = 5_000
"""Columns from which the interior point method solves a relaxation sooner than the simplex method."""


def solve(
    formulation: Formulation,
    limits: Limits,
    progress: Progress | None = None,
    interrupt: Interrupt | None = None,
    start: Floats | None = None,
) -> Solution:
    """Solves a formulation; `start` is a known solution's columns to begin from."""
    if not formulation.columns:
        met = bool(np.all((formulation.row_lower <= 0) & (formulation.row_upper >= 0)))
        return Solution("gap reached", np.zeros(0), 0.0) if met else Solution("infeasible", None, None)
    solver = ArrayHiGHS(formulation, limits, progress, interrupt or Interrupt(), start)
    problem_of(formulation, [f"c{index}" for index in range(formulation.columns)]).solve(solver)
    return solver.solution()


def relax(formulation: Formulation, seconds: float, interrupt: Interrupt | None = None) -> Floats | None:
    """The columns of the linear relaxation's optimum; None if it is impossible or the time was too short."""
    if not formulation.columns:
        return None
    highs = hand_over(formulation)
    highs.setOptionValue("solve_relaxation", True)
    highs.setOptionValue("solver", "ipm" if formulation.columns > INTERIOR_POINT_FROM else "choose")
    highs.setOptionValue("time_limit", seconds)
    if interrupt is not None:
        stop_when_raised(highs, interrupt)
    highs.run()
    optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return np.array(highs.getSolution().col_value) if optimal else None


def hand_over(formulation: Formulation) -> Any:
    """The HiGHS instance that holds a formulation, not yet run: what solving costs before the search begins."""
    solver = ArrayHiGHS(formulation, Limits(), None, Interrupt(), None)
    problem = problem_of(formulation, [f"c{index}" for index in range(formulation.columns)])
    solver.createAndConfigureSolver(problem)
    solver.buildSolverModel(problem)
    return solver.highs


def write_mps(formulation: Formulation, path: Path) -> None:
    """Writes the formulation as a free MPS file that minimises the negative value, for any other solver to check."""
    options, portfolio = formulation.options, formulation.options.portfolio
    names = [
        f"x{index}_{portfolio.epics[epic].id}_p{start + 1}_d{periods}"
        for index, (epic, start, periods) in enumerate(zip(options.epic, options.start, options.periods, strict=True))
    ]
    names += [f"y{index}" for index in range(formulation.binaries, formulation.columns)]
    safe = ["".join(letter if letter.isalnum() and letter.isascii() else "_" for letter in name) for name in names]
    problem_of(formulation, safe).writeMPS(str(path), mpsSense=pulp.LpMinimize)
