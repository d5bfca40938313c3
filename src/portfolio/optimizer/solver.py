"""The solver: a formulation as a PuLP problem, solved by HiGHS in this process. Nobody else imports either.

What PuLP reports is not relied on (a stop at the time limit comes back as "Optimal"): status, bound and solution are
read from HiGHS itself, and no solution counts until the plan it stands for has been checked from the portfolio.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

import highspy
import numpy as np
import pulp

from portfolio.errors import InternalError
from portfolio.optimizer.formulation import Formulation
from portfolio.options import Floats

SEED = 0
INTERIOR_POINT_FROM = 5_000
"""Columns from which the interior point method solves a relaxation sooner than the simplex method."""
Ending = Literal["gap reached", "infeasible", "time limit", "interrupted", "node limit"]
Progress = Callable[[float, float | None, float], None]
"""Told now and then while solving: seconds, value of the best plan so far (None before the first), bound."""


@dataclass(frozen=True)
class Solution:
    """What HiGHS says: how it ended, the best columns' values found (if any), and the bound on the objective."""

    ending: Ending
    columns: Floats | None
    bound: float | None


@dataclass(frozen=True)
class Limits:
    """When to stop: relative gap reached, seconds gone, or (repeatable on any machine) nodes searched."""

    gap: float = 0.0
    seconds: float = 60.0
    nodes: int | None = None
    feasibility: float = 1e-6
    any_solution: bool = False


@dataclass
class Interrupt:
    """A flag that another thread or a signal may raise; the solver then stops and keeps the best it has."""

    raised: threading.Event = field(default_factory=threading.Event)


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
    solver = _ArrayHiGHS(formulation, limits, progress, interrupt or Interrupt(), start)
    _problem(formulation, [f"c{index}" for index in range(formulation.columns)]).solve(solver)
    return solver.solution()


def relax(formulation: Formulation, seconds: float) -> Floats | None:
    """The columns of the linear relaxation's optimum; None if it is impossible or the time was too short."""
    if not formulation.columns:
        return None
    highs = hand_over(formulation)
    highs.setOptionValue("solve_relaxation", True)
    highs.setOptionValue("solver", "ipm" if formulation.columns > INTERIOR_POINT_FROM else "choose")
    highs.setOptionValue("time_limit", seconds)
    highs.run()
    optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return np.array(highs.getSolution().col_value) if optimal else None


def hand_over(formulation: Formulation) -> Any:
    """The HiGHS instance that holds a formulation, not yet run: what solving costs before the search begins."""
    solver = _ArrayHiGHS(formulation, Limits(), None, Interrupt(), None)
    problem = _problem(formulation, [f"c{index}" for index in range(formulation.columns)])
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
    _problem(formulation, safe).writeMPS(str(path), mpsSense=pulp.LpMinimize)


class _Column(pulp.LpVariable):  # type: ignore[misc]
    """A variable that knows its column.

    Its name is taken as it is (ours are valid already), and it is hashed by identity without a call into Python, which
    dictionaries of a hundred thousand entries do a lot.
    """

    __hash__ = object.__hash__
    name = ""
    index: int


class _Problem(pulp.LpProblem):  # type: ignore[misc]
    """A problem that is built once: all its variables are known from the start, and every row has a name of its own."""

    def __init__(self, columns: list[_Column]) -> None:
        super().__init__("portfolio", pulp.LpMaximize)
        self._variables += columns

    def _add_variables(self, variables: object) -> None:
        """Nothing to register."""

    def add_row(self, row: pulp.LpConstraint) -> None:
        """Adds a row without PuLP's search for its variables and for rows of the same name."""
        self._constraints[row.name] = row


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Building many small objects that all stay makes the collector look at them again and again for nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_without_garbage_collection()
def _problem(formulation: Formulation, names: list[str]) -> _Problem:
    """The formulation as a PuLP problem; a row with two limits becomes two constraints."""
    columns = _columns(formulation, names)
    problem = _Problem(columns)
    problem.setObjective(pulp.LpAffineExpression(zip(columns, formulation.objective.tolist(), strict=True)))
    entry_column = np.array([*columns, None], dtype=object)[formulation.column].tolist()
    entry_value, first = formulation.coefficient.tolist(), formulation.first.tolist()
    limits = zip(formulation.row_lower.tolist(), formulation.row_upper.tolist(), strict=True)
    for row, (lower, upper) in enumerate(limits):
        begin, end = first[row], first[row + 1]
        expression = pulp.LpAffineExpression(zip(entry_column[begin:end], entry_value[begin:end], strict=True))
        for sense, limit, letter in _sides(lower, upper):
            problem.add_row(pulp.LpConstraint(expression, sense, f"r{row}{letter}", limit))
    return problem


def _columns(formulation: Formulation, names: list[str]) -> list[_Column]:
    kinds = ["Integer"] * formulation.binaries + ["Continuous"] * (formulation.columns - formulation.binaries)
    uppers = [None if upper == np.inf else upper for upper in formulation.upper.tolist()]
    parts = zip(names, formulation.lower.tolist(), uppers, kinds, strict=True)
    columns = [_Column(name, lower, upper, kind, _skip_v4_deprecation=True) for name, lower, upper, kind in parts]
    for index, column in enumerate(columns):
        column.index = index
    return columns


def _sides(lower: float, upper: float) -> list[tuple[int, float, str]]:
    if lower == upper:
        return [(pulp.LpConstraintEQ, lower, "e")]
    at_least = [(pulp.LpConstraintGE, lower, "l")] if lower != -np.inf else []
    return at_least + ([(pulp.LpConstraintLE, upper, "u")] if upper != np.inf else [])


class _ArrayHiGHS(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS, handed the whole matrix in one call, stoppable, and telling its progress."""

    def __init__(
        self,
        formulation: Formulation,
        limits: Limits,
        progress: Progress | None,
        interrupt: Interrupt,
        start: Floats | None,
    ) -> None:
        super().__init__(
            msg=False,
            gapRel=limits.gap,
            timeLimit=limits.seconds,
            random_seed=SEED,
            mip_abs_gap=1e-7,
            mip_feasibility_tolerance=limits.feasibility,
            primal_feasibility_tolerance=min(1e-7, limits.feasibility),
        )
        self.formulation, self.limits, self.progress = formulation, limits, progress
        self.interrupt, self.start = interrupt, start
        self.objective_scale = _power_of_two(formulation.objective) / 1024
        self.highs: Any = None

    def createAndConfigureSolver(self, lp: pulp.LpProblem) -> None:  # noqa: N802
        """Sets the options PuLP has no names for."""
        super().createAndConfigureSolver(lp)
        self.highs = lp.solverModel
        if self.limits.nodes is not None:
            self.highs.setOptionValue("mip_max_nodes", self.limits.nodes)
        if self.limits.any_solution:
            self.highs.setOptionValue("mip_max_improving_sols", 1)

    @_without_garbage_collection()
    def buildSolverModel(self, lp: pulp.LpProblem) -> None:  # noqa: N802
        """Hands over all columns and rows at once, each row scaled so that tolerances are relative to its numbers."""
        constraints = list(lp._constraints.values())
        rows = [constraint.expr for constraint in constraints]
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        total = int(lengths.sum())
        index = np.fromiter(map(attrgetter("index"), chain.from_iterable(rows)), np.int32, total)
        value = np.fromiter(chain.from_iterable(map(dict.values, rows)), np.float64, total)
        first = np.concatenate([[0], np.cumsum(lengths)])
        limit = np.array([-constraint.constant for constraint in constraints], dtype=float)
        sense = np.array([constraint.sense for constraint in constraints], dtype=np.int64)
        scale = _row_scale(value, lengths, limit)
        columns, binaries, nothing = self.formulation.columns, self.formulation.binaries, np.zeros(0, dtype=np.int32)
        status = self.highs.passModel(
            columns,
            len(rows),
            total,
            0,
            int(highspy.MatrixFormat.kRowwise),
            1,
            int(highspy.ObjSense.kMinimize),
            0.0,
            -self.formulation.objective / self.objective_scale,
            self.formulation.lower,
            self.formulation.upper,
            np.where(sense >= 0, limit / scale, -np.inf),
            np.where(sense <= 0, limit / scale, np.inf),
            first[:-1].astype(np.int32),
            index,
            value / np.repeat(scale, lengths),
            nothing,
            nothing,
            np.zeros(0),
            (np.arange(columns) < binaries).astype(np.int32),
        )
        if status == highspy.HighsStatus.kError:
            raise InternalError("HiGHS refused the formulation")

    def callSolver(self, lp: pulp.LpProblem) -> None:  # noqa: ARG002, N802
        """Runs HiGHS in a thread of its own, so that Ctrl-C reaches us and stops it with the best plan kept."""
        if self.start is not None:
            known = highspy.HighsSolution()
            known.col_value = self.start.tolist()
            self.highs.setSolution(known)
        self.highs.cbMipInterrupt += self._stop_if_asked
        self.highs.cbMipInterrupt += self._tell
        failure: list[BaseException] = []
        done = threading.Event()
        threading.Thread(target=self._run, args=(failure, done), daemon=True).start()
        while not done.is_set():
            try:
                # Not Thread.join: Ctrl-C during a join makes Python take a running thread for a finished one.
                done.wait(0.05)
            except KeyboardInterrupt:
                self.interrupt.raised.set()
        if failure:
            raise failure[0]

    def _run(self, failure: list[BaseException], done: threading.Event) -> None:
        try:
            self.highs.run()
        except BaseException as problem:
            failure.append(problem)
        finally:
            done.set()

    def _stop_if_asked(self, event: Any) -> None:
        if self.interrupt.raised.is_set():
            event.interrupt()

    def _tell(self, event: Any) -> None:
        if self.progress is not None:
            best, bound = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
            value = -best * self.objective_scale if np.isfinite(best) and abs(best) < 1e29 else None
            self.progress(event.data_out.running_time, value, -bound * self.objective_scale)

    def findSolutionValues(self, lp: pulp.LpProblem) -> tuple[int, int]:  # noqa: ARG002, N802
        """PuLP's own statuses are not used; `solution` reads HiGHS."""
        return pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound

    def solution(self) -> Solution:
        """Reads status, bound and the best columns from HiGHS."""
        status, info = self.highs.getModelStatus(), self.highs.getInfo()
        known = highspy.HighsModelStatus
        endings: dict[Any, Ending] = {
            known.kOptimal: "gap reached",
            known.kInfeasible: "infeasible",
            known.kUnboundedOrInfeasible: "infeasible",
            known.kTimeLimit: "time limit",
            known.kInterrupt: "interrupted",
            known.kSolutionLimit: "node limit",
            known.kIterationLimit: "node limit",
        }
        if status not in endings:
            raise InternalError(f"HiGHS ended with {self.highs.modelStatusToString(status)}")
        feasible = info.primal_solution_status == 2
        columns = np.array(self.highs.getSolution().col_value) if feasible else None
        bound = -info.mip_dual_bound * self.objective_scale
        return Solution(endings[status], columns, bound if np.isfinite(bound) and abs(bound) < 1e29 else None)


def _power_of_two(numbers: Floats) -> float:
    """The largest power of two not above the largest magnitude: dividing by it loses no digit."""
    largest = float(np.max(np.abs(numbers), initial=0.0))
    return 2.0 ** np.floor(np.log2(largest)) if largest > 0 else 1.0


def _row_scale(value: Floats, lengths: np.ndarray[Any, np.dtype[np.int64]], limit: Floats) -> Floats:
    largest = np.abs(np.where(lengths > 0, 0.0, limit))
    np.maximum.at(largest, np.repeat(np.arange(len(lengths)), lengths), np.abs(value))
    return np.exp2(np.floor(np.log2(np.where(largest > 0, largest, 1.0))))
