"""Prices: the best value without a rule less the best value with it, and what one unit more is worth.

Where a proof takes long, a search first looks what each change gains. What gains is then solved to its end, the highest price
first. Where a proof is within reach, all prices come from one (`from_proof`). Elsewhere, where the search finds nothing, most prices are nothing, and one re-solve shows that for many rules at once: what no
plan gains without all of them, none gains without any one; else the rules are split in halves, down to one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from functools import partial

from portfolio.analysis.pricing.from_proof import from_proof
from portfolio.analysis.pricing.re_solver import BoundedValue, ReSolver
from portfolio.edits.change import Change, changed
from portfolio.optimizer.tolerances import PROVEN_GAP
from portfolio.results.prices import PriceLine

SEARCH_FROM = 5.0
"""Seconds that a proof takes from which a search comes first: below, the proof is as quick."""
ROUND_SHARE = 0.6
"""The share of the time left that one round of re-solves may take: later rounds look closer where something is gained."""
GROUP_PATIENCE = 2.0
"""How many times what the longest proof took several changes together may take."""
SEARCH_SHARE = 0.4
"""The share of the time left in which a good plan is sought for every change, before any is solved to its end."""


def prices(re_solver: ReSolver, changes: Sequence[Change], share: float = ROUND_SHARE) -> list[PriceLine]:
    """The price of every change, in their order; what time leaves open is between two figures.

    `share` is the part of the time left that one round of re-solves may take.
    """
    known, rest = from_proof(re_solver, changes)
    first = re_solver.run_parallel([partial(_at_first, re_solver, changes[index]) for index in rest])
    known |= dict(zip(rest, first, strict=True))
    rounds = [[index] for index in rest]
    if re_solver.large and rest:
        if not re_solver.base.proven or re_solver.seconds > SEARCH_FROM:
            _search(re_solver, changes, known, rest)
        rounds = _by_promise(re_solver, changes, {index: known[index] for index in rest})
    while rounds and not re_solver.over:
        tasks = [partial(_solve, re_solver, changes, group, share / len(rounds)) for group in rounds]
        turn, rounds = rounds, []
        for group, worth in zip(turn, re_solver.run_parallel(tasks), strict=True):
            _learn(re_solver, changes, group, worth, known)
            rounds += _halves(re_solver, group, known)
    return [_price(re_solver, change, known[index]) for index, change in enumerate(changes)]


def _search(
    re_solver: ReSolver, changes: Sequence[Change], known: dict[int, BoundedValue], rest: Sequence[int]
) -> None:
    """Seeks a good plan for every change that is still open."""
    portfolio, began, share = re_solver.problem.portfolio, time.monotonic(), re_solver.left * SEARCH_SHARE
    sought = [index for index in rest if not known[index].proven]

    def seek(turn: int, index: int) -> BoundedValue:
        return re_solver.search(changed(portfolio, [changes[index]]), began + share * (turn + 1) / len(sought))

    tasks = [partial(seek, turn, index) for turn, index in enumerate(sought)]
    for index, worth in zip(sought, re_solver.run_parallel(tasks), strict=True):
        _learn(re_solver, changes, [index], worth, known)


def _by_promise(re_solver: ReSolver, changes: Sequence[Change], known: dict[int, BoundedValue]) -> list[list[int]]:
    """What is still open: what gains, rules before units and the highest price first, then the others together by kind."""
    still = [index for index in known if not known[index].proven]
    nothing = [index for index in still if re_solver.loosens(changes[index]) and not _gains(re_solver, known[index])]
    kinds = dict.fromkeys(changes[index].kind for index in nothing)
    groups = [[index for index in nothing if changes[index].kind == kind] for kind in kinds]
    others = sorted(
        set(still) - set(nothing),
        key=lambda index: (changes[index].amount is not None, -known[index].value, index),
    )
    return [*([index] for index in others), *groups]


def _solve(re_solver: ReSolver, changes: Sequence[Change], group: Sequence[int], share: float) -> BoundedValue:
    """The best value with all of a group's changes, in its share of the time left or as long as the longest proof took.

    Several together that take much longer than that are better split.
    """
    seconds = max(re_solver.left * re_solver.workers.at_once * share, re_solver.seconds)
    if len(group) > 1 and re_solver.base.proven and re_solver.seconds > SEARCH_FROM:
        seconds = min(seconds, GROUP_PATIENCE * re_solver.seconds)
    return re_solver.worth(changed(re_solver.problem.portfolio, [changes[index] for index in group]), seconds)


def _gains(re_solver: ReSolver, worth: BoundedValue) -> bool:
    """Whether a plan is known that the change makes possible and that is worth more."""
    return worth.value > re_solver.known_value + PROVEN_GAP * max(1.0, abs(re_solver.known_value))


def _at_first(re_solver: ReSolver, change: Change) -> BoundedValue:
    """What is known of a change before it is tried: what loosens costs nothing, and relaxations give a bound."""
    loosens = re_solver.loosens(change)
    value = re_solver.base.value if loosens else -math.inf
    bound = re_solver.bound(changed(re_solver.problem.portfolio, [change]), loosens=loosens)
    return BoundedValue(value, max(value, bound), re_solver.base.plan if loosens else None)


def _learn(
    re_solver: ReSolver,
    changes: Sequence[Change],
    group: Sequence[int],
    worth: BoundedValue,
    known: dict[int, BoundedValue],
) -> None:
    """What the best value with all of a group's changes says of each: it is a bound, and its plan may need only one."""
    portfolio = re_solver.problem.portfolio
    for index in group:
        before = known[index]
        value, plan = before.value, before.plan
        if worth.plan is not None and worth.value > value:
            alone: float | None = worth.value
            if len(group) > 1:
                alone = re_solver.of(changed(portfolio, [changes[index]])).accepted(worth.plan)
            reached = -math.inf if alone is None else alone
            value, plan = max((reached, worth.plan), (value, plan), key=lambda found: found[0])
        known[index] = BoundedValue(value, max(value, min(before.bound, worth.bound)) if worth.possible or len(group) > 1
                             else worth.bound, plan)  # fmt: skip


def _halves(re_solver: ReSolver, group: Sequence[int], known: dict[int, BoundedValue]) -> list[list[int]]:
    """What is still open of a group, those that gain for certain one by one, the others in two halves."""
    if len(group) == 1:
        return []
    open_ones = [index for index in group if not known[index].proven]
    gains = [index for index in open_ones if _gains(re_solver, known[index])]
    others = [index for index in open_ones if index not in gains]
    middle = (len(others) + 1) // 2
    if len(others) == len(group) == 1:
        return []
    return [*([index] for index in gains), *(half for half in (others[:middle], others[middle:]) if half)]


def _price(re_solver: ReSolver, change: Change, worth: BoundedValue) -> PriceLine:
    """The price from what is known of both sides; rounding is none."""
    base, portfolio = re_solver.base, re_solver.problem.portfolio
    if worth.proven and base.proven and worth.plan is not None:
        gained = worth.value - base.value
        gained = 0.0 if abs(gained) <= PROVEN_GAP * max(1e-3, abs(base.value)) else gained
        return PriceLine.of(change, portfolio, gained, gained, gained)
    before = re_solver.known_value
    at_least, at_most, found = worth.value - base.bound, worth.bound - before, worth.value - before
    if re_solver.loosens(change):
        at_least, at_most, found = max(0.0, at_least), max(0.0, at_most), max(0.0, found)
    return PriceLine.of(change, portfolio, at_least, at_most, found)
