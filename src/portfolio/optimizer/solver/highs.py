"""Runs HiGHS through PuLP's in-process interface: it gets the whole matrix in one call, can be stopped, and reports progress."""

from __future__ import annotations

import time
from itertools import chain
from operator import attrgetter

import highspy
import numpy as np
import pulp
from highspy.highs import HighsCallbackEvent

from portfolio.errors import InternalError
from portfolio.gc_pause import gc_paused
from portfolio.optimizer.execution.cancellation import CancelToken, run_cancellable
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver.termination import Limits, Progress, Solution, Termination
from portfolio.optimizer.tolerances import ABSOLUTE_GAP, LP_FEASIBILITY
from portfolio.options import Floats, Ints

SEED = 0
LEAST_SECONDS = 0.01
"""What HiGHS may take when handing the formulation over used up the time: enough to take in a known plan."""


def stop_when_raised(highs: highspy.Highs, cancel: CancelToken) -> None:
    """Makes HiGHS stop as soon as it notices that the interrupt was raised, whichever of its methods is at work."""

    def stop(event: HighsCallbackEvent) -> None:
        if cancel.raised.is_set():
            event.interrupt()

    highs.cbMipInterrupt += stop
    highs.cbSimplexInterrupt += stop
    highs.cbIpmInterrupt += stop


class ArrayHiGHS(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS, handed the whole matrix in one call, stoppable, and telling its progress."""

    def __init__(
        self,
        formulation: Formulation,
        limits: Limits,
        progress: Progress | None,
        cancel: CancelToken,
        start: Floats | None,
    ) -> None:
        super().__init__(
            msg=False,
            gapRel=limits.gap,
            random_seed=SEED,
            mip_abs_gap=ABSOLUTE_GAP,
            mip_feasibility_tolerance=limits.feasibility,
            primal_feasibility_tolerance=min(LP_FEASIBILITY, limits.feasibility),
        )
        self.formulation, self.limits, self.progress = formulation, limits, progress
        self.cancel, self.start = cancel, start
        self.objective_scale = limits.unit or usual_unit(formulation)
        self.highs: highspy.Highs
        self._began = time.monotonic()
        self._told: tuple[float | None, float] = (None, np.inf)

    def createAndConfigureSolver(self, lp: pulp.LpProblem) -> None:  # noqa: N802
        """Sets the options PuLP has no names for."""
        super().createAndConfigureSolver(lp)
        self.highs = lp.solverModel
        if self.limits.nodes is not None:
            self.highs.setOptionValue("mip_max_nodes", self.limits.nodes)
        if self.limits.any_solution:
            self.highs.setOptionValue("mip_max_improving_sols", 1)

    @gc_paused()
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
        nothing = np.zeros(0, dtype=np.int32)
        status = self.highs.passModel(
            self.formulation.columns,
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
            self.formulation.binary.astype(np.int32),
        )
        if status == highspy.HighsStatus.kError:
            raise InternalError("HiGHS refused the formulation")

    def callSolver(self, lp: pulp.LpProblem) -> None:  # noqa: ARG002, N802
        """Runs HiGHS in a thread of its own, so that Ctrl-C reaches us and stops it with the best plan kept."""
        if self.start is not None:
            known = highspy.HighsSolution()
            known.col_value = self.start.tolist()
            self.highs.setSolution(known)
        stop_when_raised(self.highs, self.cancel)
        self.highs.cbMipInterrupt += self._tell
        left = self.limits.seconds - (time.monotonic() - self._began)
        self.highs.setOptionValue("time_limit", max(LEAST_SECONDS, left))
        run_cancellable(self.highs.run, self.cancel, self._tick)

    def _tell(self, event: HighsCallbackEvent) -> None:
        best, bound = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        known = np.isfinite(best) and abs(best) < 1e29
        self._told = -best * self.objective_scale if known else None, -bound * self.objective_scale

    def _tick(self) -> None:
        """Tells where HiGHS stands, also while it solves its first relaxation and has nothing to say."""
        if self.progress is not None:
            self.progress(time.monotonic() - self._began, *self._told)

    def findSolutionValues(self, lp: pulp.LpProblem) -> tuple[int, int]:  # noqa: ARG002, N802
        """PuLP's own statuses are not used; `solution` reads HiGHS."""
        return pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound

    def solution(self) -> Solution:
        """Reads status, bound and the best columns from HiGHS."""
        status, info = self.highs.getModelStatus(), self.highs.getInfo()
        known = highspy.HighsModelStatus
        endings: dict[highspy.HighsModelStatus, Termination] = {
            known.kOptimal: "gap reached",
            known.kInfeasible: "infeasible",
            known.kUnboundedOrInfeasible: "infeasible",
            known.kTimeLimit: "time limit",
            known.kInterrupt: "interrupted",
            known.kSolutionLimit: "node limit",
            known.kIterationLimit: "node limit",
            known.kSolveError: "unsure",
        }
        if status not in endings:
            raise InternalError(f"HiGHS ended with {self.highs.modelStatusToString(status)}")
        values = np.array(self.highs.getSolution().col_value)
        known_solution = info.primal_solution_status == 2 or endings[status] == "unsure"
        columns = values if known_solution and len(values) == self.formulation.columns else None
        bound = -info.mip_dual_bound * self.objective_scale
        return Solution(endings[status], columns, bound if np.isfinite(bound) and abs(bound) < 1e29 else None)


def handed_over_as(formulation: Formulation) -> tuple[Ints, Floats]:
    """Which row of the formulation each of HiGHS's rows is, and what it was divided by: rows with two limits are two."""
    lower, upper = np.isfinite(formulation.row_lower), np.isfinite(formulation.row_upper)
    times = np.where(formulation.row_lower == formulation.row_upper, 1, lower.astype(np.int64) + upper)
    row = np.repeat(np.arange(formulation.rows), times)
    lengths = np.diff(formulation.first)
    limit = np.where(lower, formulation.row_lower, formulation.row_upper)
    return row, _row_scale(formulation.coefficient, lengths, limit)[row]


def usual_unit(formulation: Formulation) -> float:
    """What one unit of HiGHS's objective stands for: a thousandth of the most that an option which can start is worth.

    Prices of breaches, and values of options that no plan can have, do not count: however large, they must not push the
    values that decide below HiGHS's tolerances.
    """
    worth = formulation.objective[formulation.binary][formulation.startable]
    return _power_of_two(worth if worth.any() else formulation.objective) / 1024


def finer_unit(formulation: Formulation, value: float) -> float | None:
    """A finer unit in which to solve again, where the best plan's value is too small beside the usual one; else None."""
    if abs(value) >= usual_unit(formulation):
        return None
    positive = formulation.objective[formulation.binary][formulation.startable]
    positive = positive[positive > 0]
    if not len(positive):
        return None
    return _power_of_two(np.array([abs(value) or float(positive.min())])) / 1024


def _power_of_two(numbers: Floats) -> float:
    """The largest power of two not above the largest magnitude: dividing by it loses no digit."""
    largest = float(np.max(np.abs(numbers), initial=0.0))
    return 2.0 ** np.floor(np.log2(largest)) if largest > 0 else 1.0


def _row_scale(value: Floats, lengths: Ints, limit: Floats) -> Floats:
    largest = np.abs(np.where(lengths > 0, 0.0, limit))
    np.maximum.at(largest, np.repeat(np.arange(len(lengths)), lengths), np.abs(value))
    return np.exp2(np.floor(np.log2(np.where(largest > 0, largest, 1.0))))
