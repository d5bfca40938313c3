"""Solves a formulation in one run: search and cuts side by side, then the exact solver while the search goes on.

Small portfolios go to the exact solver at once. For the others the search opens on one core while cuts tighten the
relaxation on another; what proves the plan begins from the plan and the cuts: trees of our own on both cores where a proof
is within reach, the exact solver for larger portfolios while the search goes on. All of that is counted in moves, rounds
and relaxations, so an answer that is finished is the same every time.
"""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from portfolio.domain import Plan
from portfolio.errors import InternalError
from portfolio.optimizer.execution.cancellation import CancelToken, run_cancellable
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.outcome import relative_gap
from portfolio.optimizer.prepare import prepare
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.solver import Limits, Progress, Solution, finer_unit, solve
from portfolio.optimizer.tolerances import REFUTED, TIGHTEST_FEASIBILITY
from portfolio.options import Floats

if TYPE_CHECKING:
    from portfolio.optimizer.search.background_search import BackgroundSearch

FROM_OPTIONS = 150
"""The search is worth its while from this many options on: with fewer, the exact solver is done before it has begun."""
TREES_TO_OPTIONS = 1_000
"""Up to this many options trees prove the plan; beyond, a proof is out of reach and the search goes on instead."""
TREES_WIDEST = 1
"""Periods in a knapsack for trees at most: wider ones take longer than they save there."""
CUTS_SHARE = 0.6
"""The share of the time that cuts may take at most."""
LEAST_SECONDS = 1.0
"""What the exact solver may always take where no plan is known, and a tie-break, when the time is used up."""


class HybridSolve:
    """One run within its limits; it reports what it knows so far as it goes.

    `tightened` is the formulation with its cuts, where trees prove the plan.
    """

    def __init__(
        self,
        problem: Problem,
        formulation: Formulation,
        limits: Limits,
        progress: Progress | None,
        cancel: CancelToken,
        start: Plan | None,
        *,
        only_opens: bool = False,
    ) -> None:
        self.problem, self.formulation, self.limits = problem, formulation, limits
        self.cancel, self._progress, self._start = cancel, progress, start
        self._search: BackgroundSearch | None = None
        self._has_trees = False
        self.tightened: Formulation | None = None
        self._began = time.monotonic()
        if len(formulation.options) >= FROM_OPTIONS:
            run_cancellable(prepare, cancel)
            from portfolio.optimizer.search.background_search import BackgroundSearch
            from portfolio.optimizer.tree.prove import can_prove

            self._began = time.monotonic()
            self._has_trees = len(formulation.options) <= TREES_TO_OPTIONS and can_prove(formulation)
            only_opens = only_opens or self._has_trees
            self._search = BackgroundSearch(formulation, limits.seconds, cancel, start, only_opens=only_opens)
        self._bound = np.inf
        self._exact_value: float | None = None
        self._exact_bound = np.inf

    @property
    def seconds(self) -> float:
        """How long it has been going on, compiling aside."""
        return time.monotonic() - self._began

    def answer(self) -> tuple[Solution, Plan | None]:
        """How the exact solver ended, with the best bound known, and the best plan that keeps every guardrail."""
        return run_cancellable(self._answer, self.cancel, self._tick)

    def _answer(self) -> tuple[Solution, Plan | None]:
        with self._search or nullcontext():
            formulation, known = self._prepared()
            solution, plan = self._near_enough(known) or self._exact(formulation, known)
            if plan is not None and self.limits.gap == 0 and solution.termination == "gap reached":
                unit = finer_unit(self.formulation, self.problem.value(plan))
                if unit is not None:
                    solution, plan = self._exact(formulation, known, unit)
        if solution.termination != "infeasible" and np.isfinite(self._bound):
            solution = replace(solution, bound=min(self._bound, np.inf if solution.bound is None else solution.bound))
        if self._refuted(solution):
            solution = Solution("unsure", None, None)
        if solution.termination not in {"gap reached", "infeasible"}:
            plan = self._better(plan)
        return solution, plan if solution.termination == "infeasible" else self._not_below_start(plan)

    def _refuted(self, solution: Solution) -> bool:
        """Whether the search holds a plan that, by the solver's proof, cannot be: no proof survives that."""
        columns = None if self._search is None else self._search.columns
        value = None if columns is None else self.problem.accepted(self.formulation.plan(columns))
        if value is None:
            return False
        highest = (
            -np.inf if solution.termination == "infeasible" else np.inf if solution.bound is None else solution.bound
        )
        return value > highest + REFUTED * max(1.0, abs(value))

    def _prepared(self) -> tuple[Formulation, Floats | None]:
        """The formulation with its cuts and the plan to begin from; for a small portfolio, neither."""
        formulation = self.formulation
        if self._search is None:
            return formulation, None
        from portfolio.optimizer.cuts.cutting_planes import WIDEST, tighten_relaxation
        from portfolio.optimizer.tree.propagation import narrowed

        ends, widest = self._began + CUTS_SHARE * self.limits.seconds, TREES_WIDEST if self._has_trees else WIDEST
        if self._has_trees:
            formulation = narrowed(formulation)
        formulation = tighten_relaxation(formulation, ends, self.cancel, self._bounded, widest).formulation
        self.tightened = formulation if self._has_trees else None
        self._search.wait()
        return formulation, self._search.opening

    def _near_enough(self, known: Floats | None) -> tuple[Solution, Plan] | None:
        """The plan to begin from, if its gap is already what was asked for."""
        if known is None or self.limits.gap == 0 or (self._has_trees and self.limits.patience):
            return None
        plan = self.formulation.plan(known)
        value = self.problem.accepted(plan)
        gap = None if value is None else relative_gap(value, max(value, self._bound))
        return None if gap is None or gap > self.limits.gap else (Solution("gap reached", known, self._bound), plan)

    def _exact(
        self, formulation: Formulation, known: Floats | None, unit: float | None = None
    ) -> tuple[Solution, Plan | None]:
        """The exact solver's answer; its plan counts only if it keeps every guardrail measured again."""
        if self.cancel.raised.is_set():
            return Solution("interrupted", None, None), None
        ends = self._began + self.limits.seconds
        for tolerance in (self.limits.feasibility, TIGHTEST_FEASIBILITY):
            left = ends - time.monotonic()
            if left <= 0 and known is not None:
                return Solution("time limit", None, None), None
            left = max(LEAST_SECONDS, left) if known is None else left
            limits = replace(self.limits, seconds=left, feasibility=tolerance, unit=unit or self.limits.unit)
            by_trees = self._has_trees and unit is None and tolerance == self.limits.feasibility
            solution = (self._by_trees if by_trees else self._by_solver)(
                formulation, limits, self._tell, self.cancel, known
            )
            plan = None if solution.columns is None else formulation.plan(solution.columns)
            accepted = plan is None or self.problem.accepted(plan) is not None
            if accepted and solution.termination != "unsure":
                return solution, plan
        if solution.termination == "unsure":
            return solution, plan if accepted else None
        raise InternalError("the solver's plan breaks a guardrail when it is measured again")

    def _by_trees(
        self, formulation: Formulation, limits: Limits, progress: Progress, cancel: CancelToken, known: Floats | None
    ) -> Solution:
        """What the trees prove; they are compiled, so a small portfolio does without."""
        from portfolio.optimizer.tree.prove import prove

        return prove(formulation, limits, progress, cancel, known)

    def _by_solver(
        self, formulation: Formulation, limits: Limits, progress: Progress, cancel: CancelToken, known: Floats | None
    ) -> Solution:
        """What HiGHS says; of a small portfolio it seeks the proof for as many nodes as there is patience, and then the gap."""
        if limits.gap == 0 or not limits.patience or self._search is not None:
            return solve(formulation, limits, progress, cancel, known)
        ends = time.monotonic() + limits.seconds
        first = solve(formulation, replace(limits, gap=0.0, nodes=limits.patience), progress, cancel, known)
        if first.termination != "node limit":
            return first
        if first.columns is not None and first.bound is not None:
            value = float(formulation.objective @ first.columns)
            gap = relative_gap(value, max(value, first.bound))
            if gap is not None and gap <= limits.gap:
                return replace(first, termination="gap reached")
        left = replace(limits, seconds=max(LEAST_SECONDS, ends - time.monotonic()))
        return solve(formulation, left, progress, cancel, known if first.columns is None else first.columns)

    def _better(self, exact: Plan | None) -> Plan | None:
        """The better of the exact solver's plan and the search's; the exact solver's where they are equal."""
        if self._search is None or self._search.columns is None:
            return exact
        searched = self.formulation.plan(self._search.columns)
        value = self.problem.accepted(searched)
        if value is None:
            return exact
        return searched if exact is None or value > self.problem.value(exact) else exact

    def _not_below_start(self, plan: Plan | None) -> Plan | None:
        """The plan, or the one to begin from where that still keeps every guardrail and is clearly worth more."""
        index = self.problem.portfolio.epic_index
        bookings = {} if self._start is None else self._start.bookings
        known = {epic: booking for epic, booking in bookings.items() if epic in index}
        start = Plan(known)
        worth = self.problem.accepted(start) if known else None
        if worth is None:
            return plan
        value = None if plan is None else self.problem.value(plan)
        return start if value is None or worth > value + REFUTED * max(1.0, abs(value)) else plan

    def _bounded(self, bound: float) -> None:
        self._bound = min(self._bound, bound)

    def _tell(self, _: float, value: float | None, bound: float) -> None:
        """Notes where the exact solver stands."""
        self._exact_value, self._exact_bound = value, bound

    def _tick(self) -> None:
        """Tells the best value and the best bound known by now."""
        if self._progress is not None:
            searched = None if self._search is None else self._search.value
            known = [number for number in (self._exact_value, searched) if number is not None]
            self._progress(self.seconds, max(known, default=None), min(self._exact_bound, self._bound))
