"""How scores may come out: a step of their scale either way, or as other people would have voted."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.domain.evidence import Vote
from portfolio.options import Flags, Floats, Ints
from portfolio.simulation.kernel.random_numbers import PORTFOLIO, epic_name, words_of
from portfolio.simulation.kernel.ranking import draw_scorers, step_all
from portfolio.simulation.scores import RankedBy

STEP_CHANCE = 0.25
"""Chance of a step down, and as much of a step up, where nothing else is said."""
LEAST_VOTERS = 3
"""Voters of an epic from which on its scores follow them instead of steps."""


@dataclass(frozen=True)
class Steps:
    """Scores that may be one step lower or higher."""

    by: RankedBy
    chance: float
    voted: Flags
    """Which scores follow votes instead, by epic and column."""

    @cached_property
    def neighbours(self) -> tuple[Floats, Floats]:
        """The step below and the one above each score; a step off the end stays."""
        below, above = self.by.scores.copy(), self.by.scores.copy()
        for column in range(len(self.by.columns)):
            scale = self.by.scale_of(column)
            for row, score in enumerate(self.by.scores[:, column]):
                if not scale or self.voted[row, column] or not scale[0] <= score <= scale[-1]:
                    continue
                below[row, column] = max((step for step in scale if step < score), default=score)
                above[row, column] = min((step for step in scale if step > score), default=score)
        return below, above

    @cached_property
    def moves(self) -> Flags:
        """Which scores can move at all."""
        below, above = self.neighbours
        agreed = self.by.scores
        moved = ((below < agreed) | (above > agreed)) & (self.chance > 0)
        return np.asarray(moved, dtype=np.bool_)

    @cached_property
    def _words(self) -> Ints:
        return np.array([words_of(epic_name(epic.id)) for epic in self.by.epics], dtype=np.int64).reshape(-1, 2)

    def draw(self, seed: int, first: int, scores: Floats) -> None:
        """Moves the scores of some draws, a row each."""
        below, above = self.neighbours
        step_all(seed, first, self.chance, self._words, self.moves, below, above, scores)

    def outcomes(self, row: int, column: int) -> tuple[tuple[float, float], ...]:
        """What one score may come to, with chances that add up to 1."""
        below, above = (side[row, column] for side in self.neighbours)
        agreed = float(self.by.scores[row, column])
        if not self.moves[row, column]:
            return ((agreed, 1.0),)
        stays = 1 - self.chance * (int(below < agreed) + int(above > agreed))
        sides = [(float(side), self.chance) for side in (below, above) if side != agreed]
        return tuple((score, chance) for score, chance in [(agreed, stays), *sides] if chance > 0)


@dataclass(frozen=True)
class Votes:
    """Votes of several people on scores; those who voted are drawn anew, and the agreed score moves as their mean does."""

    by: RankedBy
    rows: tuple[Vote, ...]

    @cached_property
    def scorers(self) -> tuple[str, ...]:
        """All who voted, in the order of the sheet."""
        return tuple(dict.fromkeys(vote.scorer for vote in self.rows))

    @cached_property
    def cast(self) -> Floats:
        """The votes by scorer, epic and column; nan where one did not vote."""
        place = {scorer: number for number, scorer in enumerate(self.scorers)}
        row_of = {epic.id: row for row, epic in enumerate(self.by.epics)}
        found = np.full((len(self.scorers), len(row_of), len(self.by.columns)), math.nan)
        for vote in self.rows:
            row = row_of.get(vote.epic)
            if row is not None:
                given = [vote.figure(field) for field in self.by.columns]
                found[place[vote.scorer], row] = [math.nan if score is None else score for score in given]
        return found

    @cached_property
    def moved(self) -> Flags:
        """Which scores follow the votes: those that were voted on, of epics with enough voters."""
        there = ~np.isnan(self.cast)
        enough = there.any(axis=2).sum(axis=0) >= LEAST_VOTERS
        return np.asarray(there.any(axis=0) & enough[:, None], dtype=np.bool_)

    @property
    def epics(self) -> int:
        """How many epics have scores that follow votes."""
        return int(self.moved.any(axis=1).sum())

    @cached_property
    def _limits(self) -> tuple[Floats, Floats]:
        """Between what each moved score is held: its scale, or where there is none what was said of the column."""
        low, high = [], []
        for column in range(len(self.by.columns)):
            held = [*self.by.scale_of(column)] or [
                score for score in (*self.by.scores[:, column], *self.cast[:, :, column].ravel()) if score == score
            ]
            low.append(min(held))
            high.append(max(held))
        rows, columns = np.nonzero(self.moved)
        agreed = self.by.scores[rows, columns]
        return np.minimum(np.array(low)[columns], agreed), np.maximum(np.array(high)[columns], agreed)

    def drawn(self, seed: int, first: int, count: int) -> Ints:
        """How often each scorer is drawn, a row for each draw."""
        times = np.zeros((count, len(self.scorers)), dtype=np.int64)
        draw_scorers(seed, first, np.array(words_of(PORTFOLIO), dtype=np.int64), times)
        return times

    @cached_property
    def outcomes(self) -> tuple[tuple[tuple[int, ...], float], ...]:
        """How often each scorer may be drawn, with chances."""
        count = len(self.scorers)
        found = []
        for drawn in itertools.combinations_with_replacement(range(count), count):
            times = tuple(drawn.count(scorer) for scorer in range(count))
            ways = math.factorial(count) // math.prod(math.factorial(one) for one in times)
            found.append((times, ways / count**count))
        return tuple(found)

    @property
    def combinations(self) -> int:
        """How many outcomes there are."""
        return math.comb(2 * len(self.scorers) - 1, len(self.scorers))

    def move(self, times: Ints, scores: Floats) -> None:
        """Moves the voted scores of some draws by the mean of those drawn less the mean of all."""
        rows, columns = np.nonzero(self.moved)
        votes = self.cast[:, rows, columns]
        there = ~np.isnan(votes)
        votes = np.where(there, votes, 0.0)
        drawn, count = _summed(times, votes), _summed(times, there.astype(np.float64))
        everybody = np.ones((1, len(self.scorers)), dtype=np.int64)
        mean = _summed(everybody, votes) / _summed(everybody, there.astype(np.float64))
        change = np.where(count > 0, drawn / np.maximum(count, 1.0) - mean, 0.0)
        scores[:, rows, columns] = np.clip(self.by.scores[rows, columns] + change, *self._limits)


def _summed(times: Ints, votes: Floats) -> Floats:
    """The votes of those drawn, added in the order of the scorers, so that it is the same on any machine."""
    made = np.zeros((len(times), votes.shape[1]))
    for scorer in range(len(votes)):
        made += times[:, scorer : scorer + 1] * votes[scorer]
    return made


def moves_of(by: RankedBy, votes: Sequence[Vote], chance: float | None) -> tuple[Steps, Votes]:
    """How the scores of a ranking may come out."""
    voted = Votes(by, tuple(votes))
    return Steps(by, STEP_CHANCE if chance is None else chance, voted.moved), voted
