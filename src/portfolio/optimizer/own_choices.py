"""What was chosen already, checked and priced: no plan is made for those who chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portfolio.domain import Booking, Plan
from portfolio.optimizer.outcome import Outcome, relative_gap
from portfolio.optimizer.problem import Problem
from portfolio.options import windows


def chosen_plan(problem: Problem) -> Plan:
    """Every epic with a Start, in its shortest duration; the others were not chosen."""
    portfolio = problem.portfolio
    found = {epic.id: windows(epic, portfolio) for epic in portfolio.epics if epic.start is not None}
    return Plan({epic: Booking(*ways[0]) for epic, ways in found.items() if ways})


def free(problem: Problem) -> Problem:
    """The same problem with every choice open again, for the most value."""
    epics = tuple(epic.model_copy(update={"start": None}) for epic in problem.portfolio.epics)
    portfolio = problem.portfolio.model_copy(update={"epics": epics})
    return replace(problem, portfolio=portfolio, goal="value")


def own_choices(problem: Problem, best_of: Callable[[Problem], Outcome]) -> tuple[Plan, Outcome]:
    """The plan that was chosen, with the distance to the best one within the same guardrails as its gap."""
    plan, best = chosen_plan(problem), best_of(free(problem))
    value = problem.value(plan)
    known = best.bound if best.bound is not None else best.value
    bound = None if known is None else max(value, known)
    gap = None if bound is None else relative_gap(value, bound)
    return plan, Outcome("best found", value, bound, gap, best.seconds, best.stopped_by)
