"""From a portfolio to its best plan: options, formulation, solve, check, tie-break, claim."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from portfolio.domain import Plan, Portfolio
from portfolio.errors import InternalError
from portfolio.guardrails import Status, check, guardrails_of
from portfolio.optimizer.companion import Companion
from portfolio.optimizer.formulation import Formulation, formulate
from portfolio.optimizer.outcome import PROVEN_GAP, Claim, Outcome, StoppedBy, relative_gap
from portfolio.optimizer.solver import Interrupt, Limits, Progress, Solution, finer_unit, solve
from portfolio.optimizer.tie_break import tie_break
from portfolio.options import Options, all_options, options_of

LEAST_SECONDS = 1.0
"""What a second step may always take, when the first one used up the time."""
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
) -> Best:
    """Finds the best plan within the limits, with an honest claim; the plan has passed the independent check."""
    began = time.monotonic()
    solution, plan = _solve_and_check(problem, formulation, limits, progress, interrupt)
    if plan is not None and limits.gap == 0 and solution.ending == "gap reached":
        unit = finer_unit(formulation, _value(problem, plan))
        if unit is not None:
            solution, plan = _solve_and_check(problem, formulation, replace(limits, unit=unit), progress, interrupt)
    if plan is None:
        claim: Claim = "impossible" if solution.ending == "infeasible" else "nothing found"
        stopped = _stopped_by(solution) if claim == "nothing found" else None
        return Best(None, Outcome(claim, None, solution.bound, None, time.monotonic() - began, stopped))
    proven = limits.gap == 0 and solution.ending == "gap reached"
    if proven:
        left = max(LEAST_SECONDS, began + limits.seconds - time.monotonic())
        plan = tie_break(formulation, plan, _value(problem, plan), left, lambda other: _accepted(problem, other))
    value = _value(problem, plan)
    bound = float(max(value, solution.bound if solution.bound is not None else np.inf))
    gap = relative_gap(value, bound)
    proven = proven and gap is not None and gap <= PROVEN_GAP
    stopped = None if proven else _stopped_by(solution)
    return Best(
        plan,
        Outcome(
            "proven best" if proven else "best found",
            value,
            bound if np.isfinite(bound) else None,
            gap,
            time.monotonic() - began,
            stopped,
        ),
    )


def _solve_and_check(
    problem: Problem, formulation: Formulation, limits: Limits, progress: Progress | None, interrupt: Interrupt | None
) -> tuple[Solution, Plan | None]:
    """The exact solver with the search beside it; a plan counts only if it keeps every guardrail measured again."""
    left, ends = limits.seconds, time.monotonic() + limits.seconds
    with Companion(formulation, limits.seconds) as companion:
        for tolerance in (limits.feasibility, TIGHTEST):
            tell = companion.telling(progress)
            solution = solve(formulation, replace(limits, seconds=left, feasibility=tolerance), tell, interrupt)
            exact = None if solution.columns is None else formulation.plan(solution.columns)
            if exact is None or _accepted(problem, exact) is not None:
                break
            left = max(LEAST_SECONDS, ends - time.monotonic())
        else:
            raise InternalError("the solver's plan breaks a guardrail when it is measured again")
    if solution.ending in {"gap reached", "infeasible"} or companion.search.columns is None:
        return solution, exact
    return solution, _better(problem, exact, formulation.plan(companion.search.columns))


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
    endings: dict[str, StoppedBy] = {"time limit": "time limit", "interrupted": "interrupt"}
    return endings.get(solution.ending, "gap")
