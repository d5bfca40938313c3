"""The smallest single change that lets an epic in.

An epic is let in by a change if some best plan of the changed portfolio contains it: forcing it in costs nothing any
more. For a figure that can be loosened by any amount, the least amount is found exactly, in steps: the least at which
a plan with the epic is worth what the best plan without it is worth; there the best plan without it may have risen, too, and
the next step asks for that. Every amount below was then too small, so the first that holds is the smallest.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from portfolio.analysis.pricing import change
from portfolio.analysis.pricing.change import Change, Step
from portfolio.analysis.pricing.re_solver import BoundedValue, ReSolver
from portfolio.analysis.pricing.share_relaxation import LeastShare
from portfolio.domain import Epic, Plan, Portfolio
from portfolio.optimizer.sensitivity.smallest_relaxation import SmallestRelaxation, smallest_relaxation

Side = Literal["at_least", "at_most"]
SIDES: tuple[Side, ...] = ("at_least", "at_most")
MOST_STEPS = 30
"""Steps after which a figure is given up."""
EQUAL = 1e-6
"""Values that differ by less than this, relatively, are equal."""


@dataclass(frozen=True)
class Way:
    """A change that lets an epic in, with the value of the best plan then; shown by a re-solve on both sides.

    `proven` False: time ended before the best plan was sure, and `value` is of one that is good enough.
    """

    change: Change
    value: float
    plan: Plan
    proven: bool = True


@dataclass(frozen=True)
class Tried:
    """Where a change leads: a way in, or none; `known` False where time ended before that was clear."""

    way: Way | None
    known: bool


NO_WAY, NOT_KNOWN = Tried(None, known=True), Tried(None, known=False)


def smallest_changes(re_solver: ReSolver, epic: Epic) -> tuple[list[Way], bool]:
    """The smallest change of each kind that lets an epic in, in the order of the issue; and whether all were tried to the end.

    Capacity, budget and WIP limits are looked at where the epic would work.
    """
    portfolio = re_solver.problem.portfolio
    kinds = [task for task in _kinds(re_solver, epic, portfolio) if task]
    found = re_solver.side_by_side([partial(_smallest, tasks) for tasks in kinds])
    return [tried.way for tried in found if tried.way is not None], all(tried.known for tried in found)


Task = Callable[[float], Tried]
"""Tries one figure, up to the amount that another figure of the kind was found to need."""


def _smallest(tasks: list[Task]) -> Tried:
    """The smallest of the ways of a kind, the first of equals."""
    best: Way | None = None
    known = True
    for task in tasks:
        most = math.inf if best is None or best.change.amount is None else best.change.amount
        tried = task(most)
        known &= tried.known
        if tried.way is not None and (best is None or (tried.way.change.amount or 0.0) < most):
            best = tried.way
            if best.change.amount is None:
                break
    return Tried(best, known)


def _kinds(re_solver: ReSolver, epic: Epic, portfolio: Portfolio) -> list[list[Task]]:
    """The figures to try, kind by kind."""
    calendar, amount = portfolio.calendar, partial(_amount, re_solver, epic)
    streams = [stream for stream in portfolio.value_streams if epic.effort.get(stream.id, 0.0) > 0]
    periods = range(len(calendar.periods))
    capacity: list[Task] = [
        partial(amount, partial(change.more_capacity, portfolio, stream, period), 1.0)
        for stream in streams
        for period in periods
    ]
    budgets: list[Task] = [
        partial(
            amount,
            partial(change.more_budget, portfolio, stream, budget_period),
            max(1.0, sum(stream.budget or ()) / 8),
        )
        for stream in streams
        if stream.budget is not None
        for budget_period in range(len(calendar.budget_labels))
    ]
    slots: list[Task] = [
        partial(amount, partial(change.more_slots, stream), 1.0) for stream in streams if stream.wip_limit is not None
    ]
    if portfolio.portfolio_wip_limit is not None:
        slots.append(partial(amount, partial(change.more_slots, None), 1.0))
    return [capacity, budgets, slots, *_limits(re_solver, epic, portfolio), *_discrete(re_solver, epic, portfolio)]


def _limits(re_solver: ReSolver, epic: Epic, portfolio: Portfolio) -> list[list[Task]]:
    """Each side of each line of the sheet Guardrails, a kind of its own: their units differ."""
    found: list[list[Task]] = []
    for index, limit in enumerate(portfolio.guardrails):
        for side in SIDES:
            given = getattr(limit, side)
            if given is None or (side == "at_least" and given == 0):
                continue
            looser: Step = partial(change.looser_limit, limit, index, side)
            if limit.of == "selected":
                found.append([partial(_share, re_solver, epic, index, side, looser)])
            else:
                found.append([partial(_amount, re_solver, epic, looser, given / 2 or 1.0)])
    return found


def _discrete(re_solver: ReSolver, epic: Epic, portfolio: Portfolio) -> list[list[Task]]:
    """Changes without an amount: dates, a dependency dropped, a group left, an approval given."""
    calendar, tried = portfolio.calendar, partial(_whole, re_solver, epic)
    later: list[Change] = []
    if epic.latest is not None:
        labels = calendar.periods[calendar.index(epic.latest) + 1 :]
        later = [_date(epic, "latest", label, label) for label in labels]
    moved: list[Change] = []
    if epic.urgency == "deadline" and epic.deadline is not None:
        now = calendar.week_of(epic.deadline)
        ends = [(period + 1) * calendar.weeks for period in range(len(calendar.periods))]
        moved = [
            _date(epic, "deadline", week, f"the end of {calendar.periods[period]}")
            for period, week in enumerate(ends)
            if week > now
        ]
    dropped = [
        change.without_dependency(link) for link in dict.fromkeys(portfolio.dependencies) if link.successor == epic.id
    ]
    left: list[Change] = []
    if epic.exclusive_group:
        left.append(change.outside_group(epic, "exclusive_group"))
    if epic.together_group:
        left.append(change.outside_group(epic, "together_group"))
    approval = [change.approved(epic)] if change.needs_approval(epic, portfolio) else []
    every = [later, moved, *([one] for one in [*dropped, *left]), approval]
    return [[partial(tried, one) for one in kind] for kind in every if kind]


def _date(epic: Epic, field: str, moment: str | float, words: str) -> Change:
    return Change(
        "deadline",
        "Latest" if field == "latest" else "Deadline",
        {"epic": epic.id},
        lambda changed: change.with_epic(changed, epic.id, **{field: moment}),
        to=words,
    )


def _whole(re_solver: ReSolver, epic: Epic, step: Change, _: float) -> Tried:
    """A change that is made or not made."""
    portfolio = step.apply(re_solver.problem.portfolio)
    inside = re_solver.worth(change.forced(portfolio, epic.id))
    if _less(inside.bound, re_solver.base.value) and step.loosens:
        return NO_WAY
    return _judged(step, inside, re_solver.worth(change.banned(portfolio, epic.id)))


def _judged(step: Change, inside: BoundedValue, outside: BoundedValue) -> Tried:
    """Whether the best plan with the epic is worth what the best plan without it is."""
    if inside.plan is not None and not _less(inside.value, outside.bound):
        return Tried(Way(step, inside.value, inside.plan, inside.proven), known=True)
    return NO_WAY if _less(inside.bound, outside.value) else NOT_KNOWN


def _less(one: float, other: float) -> bool:
    return one < other - EQUAL * max(1.0, abs(other)) if math.isfinite(other) else one < other


def _amount(re_solver: ReSolver, epic: Epic, step: Step, size: float, most: float) -> Tried:
    """The least amount of a figure on which every limit depends in a straight line."""
    portfolio = re_solver.problem.portfolio
    inside = re_solver.of(change.forced(portfolio, epic.id)).formulation()
    looser = re_solver.of(change.forced(step(size).apply(portfolio), epic.id)).formulation()
    return _climb(
        re_solver,
        epic,
        step,
        most,
        lambda value: smallest_relaxation(inside, looser, size, value, re_solver.limits, re_solver.cancel),
    )


def _share(re_solver: ReSolver, epic: Epic, index: int, side: Side, step: Step, most: float) -> Tried:
    """The least loosening of a share of what is selected."""
    problem = re_solver.of(change.forced(re_solver.problem.portfolio, epic.id))
    return _climb(
        re_solver, epic, step, most, LeastShare(problem, index, side, lambda: re_solver.limits, re_solver.cancel).find
    )


def _climb(
    re_solver: ReSolver, epic: Epic, step: Step, most: float, least: Callable[[float], SmallestRelaxation]
) -> Tried:
    """From one amount to the next, until the best plan with the epic is worth the best one without it."""
    outside = re_solver.base.value
    for _ in range(MOST_STEPS):
        if re_solver.over or not re_solver.base.proven:
            return NOT_KNOWN
        found = least(outside)
        if found.plan is None or found.amount >= most:
            return NO_WAY if found.known else NOT_KNOWN
        there = step(found.amount)
        portfolio = there.apply(re_solver.problem.portfolio)
        value = re_solver.of(portfolio).accepted(found.plan)
        without = re_solver.worth(change.banned(portfolio, epic.id))
        if value is None or not without.proven:
            return NOT_KNOWN
        if not _less(value, without.value):
            inside = re_solver.worth(change.forced(portfolio, epic.id))
            if inside.plan is None or inside.value < value:
                return Tried(Way(there, value, found.plan, proven=False), known=True)
            return Tried(Way(there, inside.value, inside.plan, inside.proven), known=True)
        outside = without.value
    return NOT_KNOWN
