"""Scores as they might have been: a step up or down the scale, or as other voters would have agreed on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from portfolio.domain import Portfolio
from portfolio.domain.evidence import Vote
from portfolio.options import Floats, Ints
from portfolio.scoring import ScoringRules
from portfolio.simulation.futures import MOST_COMBINATIONS
from portfolio.simulation.kernel.random_numbers import PORTFOLIO, Kind, epic_name, words_of
from portfolio.simulation.kernel.scores import uniforms

LEAST_VOTERS = 3
"""Voters of an epic from which on their votes say how its scores vary."""
STEP_CHANCE = 0.25
"""The chance that a score should be a step lower, and as much that it should be a step higher, where nothing is said."""


@dataclass(frozen=True)
class Scores:
    """The scores of a portfolio's epics and how they may vary: `given` by epic and field, nan where there is none.

    `moved` adds to each score what other voters would have agreed on, by epic, field and scorer drawn; it is there for epics
    with enough voters only.
    """

    portfolio: Portfolio
    fields: tuple[str, ...]
    scale: tuple[float, ...]
    chance: float

    @classmethod
    def of(cls, portfolio: Portfolio, rules: ScoringRules) -> Scores:
        """The scores that a model's ranking is made of, in the order of its columns."""
        size = ("job_size",) if rules.denominator == "job_size" else ()
        step = portfolio.score_step_chance
        return cls(portfolio, (*rules.weights, *size), rules.scale, STEP_CHANCE if step is None else step)

    @cached_property
    def given(self) -> Floats:
        """The agreed scores, by epic and field."""
        rows = [[_number(epic.figure(field)) for field in self.fields] for epic in self.portfolio.epics]
        return np.array(rows, dtype=np.float64).reshape(len(self.portfolio.epics), len(self.fields))

    @cached_property
    def scorers(self) -> tuple[str, ...]:
        """Everybody who votes, in the order of the sheet."""
        return tuple(dict.fromkeys(vote.scorer for vote in self.portfolio.evidence.votes))

    @cached_property
    def votes(self) -> dict[int, Floats]:
        """For each epic with enough voters their votes, by scorer and field; nan where one did not vote."""
        found: dict[int, list[Vote]] = {}
        for vote in self.portfolio.evidence.votes:
            if vote.epic in self.portfolio.epic_index:
                found.setdefault(self.portfolio.epic_index[vote.epic], []).append(vote)
        return {
            epic: self._table(votes)
            for epic, votes in found.items()
            if len({vote.scorer for vote in votes}) >= LEAST_VOTERS
        }

    def _table(self, votes: Sequence[Vote]) -> Floats:
        table = np.full((len(self.scorers), len(self.fields)), math.nan)
        place = {scorer: row for row, scorer in enumerate(self.scorers)}
        for vote in votes:
            table[place[vote.scorer]] = [_number(_vote(vote, field)) for field in self.fields]
        return table

    @cached_property
    def stepping(self) -> list[tuple[int, int]]:
        """The epic and field of each score that moves by steps."""
        there = ~np.isnan(self.given) if self.scale and self.chance > 0 else np.zeros_like(self.given, dtype=np.bool_)
        return [
            (int(epic), int(field)) for epic, field in zip(*np.nonzero(there), strict=True) if epic not in self.votes
        ]

    def neighbours(self, score: float) -> tuple[float, float]:
        """The next step of the scale below a score and above it; a step off the end stays."""
        below = max((step for step in self.scale if step < score), default=score)
        above = min((step for step in self.scale if step > score), default=score)
        return below, above

    def voted(self, drawn: Ints) -> dict[int, Floats]:
        """For each epic with enough voters its scores in each draw, whose scorers are a row of `drawn` each."""
        found = {}
        for epic, table in self.votes.items():
            there = ~np.isnan(table)
            count = there[drawn].sum(axis=1)
            total = np.where(there, table, 0.0)[drawn].sum(axis=1)
            mean = np.divide(total, count, out=np.full(total.shape, math.nan), where=count > 0)
            everybody = np.nanmean(table, axis=0) if there.any() else np.zeros(table.shape[1])
            moved = self.given[epic] + np.where(np.isnan(mean), 0.0, mean - everybody)
            found[epic] = np.clip(moved, self.scale[0], self.scale[-1]) if self.scale else moved
        return found


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _vote(vote: Vote, field: str) -> float | None:
    if field in type(vote).model_fields:
        value: float | None = getattr(vote, field)
        return value
    return vote.criteria.get(field)


class ScoreSource(Protocol):
    """Where scores come from: how many sets of them, and any part of these with their chances."""

    @property
    def count(self) -> int:
        """How many sets of scores there are."""

    def part(self, first: int, count: int) -> tuple[Floats, Floats]:
        """Scores by draw, epic and field, and the chance of each draw."""


@dataclass(frozen=True)
class DrawnScores:
    """Scores that are drawn: each set is known by the seed and its number."""

    scores: Scores
    seed: int
    count: int

    def part(self, first: int, count: int) -> tuple[Floats, Floats]:
        """The draws from one on."""
        count = max(0, min(count, self.count - first))
        scores, epics = self.scores, self.scores.portfolio.epics
        made = np.repeat(scores.given[None], count, axis=0)
        words = np.array([words_of(epic_name(epic.id)) for epic in epics], dtype=np.int64).reshape(-1, 2)
        drawn = np.empty((count, len(epics), len(scores.fields)))
        if scores.stepping:
            uniforms(self.seed, first, words, int(Kind.SCORE), drawn)
        for epic, field in scores.stepping:
            below, above = scores.neighbours(scores.given[epic, field])
            u = drawn[:, epic, field]
            made[u < scores.chance, epic, field] = below
            made[u >= 1 - scores.chance, epic, field] = above
        if scores.votes:
            turns = np.empty((count, 1, len(scores.scorers)))
            uniforms(self.seed, first, np.array([words_of(PORTFOLIO)], dtype=np.int64), int(Kind.VOTER), turns)
            for epic, own in scores.voted((turns[:, 0] * len(scores.scorers)).astype(np.int64)).items():
                made[:, epic] = own
        return made, np.ones(count)


@dataclass(frozen=True)
class AllScores:
    """All sets of scores there are, each with its chance."""

    scores: Scores

    @cached_property
    def outcomes(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """For each score that moves by steps what it may be, with the chance of it."""
        return tuple(_outcomes(self.scores, epic, field) for epic, field in self.scores.stepping)

    @property
    def _turns(self) -> int:
        voters = len(self.scores.scorers) if self.scores.votes else 0
        return int(voters**voters) if voters else 1

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return math.prod(len(one) for one in self.outcomes) * self._turns

    def part(self, first: int, count: int) -> tuple[Floats, Floats]:
        """The combinations from one on; the voters vary slowest."""
        count = max(0, min(count, self.count - first))
        number, chance = np.arange(first, first + count), np.ones(count)
        made = np.repeat(self.scores.given[None], count, axis=0)
        for (epic, field), outcome in zip(reversed(self.scores.stepping), reversed(self.outcomes), strict=True):
            number, turn = np.divmod(number, len(outcome))
            made[:, epic, field] = np.array([score for score, _ in outcome])[turn]
            chance *= np.array([share for _, share in outcome])[turn]
        if self.scores.votes:
            voters = len(self.scores.scorers)
            drawn = number[:, None] // voters ** np.arange(voters) % voters
            chance /= self._turns
            for epic, own in self.scores.voted(drawn).items():
                made[:, epic] = own
        return made, chance


def _outcomes(scores: Scores, epic: int, field: int) -> tuple[tuple[float, float], ...]:
    given, chances = float(scores.given[epic, field]), dict[float, float]()
    below, above = scores.neighbours(given)
    for score, share in ((below, scores.chance), (given, 1 - 2 * scores.chance), (above, scores.chance)):
        chances[score] = chances.get(score, 0.0) + share
    return tuple((score, share) for score, share in chances.items() if share > 0)


def scores_source(scores: Scores, seed: int, draws: int, *, alone: bool) -> ScoreSource:
    """All sets of scores where they can be counted and nothing else varies, else as many draws as asked for."""
    every = AllScores(scores)
    return every if alone and every.count <= MOST_COMBINATIONS else DrawnScores(scores, seed, draws)
