"""A plan that can be played forward: its epics' work, dates and money as arrays, and what its draws are worth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.analysis.allocation import allocation_of
from portfolio.domain import Booking, Epic, Plan, Portfolio
from portfolio.guardrails import BudgetShift
from portfolio.guardrails import check as check_guardrails
from portfolio.optimizer.problem import Problem
from portfolio.options import Floats, Ints, cost, external_by_stream
from portfolio.simulation.futures import Futures
from portfolio.simulation.kernel.course import NEEDS, Clock, Course, EpicRow, LegRow, NeedRow, StreamRow, room_for
from portfolio.simulation.kernel.play import play_all
from portfolio.simulation.kernel.records import Rows, rows_of
from portfolio.urgency import full_value

NO_LIMIT = 1 << 40


@dataclass(frozen=True)
class Played:
    """What came of a plan in some draws, a row each: weeks in which epics began and were done, spend, work, MVP spend.

    `done` is infinite for what is not done by the end. `spend` is by value stream and budget period, with what is spent
    beyond the plan last; `delivered` is the work done within the plan by value stream.
    """

    began: Floats
    done: Floats
    spend: Floats
    delivered: Floats
    mvp_spend: Floats


@dataclass(frozen=True)
class PlayedPlan:
    """One plan of a problem, ready to be played forward; its epics stand in order of start, finish and rank."""

    problem: Problem
    plan: Plan
    columns: Mapping[str, int]
    """The column of each epic in what is drawn."""
    stops: bool = True
    """Whether an epic whose hypothesis fails stops after its MVP."""

    @cached_property
    def epics(self) -> tuple[str, ...]:
        """The epics of the plan in order of planned start, planned finish and rank."""
        rank = {epic: place for place, epic in enumerate(self.problem.order)}
        sheet = self.problem.portfolio.epic_index

        def place(name: str) -> tuple[int, int, int, int]:
            booking = self.plan.bookings[name]
            return booking.start, booking.finish, rank.get(name, len(rank)), sheet[name]

        return tuple(sorted(self.plan.bookings, key=place))

    @cached_property
    def course(self) -> Course:
        """The plan as the arrays that are played forward."""
        return _course(self)

    @cached_property
    def column(self) -> Ints:
        """The column of each of the plan's epics in what is drawn."""
        return np.array([self.columns[name] for name in self.epics], dtype=np.int64)

    @cached_property
    def breach(self) -> float:
        """The plan's own price of soft breaches."""
        options = self.problem.options_of(self.plan)
        statuses = check_guardrails(options)
        return float(sum(status.price * status.breach for status in statuses if status.enforce == "soft"))

    @cached_property
    def capacity(self) -> Floats:
        """What there is to plan with in each period and value stream, after shifts and without the reserve."""
        return capacity_of(self.problem, self.plan)

    def play(self, futures: Futures) -> Played:
        """What comes of the plan in these futures."""
        course, count = self.course.by_itself(), len(futures)
        epics, streams = len(course.epics), len(course.member)
        played = Played(
            np.empty((count, epics)),
            np.empty((count, epics)),
            np.empty((count, streams, course.last_bucket + 1)),
            np.empty((count, streams)),
            np.empty((count, epics)),
        )
        play_all(
            course, futures.effort, futures.cost, futures.holds, futures.share, played.began, played.done,
            played.spend, played.delivered, played.mvp_spend,
        )  # fmt: skip
        return played

    def values(self, played: Played, futures: Futures, *, averaged: bool = False) -> Floats:
        """What each epic earns in each draw; `averaged` counts its confidence instead of whether its hypothesis holds."""
        portfolio = self.problem.portfolio
        done, benefits = np.array(played.done.T, order="C"), np.ascontiguousarray(futures.benefit.T)
        holds, is_done = np.ascontiguousarray(futures.holds.T), np.isfinite(done)
        done[~is_done] = 0.0
        worth = np.empty(done.shape)
        for place, name in enumerate(self.epics):
            epic, column = portfolio.epics[portfolio.epic_index[name]], self.column[place]
            benefit = self.problem.benefit.get(name, 0.0)
            value = full_value(epic, done[place], benefit, portfolio) * benefits[column]
            chance = (1.0 if epic.confidence is None else epic.confidence) if averaged else holds[column]
            worth[place] = value * chance
        worth[~is_done] = 0.0
        return np.ascontiguousarray(worth.T)

    def plan_values(self, played: Played, values: Floats) -> Floats:
        """What the whole plan is worth in each draw: its epics' values, less soft breaches, less spend where that counts."""
        spent = played.spend.sum(axis=(1, 2)) if self.problem.net else 0.0
        return np.asarray(np.cumsum(values, axis=1)[:, -1] if values.shape[1] else np.zeros(len(values))) - (
            self.breach + spent
        )


def end_of(portfolio: Portfolio) -> float:
    """The week in which playing forward ends: the value horizon, or the plan's last where that is later."""
    return max(portfolio.horizon_weeks, portfolio.calendar.plan_weeks)


def periods_of(portfolio: Portfolio) -> int:
    """How many periods capacity is drawn for."""
    return math.ceil(end_of(portfolio) / portfolio.calendar.weeks) + 2


def capacity_of(problem: Problem, plan: Plan) -> Floats:
    """What a plan has in each period and value stream, after its budget shifts and without the reserve."""
    portfolio, options = problem.portfolio, problem.options_of(plan)
    lines = allocation_of(options, BudgetShift(portfolio).needed(options))
    free = np.array([line.capacity - (line.reserved or 0.0) for line in lines], dtype=np.float64)
    return np.ascontiguousarray(free.reshape(len(portfolio.value_streams), len(portfolio.calendar.periods)).T)


def _course(played: PlayedPlan) -> Course:
    portfolio, names = played.problem.portfolio, played.epics
    legs = [leg for place, name in enumerate(names) for leg in _legs(place, _epic(played, name), portfolio)]
    needs = _needs(portfolio, names)
    epics = _epic_rows(played, legs, needs)
    streams = portfolio.value_streams
    wip = [stream.wip_limit for stream in streams] + [portfolio.portfolio_wip_limit]
    leg_rows = _leg_rows(played, legs, epics)
    bucket = np.array(portfolio.calendar.budget_index, dtype=np.int64)
    return Course(
        rows_of(
            Clock, 1, weeks=portfolio.calendar.weeks, end=end_of(portfolio), at_periods=portfolio.starts == "at periods"
        ),
        epics,
        leg_rows,
        rows_of(
            StreamRow,
            len(wip),
            wip_limit=[NO_LIMIT if limit is None else limit for limit in wip],
            cost_per_unit=[*(stream.cost_per_unit or 0.0 for stream in streams), 0.0],
        ),
        rows_of(
            NeedRow,
            len(needs),
            epic=[need.predecessor for need in needs],
            lag=[need.lag for need in needs],
            next_lag=_next_lags(needs),
        ),
        played.capacity,
        bucket,
        int(bucket.max(initial=0)) + 1,
        *room_for(leg_rows, len(names), len(streams), len(needs)),
    )


def _epic(played: PlayedPlan, name: str) -> Epic:
    portfolio = played.problem.portfolio
    return portfolio.epics[portfolio.epic_index[name]]


def _epic_rows(played: PlayedPlan, legs: list[_Leg], needs: list[_Need]) -> Rows[EpicRow]:
    portfolio, names = played.problem.portfolio, played.epics
    epics, bookings = [_epic(played, name) for name in names], [played.plan.bookings[name] for name in names]
    both = list(zip(epics, bookings, strict=True))
    money = [_mvp_money(epic, booking, portfolio) for epic, booking in both]
    leg_ends = np.searchsorted([leg.epic for leg in legs], range(len(names) + 1))
    need_ends = np.searchsorted([need.successor for need in needs], range(len(names) + 1))
    first_lag = {need.predecessor: place for place, need in reversed(list(enumerate(needs))) if need.lag > 0}
    return rows_of(
        EpicRow,
        len(names),
        column=played.column,
        start=[booking.start * portfolio.calendar.weeks for booking in bookings],
        stops=[played.stops and is_longer_than_its_mvp(epic, booking) for epic, booking in both],
        mvp_share=[(epic.mvp_periods or 1) / booking.periods for epic, booking in both],
        mvp_money=[within for within, _ in money],
        later_money=[after for _, after in money],
        first_leg=leg_ends[:-1],
        last_leg=leg_ends[1:],
        first_need=need_ends[:-1],
        last_need=need_ends[1:],
        first_lag=[first_lag.get(place, -1) for place in range(len(names))],
    )


def _leg_rows(played: PlayedPlan, legs: list[_Leg], epics: Rows[EpicRow]) -> Rows[LegRow]:
    weeks = played.problem.portfolio.calendar.weeks
    bookings = [played.plan.bookings[played.epics[leg.epic]] for leg in legs]
    return rows_of(
        LegRow,
        len(legs),
        epic=[leg.epic for leg in legs],
        stream=[leg.stream for leg in legs],
        work=[leg.work for leg in legs],
        external=[leg.external for leg in legs],
        splits=epics["mvp_money"][[leg.epic for leg in legs]] >= 0 if legs else False,
        planned_rate=[leg.work / (booking.periods * weeks) for leg, booking in zip(legs, bookings, strict=True)],
        finish=[(booking.start + booking.periods) * weeks for booking in bookings],
        shortest=[_epic(played, played.epics[leg.epic]).shortest * weeks for leg in legs],
    )


@dataclass(frozen=True)
class _Leg:
    """An epic's work in one value stream, and the external cost that comes with all of it."""

    epic: int
    stream: int
    work: float
    external: float


def _legs(place: int, epic: Epic, portfolio: Portfolio) -> list[_Leg]:
    """The legs of an epic, in the order of the value streams."""
    external = external_by_stream(epic)
    return [
        _Leg(place, index, epic.effort[stream.id], external.get(stream.id, 0.0))
        for index, stream in enumerate(portfolio.value_streams)
        if epic.effort.get(stream.id, 0.0) > 0
    ]


def is_longer_than_its_mvp(epic: Epic, booking: Booking) -> bool:
    """Whether an epic has an MVP that ends before all of it does."""
    has_mvp = epic.mvp_cost is not None or epic.mvp_periods is not None
    return has_mvp and booking.periods > (epic.mvp_periods or 1)


def _mvp_money(epic: Epic, booking: Booking, portfolio: Portfolio) -> tuple[float, float]:
    """What a unit of money becomes for work within the MVP and after it; -1 where spend is even."""
    total = cost(epic, portfolio)
    if epic.mvp_cost is None or total <= 0 or not is_longer_than_its_mvp(epic, booking):
        return -1.0, 1.0
    of_money, of_work = epic.mvp_cost / total, (epic.mvp_periods or 1) / booking.periods
    return of_money / of_work, (1 - of_money) / (1 - of_work)


@dataclass(frozen=True)
class _Need:
    """What an epic waits for or needs, by their places; -1 for what the plan does not hold. The lag is in weeks."""

    successor: int
    predecessor: int
    lag: float


def _needs(portfolio: Portfolio, names: tuple[str, ...]) -> list[_Need]:
    """What each epic waits for, or the mark of a dependency without an order, by epic."""
    place, weeks = {name: place for place, name in enumerate(names)}, portfolio.calendar.weeks
    found = [
        _Need(
            place[line.successor],
            place.get(line.predecessor, -1),
            line.lag_periods * weeks if line.type == "finish to start" else NEEDS,
        )
        for line in portfolio.dependencies
        if line.successor in place
    ]
    return sorted(found, key=lambda need: need.successor)


def _next_lags(needs: list[_Need]) -> list[int]:
    """For each dependency the next one with a lag on the same epic; -1 for the last."""
    following, later = [-1] * len(needs), dict[int, int]()
    for place, need in reversed(list(enumerate(needs))):
        if need.lag > 0:
            following[place] = later.get(need.predecessor, -1)
            later[need.predecessor] = place
    return following
