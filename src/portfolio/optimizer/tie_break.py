"""Breaks ties: of the plans with the best value, always the same one is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from portfolio.domain import Plan
from portfolio.domain.tolerance import ROUNDING
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.known_columns import known_columns
from portfolio.optimizer.solver import Limits, Solution, solve
from portfolio.options import Flags, Floats, Options

NODES = 50
"""Nodes searched for a better tie: a count, not a time, so that every machine gives the same answer."""
RELAXATIONS = 400
"""The same for trees: they begin from the plan known, so they have less to find."""


def tie_break(
    formulation: Formulation,
    plan: Plan,
    value: float,
    seconds: float,
    accepted: Callable[[Plan], float | None],
    tightened: Formulation | None = None,
) -> Plan:
    """Of all plans with this value, the one that ends earliest in sum, then takes fewest periods, then ranks highest.

    It never costs value: a plan worth less, or one that `accepted` refuses, is not taken. `tightened` is the formulation with its
    cuts, where trees have proven the plan: they look for the tie, too, in a fraction of HiGHS's time.
    """
    searched = tightened or formulation
    tied = replace(searched, objective=_preference(searched)).with_rows([searched.worth_at_least(value)], "Value")
    solution = (
        solve(tied, Limits(gap=0.0, seconds=seconds, nodes=NODES))
        if tightened is None
        else _by_trees(tied, seconds, known_columns(formulation, plan))
    )
    if solution.columns is None:
        return plan
    other = formulation.plan(solution.columns)
    worth = accepted(other)
    return plan if worth is None or worth < value - ROUNDING * abs(value) else other


def _by_trees(tied: Formulation, seconds: float, known: Floats | None) -> Solution:
    """First among the plans that do the same epics, which is soon settled, then among all."""
    from portfolio.optimizer.tree.prove import LAST_AIM, prove

    limits = Limits(gap=0.0, seconds=seconds, nodes=RELAXATIONS)
    if known is not None:
        same = replace(tied, upper=np.where(_other_epics(tied, known), 0.0, tied.upper))
        sooner = prove(same, limits, None, CancelToken(), known, aims=LAST_AIM).columns
        known = known if sooner is None else sooner
    return prove(tied, limits, None, CancelToken(), known, aims=LAST_AIM)


def _other_epics(formulation: Formulation, columns: Floats) -> Flags:
    """Which columns are options of epics that these columns do not do."""
    epic = formulation.options.epic
    done = epic[columns[: len(epic)] > 0.5]
    others = np.zeros(formulation.columns, dtype=np.bool_)
    others[: len(epic)] = ~np.isin(epic, done)
    return others


def _preference(formulation: Formulation) -> Floats:
    """Less is better: last period first, then periods taken, then place in the ranking, so weighted that none mixes."""
    options: Options = formulation.options
    _, place = np.unique(options.epic, return_index=True)
    rank = np.searchsorted(np.sort(place), np.arange(len(options)), side="right")
    epics, periods = len(place), len(options.portfolio.calendar.periods)
    minor = (options.periods + rank / (epics + 1) ** 2) / (periods + 1)
    weight = options.finish + 1 + minor / (2 * epics + 2)
    return np.concatenate([-weight, np.zeros(formulation.columns - len(options))])
