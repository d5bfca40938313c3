"""A plan's money by value stream and budget period and by epic, from the work of the plan's options."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from portfolio.analysis.work import mvp_pace, mvp_periods
from portfolio.domain import Epic, Portfolio
from portfolio.domain.tolerance import TOLERANCE
from portfolio.options import Floats, Options, above_threshold, cost, spend_by_stream, summed
from portfolio.results.funding import EpicFunding, Funding, FundingLine, MoveLine


def funding_of(options: Options, shifts: Floats, released: Collection[str]) -> Funding:
    """The money of the plan whose options these are, with its budget shifts (value streams x budget periods).

    `released` are the states of epics for which pivot-or-persevere was decided, so that the rest of their money is free.
    """
    portfolio = options.portfolio
    free = np.array([_is_released(epic, released) for epic in portfolio.epics], dtype=bool)
    return Funding(
        tuple(_stream_lines(options, shifts, free)),
        tuple(_moves(portfolio, shifts)),
        tuple(_epic_line(options, index, bool(free[index])) for index in range(len(portfolio.epics))),
    )


def _is_released(epic: Epic, released: Collection[str]) -> bool:
    """Whether the money after the MVP is released, by the epic's state."""
    return (epic.state or "").casefold() in {word.casefold() for word in released}


def _stream_lines(options: Options, shifts: Floats, free: NDArray[np.bool_]) -> list[FundingLine]:
    portfolio, work = options.portfolio, options.work
    calendar, streams = portfolio.calendar, portfolio.value_streams
    count = len(calendar.budget_labels)
    place = work.stream * count + np.array(calendar.budget_index, dtype=np.int64)[work.period]
    early, later = _mvp_parts(options)
    decided = np.array([portfolio.is_in_progress(epic) for epic in portfolio.epics], dtype=bool)
    epic = options.epic[work.option]

    def sums(amount: Floats) -> Floats:
        return summed(place, amount, len(streams) * count).reshape(len(streams), count)

    spend, capex, mvp = sums(work.spend), sums(work.capex), sums(work.spend * early)
    reserved, released = sums(work.spend * (later & ~free[epic])), sums(work.spend * (later & free[epic]))
    in_progress = sums(work.spend * decided[epic])
    lines = []
    for turn, label in enumerate(calendar.budget_labels):
        for index, stream in enumerate(streams):
            budget = None if stream.budget is None else portfolio.lean_budgets[stream.id][turn]
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


def _moves(portfolio: Portfolio, shifts: Floats) -> list[MoveLine]:
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
    total, periods = cost(epic, portfolio), int(options.periods[rows[0]]) if len(rows) else epic.shortest
    pace = mvp_pace(epic, portfolio, periods)
    decide = portfolio.calendar.periods[int(options.start[rows[0]]) + pace - 1] if pace and len(rows) else None
    approval = (
        "not needed" if not above_threshold(epic, portfolio) else "approved" if epic.approved else "needs approval"
    )
    return EpicFunding(
        epic.id,
        epic.fund,
        total,
        approval,
        total if portfolio.is_in_progress(epic) and spend_by_stream(epic, portfolio) else None,
        epic.mvp_cost if pace else None,
        total - (epic.mvp_cost or 0.0) if pace else None,
        decide,
        released,
    )
