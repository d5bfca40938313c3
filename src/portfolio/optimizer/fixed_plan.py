"""Checks and values starts that were chosen beforehand; nothing is optimised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portfolio.domain import Booking, Plan
from portfolio.optimizer.outcome import Outcome, relative_gap
from portfolio.optimizer.problem import Problem
from portfolio.options import windows

Solve = Callable[[Problem], tuple[Plan | None, Outcome]]


def fixed_plan(problem: Problem, solve: Solve) -> tuple[Plan, Outcome]:
    """The plan that was chosen, with the distance to the best one within the same guardrails as its gap.

    An epic with a Start was chosen, the others were not. How long each takes was left open: it is what keeps the
    guardrails and earns most; where nothing keeps them, the shortest, so that what is broken can be said.
    """
    chosen, _ = solve(_chosen(problem))
    _, best = solve(_free(problem))
    plan = _shortest(problem) if chosen is None else chosen
    value = problem.value(plan)
    known = best.bound if best.bound is not None else best.value
    bound = None if known is None else max(value, known)
    gap = None if bound is None else relative_gap(value, bound)
    return plan, Outcome("best found", value, bound, gap, best.seconds, best.stopped_by)


def _chosen(problem: Problem) -> Problem:
    """The problem in which nothing else may start: the others have no options at all."""
    portfolio = problem.portfolio
    order = [
        epic
        for epic in problem.order
        if portfolio.decided_start(portfolio.epics[portfolio.epic_index[epic]]) is not None
    ]
    return replace(problem, order=order, goal="value")


def _free(problem: Problem) -> Problem:
    """The same problem with every choice open again, for the most value."""
    epics = tuple(epic.model_copy(update={"start": None}) for epic in problem.portfolio.epics)
    return replace(problem, portfolio=problem.portfolio.model_copy(update={"epics": epics}), goal="value")


def _shortest(problem: Problem) -> Plan:
    portfolio = problem.portfolio
    ways_of = {epic.id: windows(epic, portfolio) for epic in portfolio.epics if portfolio.decided_start(epic)}
    return Plan({epic: Booking(*ways[0]) for epic, ways in ways_of.items() if ways})
