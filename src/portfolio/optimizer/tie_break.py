"""Breaks ties: of the plans with the best value, always the same one is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from portfolio.domain import Plan
from portfolio.domain.tolerance import ROUNDING
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver import Limits, solve
from portfolio.options import Floats, Options

NODES = 50
"""Nodes searched for a better tie: a count, not a time, so that every machine gives the same answer."""


def tie_break(
    formulation: Formulation, plan: Plan, value: float, seconds: float, accepted: Callable[[Plan], float | None]
) -> Plan:
    """Of all plans with this value, the one that ends earliest in sum, then takes fewest periods, then ranks highest.

    It never costs value: a plan worth less, or one that `accepted` refuses, is not taken.
    """
    floor = formulation.worth_at_least(value)
    tied = replace(formulation, objective=_preference(formulation)).with_rows([floor], "Value")
    solution = solve(tied, Limits(gap=0.0, seconds=seconds, nodes=NODES))
    if solution.columns is None:
        return plan
    other = formulation.plan(solution.columns)
    worth = accepted(other)
    return plan if worth is None or worth < value - ROUNDING * abs(value) else other


def _preference(formulation: Formulation) -> Floats:
    """Less is better: last period first, then periods taken, then place in the ranking, so weighted that none mixes."""
    options: Options = formulation.options
    _, place = np.unique(options.epic, return_index=True)
    rank = np.searchsorted(np.sort(place), np.arange(len(options)), side="right")
    epics, periods = len(place), len(options.portfolio.calendar.periods)
    minor = (options.periods + rank / (epics + 1) ** 2) / (periods + 1)
    weight = options.finish + 1 + minor / (2 * epics + 2)
    return np.concatenate([-weight, np.zeros(formulation.columns - len(options))])
