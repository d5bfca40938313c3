"""Re-plans with the fewest changes: of all plans that are good enough, takes the one that changes least of what was agreed."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress, run_cancellable
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.hybrid import FROM_OPTIONS, LEAST_SECONDS
from portfolio.optimizer.known_columns import known_columns
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.row import Row
from portfolio.optimizer.solver import Limits, Progress, Solution, solve
from portfolio.optimizer.tie_break import tie_break
from portfolio.optimizer.tolerances import SAME_VALUE, TIGHTEST_FEASIBILITY
from portfolio.options import Floats

PULLS = (0.1, 0.3, 1.0, 3.0)
"""How strongly the search is drawn to what was agreed, in mean values of an agreed epic."""
SEARCH_SHARE, COUNT_SHARE = 0.2, 0.5
"""The shares of the time for the search and for counting changes; the rest is for the value that they leave."""


@dataclass(frozen=True)
class ReplanSolution:
    """The plan that changes least, and whether fewer changes are proven impossible."""

    plan: Plan
    proven: bool


@dataclass(frozen=True)
class MinimumChange:
    """What is to be kept: the agreed plan, the best plan there is, and the value that may not be fallen below.

    Changes are counted in two steps: fewest agreed epics dropped, and of those plans fewest moved, which is to begin in
    another period or to take another number of them.
    """

    problem: Problem
    formulation: Formulation
    agreed: Plan
    best: Plan
    floor: float

    def solve(self, limits: Limits, cancel: CancelToken, progress: CountProgress | None = None) -> ReplanSolution:
        """Finds the fewest changes, then the most value that they leave; exact with gap 0.

        `progress` hears how many agreed epics the best plan so far keeps, of how many.
        """
        floor = _at_least(self.formulation.objective, self.floor)
        scores, most = self._scores, self._score_of_agreed
        if len(self._within) == len(self.agreed) and self._accepted(self.agreed) and self._score(self.agreed) == most:
            fewest = ReplanSolution(self.agreed, proven=True)
        else:
            counting = replace(self.formulation.with_rows([floor], "Value"), objective=scores)
            known = self._searched(limits.seconds * SEARCH_SHARE, cancel, progress)
            exact = replace(limits, gap=0.0, seconds=limits.seconds * COUNT_SHARE)
            termination, plan = self._solved(
                counting, exact, cancel, known, self._score(known), self._report_to(progress, 0)
            )
            fewest = ReplanSolution(plan, proven=termination == "gap reached")
        count = self._score(fewest.plan)
        tied = self.formulation.with_rows([floor, _at_least(scores, count - 0.5)], "Agreed")
        rest = replace(limits, seconds=limits.seconds * (1 - SEARCH_SHARE - COUNT_SHARE))
        termination, plan = self._solved(tied, rest, cancel, fewest.plan, count, self._report_to(progress, count))
        if termination == "gap reached" and limits.gap == 0:
            value = self.problem.value(plan)
            plan = tie_break(tied, plan, value, max(LEAST_SECONDS, rest.seconds), partial(self._worth, count=count))
        return replace(fewest, plan=plan)

    def _searched(self, seconds: float, cancel: CancelToken, progress: CountProgress | None) -> Plan:
        """A plan to begin from: the best one, or one that a search finds which is drawn to what was agreed.

        Drawn more and more strongly, counted in moves; the plan that keeps most and is worth the floor is taken.
        """
        closest = self.best
        if len(self.formulation.options) < FROM_OPTIONS:
            return closest
        from portfolio.optimizer.search import Search, prepare

        prepare()
        mean = abs(self.floor) / max(1, len(self.agreed))
        ends = time.monotonic() + seconds
        for pull in PULLS:
            drawn = self.formulation.objective + pull * mean * self._scores / (len(self.agreed) + 2)
            search = Search(replace(self.formulation, objective=drawn), start=self._within)
            tell = self._report_to(progress, self._score(closest))
            run_cancellable(partial(search.open, ends, cancel), cancel, partial(tell, 0.0, None, 0.0))
            plan = closest if search.columns is None else self.formulation.plan(search.columns)
            if self._accepted(plan) and self._score(plan) > self._score(closest):
                closest = plan
        return closest

    def _report_to(self, progress: CountProgress | None, least: int) -> Progress:
        """Tells how many agreed epics are kept: at least these, more where the solver has counted more."""

        def tell(_seconds: float, value: float | None, _bound: float) -> None:
            counted = value if not least and value is not None else least
            if progress is not None:
                progress(int(counted + 0.5) // (len(self.agreed) + 1), len(self.agreed))

        return tell

    @property
    def _within(self) -> Plan:
        """What was agreed for periods that the portfolio has; what is over, or not planned yet, can be kept but not so."""
        last = len(self.problem.portfolio.calendar.periods) - 1
        bookings = self.agreed.bookings.items()
        return Plan({epic: booking for epic, booking in bookings if booking.start >= 0 and booking.finish <= last})

    @property
    def _scores(self) -> Floats:
        """For each option what it keeps of what was agreed: much for the epic being in the plan, 1 more where it is as agreed."""
        most, scores = len(self.agreed) + 1, np.zeros(self.formulation.columns)
        for row, (epic, start, periods) in enumerate(self.formulation.options.ways()):
            booking = self.agreed.bookings.get(epic)
            if booking is not None:
                scores[row] = most + ((booking.start, booking.periods) == (start, periods))
        return scores

    @property
    def _score_of_agreed(self) -> int:
        """What the agreed plan itself would count, if every epic of it could still be planned so."""
        return len(self.agreed) * (len(self.agreed) + 2)

    def _score(self, plan: Plan) -> int:
        """What a plan keeps of what was agreed; more is better."""
        agreed, most = self.agreed.bookings, len(self.agreed) + 1
        return sum(most + (plan.bookings[epic] == agreed[epic]) for epic in agreed if epic in plan.bookings)

    def _accepted(self, plan: Plan) -> bool:
        """Whether a plan keeps every hard guardrail and is worth the floor, measured from the portfolio."""
        value = self.problem.accepted(plan)
        return value is not None and value >= self.floor - SAME_VALUE * max(1.0, abs(self.floor))

    def _worth(self, plan: Plan, count: int) -> float | None:
        """What a plan is worth if it keeps as much as was found to be possible; None if it does not."""
        return self.problem.accepted(plan) if self._score(plan) >= count else None

    def _solved(
        self,
        formulation: Formulation,
        limits: Limits,
        cancel: CancelToken,
        known: Plan,
        count: int,
        progress: Progress,
    ) -> tuple[str, Plan]:
        """How the exact solver ended, and its plan if it is accepted and keeps as much; else the known one."""
        progress(0.0, float(self._score(known)), 0.0)
        start = known_columns(formulation, known, limits)
        termination = "unsure"
        for tolerance in (limits.feasibility, TIGHTEST_FEASIBILITY):
            solution: Solution = solve(formulation, replace(limits, feasibility=tolerance), progress, cancel, start)
            if solution.columns is None:
                break
            plan = formulation.plan(solution.columns)
            if self._accepted(plan) and self._score(plan) >= count:
                return solution.termination, plan
        return termination, known


def _at_least(coefficients: Floats, amount: float) -> Row:
    columns = np.flatnonzero(coefficients)
    return Row(columns, coefficients[columns], at_least=amount)
