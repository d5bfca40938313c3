"""Solves changed problems from the record of one proof: most of its parts stay closed, and only what opens is looked into."""

from __future__ import annotations

import time

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.cuts.carry_over import carried_over
from portfolio.optimizer.cuts.cutting_planes import CUT, tighten_relaxation
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.hybrid import TREES_WIDEST
from portfolio.optimizer.known_columns import known_columns
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.sensitivity.improvement_bound import allows_nothing_new
from portfolio.optimizer.solver import Limits
from portfolio.optimizer.tolerances import REFUTED
from portfolio.optimizer.tree.cover import Cover
from portfolio.optimizer.tree.prove import can_prove, prove
from portfolio.optimizer.tree.record import Record
from portfolio.optimizer.tree.tree import MARGIN, Tree

STEP = 20
"""Relaxations between two looks at the clock."""


class RecordedProof:
    """The proof of one plan, from that plan on, with the parts that it is made of.

    Stopped by the clock, it is as good a beginning, with more parts open. `plan` is the best plan known by then,
    `bound` what no plan is worth more than.
    """

    def __init__(
        self, problem: Problem, formulation: Formulation, plan: Plan, ends: float, cancel: CancelToken
    ) -> None:
        self._cancel, self._formulation = cancel, formulation
        self._tightened = tighten_relaxation(formulation, ends, cancel, widest=TREES_WIDEST).formulation
        record, start = Record(), known_columns(formulation, plan, Limits(seconds=max(0.0, ends - time.monotonic())))
        limits = Limits(seconds=max(0.0, ends - time.monotonic()))
        solution = prove(self._tightened, limits, None, cancel, start, record)
        found = plan if solution.columns is None else formulation.plan(solution.columns)
        worth, value = problem.accepted(found), problem.value(plan)
        self.plan = plan if worth is None or worth <= value * (1 + REFUTED) else found
        self.bound = np.inf if solution.bound is None else max(solution.bound, problem.value(self.plan))
        self._cover = Cover(self._tightened, record)

    def asked(self, problem: Problem) -> Question | None:
        """A changed problem, to be solved from the proof on; None where the plan known is none of its plans."""
        value = problem.accepted(self.plan)
        formulation = problem.formulation()
        if value is None or not can_prove(formulation):
            return None
        if self.bound <= value * (1 + MARGIN) and allows_nothing_new(self._formulation, formulation):
            return Question(problem, formulation, None, self.plan, value, self._cancel)
        cuts = carried_over(self._tightened, self._tightened.rows - self._formulation.rows, formulation, TREES_WIDEST)
        tree = self._cover.tree(formulation.with_rows(cuts, CUT), value, self._cancel)
        return Question(problem, formulation, tree, self.plan, value, self._cancel)


class Question:
    """A changed problem that is being solved: what its best plan is worth lies between `value` and `bound`.

    `tree` is what has to be looked into, None if nothing has; `fails` where a plan found does not stand when it is measured:
    then only the bound from before it was looked into counts.
    """

    def __init__(
        self,
        problem: Problem,
        formulation: Formulation,
        tree: Tree | None,
        plan: Plan,
        value: float,
        cancel: CancelToken,
    ) -> None:
        self._problem, self._formulation, self._tree, self._cancel = problem, formulation, tree, cancel
        self.plan, self.value = plan, value
        self._first = self.bound = value if tree is None else max(tree.bound, value)
        self.fails = False

    @property
    def parts(self) -> int:
        """How many parts are still open."""
        return 0 if self._tree is None else len(self._tree.open) + (self._tree.current is not None)

    @property
    def open(self) -> bool:
        """Whether there is anything left to look into."""
        return self.parts > 0

    def advance(self, relaxations: int, ends: float, near: float = 0.0) -> None:
        """Solves about so many relaxations, or until all is settled, time is over, or somebody stops it.

        Settled is also what is known but for `near`, as a share of the value.
        """
        tree = self._tree
        if tree is None:
            return
        stop = tree.solved + relaxations
        while self.open and tree.solved < stop and time.monotonic() < ends and not self._cancel.raised.is_set():
            if tree.bound <= tree.value + near * abs(tree.value):
                break
            tree.advance(min(STEP, stop - tree.solved))
        if tree.columns is None:
            self.bound = max(tree.bound, self.value)
            return
        found = self._formulation.plan(tree.columns[: self._formulation.columns])
        worth = self._problem.accepted(found)
        self.fails = worth is None or abs(worth - tree.value) > REFUTED * max(1.0, abs(worth))
        if worth is not None and worth > self.value:
            self.plan, self.value = found, worth
        self.bound = max(self._first if self.fails else tree.bound, self.value)
