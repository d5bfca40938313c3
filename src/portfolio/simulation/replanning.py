"""Plans made anew: the portfolio as one future has it, planned by the same optimizer for a fixed number of moves."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from portfolio.domain import Epic, Plan, Portfolio
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.hybrid import FROM_OPTIONS
from portfolio.optimizer.outcome import relative_gap
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.solver import Limits, solve
from portfolio.optimizer.solver.relaxation import Relaxation
from portfolio.options import Floats

FOREVER = 1e9
"""Seconds that no plan takes: what ends it is counted in moves."""

NODES = 2_000
"""Nodes after which the exact solver of a small portfolio takes the best plan it has."""
PROVED_TO_OPTIONS = 400
"""Up to this many options the exact solver judges and betters what a short search found: linear relaxations of so few options are
loose. With more they are within 3 % of the best plan as a rule, and the exact solver's first node takes many times as long."""
SHORT = 3
"""Steps of a short search: it finds 99.8 % of what all of its first cycle does."""
NEAR_ENOUGH = 0.03
"""The share by which the plan of one future may be below the best one: much less than futures differ by."""


@dataclass(frozen=True)
class MadeAnew:
    """A plan made anew, and the share by which it is below the best possible at most; None where that is not known."""

    plan: Plan
    gap: float | None


@dataclass(frozen=True)
class Factors:
    """What one future multiplies: effort, benefit and external cost by epic, capacity by period and value stream."""

    effort: Mapping[str, float]
    benefit: Mapping[str, float]
    cost: Mapping[str, float]
    share: Floats


def problem_in(problem: Problem, factors: Factors) -> Problem:
    """The problem as one future has it; limits, budgets and shares stay as they were approved."""
    portfolio = problem.portfolio
    epics = tuple(_epic_in(epic, factors) for epic in portfolio.epics)
    streams = tuple(
        stream.model_copy(
            update={
                "capacity": tuple(
                    amount * float(factors.share[period, place]) for period, amount in enumerate(stream.capacity)
                )
            }
        )
        for place, stream in enumerate(portfolio.value_streams)
    )
    benefit = {name: worth * factors.benefit.get(name, 1.0) for name, worth in problem.benefit.items()}
    changed: Portfolio = portfolio.model_copy(update={"epics": epics, "value_streams": streams})
    return replace(problem, portfolio=changed, benefit=benefit)


def _epic_in(epic: Epic, factors: Factors) -> Epic:
    work, worth, money = (table.get(epic.id, 1.0) for table in (factors.effort, factors.benefit, factors.cost))
    if work == worth == money == 1:
        return epic
    curve, own = epic.value_curve, epic.net_present_value
    return epic.model_copy(
        update={
            "effort": {stream: units * work for stream, units in epic.effort.items()},
            "external_cost": None if epic.external_cost is None else epic.external_cost * money,
            "penalty": None if epic.penalty is None else epic.penalty * worth,
            "value_curve": None if curve is None else tuple((week, value * worth) for week, value in curve),
            "net_present_value": None if own is None else own * worth,
        }
    )


def make_anew(problem: Problem, start: Plan) -> MadeAnew | None:
    """The plan of a problem, begun from another plan; the same every time. None where no plan is possible."""
    formulation = problem.formulation()
    options = len(formulation.options)
    if options < FROM_OPTIONS:
        return _solved(formulation, Limits(gap=0.0, seconds=FOREVER, nodes=NODES))
    from portfolio.optimizer.search.search import OPENING_STEPS, Search

    cancel, is_small = CancelToken(), options <= PROVED_TO_OPTIONS
    search = Search(formulation, 0, start)
    search.open(math.inf, cancel, SHORT if is_small else OPENING_STEPS)
    if is_small:
        limits = Limits(gap=NEAR_ENOUGH, seconds=FOREVER, nodes=1 if search.columns is not None else NODES)
        return _solved(formulation, limits, search.columns)
    if search.columns is None:
        return None
    relaxation = Relaxation(formulation, cancel)
    bound = relaxation.bound if relaxation.solve(time.monotonic() + FOREVER) else math.inf
    return _made(formulation, search.columns, bound)


def _solved(formulation: Formulation, limits: Limits, start: Floats | None = None) -> MadeAnew | None:
    """What the exact solver finds from the columns of a plan, or that plan where it finds none."""
    solution = solve(formulation, limits, None, CancelToken(), start)
    columns = start if solution.columns is None else solution.columns
    if columns is None:
        return None
    return _made(formulation, columns, math.inf if solution.bound is None else solution.bound)


def _made(formulation: Formulation, columns: Floats, bound: float) -> MadeAnew:
    value = float(formulation.objective @ columns)
    return MadeAnew(formulation.plan(columns), None if math.isinf(bound) else relative_gap(value, max(value, bound)))
