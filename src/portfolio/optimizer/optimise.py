"""From a portfolio to its best plan: options, formulation, solve, check, tie-break, claim."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from portfolio.domain import Plan, Portfolio
from portfolio.errors import InternalError
from portfolio.guardrails import Status, check, guardrails_of
from portfolio.optimizer.companion import Companion, prepare
from portfolio.optimizer.formulation import Formulation, formulate
from portfolio.optimizer.interrupt import Interrupt
from portfolio.optimizer.outcome import PROVEN_GAP, Claim, Outcome, StoppedBy, relative_gap
from portfolio.optimizer.solver import Limits, Progress, Solution, finer_unit, solve
from portfolio.optimizer.stoppable import run_stoppable
from portfolio.optimizer.tie_break import tie_break
from portfolio.options import Floats, Options, all_options, options_of

LEAST_SECONDS = 1.0
"""What a second step may always take, when the first one used up the time."""
LEAST_EXTRA = 0.05
"""The same where a plan is known already."""
TIGHTEST = 1e-9
"""Feasibility tolerance of the second try, where rounding the first answer to whole starts broke a guardrail."""


@dataclass(frozen=True)
class Problem:
    """What is to be optimised: a completed portfolio, benefits per week by epic, the ranking's order, the objective."""

    portfolio: Portfolio
    benefit: Mapping[str, float]
    order: Sequence[str]
    net: bool = False

    def formulation(self) -> Formulation:
        """The formulation of the whole problem."""
        options = all_options(self.portfolio, self.benefit, self.order)
        return formulate(options, guardrails_of(self.portfolio), net=self.net)

    def options_of(self, plan: Plan) -> Options:
        """The options that one plan has chosen."""
        return options_of(self.portfolio, self.benefit, plan)

    def objective(self, options: Options, statuses: Sequence[Status]) -> float:
        """Value of a plan: what its epics earn, less spend where net, less the price of every soft breach."""
        breach = sum(status.price * status.breach for status in statuses if status.enforce == "soft")
        return float(options.value.sum() - (options.spend.sum() if self.net else 0.0) - breach)


@dataclass(frozen=True)
class Best:
    """The best plan found with the outcome that it stands for; no plan where none is possible or none was found."""

    plan: Plan | None
    outcome: Outcome


def optimise(
    problem: Problem,
    formulation: Formulation,
    limits: Limits,
    progress: Progress | None = None,
    interrupt: Interrupt | None = None,
    start: Plan | None = None,
) -> Best:
    """Finds the best plan within the limits, with an honest claim; the plan has passed the independent check.

    `start` is a plan to begin from, of this portfolio before a change: what still fits of it is kept at first.
    """
    interrupt = interrupt or Interrupt()
    run_stoppable(lambda: prepare(formulation), interrupt)
    began = time.monotonic()
    companion = Companion(formulation, limits.seconds, interrupt, progress, start)
    with companion:
        known, ends = companion.columns, began + limits.seconds
        solution, exact = _solve_and_check(problem, formulation, limits, ends, companion.telling(), interrupt, known)
        if exact is not None and limits.gap == 0 and solution.ending == "gap reached":
            unit = finer_unit(formulation, _value(problem, exact))
            if unit is not None:
                finer = replace(limits, unit=unit)
                solution, exact = _solve_and_check(
                    problem, formulation, finer, ends, companion.telling(), interrupt, known
                )
    plan = exact
    if solution.ending not in {"gap reached", "infeasible"} and companion.columns is not None:
        plan = _better(problem, exact, formulation.plan(companion.columns))
    if plan is None:
        claim: Claim = "impossible" if solution.ending == "infeasible" else "nothing found"
        stopped = _stopped_by(solution) if claim == "nothing found" else None
        return Best(None, Outcome(claim, None, solution.bound, None, time.monotonic() - began, stopped))
    proven = limits.gap == 0 and solution.ending == "gap reached"
    if proven:
        left = max(LEAST_SECONDS, began + limits.seconds - time.monotonic())
        plan = tie_break(formulation, plan, _value(problem, plan), left, lambda other: _accepted(problem, other))
    return Best(plan, _outcome(solution, _value(problem, plan), proven, time.monotonic() - began))


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


def _solve_and_check(
    problem: Problem,
    formulation: Formulation,
    limits: Limits,
    ends: float,
    progress: Progress | None,
    interrupt: Interrupt,
    known: Floats | None,
) -> tuple[Solution, Plan | None]:
    """The exact solver's answer; its plan counts only if it keeps every guardrail measured again."""
    if interrupt.raised.is_set():
        return Solution("interrupted", None, None), None
    for tolerance in (limits.feasibility, TIGHTEST):
        left = max(LEAST_SECONDS if known is None else LEAST_EXTRA, ends - time.monotonic())
        within = replace(limits, seconds=left, feasibility=tolerance)
        solution = solve(formulation, within, progress, interrupt, known)
        exact = None if solution.columns is None else formulation.plan(solution.columns)
        kept = exact is None or _accepted(problem, exact) is not None
        if kept and solution.ending != "unsure":
            return solution, exact
    if solution.ending == "unsure":
        return solution, exact if kept else None
    raise InternalError("the solver's plan breaks a guardrail when it is measured again")


def _better(problem: Problem, exact: Plan | None, found: Plan) -> Plan | None:
    """The better of two plans, of those that keep every guardrail; the exact solver's where they are equal."""
    value = _accepted(problem, found)
    if value is None:
        return exact
    return found if exact is None or value > _value(problem, exact) else exact


def _accepted(problem: Problem, plan: Plan) -> float | None:
    """The value of a plan that keeps every hard guardrail, measured from the portfolio; None if it breaks one."""
    options = problem.options_of(plan)
    statuses = check(options)
    if any(not status.met and status.enforce == "hard" for status in statuses):
        return None
    return problem.objective(options, statuses)


def _value(problem: Problem, plan: Plan) -> float:
    options = problem.options_of(plan)
    return problem.objective(options, check(options))


def _stopped_by(solution: Solution) -> StoppedBy:
    endings: dict[str, StoppedBy] = {"time limit": "time limit", "interrupted": "interrupt", "unsure": "solver"}
    return endings.get(solution.ending, "gap")
