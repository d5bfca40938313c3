"""Counts what comes of a plan in many draws, chunk by chunk, in memory that does not grow with them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from portfolio.domain.tolerance import TOLERANCE
from portfolio.guardrails import BudgetShift
from portfolio.options import Flags, Floats
from portfolio.simulation.futures import Futures
from portfolio.simulation.kernel.count import add_rows, count_dates, count_days, count_kept
from portfolio.simulation.played_plan import Played, PlayedPlan, end_of
from portfolio.simulation.statistics import Sample, in_order

KEPT_SPEND = 20_000
"""Draws up to which each figure of spend is kept; from then on they are counted in bins."""
BINS = 4096
"""Bins of spend: percentiles are then exact to one part in so many of the largest."""


@dataclass(frozen=True)
class Targets:
    """What a plan is held against: weeks of each epic's beginning, finish and dates, and funded budgets; nan where none.

    `budgets` are by value stream (all together last) and budget period.
    """

    start: Floats
    finish: Floats
    deadline: Floats
    latest: Floats
    end: Floats
    cap: Floats
    budgets: Floats

    @classmethod
    def of(cls, plan: PlayedPlan) -> Targets:
        """The targets of a plan's epics, in its order."""
        portfolio, calendar = plan.problem.portfolio, plan.problem.portfolio.calendar
        epics = [portfolio.epics[portfolio.epic_index[name]] for name in plan.epics]
        deadline = [
            calendar.week_of(epic.deadline) if epic.urgency == "deadline" and epic.deadline is not None else math.nan
            for epic in epics
        ]
        latest = [
            math.nan if epic.latest is None else (calendar.index(epic.latest) + 1) * calendar.weeks for epic in epics
        ]
        split = plan.course.epics["mvp_money"] >= 0
        cap = [
            math.nan if epic.mvp_cost is None or not split[place] else epic.mvp_cost for place, epic in enumerate(epics)
        ]
        ends = np.full(len(epics), calendar.plan_weeks)
        finish = np.array(
            [(plan.plan.bookings[name].finish + 1) * calendar.weeks for name in plan.epics], dtype=np.float64
        )
        return cls(
            plan.course.epics["start"],
            finish,
            np.array(deadline),
            np.array(latest),
            ends,
            np.array(cap),
            budgets_of(plan),
        )

    @property
    def dates(self) -> Floats:
        """The week by which each epic has to be done: its deadline or its latest period, whichever comes first."""
        return np.fmin(self.deadline, self.latest)


@dataclass
class ChunkTally:
    """What came of one chunk: sums of chances and figures, each figure of the plan's value, and each of spend.

    Arrays by epic are in the plan's order; `spend` is by draw, value stream (all together last) and budget period
    (beyond the plan last).
    """

    chance: float
    begins_on_time: Floats
    by_finish: Floats
    by_deadline: Floats
    by_latest: Floats
    by_end: Floats
    mvp_above_cap: Floats
    dates_kept: float
    days: Floats
    epic_value: Floats
    use: Floats
    total: Floats
    above_budget: Floats
    value: Floats
    weight: Floats
    spend: Floats


def budgets_of(plan: PlayedPlan) -> Floats:
    """The funded budget by value stream (all together last) and budget period; nan where none limits."""
    portfolio = plan.problem.portfolio
    shifts = BudgetShift(portfolio).needed(plan.problem.options_of(plan.plan))
    labels = len(portfolio.calendar.budget_labels)
    money = np.full((len(portfolio.value_streams) + 1, labels), math.nan)
    for place, stream in enumerate(portfolio.value_streams):
        if stream.id in portfolio.lean_budgets:
            money[place] = np.array(portfolio.lean_budgets[stream.id]) + shifts[place]
    money[-1] = money[:-1].sum(axis=0)
    return money


def tally(plan: PlayedPlan, target: Targets, futures: Futures, played: Played, values: Floats) -> ChunkTally:
    """Counts what came of a plan in some futures."""
    chance = futures.chance
    spend = np.concatenate([played.spend, played.spend.sum(axis=1, keepdims=True)], axis=1)
    above = spend[:, :, :-1] > target.budgets * (1 + TOLERANCE) + TOLERANCE
    last = math.ceil(7 * end_of(plan.problem.portfolio)) + 1
    days = np.zeros((len(plan.epics), last + 1))
    count_days(played.done, chance, days)
    return ChunkTally(
        chance=float(in_order(chance)),
        begins_on_time=_kept(played.began, target.start, chance),
        by_finish=_kept(played.done, target.finish, chance),
        by_deadline=_kept(played.done, target.deadline, chance),
        by_latest=_kept(played.done, target.latest, chance),
        by_end=_kept(played.done, target.end, chance),
        mvp_above_cap=_kept(-played.mvp_spend, -(target.cap * (1 + TOLERANCE) + TOLERANCE), chance),
        dates_kept=float(count_dates(played.done, target.dates, chance)),
        days=days,
        epic_value=_added(values, chance),
        use=_added(_use(plan, futures, played), chance),
        total=_added(spend, chance),
        above_budget=_added(above, chance),
        value=plan.plan_values(played, values),
        weight=chance,
        spend=spend,
    )


def _kept(moments: Floats, target: Floats, chance: Floats) -> Floats:
    counted = np.zeros(len(target))
    count_kept(moments, target, chance, counted)
    return counted


def _added(rows: Floats | Flags, chance: Floats) -> Floats:
    """The sum of rows, each as often as its chance, in their order."""
    flat = np.ascontiguousarray(rows.reshape(len(rows), -1), dtype=np.float64)
    added = np.zeros(flat.shape[1])
    add_rows(flat, chance, added)
    return np.asarray(added.reshape(rows.shape[1:]), dtype=np.float64)


def _use(plan: PlayedPlan, futures: Futures, played: Played) -> Floats:
    """The share of what value streams can do within the plan that they do."""
    there: Floats = np.einsum("dps,ps->ds", futures.share[:, : len(plan.capacity)], plan.capacity)
    used: Floats = np.divide(played.delivered, there, out=np.zeros_like(there), where=there > 0)
    return used


@dataclass
class SpendRecord:
    """The figures of spend of all draws: each of them, or counts and sums in bins where there are many draws."""

    kept: list[Floats] = field(default_factory=list)
    weights: list[Floats] = field(default_factory=list)
    width: Floats | None = None
    counts: Floats | None = None
    sums: Floats | None = None

    def add(self, spend: Floats, weight: Floats) -> None:
        """Counts a chunk's figures."""
        if self.width is None:
            self.kept.append(spend)
            self.weights.append(weight)
            if sum(map(len, self.weights)) > KEPT_SPEND:
                self._begin_to_count()
            return
        self._count(spend, weight)

    def sample(self, stream: int, period: int) -> Sample:
        """The figures of one value stream in one budget period."""
        if self.width is None:
            return Sample(
                np.concatenate([chunk[:, stream, period] for chunk in self.kept]), np.concatenate(self.weights)
            )
        assert self.counts is not None
        assert self.sums is not None
        counts = self.counts[stream, period]
        there = np.flatnonzero(counts)
        return Sample(self.sums[stream, period, there] / counts[there], counts[there])

    def _begin_to_count(self) -> None:
        kept, weights = self.kept, self.weights
        self.kept, self.weights = [], []
        largest = np.maximum(np.max([chunk.max(axis=0) for chunk in kept], axis=0), 1e-12)
        self.width = 2.0 ** np.ceil(np.log2(2 * largest / BINS))
        self.counts = np.zeros((*largest.shape, BINS))
        self.sums = np.zeros((*largest.shape, BINS))
        for spend, weight in zip(kept, weights, strict=True):
            self._count(spend, weight)

    def _count(self, spend: Floats, weight: Floats) -> None:
        assert self.width is not None
        assert self.counts is not None
        assert self.sums is not None
        while np.any(over := spend.max(axis=0) >= self.width * BINS):
            for table in (self.counts, self.sums):
                halves = table[over].reshape(-1, BINS // 2, 2).sum(axis=2)
                table[over] = np.concatenate([halves, np.zeros_like(halves)], axis=1)
            self.width[over] *= 2
        streams, periods = self.width.shape
        bins = (spend / self.width).astype(np.int64)
        cell = (np.arange(streams)[:, None] * periods + np.arange(periods)) * BINS
        place, weights = (cell + bins).ravel(), np.broadcast_to(weight[:, None, None], spend.shape)
        size = streams * periods * BINS
        shape = (streams, periods, BINS)
        self.counts += np.bincount(place, weights=weights.ravel(), minlength=size).reshape(shape)
        self.sums += np.bincount(place, weights=(weights * spend).ravel(), minlength=size).reshape(shape)


@dataclass
class Tally:
    """What came of all chunks so far, added in their order."""

    total: ChunkTally | None = None
    values: list[Floats] = field(default_factory=list)
    weights: list[Floats] = field(default_factory=list)
    spend: SpendRecord = field(default_factory=SpendRecord)
    draws: int = 0

    def add(self, chunk: ChunkTally) -> None:
        """Adds the next chunk."""
        self.values.append(chunk.value)
        self.weights.append(chunk.weight)
        self.spend.add(chunk.spend, chunk.weight)
        self.draws += len(chunk.value)
        if self.total is None:
            self.total = chunk
            return
        for one in fields(ChunkTally):
            if one.name not in {"value", "weight", "spend"}:
                setattr(self.total, one.name, getattr(self.total, one.name) + getattr(chunk, one.name))

    @property
    def worth(self) -> Sample:
        """The plan's value in each draw."""
        return Sample(np.concatenate(self.values), np.concatenate(self.weights))

    def share(self, counted: Floats | float) -> Floats:
        """A sum of chances as a share of all draws."""
        assert self.total is not None
        return np.asarray(counted / self.total.chance)


def percentile_day(days: Floats, share: float) -> int | None:
    """The first day by which at least this share of draws is done; None where it is not done in that many."""
    reached = np.cumsum(days) / days.sum()
    day = int(np.searchsorted(reached, share - 1e-9))
    return day if day < len(days) - 1 else None


def merge(chunks: Sequence[ChunkTally]) -> Tally:
    """All chunks, in their order."""
    made = Tally()
    for chunk in chunks:
        made.add(chunk)
    return made
