"""Plans to choose from, each played forward in the same futures, so that differences are taken draw by draw."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.problem import Problem
from portfolio.options import Floats, Ints
from portfolio.simulation.futures import DrawnFutures, Futures, FutureSource, futures_of
from portfolio.simulation.kernel.count import IN_TIME
from portfolio.simulation.played_plan import PlayedPlan, periods_of
from portfolio.simulation.statistics import in_order
from portfolio.simulation.study import CHUNK, study_name
from portfolio.simulation.tally import Targets
from portfolio.simulation.unknowns import Uncertainty, uncertainty_of

MOST_CANDIDATES = 50
"""Candidates at most."""
MOST_DRAWS = 100_000
"""Futures at most that they are chosen on, and reported on: what each is worth in each of them is kept, 400 bytes a future."""


@dataclass(frozen=True)
class Candidate:
    """A plan to choose from, and where it comes from."""

    name: str
    plan: Plan


def distinct(problem: Problem, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that keep every hard guardrail at the planned figures, each plan once, the first as it is."""
    kept: list[Candidate] = []
    seen: set[tuple[tuple[str, int, int], ...]] = set()
    for candidate in candidates:
        bookings = candidate.plan.bookings.items()
        key = tuple(sorted((name, booking.start, booking.periods) for name, booking in bookings))
        if key not in seen and (not kept or problem.accepted(candidate.plan) is not None):
            seen.add(key)
            kept.append(candidate)
    return kept


@dataclass(frozen=True)
class ChunkOfChoices:
    """One chunk: value by draw and candidate, and dates kept by candidate (the least, as counts by epic)."""

    value: Floats
    chance: Floats
    dates: tuple[Floats, ...]
    joint: Floats


class FuturesOfSome(NamedTuple):
    """What is uncertain of some epics, and their futures chunk by chunk."""

    uncertainty: Uncertainty
    chunks: Iterator[Futures]


@dataclass(frozen=True)
class ChoiceStudy:
    """Candidates that are all played forward in the same futures: half of the draws to choose on, the others to report on."""

    problem: Problem
    candidates: tuple[Candidate, ...]
    seed: int
    draws: int

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """What is uncertain of the epics of any candidate, and of capacity."""
        there = {name for candidate in self.candidates for name in candidate.plan}
        names = [epic.id for epic in self.problem.portfolio.epics if epic.id in there]
        return uncertainty_of(self.problem.portfolio, names)

    @cached_property
    def source(self) -> FutureSource:
        """The futures."""
        return futures_of(self.uncertainty, periods_of(self.problem.portfolio), self.seed, self.draws)

    @cached_property
    def plans(self) -> list[PlayedPlan]:
        """The candidates, ready to be played forward."""
        stops = self.problem.portfolio.stop_after_mvp is not False
        return [PlayedPlan(self.problem, one.plan, self.uncertainty.column, stops) for one in self.candidates]

    @cached_property
    def dates(self) -> list[Floats]:
        """The week by which each epic of each candidate has to be done; nan where none."""
        return [Targets.of(plan).dates for plan in self.plans]

    @cached_property
    def name(self) -> str:
        """The study's name, by all that it depends on."""
        plans = [one.plan for one in self.candidates]
        return study_name(self.problem, plans, {"kind": "choices", "seed": self.seed, "draws": self.draws})

    @property
    def chunks(self) -> range:
        """The numbers of its chunks; the first half of them is to choose on, unless all futures are counted."""
        count = self.source.count
        return range(math.ceil(count / CHUNK) if self.source.exact else 2 * math.ceil(count / 2 / CHUNK))

    def futures(self, number: int) -> Futures:
        """The futures of one chunk: they can be made again at any time, so nobody keeps them."""
        return self._part(self.source, number)

    def _part(self, source: FutureSource, number: int) -> Futures:
        if source.exact:
            return source.part(number * CHUNK, CHUNK)
        of_half = source.count // 2
        half, place = divmod(number, len(self.chunks) // 2)
        return source.part(half * of_half + place * CHUNK, min(CHUNK, of_half - place * CHUNK))

    def concerning(self, epics: Sequence[str]) -> FuturesOfSome:
        """The same futures as far as they concern these epics; others are not drawn, since no number depends on another."""
        source, uncertainty = self.source, self.uncertainty
        if isinstance(source, DrawnFutures):
            uncertainty = uncertainty_of(self.problem.portfolio, epics)
            source = replace(source, uncertainty=uncertainty)
        return FuturesOfSome(uncertainty, (self._part(source, number) for number in self.chunks))

    def chunk(self, number: int) -> ChunkOfChoices:
        """What comes of every candidate in one chunk of futures."""
        futures = self.futures(number)
        columns, dates, joint = [], [], []
        for plan, target in zip(self.plans, self.dates, strict=True):
            played = plan.play(futures)
            columns.append(plan.plan_values(played, plan.values(played, futures)))
            kept = (played.done <= target + IN_TIME)[:, ~np.isnan(target)]
            dates.append(in_order(kept * futures.chance[:, None]))
            joint.append(float(in_order(kept.all(axis=1) * futures.chance)))
        return ChunkOfChoices(np.array(columns).T, futures.chance, tuple(dates), np.array(joint))


@dataclass(frozen=True)
class Choices:
    """All chunks together: value by draw and candidate, chances, and how sure each candidate's dates are.

    `dates` is the smallest chance of an epic to be done by its date, 1 where no epic has one; `joint` that all are kept.
    """

    candidates: tuple[Candidate, ...]
    value: Floats
    chance: Floats
    dates: Floats
    joint: Floats
    exact: bool

    @property
    def means(self) -> Floats:
        """The mean value of each candidate."""
        return np.asarray(in_order(self.value * self.chance[:, None]) / in_order(self.chance), dtype=np.float64)

    @property
    def best(self) -> int:
        """The candidate with the best mean; the earlier one where two are equal."""
        return first_best(self.means)


def first_best(figures: Floats) -> int:
    """The place of the largest figure, the first of those that are equal to rounding."""
    return int(best_of_each(figures[None])[0])


def best_of_each(figures: Floats) -> Ints:
    """The same for each row of figures."""
    least = np.max(figures, axis=1) - 1e-9 * np.maximum(1.0, np.max(np.abs(figures), axis=1))
    return np.asarray(np.argmax(figures >= least[:, None], axis=1), dtype=np.int64)


def choices(study: ChoiceStudy, chunks: Sequence[ChunkOfChoices]) -> Choices:
    """All chunks of a study in their order."""
    chance = np.concatenate([chunk.chance for chunk in chunks])
    total = float(in_order(chance))
    dates = [
        float(np.min(sum(chunk.dates[place] for chunk in chunks) / total, initial=1.0))
        for place in range(len(study.candidates))
    ]
    joint = sum((chunk.joint for chunk in chunks), np.zeros(len(study.candidates))) / total
    value = np.concatenate([chunk.value for chunk in chunks])
    return Choices(study.candidates, value, chance, np.array(dates), joint, study.source.exact)
