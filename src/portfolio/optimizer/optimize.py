"""Finds the best plan of a portfolio: solves, breaks ties, and says what can be claimed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from portfolio.domain import Plan
from portfolio.operating_model.ranking import BEYOND_VALUE
from portfolio.optimizer.at_once import with_expedited
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.fixed_plan import fixed_plan
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.hybrid import LEAST_SECONDS, HybridSolve
from portfolio.optimizer.outcome import Claim, Outcome, StoppedBy, relative_gap
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.rank_order import RankOrder
from portfolio.optimizer.solver import Limits, Progress, Solution
from portfolio.optimizer.tie_break import tie_break
from portfolio.optimizer.tolerances import PROVEN_GAP


@dataclass(frozen=True)
class Best:
    """The best plan found with the outcome that it stands for; no plan where none is possible or none was found."""

    plan: Plan | None
    outcome: Outcome


def optimize(
    problem: Problem,
    formulation: Formulation,
    limits: Limits,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
    start: Plan | None = None,
    *,
    for_proof: bool = False,
) -> Best:
    """Finds the best plan within the limits, with an honest claim; the plan has passed the independent check.

    `for_proof` leaves the search's core to the exact solver once that has begun.
    `start` is a plan to begin from, of this portfolio before a change: what still fits of it is kept at first.
    Where the order of the epics decides, each is settled in turn; where what was chosen is to be checked, no other plan
    is made of it.
    """
    cancel = cancel or CancelToken()
    settled = with_expedited(problem, limits, cancel)
    if settled is not problem:
        problem, formulation = settled, settled.formulation()
    if problem.goal in BEYOND_VALUE:
        return _beyond_value(problem, formulation, limits, progress, cancel)
    run = HybridSolve(problem, formulation, limits, progress, cancel, start, only_opens=for_proof)
    solution, plan = run.answer()
    best = _claimed(run, solution, plan)
    if plan is None or best.outcome.claim != "proven best":
        return best
    left = max(LEAST_SECONDS, limits.seconds - run.seconds)
    tied = tie_break(formulation, plan, problem.value(plan), left, problem.accepted, run.tightened)
    return _claimed(run, solution, tied)


def optimize_again(problem: Problem, limits: Limits, cancel: CancelToken, start: Plan | None) -> Best:
    """Finds the best plan of a portfolio that was changed a little, beside others like it: one core, any tie will do."""
    problem = with_expedited(problem, limits, cancel)
    if problem.goal in BEYOND_VALUE:
        return _beyond_value(problem, problem.formulation(), limits, None, cancel)
    run = HybridSolve(problem, problem.formulation(), limits, None, cancel, start, only_opens=True)
    return _claimed(run, *run.answer())


def _beyond_value(
    problem: Problem, formulation: Formulation, limits: Limits, progress: Progress | None, cancel: CancelToken
) -> Best:
    """What is decided by the order of the epics, or was chosen already."""
    if problem.goal == "rank order":
        return Best(*RankOrder(problem, formulation, limits, progress, cancel).answer())
    return Best(*fixed_plan(problem, partial(_solved, limits, progress, cancel)))


def _claimed(run: HybridSolve, solution: Solution, plan: Plan | None) -> Best:
    """The best plan with what can be claimed of it."""
    problem = run.problem
    if plan is None:
        claim: Claim = "impossible" if solution.termination == "infeasible" else "nothing found"
        stopped = _stopped_by(solution) if claim == "nothing found" else None
        return Best(None, Outcome(claim, None, solution.bound, None, run.seconds, stopped))
    proven = solution.termination == "gap reached"
    return Best(plan, _outcome(solution, problem.value(plan), proven, run.seconds))


def _solved(
    limits: Limits, progress: Progress | None, cancel: CancelToken, problem: Problem
) -> tuple[Plan | None, Outcome]:
    best = optimize(problem, problem.formulation(), limits, progress, cancel)
    return best.plan, best.outcome


def _outcome(solution: Solution, value: float, proven: bool, seconds: float) -> Outcome:
    """What can be claimed of a plan: proven only where its gap, measured from the plan itself, is none."""
    bound = float(max(value, solution.bound if solution.bound is not None else np.inf))
    gap = relative_gap(value, bound)
    proven = proven and gap is not None and gap <= PROVEN_GAP
    return Outcome(
        "proven best" if proven else "best found",
        value,
        bound if np.isfinite(bound) else None,
        gap,
        seconds,
        None if proven else _stopped_by(solution),
    )


def _stopped_by(solution: Solution) -> StoppedBy:
    endings: dict[str, StoppedBy] = {"time limit": "time limit", "interrupted": "interrupt", "unsure": "solver"}
    return endings.get(solution.termination, "gap")
