"""Funding: a plan's money as finance reads it, by value stream and budget period, by epic, and what moved from where.

Nothing here limits a plan: what limits it are guardrails. This is how the same figures are accounted for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portfolio.domain import Epic, Portfolio
from portfolio.domain.tolerance import TOLERANCE
from portfolio.options import Floats, Options, above_threshold, cost, spend_by_stream, summed


@dataclass(frozen=True)
class FundingLine:
    """One value stream's money in one budget period: what it has, what the plan spends, and what kind of spend that is.

    `capex` and `opex` add up to `spend`. `mvp` is what MVPs may spend and no more; `reserved` is for after an MVP, until
    its pivot-or-persevere decision, and `released` after it; `in_progress` is for epics whose start is decided. All of
    these are parts of `spend`. `budget`, `funded` and `left` are None where no budget limits.
    """

    id: str
    budget_period: str
    budget: float | None
    shift: float
    funded: float | None
    spend: float
    left: float | None
    capex: float
    opex: float
    mvp: float
    reserved: float
    released: float
    in_progress: float


@dataclass(frozen=True)
class MoveLine:
    """Money that moves from one value stream's budget to another's in one budget period."""

    source: str
    target: str
    budget_period: str
    amount: float


@dataclass(frozen=True)
class EpicFunding:
    """One epic's money: its cost, whether it needs approval, what remains if it is in progress, and its MVP.

    `approval` is `approved`, `needs approval`, or `not needed` at or below the threshold. An epic in progress is one
    whose `Start` is given: its effort and external cost are what is still to do, so `remaining` is all of its cost.
    `mvp` is the cap until `decide_after` (the last period of the MVP in this plan), the rest is reserved until it is released.
    """

    id: str
    fund: str | None
    cost: float
    approval: str
    remaining: float | None
    mvp: float | None
    rest: float | None
    decide_after: str | None
    released: bool


@dataclass(frozen=True)
class Funding:
    """A plan's money: by value stream and budget period, from where to where it moves, and by epic."""

    value_streams: tuple[FundingLine, ...]
    moves: tuple[MoveLine, ...]
    epics: tuple[EpicFunding, ...]


def funding_of(options: Options, shifts: Floats, released: Collection[str]) -> Funding:
    """The money of the plan whose options these are, with its budget shifts (value streams x budget periods).

    `released` are the states of epics for which pivot-or-persevere was decided, so that the rest of their money is free.
    """
    portfolio = options.portfolio
    free = np.array([is_released(epic, released) for epic in portfolio.epics], dtype=bool)
    return Funding(
        tuple(_stream_lines(options, shifts, free)),
        tuple(moves_of(portfolio, shifts)),
        tuple(_epic_line(options, index, bool(free[index])) for index in range(len(portfolio.epics))),
    )


def is_released(epic: Epic, released: Collection[str]) -> bool:
    """Whether the money after the MVP is released, by the epic's state."""
    return (epic.state or "").casefold() in {word.casefold() for word in released}


def _stream_lines(options: Options, shifts: Floats, free: NDArray[np.bool_]) -> list[FundingLine]:
    portfolio, work = options.portfolio, options.work
    calendar, streams = portfolio.calendar, portfolio.value_streams
    count = len(calendar.budget_labels)
    place = work.stream * count + np.array(calendar.budget_index, dtype=np.int64)[work.period]
    early, later = _mvp_parts(options)
    decided = np.array([epic.start is not None for epic in portfolio.epics], dtype=bool)
    epic = options.epic[work.option]

    def sums(amount: Floats) -> Floats:
        return summed(place, amount, len(streams) * count).reshape(len(streams), count)

    spend, capex, mvp = sums(work.spend), sums(work.capex), sums(work.spend * early)
    reserved, released = sums(work.spend * (later & ~free[epic])), sums(work.spend * (later & free[epic]))
    in_progress = sums(work.spend * decided[epic])
    lines = []
    for turn, label in enumerate(calendar.budget_labels):
        members = [period for period, index in enumerate(calendar.budget_index) if index == turn]
        for index, stream in enumerate(streams):
            budget = None if stream.budget is None else float(sum(stream.budget[period] for period in members))
            spent, moved = float(spend[index, turn]), float(shifts[index, turn])
            funded = None if budget is None else budget + moved
            lines.append(
                FundingLine(
                    stream.id,
                    label,
                    budget,
                    moved,
                    funded,
                    spent,
                    None if funded is None else funded - spent,
                    float(capex[index, turn]),
                    spent - float(capex[index, turn]),
                    *(float(table[index, turn]) for table in (mvp, reserved, released, in_progress)),
                )
            )
    return lines


def _mvp_parts(options: Options) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which rows of the work table are an MVP's own, and which come after one."""
    work, epics = options.work, options.portfolio.epics
    length = np.array([mvp_periods(epic, options.portfolio) for epic in epics], dtype=np.int64)[options.epic]
    length = np.where(options.periods > length, length, 0)[work.option]
    turn = work.period - options.start[work.option]
    return (length > 0) & (turn < length), (length > 0) & (turn >= length)


def mvp_periods(epic: Epic, portfolio: Portfolio) -> int:
    """How many periods an epic's MVP takes; 0 without MVP money of its own."""
    return (epic.mvp_periods or 1) if epic.mvp_cost is not None and cost(epic, portfolio) > 0 else 0


def moves_of(portfolio: Portfolio, shifts: Floats) -> list[MoveLine]:
    """Who gives to whom, in the order of the value streams: the first who gives fills up the first who takes."""
    names, found = list(portfolio.stream_index), []
    for turn, label in enumerate(portfolio.calendar.budget_labels):
        gives, takes = np.maximum(0.0, -shifts[:, turn]), np.maximum(0.0, shifts[:, turn])
        given, taken = np.cumsum(gives), np.cumsum(takes)
        for source in np.flatnonzero(gives > TOLERANCE):
            for target in np.flatnonzero(takes > TOLERANCE):
                until = min(given[source], taken[target])
                begin = max(given[source] - gives[source], taken[target] - takes[target])
                if until - begin > TOLERANCE:
                    found.append(MoveLine(names[source], names[target], label, float(until - begin)))
    return found


def _epic_line(options: Options, index: int, released: bool) -> EpicFunding:
    portfolio = options.portfolio
    epic = portfolio.epics[index]
    rows = np.flatnonzero(options.epic == index)
    total, length = cost(epic, portfolio), mvp_periods(epic, portfolio)
    periods = int(options.periods[rows[0]]) if len(rows) else epic.shortest
    paced = 0 < length < periods
    decide = portfolio.calendar.periods[int(options.start[rows[0]]) + length - 1] if paced and len(rows) else None
    approval = (
        "not needed" if not above_threshold(epic, portfolio) else "approved" if epic.approved else "needs approval"
    )
    return EpicFunding(
        epic.id,
        epic.fund,
        total,
        approval,
        total if epic.start is not None and spend_by_stream(epic, portfolio) else None,
        epic.mvp_cost if paced else None,
        total - (epic.mvp_cost or 0.0) if paced else None,
        decide,
        released,
    )
