"""Possible futures, as many as asked for: drawn by number, or all there are with their chances where they can be counted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from portfolio.options import Flags, Floats, Ints
from portfolio.simulation.factors import Cases
from portfolio.simulation.kernel.draw import Unknowns, draw_all, new_room
from portfolio.simulation.kernel.random_numbers import Kind
from portfolio.simulation.unknowns import Uncertainty

MOST_COMBINATIONS = 100_000
"""Combinations up to which all are counted instead of drawn."""


@dataclass(frozen=True)
class Futures:
    """Some futures, a row each: factors and hypotheses by epic, shares of capacity by period and value stream, chances."""

    effort: Floats
    benefit: Floats
    cost: Floats
    holds: Flags
    share: Floats
    chance: Floats

    def __len__(self) -> int:
        """How many there are."""
        return len(self.chance)

    def only(self, rows: slice | Ints) -> Futures:
        """Some of them."""
        return Futures(
            self.effort[rows],
            self.benefit[rows],
            self.cost[rows],
            self.holds[rows],
            self.share[rows],
            self.chance[rows],
        )


def as_planned(count: int, epics: int, periods: int, streams: int) -> Futures:
    """Futures in which everything comes as planned."""
    ones = np.ones((count, epics))
    return Futures(
        ones,
        ones.copy(),
        ones.copy(),
        np.ones((count, epics), dtype=np.bool_),
        np.ones((count, periods, streams)),
        np.ones(count),
    )


def _to_draw(unknowns: Unknowns, count: int, epics: int, periods: int, streams: int) -> Futures:
    """Futures in which nothing is drawn yet: what never is comes as planned, and the rest is room, filled once."""
    tables = []
    for kind in (Kind.EFFORT, Kind.BENEFIT, Kind.COST):
        table = np.empty((count, epics))
        drawn = np.isin(np.arange(epics), unknowns.column[unknowns.kind == int(kind)])
        if not drawn.all():
            table[:, ~drawn] = 1.0
        tables.append(table)
    holds, share = np.ones((count, epics), dtype=np.bool_), np.ones((count, periods, streams))
    return Futures(tables[0], tables[1], tables[2], holds, share, np.ones(count))


class FutureSource(Protocol):
    """Where futures come from: how many there are, whether these are all, and any part of them."""

    @property
    def count(self) -> int:
        """How many futures there are."""

    @property
    def exact(self) -> bool:
        """Whether these are all futures there are, with their chances."""

    def part(self, first: int, count: int) -> Futures:
        """The futures from one on."""


@dataclass(frozen=True)
class DrawnFutures:
    """Futures that are drawn: each is known by the seed and its number alone."""

    uncertainty: Uncertainty
    periods: int
    seed: int
    count: int
    exact: bool = False

    def part(self, first: int, count: int) -> Futures:
        """The draws from one on."""
        count = max(0, min(count, self.count - first))
        streams = len(self.uncertainty.portfolio.value_streams)
        unknowns = self.uncertainty.unknowns
        made = _to_draw(unknowns, count, len(self.uncertainty.epics), self.periods, streams)
        room = new_room(unknowns, self.periods)
        draw_all(unknowns, room, self.seed, first, made.effort, made.benefit, made.cost, made.holds, made.share)
        return made


@dataclass(frozen=True)
class Outcome:
    """What one uncertain thing may come to: the amounts of a factor or 1 and 0 of a hypothesis, with their chances."""

    kind: Kind
    column: int
    amounts: tuple[float, ...]
    chances: tuple[float, ...]


@dataclass(frozen=True)
class AllFutures:
    """All futures there are, each with its chance: every combination of what cases and hypotheses may come to."""

    uncertainty: Uncertainty
    periods: int
    exact: bool = True

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What each uncertain thing may come to."""
        return outcomes_of(self.uncertainty)

    @cached_property
    def count(self) -> int:
        """How many combinations there are."""
        return math.prod(len(outcome.amounts) for outcome in self.outcomes)

    def part(self, first: int, count: int) -> Futures:
        """The combinations from one on; the last thing varies fastest."""
        count = max(0, min(count, self.count - first))
        made = as_planned(
            count, len(self.uncertainty.epics), self.periods, len(self.uncertainty.portfolio.value_streams)
        )
        number = np.arange(first, first + count)
        tables = {Kind.EFFORT: made.effort, Kind.BENEFIT: made.benefit, Kind.COST: made.cost}
        for outcome in reversed(self.outcomes):
            number, turn = np.divmod(number, len(outcome.amounts))
            amount = np.array(outcome.amounts)[turn]
            if outcome.kind == Kind.HYPOTHESIS:
                made.holds[:, outcome.column] = amount > 0
            else:
                tables[outcome.kind][:, outcome.column] = amount
            made.chance[:] *= np.array(outcome.chances)[turn]
        return made


def outcomes_of(uncertainty: Uncertainty) -> tuple[Outcome, ...]:
    """What each uncertain thing may come to, without what has no chance; only for what can be counted."""
    found = [
        _possible(kind, uncertainty.column[name], factor.factors, factor.chances)
        for (name, kind), factor in uncertainty.factors.items()
        if isinstance(factor, Cases)
    ]
    holds = [
        _possible(Kind.HYPOTHESIS, uncertainty.column[name], (1.0, 0.0), (share, 1 - share))
        for name, share in uncertainty.confidence.items()
    ]
    return (*found, *holds)


def _possible(kind: Kind, column: int, amounts: tuple[float, ...], chances: tuple[float, ...]) -> Outcome:
    kept = [(amount, chance) for amount, chance in zip(amounts, chances, strict=True) if chance > 0]
    return Outcome(kind, column, tuple(amount for amount, _ in kept), tuple(chance for _, chance in kept))


def can_be_counted(uncertainty: Uncertainty, most: int = MOST_COMBINATIONS) -> bool:
    """Whether all that is uncertain are cases and hypotheses that share nothing, in few enough combinations."""
    if uncertainty.is_certain:
        return True
    discrete = all(isinstance(factor, Cases) for factor in uncertainty.factors.values()) and not uncertainty.capacity
    if not discrete or any(uncertainty.portfolio.shared_variance):
        return False
    return math.prod(len(outcome.amounts) for outcome in outcomes_of(uncertainty)) <= most


def futures_of(
    uncertainty: Uncertainty, periods: int, seed: int, draws: int, most: int = MOST_COMBINATIONS
) -> FutureSource:
    """All futures where they can be counted, else as many draws as asked for."""
    if can_be_counted(uncertainty, most):
        return AllFutures(uncertainty, periods)
    return DrawnFutures(uncertainty, periods, seed, draws)
