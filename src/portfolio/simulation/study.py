"""A study: a plan played forward in many futures, chunk by chunk, on as many cores as there are."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from portfolio.domain import Plan
from portfolio.optimizer.execution.workers import Workers
from portfolio.optimizer.problem import Problem
from portfolio.results.intervals import Z95
from portfolio.simulation.chunked import run
from portfolio.simulation.futures import MOST_COMBINATIONS, DrawnFutures, FutureSource, futures_of
from portfolio.simulation.played_plan import PlayedPlan, periods_of
from portfolio.simulation.tally import ChunkTally, Tally, Targets, tally
from portfolio.simulation.unknowns import Uncertainty, uncertainty_of

CHUNK = 1000
"""Draws of a chunk."""
MOST_DRAWS = 1_000_000
"""Draws at most, however small an error is asked for."""
DEFAULT_DRAWS = 10_000
DEFAULT_SEED = 1


@dataclass(frozen=True)
class PlayStudy:
    """One plan, played forward in each of its futures."""

    problem: Problem
    plan: Plan
    seed: int = DEFAULT_SEED
    draws: int = DEFAULT_DRAWS
    most_combinations: int = MOST_COMBINATIONS

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """What is uncertain of the plan's epics and of capacity."""
        return uncertainty_of(
            self.problem.portfolio, [name for name in self.problem.portfolio.epic_index if name in self.plan]
        )

    @cached_property
    def source(self) -> FutureSource:
        """The futures it is played in."""
        periods = periods_of(self.problem.portfolio)
        return futures_of(self.uncertainty, periods, self.seed, self.draws, self.most_combinations)

    @cached_property
    def played_plan(self) -> PlayedPlan:
        """The plan, ready to be played forward."""
        stops = self.problem.portfolio.stop_after_mvp is not False
        return PlayedPlan(self.problem, self.plan, self.uncertainty.column, stops)

    @cached_property
    def targets(self) -> Targets:
        """What the plan is held against."""
        return Targets.of(self.played_plan)

    @property
    def count(self) -> int:
        """How many futures it is played in."""
        return self.source.count

    @property
    def chunks(self) -> range:
        """The numbers of its chunks."""
        return range(math.ceil(self.count / CHUNK))

    def chunk(self, number: int) -> ChunkTally:
        """What comes of the plan in one chunk of futures."""
        futures = self.source.part(number * CHUNK, CHUNK)
        played = self.played_plan.play(futures)
        return tally(self.played_plan, self.targets, futures, played, self.played_plan.values(played, futures))

    @cached_property
    def name(self) -> str:
        """The study's name: it is the same for the same portfolio, plan, seed and number of draws."""
        return study_name(self.problem, [self.plan], {"kind": "play", "seed": self.seed, "draws": self.draws})


def study_name(problem: Problem, plans: Iterable[Plan], settings: dict[str, object]) -> str:
    """SHA-256 of what a study depends on."""
    said = {
        "portfolio": problem.portfolio.model_dump(mode="json"),
        "benefit": dict(problem.benefit),
        "order": list(problem.order),
        "goal": problem.goal,
        "plans": [sorted((name, one.start, one.periods) for name, one in plan.bookings.items()) for plan in plans],
        "settings": settings,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def play_out(
    study: PlayStudy,
    until: float | None = None,
    workers: int | Workers | None = None,
    told: Callable[[int, int], None] | None = None,
) -> tuple[PlayStudy, Tally]:
    """Plays a study to its end; with `until`, doubles its draws until the mean is known to that share of it.

    `told` hears how many draws are done, of how many. Returns the study as it ended.
    """
    made, first = Tally(), 0
    while True:
        for _, result in run(study, study.chunks[first:], workers):
            made.add(result)
            if told is not None:
                told(made.draws, study.count)
        worth = made.worth
        wide = until is not None and Z95 * worth.standard_error > until * abs(worth.mean)
        if not wide or study.source.exact or study.draws >= MOST_DRAWS:
            return study, made
        first = len(study.chunks)
        study = _doubled(study)


def _doubled(study: PlayStudy) -> PlayStudy:
    """The same study with twice as many draws; whole chunks are kept, so that what is done counts."""
    draws = min(2 * study.draws, MOST_DRAWS)
    larger = replace(study, draws=draws)
    larger.__dict__.update({name: study.__dict__[name] for name in ("uncertainty", "played_plan", "targets")})
    assert isinstance(study.source, DrawnFutures)
    larger.__dict__["source"] = replace(study.source, count=draws)
    return larger
