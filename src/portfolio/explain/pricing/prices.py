"""Prices: the best value without a rule less the best value with it, and what one unit more is worth.

In a large portfolio most prices are nothing, and one re-solve shows that for many rules at once: what no plan gains
without all of them, none gains without any one. Where something is gained, the rules are split in halves, down to one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from portfolio.domain import Plan, Portfolio
from portfolio.explain.pricing.change import Change
from portfolio.explain.pricing.resolving import Resolver, Worth
from portfolio.optimizer.outcome import PROVEN_GAP

FIRST_SHARE = 0.6
"""The share of the time left that one round of re-solves may take: later rounds look closer where something is gained."""
LEAST_SECONDS = 1.0


@dataclass(frozen=True)
class Price:
    """What a change is worth: the best value after it less the best value before, between `at_least` and `at_most`."""

    change: Change
    at_least: float
    at_most: float
    plan: Plan | None = None

    @property
    def proven(self) -> bool:
        """Whether the price is one figure."""
        return self.at_least == self.at_most

    @property
    def width(self) -> float:
        """How much is left open."""
        return self.at_most - self.at_least


def applied(portfolio: Portfolio, changes: Sequence[Change]) -> Portfolio:
    """The portfolio with all of these changes."""
    for change in changes:
        portfolio = change.apply(portfolio)
    return portfolio


def prices(resolver: Resolver, changes: Sequence[Change]) -> list[Price]:
    """The price of every change, in their order; what time leaves open is between two figures."""
    portfolio = resolver.problem.portfolio
    known = dict(enumerate(resolver.side_by_side([partial(_at_first, resolver, change) for change in changes])))
    apart = [index for index, change in enumerate(changes) if not change.loosens]
    loose = [index for index, change in enumerate(changes) if change.loosens and not known[index].proven]
    if not resolver.large:
        apart, loose = list(known), []
    rounds = [*([index] for index in apart), *_by_kind(changes, loose)]
    while rounds and not resolver.over:
        seconds = max(LEAST_SECONDS, resolver.left * resolver.cores / len(rounds) * FIRST_SHARE)
        tasks = [
            partial(resolver.worth, applied(portfolio, [changes[index] for index in group]), seconds)
            for group in rounds
        ]
        turn, rounds = rounds, []
        for group, worth in zip(turn, resolver.side_by_side(tasks), strict=True):
            _learn(resolver, changes, group, worth, known)
            rounds += _halves(resolver, group, known)
    return [_price(resolver, change, known[index]) for index, change in enumerate(changes)]


def _at_first(resolver: Resolver, change: Change) -> Worth:
    """What is known of a change before it is tried: what loosens costs nothing, and relaxations give a bound."""
    value = resolver.base.value if change.loosens else -math.inf
    bound = resolver.bound(change.apply(resolver.problem.portfolio), loosens=change.loosens)
    return Worth(value, max(value, bound), resolver.base.plan if change.loosens else None)


def _by_kind(changes: Sequence[Change], indices: Sequence[int]) -> list[list[int]]:
    """Changes of a kind together: rules first, then units."""
    kinds = dict.fromkeys(changes[index].kind for index in indices)
    return [[index for index in indices if changes[index].kind == kind] for kind in kinds]


def _learn(
    resolver: Resolver, changes: Sequence[Change], group: Sequence[int], worth: Worth, known: dict[int, Worth]
) -> None:
    """What the best value with all of a group's changes says of each: it is a bound, and its plan may need only one."""
    portfolio = resolver.problem.portfolio
    for index in group:
        before = known[index]
        value, plan = before.value, before.plan
        if worth.plan is not None and worth.value > value:
            alone = (
                worth.value if len(group) == 1 else resolver.of(changes[index].apply(portfolio)).accepted(worth.plan)
            )
            reached = -math.inf if alone is None else alone
            value, plan = max((reached, worth.plan), (value, plan), key=lambda found: found[0])
        known[index] = Worth(value, max(value, min(before.bound, worth.bound)) if worth.possible or len(group) > 1
                             else worth.bound, plan)  # fmt: skip


def _halves(resolver: Resolver, group: Sequence[int], known: dict[int, Worth]) -> list[list[int]]:
    """What is still open of a group, those that gain for certain one by one, the others in two halves."""
    if len(group) == 1:
        return []
    open_ones = [index for index in group if not known[index].proven]
    base = resolver.base.value
    gains = [index for index in open_ones if known[index].value > base + PROVEN_GAP * max(1.0, abs(base))]
    others = [index for index in open_ones if index not in gains]
    middle = (len(others) + 1) // 2
    if len(others) == len(group) == 1:
        return []
    return [*([index] for index in gains), *(half for half in (others[:middle], others[middle:]) if half)]


def _price(resolver: Resolver, change: Change, worth: Worth) -> Price:
    """The price from what is known of both sides; rounding is none."""
    base = resolver.base
    if worth.proven and base.proven and worth.plan is not None:
        gained = worth.value - base.value
        gained = 0.0 if abs(gained) <= PROVEN_GAP * max(1e-3, abs(base.value)) else gained
        return Price(change, gained, gained, worth.plan)
    at_least, at_most = worth.value - base.bound, worth.bound - base.value
    if change.loosens:
        at_least, at_most = max(0.0, at_least), max(0.0, at_most)
    return Price(change, at_least, at_most, worth.plan)
