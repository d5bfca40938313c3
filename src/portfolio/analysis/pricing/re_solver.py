"""Re-solves: the best value of portfolios that differ a little, each from the known plan, side by side.

Every re-solve is exact unless it is stopped; then it says between which values the best one lies.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from portfolio.domain import Plan, Portfolio
from portfolio.edits.change import Change
from portfolio.edits.loosening import loosens
from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
from portfolio.optimizer.execution.workers import ON_THIS_MACHINE, Workers
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.optimize import Best, optimize_again
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.sensitivity.improvement_bound import improvement_bound, relaxation_bound
from portfolio.optimizer.solver import Limits
from portfolio.optimizer.tolerances import PROVEN_GAP

if TYPE_CHECKING:
    from portfolio.optimizer.sensitivity.recorded_proof import RecordedProof

Result = TypeVar("Result")
FROM_OPTIONS = 150
"""Options from which rules are priced in groups."""
SEARCH_SEED = 1
"""Another than that of the search which found the known plan."""
PROOF_SHARE = 0.4
"""The share of the time left in which the known plan is proven once more, with a record of it."""
LEAST_SECONDS = 0.2
"""A re-solve that has less time than this is not begun."""


@dataclass(frozen=True)
class BoundedValue:
    """The best value of a portfolio lies between `value` and `bound`; both are -infinity where no plan is possible."""

    value: float
    bound: float
    plan: Plan | None

    @property
    def proven(self) -> bool:
        """Whether the two are one."""
        if math.isinf(self.value):
            return self.value == self.bound
        return self.bound - self.value <= PROVEN_GAP * max(1e-3, abs(self.value))

    @property
    def possible(self) -> bool:
        """Whether there may be a plan."""
        return self.bound > -math.inf


UNKNOWN = BoundedValue(-math.inf, math.inf, None)
"""What is known before anything was tried."""


def bounded_value(best: Best) -> BoundedValue:
    """What an outcome says of the best value there is."""
    outcome = best.outcome
    if outcome.claim == "impossible":
        return BoundedValue(-math.inf, -math.inf, None)
    bound = math.inf if outcome.bound is None else outcome.bound
    if outcome.value is None:
        return BoundedValue(-math.inf, bound, None)
    return BoundedValue(outcome.value, outcome.value if outcome.claim == "proven best" else bound, best.plan)


@dataclass
class ReSolver:
    """Re-solves around one known plan, until the time given to all of them together is over.

    `seconds` is how long the longest re-solve took that came to its end. `better` is a plan of the portfolio as it is that
    is worth more than the known one, come upon where that is not proven best.
    """

    problem: Problem
    base: BoundedValue
    gap: float
    ends: float
    cancel: CancelToken = field(default_factory=CancelToken)
    progress: CountProgress = lambda *_: None
    done: int = 0
    asked: int = 0
    seconds: float = LEAST_SECONDS
    better: Plan | None = None
    workers: Workers = ON_THIS_MACHINE

    def __post_init__(self) -> None:
        """Re-solves are counted by several threads."""
        self._lock = threading.Lock()

    @property
    def left(self) -> float:
        """Seconds left for everything that is still to come; none after Ctrl-C."""
        return 0.0 if self.cancel.raised.is_set() else self.ends - time.monotonic()

    @property
    def over(self) -> bool:
        """Whether no further re-solve is worth beginning."""
        return self.left < LEAST_SECONDS

    @property
    def limits(self) -> Limits:
        """What is left for a question that is answered exactly or not at all."""
        return Limits(gap=0.0, seconds=max(0.05, self.left))

    def of(self, portfolio: Portfolio) -> Problem:
        """What is asked of a changed portfolio."""
        return replace(self.problem, portfolio=portfolio)

    def loosens(self, change: Change) -> bool:
        """Whether a change of the portfolio only allows more, so that the best value does not fall."""
        return loosens(self.problem.portfolio, change.edits)

    @cached_property
    def large(self) -> bool:
        """Whether a re-solve takes more than a blink, so that bounds and groups are worth their while."""
        return len(self.formulation.options) >= FROM_OPTIONS

    @cached_property
    def proof(self) -> RecordedProof | None:
        """The proof of the known plan, recorded from that plan on; None where a proof is out of reach, or not needed.

        A cluster solves every change by itself: trees are not sent there.

        What it finds out about the portfolio as it is counts from then on.
        """
        if not self.large or self.base.plan is None or self.over or self.workers.cluster is not None:
            return None
        from portfolio.optimizer.hybrid import TREES_TO_OPTIONS
        from portfolio.optimizer.prepare import prepare
        from portfolio.optimizer.sensitivity.recorded_proof import RecordedProof
        from portfolio.optimizer.tree.prove import can_prove

        if len(self.formulation.options) > TREES_TO_OPTIONS or not can_prove(self.formulation):
            return None
        prepare()
        ends = time.monotonic() + self.left * PROOF_SHARE
        proof = RecordedProof(self.problem, self.formulation, self.base.plan, ends, self.cancel)
        self.base = replace(self.base, bound=max(self.base.value, min(self.base.bound, proof.bound)))
        self.meet(proof.plan)
        return proof

    def bound(self, portfolio: Portfolio, *, loosens: bool) -> float:
        """A quick bound on the best value of a changed portfolio; infinite for small ones, where it is not needed.

        What was possible before and a change only loosens is worth at most what is known already.
        """
        if not self.large or self.over:
            return math.inf
        formulation = self.of(portfolio).formulation()
        if not loosens:
            return relaxation_bound(formulation, self.ends, self.cancel)
        return max(self.base.bound, improvement_bound(self.formulation, formulation, self.ends, self.cancel))

    @cached_property
    def formulation(self) -> Formulation:
        """The formulation of the portfolio as it is."""
        return self.problem.formulation()

    @property
    def known_value(self) -> float:
        """The most that a plan of the portfolio as it is is known to be worth."""
        return self.base.value if self.better is None else self.problem.value(self.better)

    def meet(self, plan: Plan | None) -> None:
        """Looks whether a changed portfolio's plan is a better one for the portfolio as it is."""
        value = None if plan is None or self.base.proven else self.problem.accepted(plan)
        with self._lock:
            if value is not None and value > self.known_value + PROVEN_GAP * max(1.0, abs(value)):
                self.better = plan

    def worth(self, portfolio: Portfolio, seconds: float = math.inf) -> BoundedValue:
        """The best value of a changed portfolio, from the known plan on."""
        return self._counted(lambda: self._worth(portfolio, seconds))

    def _worth(self, portfolio: Portfolio, seconds: float) -> BoundedValue:
        limits, began = Limits(gap=self.gap, seconds=min(seconds, self.left)), time.monotonic()
        again = partial(optimize_again, start=self.base.plan)
        worth = bounded_value(self.workers.call(again, self.of(portfolio), limits, cancel=self.cancel))
        if worth.proven:
            self.seconds = max(self.seconds, time.monotonic() - began)
        self.meet(worth.plan)
        return worth

    def search(self, portfolio: Portfolio, ends: float) -> BoundedValue:
        """A good plan of a changed portfolio, from the known plan on; nothing is proven of it."""
        return self._counted(lambda: self._search(portfolio, ends))

    def _search(self, portfolio: Portfolio, ends: float) -> BoundedValue:
        problem, seconds = self.of(portfolio), min(ends, self.ends) - time.monotonic()
        plan = self.workers.call(_searched, problem, self.base.plan, seconds, cancel=self.cancel)
        value = None if plan is None else problem.accepted(plan)
        self.meet(plan)
        return UNKNOWN if value is None else BoundedValue(value, math.inf, plan)

    def _counted(self, ask: Callable[[], BoundedValue]) -> BoundedValue:
        with self._lock:
            self.asked += 1
        try:
            return UNKNOWN if self.over else ask()
        finally:
            with self._lock:
                self.done += 1
            self.progress(self.done, self.asked)

    def run_parallel(self, tasks: Sequence[Callable[[], Result]]) -> list[Result]:
        """The results of tasks in their order, as many at a time as there is somebody to solve them."""
        return self.workers.run_parallel(tasks, self.cancel)


def _searched(problem: Problem, start: Plan | None, seconds: float, cancel: CancelToken) -> Plan | None:
    """The best plan that is found in so many seconds, from another plan on."""
    from portfolio.optimizer.search import Search

    search = Search(problem.formulation(), SEARCH_SEED, start)
    search.open(time.monotonic() + seconds, cancel)
    return None if search.columns is None else search.formulation.plan(search.columns)
