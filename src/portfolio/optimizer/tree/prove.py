"""Proves the best plan with two trees side by side, which share what they find at counted steps, never by the clock.

As long as only a middling plan is known, little can be cut off. So the trees aim high first: they look for plans worth a good
deal more than the one known, which is soon done. If there are none, that brings the bound down, and they begin again with a
lower aim and with what they have learnt about which decisions matter; the last aim is whatever is better than the plan known.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.optimizer.solver import Limits, Progress, Solution, Termination
from portfolio.optimizer.tree.choices import Experience
from portfolio.optimizer.tree.record import Record
from portfolio.optimizer.tree.selection import SelectionProgram, with_selections
from portfolio.optimizer.tree.tree import MARGIN, Node, Tree
from portfolio.options import Floats

TREES = 2
"""However many cores there are: the same trees on every machine."""
ROUND = 40
"""Relaxations that each tree solves between two exchanges."""
AIMS = (0.5, 0.8, 1.0)
"""The aims, as shares of the way from the first bound down to the plan known."""
LAST_AIM = AIMS[-1:]
"""Where nothing much better is to be expected."""
SLACK = 2e-3
"""Where a proof is recorded, parts are divided until no plan in them is worth more than this share below the best one: what is
divided once there stays closed in every program that differs a little, and is divided in none of them."""
KINDS = (ColumnKind.OPTION, ColumnKind.BUDGET_SHIFT, ColumnKind.BREACH)


def can_prove(formulation: Formulation) -> bool:
    """Whether a formulation has only the columns that a tree knows what to do with."""
    return bool(np.isin(formulation.kind, KINDS).all())


def prove(
    formulation: Formulation,
    limits: Limits,
    progress: Progress | None,
    cancel: CancelToken,
    start: Floats | None,
    record: Record | None = None,
    aims: Sequence[float] = AIMS,
) -> Solution:
    """Solves a formulation to its gap; `start` is a known solution's columns to begin from, `record` is filled in.

    Where `limits` have a number of nodes, it is about so many relaxations.
    """
    proof = Proof(with_selections(formulation), limits, progress, cancel, record)
    known = None if start is None else (float(formulation.objective @ start), start)
    ending = proof.seek(known, aims)
    return proof.solution(ending, formulation.columns)


class Proof:
    """Trees that grow side by side, anew for each aim; `bound` is the lowest bound so far."""

    def __init__(
        self,
        program: SelectionProgram,
        limits: Limits,
        progress: Progress | None,
        cancel: CancelToken,
        record: Record | None = None,
    ) -> None:
        self._began = time.monotonic()
        self._limits, self._progress, self._cancel = limits, progress, cancel
        self._root = program.formulation.lower, program.formulation.upper
        self._trees = [Tree(program, limits.gap, limits.patience // TREES, cancel) for _ in range(TREES)]
        self.bound, self._record = np.inf, record
        if record is not None:
            record.experience = self._trees[0].experience
            for tree in self._trees:
                tree.slack = SLACK

    def seek(self, known: tuple[float, Floats] | None, aims: Sequence[float]) -> Termination:
        """Grows the trees, for one aim after the other, until the best plan known is near enough to the bound."""
        if known is not None:
            for tree in self._trees:
                tree.learn(*known)
        with ThreadPoolExecutor(TREES) as pool:
            if known is None or self._record is not None:
                return self._grow(pool, -np.inf) or "gap reached"
            value = known[0]
            better = max(0.0, self._trees[0].bound_within(*self._root) - value)
            for share in aims:
                stopped = self._grow(pool, value + (1 - share) * better)
                if stopped is not None:
                    return stopped
                if self.bound <= self._trees[0].near_enough:
                    break
        return "gap reached"

    def _grow(self, pool: ThreadPoolExecutor, aim: float) -> Termination | None:
        """Grows the trees from the root until nothing is open that is above the aim, or until it is stopped."""
        self._trees[0].open = [Node(-self.bound, 0, *self._root, None if self._record is None else self._record.whole)]
        for tree in self._trees:
            tree.aim, tree.left_off = aim, -np.inf
        while any(tree.open or tree.current for tree in self._trees):
            seconds = time.monotonic() - self._began
            if self._cancel.raised.is_set() or seconds >= self._limits.seconds:
                return "interrupted" if self._cancel.raised.is_set() else "time limit"
            if self._limits.nodes is not None and sum(tree.solved for tree in self._trees) >= self._limits.nodes:
                return "node limit"
            list(pool.map(partial(Tree.advance, relaxations=ROUND), self._trees))
            _exchange(self._trees)
            self.bound = min(self.bound, max(tree.bound for tree in self._trees))
            if self._progress is not None:
                known = self._trees[0].value
                self._progress(seconds, known if np.isfinite(known) else None, self.bound)
        return None

    def solution(self, ending: Termination, columns: int) -> Solution:
        """How it ended, with so many columns of the best plan."""
        best, bound = self._trees[0], self.bound
        if bound - best.value <= MARGIN * abs(best.value):
            bound = best.value
        if best.columns is None:
            bound_known = bound if np.isfinite(bound) else None
            return Solution("infeasible" if ending == "gap reached" else ending, None, bound_known)
        return Solution(ending, best.columns[:columns], bound if np.isfinite(bound) else None)


def _exchange(trees: list[Tree]) -> None:
    """Both trees know the better plan, and the open nodes are dealt out, best bound first."""
    best = max(trees, key=lambda tree: tree.value)
    nodes = sorted(node for tree in trees for node in tree.open)
    for turn, tree in enumerate(trees):
        if best.columns is not None:
            tree.learn(best.value, best.columns)
        tree.open = nodes[turn :: len(trees)]
        heapq.heapify(tree.open)
    Experience.share([tree.experience for tree in trees])
