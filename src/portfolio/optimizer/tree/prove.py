"""Proves the best plan with two trees side by side, which share what they find at counted steps, never by the clock."""

from __future__ import annotations

import heapq
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.optimizer.solver import Limits, Progress, Solution, Termination
from portfolio.optimizer.tree.selection import with_selections
from portfolio.optimizer.tree.tree import MARGIN, Node, Tree
from portfolio.options import Floats

TREES = 2
"""However many cores there are: the same trees on every machine."""
ROUND = 40
"""Relaxations that each tree solves between two exchanges."""
KINDS = (ColumnKind.OPTION, ColumnKind.BUDGET_SHIFT, ColumnKind.BREACH)


def can_prove(formulation: Formulation) -> bool:
    """Whether a formulation has only the columns that a tree knows what to do with."""
    return bool(np.isin(formulation.kind, KINDS).all())


def prove(
    formulation: Formulation, limits: Limits, progress: Progress | None, cancel: CancelToken, start: Floats | None
) -> Solution:
    """Solves a formulation to its gap; `start` is a known solution's columns to begin from."""
    began = time.monotonic()
    program = with_selections(formulation)
    trees = [Tree(program, limits.gap, limits.patience // TREES, cancel) for _ in range(TREES)]
    trees[0].open = [Node(-np.inf, 0, program.formulation.lower, program.formulation.upper)]
    if start is not None:
        value = float(formulation.objective @ start)
        for tree in trees:
            tree.learn(value, start)
    with ThreadPoolExecutor(TREES) as pool:
        while any(tree.open or tree.current for tree in trees):
            seconds = time.monotonic() - began
            if cancel.raised.is_set() or seconds >= limits.seconds:
                return _solution("interrupted" if cancel.raised.is_set() else "time limit", trees, formulation.columns)
            list(pool.map(partial(Tree.advance, relaxations=ROUND), trees))
            _exchange(trees)
            if progress is not None:
                known = trees[0].value
                progress(seconds, known if np.isfinite(known) else None, _bound(trees))
    return _solution("gap reached", trees, formulation.columns)


def _exchange(trees: list[Tree]) -> None:
    """Both trees know the better plan, and the open nodes are dealt out, best bound first."""
    best = max(trees, key=lambda tree: tree.value)
    nodes = sorted(node for tree in trees for node in tree.open)
    for turn, tree in enumerate(trees):
        if best.columns is not None:
            tree.learn(best.value, best.columns)
        tree.open = nodes[turn :: len(trees)]
        heapq.heapify(tree.open)


def _bound(trees: list[Tree]) -> float:
    return max(max(tree.bound, tree.left_off, tree.value) for tree in trees)


def _solution(termination: Termination, trees: list[Tree], columns: int) -> Solution:
    best, bound = trees[0], _bound(trees)
    if bound - best.value <= MARGIN * abs(best.value):
        bound = best.value
    if best.columns is None:
        bound_known = bound if np.isfinite(bound) else None
        return Solution("infeasible" if termination == "gap reached" else termination, None, bound_known)
    return Solution(termination, best.columns[:columns], bound if np.isfinite(bound) else None)
