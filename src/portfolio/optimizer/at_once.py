"""Work that bypasses the queue: planned before all else, each piece as soon as it can be, whatever it is worth.

Expedited work has no price: its class of service says that everything else makes room. So it is settled first, best rank
first, exactly as epics are where an order decides; what is settled has a decided start, and the rest is planned for value.
"""

from __future__ import annotations

from dataclasses import replace

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.rank_order import RankOrder
from portfolio.optimizer.solver import Limits

SHARE = 0.3
"""The share of the time that settling may take."""


def with_expedited(problem: Problem, limits: Limits, cancel: CancelToken) -> Problem:
    """The problem in which what bypasses the queue begins as soon as it can; as it was where nothing does.

    Where no plan is possible at all, or none was found in time, nothing is settled, and the solver says so.
    """
    portfolio = problem.portfolio
    names = {epic.id for epic in portfolio.epics if portfolio.class_policy(epic).at_once and epic.start is None}
    if not names or problem.goal == "own choices":
        return problem
    order = RankOrder(problem, problem.formulation(), replace(limits, seconds=limits.seconds * SHARE), None, cancel)
    settled = order.settle_first(names)
    if not settled:
        return problem
    labels = portfolio.calendar.periods
    epics = tuple(
        epic.model_copy(
            update={
                "start": labels[settled[epic.id].start],
                "min_periods": settled[epic.id].periods,
                "max_periods": settled[epic.id].periods,
            }
        )
        if epic.id in settled
        else epic
        for epic in portfolio.epics
    )
    return replace(problem, portfolio=portfolio.model_copy(update={"epics": epics}))
