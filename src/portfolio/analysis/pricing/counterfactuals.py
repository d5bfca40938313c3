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
from functools import cached_property, partial

import numpy as np

from portfolio.analysis.fit_alone import FitAlone, ways_to_fit
from portfolio.analysis.pricing.re_solver import BoundedValue, ReSolver
from portfolio.analysis.pricing.share_relaxation import LeastShare
from portfolio.domain import Epic, Portfolio
from portfolio.domain.finding import Path
from portfolio.edits.change import Change, changed
from portfolio.edits.edit import edited
from portfolio.edits.epic_choice import forced_in, left_out
from portfolio.guardrails import Limit, limits_of, rules_of
from portfolio.guardrails.dates import Dates
from portfolio.guardrails.level import Level
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.sensitivity.smallest_relaxation import SmallestRelaxation, smallest_relaxation
from portfolio.optimizer.tolerances import SAME_VALUE
from portfolio.results.epic_explanation import Way
from portfolio.urgency import profile_of

TRIED_FIRST = ("capacity", "budget", "WIP slot")
"""The order of what people usually ask for; other kinds follow."""
MOST_STEPS = 30
"""Steps after which a figure is given up."""


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
    kinds = [tasks for tasks in _kinds(re_solver, epic, portfolio) if tasks]
    every = re_solver.run_parallel([partial(_smallest, tasks) for tasks in kinds])
    return [tried.way for tried in every if tried.way is not None], all(tried.known for tried in every)


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
    """What to try, kind by kind: figures of limits, then dates, dependencies, groups, approvals."""
    figures = [[_figure_task(re_solver, epic, *figure) for figure in kind] for kind in _figures(portfolio, epic)]
    rules = rules_of(portfolio)
    dates = [rule.ways_in(portfolio, epic) for rule in rules if isinstance(rule, Dates)]
    others = [rule.ways_in(portfolio, epic) for rule in rules if not isinstance(rule, Dates)]
    once: dict[tuple[Path, ...], list[Change]] = {}
    for changes in (*dates, profile_of(epic).ways_in(portfolio, epic), *others):
        once.setdefault(tuple(edit.path for change in changes for edit in change.edits), changes)
    wholes: list[list[Task]]
    wholes = [[partial(_whole, re_solver, epic, change) for change in changes] for changes in once.values()]
    return [*figures, *wholes, *_to_fit(re_solver, epic, portfolio)]


def _to_fit(re_solver: ReSolver, epic: Epic, portfolio: Portfolio) -> list[list[Task]]:
    """For an epic that does not fit even alone: more periods, or another value stream, where it fits then."""
    options = re_solver.formulation.options
    obstacle = FitAlone(re_solver.formulation).obstacle(np.flatnonzero(options.epic == portfolio.epic_index[epic.id]))
    kinds = [] if obstacle is None else ways_to_fit(portfolio, epic, obstacle)
    return [[partial(_whole, re_solver, epic, change) for change in changes] for changes in kinds]


def _figures(portfolio: Portfolio, epic: Epic) -> list[list[tuple[Limit, Level]]]:
    """The figures of limits where the epic would work, kind by kind.

    Each side of a line of the sheet Guardrails is a kind of its own: their units differ.
    """
    kinds: dict[object, list[tuple[Limit, Level]]] = {kind: [] for kind in TRIED_FIRST}
    for limit in limits_of(portfolio):
        for level in limit.levels(portfolio):
            works = epic.effort.get(level.place.get("value stream", ""), 0.0) > 0 or "value stream" not in level.place
            if works and (level.figure or level.sign > 0):
                kinds.setdefault(level.kind if limit.line is None else level.paths, []).append((limit, level))
    return list(kinds.values())


def _figure_task(re_solver: ReSolver, epic: Epic, limit: Limit, level: Level) -> Task:
    """Tries one figure; a share of what is selected is no straight line and has a method of its own."""
    portfolio = re_solver.problem.portfolio
    inside = re_solver.of(edited(portfolio, forced_in(portfolio, epic.id)))
    if limit.of == "selected":
        share = LeastShare(inside, limit, level, lambda: re_solver.limits, re_solver.cancel)
        return partial(_climb, re_solver, epic, level, share.find)
    return partial(_climb, re_solver, epic, level, _StraightLine(re_solver, epic, level).find)


def _whole(re_solver: ReSolver, epic: Epic, change: Change, _: float) -> Tried:
    """A change that is made or not made."""
    inside = re_solver.worth(_with(re_solver, epic, change))
    if _less(inside.bound, re_solver.base.value):
        return NO_WAY
    return _judged(re_solver.problem.portfolio, change, inside, re_solver.worth(_without(re_solver, epic, change)))


def _with(re_solver: ReSolver, epic: Epic, change: Change) -> Portfolio:
    """The changed portfolio in which the epic has to be in the plan."""
    portfolio = re_solver.problem.portfolio
    return edited(portfolio, [*change.edits, *forced_in(portfolio, epic.id)])


def _without(re_solver: ReSolver, epic: Epic, change: Change) -> Portfolio:
    """The changed portfolio in which the epic cannot be in the plan."""
    portfolio = re_solver.problem.portfolio
    return edited(portfolio, [*change.edits, *left_out(portfolio, epic.id)])


def _judged(portfolio: Portfolio, change: Change, inside: BoundedValue, outside: BoundedValue) -> Tried:
    """Whether the best plan with the epic is worth what the best plan without it is."""
    if inside.plan is not None and not _less(inside.value, outside.bound):
        return Tried(Way(change, inside.value, inside.proven, portfolio), known=True)
    return NO_WAY if _less(inside.bound, outside.value) else NOT_KNOWN


def _less(one: float, other: float) -> bool:
    return one < other - SAME_VALUE * max(1.0, abs(other)) if math.isfinite(other) else one < other


@dataclass(frozen=True)
class _StraightLine:
    """The least amount of a figure on which every limit depends in a straight line; formulations are made when needed."""

    re_solver: ReSolver
    epic: Epic
    level: Level

    def find(self, value: float) -> SmallestRelaxation:
        """The least amount for a plan of this value."""
        inside, looser = self._formulations
        step, limits = self.level.trial_step, self.re_solver.limits
        return smallest_relaxation(inside, looser, step, value, limits, self.re_solver.cancel)

    @cached_property
    def _formulations(self) -> tuple[Formulation, Formulation]:
        """With the epic forced in, as things are and with the figure one step looser."""
        portfolio, re_solver = self.re_solver.problem.portfolio, self.re_solver
        inside = re_solver.of(edited(portfolio, forced_in(portfolio, self.epic.id)))
        looser = re_solver.of(_with(re_solver, self.epic, self.level.loosened(self.level.trial_step)))
        return inside.formulation(), looser.formulation()


def _climb(
    re_solver: ReSolver, epic: Epic, level: Level, least: Callable[[float], SmallestRelaxation], most: float
) -> Tried:
    """From one amount to the next, until the best plan with the epic is worth the best one without it."""
    outside = re_solver.base.value
    for _ in range(MOST_STEPS):
        if re_solver.over or not re_solver.base.proven:
            return NOT_KNOWN
        needed = least(outside)
        if needed.plan is None or needed.amount >= most:
            return NO_WAY if needed.known else NOT_KNOWN
        change = level.loosened(needed.amount)
        value = re_solver.of(changed(re_solver.problem.portfolio, [change])).accepted(needed.plan)
        without = re_solver.worth(_without(re_solver, epic, change))
        if value is None or not without.proven:
            return NOT_KNOWN
        if not _less(value, without.value):
            inside = re_solver.worth(_with(re_solver, epic, change))
            if inside.plan is None or inside.value < value:
                return Tried(Way(change, value, False, re_solver.problem.portfolio), known=True)
            return Tried(Way(change, inside.value, inside.proven, re_solver.problem.portfolio), known=True)
        outside = without.value
    return NOT_KNOWN
