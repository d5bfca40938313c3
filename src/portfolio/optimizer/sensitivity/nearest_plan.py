"""Finds, among the plans with a value, the one that leaves most of another plan as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.solver import Limits, solve
from portfolio.optimizer.tolerances import SAME_VALUE

NODES = 500
"""Nodes searched for a nearer plan: a count, so that every machine gives the same answer."""
STAYS, SAME_TIME = 1.0, 1.0 / 1024
"""What an epic counts that stays in the plan, or out of it, and besides if its periods stay the same."""


def nearest_plan(problem: Problem, plan: Plan, other: Plan, seconds: float, cancel: CancelToken) -> Plan:
    """Of all plans worth at least as much as `plan`, the one nearest to `other`.

    Fewest epics come or go, then fewest move. A plan that is not better at that, or worth less, is not taken.
    """
    formulation, value = problem.formulation(), problem.value(plan)
    wanted = np.full(formulation.columns, 0.0)
    for row, (epic, start, periods) in enumerate(formulation.options.ways()):
        booking = other.bookings.get(epic)
        same = booking is not None and (booking.start, booking.periods) == (start, periods)
        wanted[row] = -STAYS if booking is None else STAYS + SAME_TIME * same
    asked = replace(formulation, objective=wanted).with_rows([formulation.worth_at_least(value)], "Value")
    solution = solve(asked, Limits(gap=0.0, seconds=seconds, nodes=NODES), cancel=cancel)
    if solution.columns is None:
        return plan
    nearer = formulation.plan(solution.columns)
    worth = problem.accepted(nearer)
    if worth is None or worth < value - SAME_VALUE * max(1.0, abs(value)):
        return plan
    return nearer if _changes(nearer, other) < _changes(plan, other) else plan


def _changes(plan: Plan, other: Plan) -> tuple[int, int]:
    """How many epics come or go, and how many move, between two plans."""
    moved = sum(other.bookings.get(epic, booking) != booking for epic, booking in plan.bookings.items())
    return len(set(plan) ^ set(other)), moved
