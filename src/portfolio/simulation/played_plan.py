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
from portfolio.options import Flags, Floats, Ints, cost, external_by_stream
from portfolio.simulation.futures import Futures
from portfolio.simulation.kernel.course import NEEDS, Course, new_standing
from portfolio.simulation.kernel.play import play_all
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
        course, count = self.course, len(futures)
        standing = new_standing(course, futures.share.shape[1])
        epics = len(course.start)
        played = Played(
            np.empty((count, epics)),
            np.empty((count, epics)),
            np.empty((count, *standing.spend.shape)),
            np.empty((count, len(standing.delivered))),
            np.empty((count, epics)),
        )
        play_all(
            course, standing, futures.effort, futures.cost, futures.holds, futures.share, played.began, played.done,
            played.spend, played.delivered, played.mvp_spend,
        )  # fmt: skip
        return played

    def values(self, played: Played, futures: Futures, *, averaged: bool = False) -> Floats:
        """What each epic earns in each draw; `averaged` counts its confidence instead of whether its hypothesis holds."""
        portfolio = self.problem.portfolio
        worth = np.zeros(played.done.shape)
        for place, name in enumerate(self.epics):
            epic, column = portfolio.epics[portfolio.epic_index[name]], self.column[place]
            done = played.done[:, place]
            is_done = np.isfinite(done)
            benefit = self.problem.benefit.get(name, 0.0)
            value = full_value(epic, np.where(is_done, done, 0.0), benefit, portfolio) * futures.benefit[:, column]
            chance = (1.0 if epic.confidence is None else epic.confidence) if averaged else futures.holds[:, column]
            worth[:, place] = np.where(is_done, value * chance, 0.0)
        return worth

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
    calendar = portfolio.calendar
    epics = [portfolio.epics[portfolio.epic_index[name]] for name in names]
    bookings = [played.plan.bookings[name] for name in names]
    money = [_mvp_money(epic, booking, portfolio) for epic, booking in zip(epics, bookings, strict=True)]
    legs = [_Leg.of(place, epic, portfolio) for place, epic in enumerate(epics)]
    flat = [leg for own in legs for leg in own]
    needs = _needs(portfolio, names)
    limits = [NO_LIMIT if stream.wip_limit is None else stream.wip_limit for stream in portfolio.value_streams]
    longest = dict.fromkeys(names, 0.0)
    for _, predecessor, lag in (need for own in needs for need in own):
        longest[predecessor] = max(longest.get(predecessor, 0.0), lag)
    index = {name: place for place, name in enumerate(names)}
    weeks = np.array([booking.periods * calendar.weeks for booking in bookings])
    return Course(
        column=played.column,
        start=np.array([booking.start * calendar.weeks for booking in bookings], dtype=np.float64),
        finish=np.array([(booking.start + booking.periods) * calendar.weeks for booking in bookings], dtype=np.float64),
        shortest=np.array([epic.shortest * calendar.weeks for epic in epics], dtype=np.float64),
        stops=_stops(played, epics, bookings),
        mvp_share=np.array(
            [(epic.mvp_periods or 1) / booking.periods for epic, booking in zip(epics, bookings, strict=True)],
            dtype=np.float64,
        ),
        mvp_money=np.array([within for within, _ in money], dtype=np.float64),
        later_money=np.array([after for _, after in money], dtype=np.float64),
        first_leg=_firsts(legs),
        first_need=_firsts(needs),
        needed=np.array([index.get(need[1], -1) for own in needs for need in own], dtype=np.int64),
        lag=np.array([need[2] for own in needs for need in own], dtype=np.float64),
        longest_lag=np.array([longest[name] for name in names], dtype=np.float64),
        leg_epic=np.array([leg.epic for leg in flat], dtype=np.int64),
        leg_stream=np.array([leg.stream for leg in flat], dtype=np.int64),
        leg_work=np.array([leg.work for leg in flat], dtype=np.float64),
        leg_rate=np.array([leg.work / weeks[leg.epic] for leg in flat], dtype=np.float64),
        leg_price=np.array([leg.price for leg in flat], dtype=np.float64),
        leg_external=np.array([leg.external for leg in flat], dtype=np.float64),
        wip_limit=np.array(limits, dtype=np.int64),
        capacity=played.capacity,
        bucket=np.array(calendar.budget_index, dtype=np.int64),
        portfolio_wip=NO_LIMIT if portfolio.portfolio_wip_limit is None else portfolio.portfolio_wip_limit,
        weeks=float(calendar.weeks),
        end=float(end_of(portfolio)),
        at_periods=portfolio.starts == "at periods",
    )


@dataclass(frozen=True)
class _Leg:
    """An epic's work in one value stream, what a unit of it costs, and the external cost that comes with all of it."""

    epic: int
    stream: int
    work: float
    price: float
    external: float

    @classmethod
    def of(cls, place: int, epic: Epic, portfolio: Portfolio) -> list[_Leg]:
        """The legs of an epic, in the order of the value streams."""
        external = external_by_stream(epic)
        return [
            cls(
                place, index, epic.effort[stream.id], stream.cost_per_unit or 0.0, external.get(stream.id, 0.0)
            )
            for index, stream in enumerate(portfolio.value_streams)
            if epic.effort.get(stream.id, 0.0) > 0
        ]  # fmt: skip


def is_longer_than_its_mvp(epic: Epic, booking: Booking) -> bool:
    """Whether an epic has an MVP that ends before all of it does."""
    has_mvp = epic.mvp_cost is not None or epic.mvp_periods is not None
    return has_mvp and booking.periods > (epic.mvp_periods or 1)


def _stops(played: PlayedPlan, epics: list[Epic], bookings: list[Booking]) -> Flags:
    longer = [is_longer_than_its_mvp(epic, booking) for epic, booking in zip(epics, bookings, strict=True)]
    return np.array([played.stops and one for one in longer], dtype=np.bool_)


def _mvp_money(epic: Epic, booking: Booking, portfolio: Portfolio) -> tuple[float, float]:
    """What a unit of money becomes for work within the MVP and after it; -1 where spend is even."""
    total = cost(epic, portfolio)
    if epic.mvp_cost is None or total <= 0 or not is_longer_than_its_mvp(epic, booking):
        return -1.0, 1.0
    of_money, of_work = epic.mvp_cost / total, (epic.mvp_periods or 1) / booking.periods
    return of_money / of_work, (1 - of_money) / (1 - of_work)


def _needs(portfolio: Portfolio, names: tuple[str, ...]) -> list[list[tuple[str, str, float]]]:
    """What each epic waits for or needs, with the lag in weeks, or the mark of a dependency without an order."""
    weeks = portfolio.calendar.weeks
    found: dict[str, list[tuple[str, str, float]]] = {name: [] for name in names}
    for line in portfolio.dependencies:
        if line.successor in found:
            lag = line.lag_periods * weeks if line.type == "finish to start" else NEEDS
            found[line.successor].append((line.successor, line.predecessor, lag))
    return [found[name] for name in names]


def _firsts(lists: list[list[_Leg]] | list[list[tuple[str, str, float]]]) -> Ints:
    return np.cumsum([0, *map(len, lists)]).astype(np.int64)
