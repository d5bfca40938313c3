"""A study of a ranking: every epic is scored and ranked anew in each future, and its places are counted."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from portfolio.optimizer.execution.workers import Workers
from portfolio.options import Floats, Ints
from portfolio.simulation.chunked import run
from portfolio.simulation.futures import MOST_COMBINATIONS
from portfolio.simulation.kernel.ranking import count_ranks, room_to_rank
from portfolio.simulation.rank_futures import RankFutures
from portfolio.simulation.score_moves import moves_of
from portfolio.simulation.scores import RankedBy
from portfolio.simulation.study import CHUNK, DEFAULT_DRAWS, DEFAULT_SEED


@dataclass(frozen=True)
class RankTally:
    """What was counted: the chance of each place by epic, and that one epic ranks above another."""

    places: Floats
    above: Floats

    def plus(self, other: RankTally) -> RankTally:
        """Both together."""
        return RankTally(self.places + other.places, self.above + other.above)


@dataclass(frozen=True)
class RankStudy:
    """The epics of a portfolio ranked anew in each of many futures."""

    by: RankedBy
    seed: int = DEFAULT_SEED
    draws: int = DEFAULT_DRAWS
    most_combinations: int = MOST_COMBINATIONS

    @cached_property
    def futures(self) -> RankFutures:
        """The futures in which they are ranked."""
        steps, votes = moves_of(self.by, self.by.portfolio.evidence.votes, self.by.portfolio.score_step_chance)
        return RankFutures(self.by, steps, votes, self.seed, self.draws, self.most_combinations)

    @property
    def chunks(self) -> range:
        """The numbers of its chunks."""
        return range(math.ceil(self.futures.count / CHUNK))

    @cached_property
    def groups(self) -> Ints:
        """Which epics are ranked with each other: all, or those of a value stream where ranks count only within it."""
        names = [self.by.ranking.by_id[epic.id].value_stream for epic in self.by.epics]
        number: Mapping[str | None, int] = {name: place for place, name in enumerate(dict.fromkeys(names))}
        return np.array([number[name] for name in names], dtype=np.int64)

    @cached_property
    def name(self) -> str:
        """The study's name: SHA-256 of what it depends on."""
        rules = self.by.rules
        said = {
            "kind": "ranks",
            "portfolio": self.by.portfolio.model_dump(mode="json"),
            "method": self.by.method,
            "rules": [rules.method, sorted(rules.weights.items()), list(rules.scale), rules.denominator],
            "groups": self.groups.tolist(),
            "seed": self.seed,
            "draws": self.draws,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def chunk(self, number: int) -> RankTally:
        """The places of all epics in one chunk of futures."""
        rows = self.futures.part(number * CHUNK, CHUNK)
        count = len(self.by.epics)
        made = RankTally(np.zeros((count, count)), np.zeros((count, count)))
        room = room_to_rank(rows.ratio.shape[1], self.groups)
        count_ranks(rows.ratio, rows.worth, self.groups, rows.chance, made.places, made.above, room)
        return made


@dataclass
class RankCount:
    """A study of a ranking that was counted to its end."""

    study: RankStudy
    tally: RankTally = field(init=False)

    def __post_init__(self) -> None:
        """Begins with nothing counted."""
        count = len(self.study.by.epics)
        self.tally = RankTally(np.zeros((count, count)), np.zeros((count, count)))

    @property
    def total(self) -> float:
        """All that was counted: the number of draws, or a chance of 1."""
        return float(self.tally.places[0].sum()) if len(self.tally.places) else 1.0

    def above(self, one: int, other: int) -> float:
        """The chance that one epic ranks above another."""
        return float(self.tally.above[one, other] / self.total)

    def within(self, epic: int, places: int) -> float:
        """The chance that an epic is among the first so many."""
        return float(self.tally.places[epic, :places].sum() / self.total)

    def percentile(self, epic: int, share: float) -> int:
        """The smallest rank that an epic keeps or betters with at least this chance."""
        reached = np.cumsum(self.tally.places[epic]) / self.total
        return int(np.searchsorted(reached, share - 1e-9)) + 1


def rank_anew(
    study: RankStudy, workers: int | Workers | None = None, told: Callable[[int, int], None] | None = None
) -> RankCount:
    """Counts a study to its end; `told` hears how many futures are done, of how many."""
    made = RankCount(study)
    for number, result in run(study, study.chunks, workers):
        made.tally = made.tally.plus(result)
        if told is not None:
            told(min((number + 1) * CHUNK, study.futures.count), study.futures.count)
    return made
