"""Possible outcomes of all that a ranking is computed from: drawn by number, or all there are with their chances."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from portfolio.options import Floats
from portfolio.simulation.factors import Cases
from portfolio.simulation.futures import MOST_COMBINATIONS, AllFutures, DrawnFutures, Futures, as_planned
from portfolio.simulation.kernel.random_numbers import Kind
from portfolio.simulation.score_moves import Steps, Votes
from portfolio.simulation.scores import RankedBy
from portfolio.simulation.unknowns import Uncertainty, uncertainty_of

MOST_OF_AN_EPIC = 10_000
"""Combinations of an epic's scores up to which they are looked through."""
_BITS = 2.0**40


class Rows(NamedTuple):
    """What epics are ranked by in some futures, a row each: ratio and worth by epic, and the chance of the row."""

    ratio: Floats
    worth: Floats
    chance: Floats


class Outcomes(NamedTuple):
    """What the scores of one epic may come to, a row each, with their chances."""

    scores: Floats
    chances: Floats


@dataclass(frozen=True)
class RankFutures:
    """All that may move in a ranking: steps, votes, and factors of effort, benefit and cost."""

    by: RankedBy
    steps: Steps
    votes: Votes
    seed: int
    draws: int
    most_combinations: int = MOST_COMBINATIONS

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """The factors that the ranking depends on; a hypothesis counts as a share, and capacity ranks nothing."""
        found = uncertainty_of(self.by.portfolio, [epic.id for epic in self.by.epics])
        named = {epic.id: epic for epic in self.by.epics}
        kept = {
            (name, kind): factor
            for (name, kind), factor in found.factors.items()
            if kind in self.by.kinds and (kind != Kind.BENEFIT or self.by.has_factor(named[name]))
        }
        return replace(found, factors=kept, confidence={}, capacity={})

    @property
    def is_certain(self) -> bool:
        """Whether nothing moves at all."""
        return not (self.uncertainty.factors or self.steps.moves.any() or self.has_votes)

    @property
    def has_votes(self) -> bool:
        """Whether any score follows votes."""
        return bool(self.votes.moved.any())

    @cached_property
    def _counted(self) -> tuple[Outcomes, ...] | None:
        """What each epic's scores may come to, where all combinations together are few enough to count."""
        if not self._is_discrete:
            return None
        total = self.votes.combinations if self.has_votes else 1
        total *= self._factors.count
        found = []
        for row in range(len(self.by.epics)):
            if total > self.most_combinations:
                return None
            ways = [self.steps.outcomes(row, column) for column in range(len(self.by.columns))]
            if math.prod(map(len, ways)) > MOST_OF_AN_EPIC:
                return None
            found.append(self._merged(row, _combined(ways)))
            total *= len(found[-1].chances)
        return tuple(found) if total <= self.most_combinations else None

    @property
    def _is_discrete(self) -> bool:
        factors = self.uncertainty.factors.values()
        if any(not isinstance(factor, Cases) for factor in factors):
            return False
        return not (factors and any(self.by.portfolio.shared_variance))

    @cached_property
    def _factors(self) -> AllFutures:
        return AllFutures(self.uncertainty, 1)

    def _merged(self, row: int, outcomes: Outcomes) -> Outcomes:
        """Outcomes that rank alike as one, unless something else moves the epic too."""
        name = self.by.epics[row].id
        if self.votes.moved[row].any() or any(epic == name for epic, _ in self.uncertainty.factors):
            return outcomes
        count = len(outcomes.chances)
        scores = np.repeat(self.by.scores[None], count, axis=0)
        scores[:, row] = outcomes.scores
        ratio, worth = self.by.keys(scores, as_planned(count, len(self.by.epics), 1, 1))
        alike: dict[tuple[float, float], list[int]] = {}
        for place in range(count):
            alike.setdefault((float(ratio[place, row]), float(worth[place, row])), []).append(place)
        return Outcomes(
            outcomes.scores[[places[0] for places in alike.values()]],
            np.array([math.fsum(outcomes.chances[places]) for places in alike.values()]),
        )

    @property
    def exact(self) -> bool:
        """Whether these are all futures there are."""
        return self._counted is not None

    @property
    def count(self) -> int:
        """How many there are."""
        if self._counted is None:
            return self.draws
        of_votes = self.votes.combinations if self.has_votes else 1
        return math.prod(len(one.chances) for one in self._counted) * of_votes * self._factors.count

    def part(self, first: int, count: int) -> Rows:
        """Some of them, from one on."""
        count = max(0, min(count, self.count - first))
        scores = np.repeat(self.by.scores[None], count, axis=0)
        factors = self._drawn(first, count, scores) if self._counted is None else self._all(first, count, scores)
        ratio, worth = self.by.keys(scores, factors)
        if self.has_votes:
            ratio, worth = _rounded(ratio), _rounded(worth)
        return Rows(np.ascontiguousarray(ratio), np.ascontiguousarray(worth), factors.chance)

    def _drawn(self, first: int, count: int, scores: Floats) -> Futures:
        self.steps.draw(self.seed, first, scores)
        if self.has_votes:
            self.votes.move(self.votes.drawn(self.seed, first, count), scores)
        return DrawnFutures(self.uncertainty, 1, self.seed, self.draws).part(first, count)

    def _all(self, first: int, count: int, scores: Floats) -> Futures:
        """Combinations from one on; factors vary fastest, then the last epic's scores, and votes last of all."""
        number = np.arange(first, first + count)
        number, turn = np.divmod(number, self._factors.count)
        made = self._factors.part(0, self._factors.count).only(turn)
        chance = made.chance
        for row, one in reversed(list(enumerate(self._counted or ()))):
            number, turn = np.divmod(number, len(one.chances))
            scores[:, row] = one.scores[turn]
            chance = chance * one.chances[turn]
        if self.has_votes:
            times = np.array([drawn for drawn, _ in self.votes.outcomes], dtype=np.int64)[number]
            chance = chance * np.array([chance for _, chance in self.votes.outcomes])[number]
            self.votes.move(times, scores)
        return replace(made, chance=chance)


def _combined(ways: list[tuple[tuple[float, float], ...]]) -> Outcomes:
    """Every combination of what some scores may come to."""
    rows = list(itertools.product(*ways))
    scores = np.array([[score for score, _ in row] for row in rows], dtype=np.float64).reshape(len(rows), len(ways))
    return Outcomes(scores, np.array([math.prod(chance for _, chance in row) for row in rows]))


def _rounded(figures: Floats) -> Floats:
    """Figures to 12 digits, so that what differs only by how means are added up is equal."""
    part, power = np.frexp(figures)
    return np.asarray(np.ldexp(np.rint(part * _BITS) / _BITS, power), dtype=np.float64)
