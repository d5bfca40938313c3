"""The options: every way to do every epic (start, duration), its value, and the work it asks for.

An option is one row: an epic, its first period, how many periods it takes, and the value it earns done that way. The
work table has a row per option, period and value stream, with effort, spend and the capitalised part of it. Guardrails
are sums over these two tables, whether they hold all the options there are or just those of one plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from portfolio.domain import Epic, Plan, Portfolio
from portfolio.domain.tolerance import ROUNDING
from portfolio.domain.validation import plannable
from portfolio.urgency import expected_value

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Work:
    """What options ask for: one row per option, period and value stream in which effort above 0 is needed."""

    option: Ints
    period: Ints
    stream: Ints
    effort: Floats
    spend: Floats
    capex: Floats


@dataclass(frozen=True)
class Options:
    """One row per option: indices into the portfolio's epics and periods, value expected, money spent in all."""

    portfolio: Portfolio
    epic: Ints
    start: Ints
    periods: Ints
    value: Floats
    spend: Floats
    work: Work

    @property
    def finish(self) -> Ints:
        """Last period of each option."""
        return self.start + self.periods - 1

    def ways(self) -> list[tuple[str, int, int]]:
        """What tells the options apart: the ID of the epic, its first period, and how many periods it takes."""
        epics = self.portfolio.epics
        rows = zip(self.epic.tolist(), self.start.tolist(), self.periods.tolist(), strict=True)
        return [(epics[epic].id, start, periods) for epic, start, periods in rows]

    def __len__(self) -> int:
        """How many options there are."""
        return len(self.epic)


def windows(epic: Epic, portfolio: Portfolio) -> list[tuple[int, int]]:
    """Every (first period, periods) in which an epic can be done within its dates and the plan, earliest first.

    What is running and already late is done as soon as it can be: its latest period is no reason to stop it.
    """
    if plannable(epic, portfolio) is not None:
        return []
    calendar, decided = portfolio.calendar, portfolio.decided_start(epic)
    last = len(calendar.periods) - 1 if epic.latest is None else calendar.index(epic.latest)
    if portfolio.is_running(epic):
        last = min(max(last, epic.shortest - 1), len(calendar.periods) - 1)
    if decided is not None:
        starts = range(calendar.index(decided), calendar.index(decided) + 1)
    else:
        starts = range(0 if epic.earliest is None else calendar.index(epic.earliest), last + 1)
    durations = range(epic.shortest, epic.longest + 1)
    return [(start, periods) for start in starts for periods in durations if start + periods - 1 <= last]


def all_options(portfolio: Portfolio, benefit: Mapping[str, float], order: Sequence[str] | None = None) -> Options:
    """Every option of every epic that can be planned, epics in the given order (default: the sheet's).

    `benefit` maps epic IDs to benefit per week in the portfolio's unit of value.
    """
    indices = range(len(portfolio.epics)) if order is None else [portfolio.epic_index[epic_id] for epic_id in order]
    rows = [(index, *window) for index in indices for window in windows(portfolio.epics[index], portfolio)]
    return _table(portfolio, benefit, rows)


def options_of(portfolio: Portfolio, benefit: Mapping[str, float], plan: Plan) -> Options:
    """The same table for one plan: a row per funded epic, in the order of the sheet, wherever the plan came from.

    Work beyond the plan's last period is not counted anywhere; that the epic has no room there is a broken date.
    """
    index = portfolio.epic_index
    rows = sorted((index[epic_id], booking.start, booking.periods) for epic_id, booking in plan.bookings.items())
    return _table(portfolio, benefit, rows)


def spend_by_stream(epic: Epic, portfolio: Portfolio) -> dict[str, float]:
    """What an epic costs in each value stream it needs: effort at its cost per unit, with its part of the external cost."""
    needed = {stream: units for stream in portfolio.stream_index if (units := epic.effort.get(stream, 0.0)) > 0}
    streams = portfolio.value_streams
    external = external_by_stream(epic)
    return {
        name: units * (streams[portfolio.stream_index[name]].cost_per_unit or 0.0) + external.get(name, 0.0)
        for name, units in needed.items()
    }


def external_by_stream(epic: Epic) -> dict[str, float]:
    """The external cost of an epic where it counts: in the value stream with most effort, in equal parts where several have it."""
    most = max(epic.effort.values(), default=0.0)
    largest = [name for name, units in epic.effort.items() if units == most > 0]
    return {name: (epic.external_cost or 0.0) / len(largest) for name in largest}


def cost(epic: Epic, portfolio: Portfolio) -> float:
    """What an epic costs in all, in money."""
    return sum(spend_by_stream(epic, portfolio).values())


def summed(index: Ints, amount: Floats, length: int) -> Floats:
    """For each of `length` positions, the sum of the amounts that belong there."""
    return np.bincount(index, weights=amount, minlength=length).astype(np.float64)


def above_threshold(epic: Epic, portfolio: Portfolio) -> bool:
    """Whether an epic costs more than the epic threshold, by more than rounding."""
    threshold = portfolio.epic_threshold
    return threshold is not None and cost(epic, portfolio) > threshold * (1 + ROUNDING)


def _table(portfolio: Portfolio, benefit: Mapping[str, float], rows: Sequence[tuple[int, int, int]]) -> Options:
    epic, start, periods = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    work = _work(portfolio, epic, start, periods)
    return Options(
        portfolio=portfolio,
        epic=epic,
        start=start,
        periods=periods,
        value=_values(portfolio, benefit, epic, start + periods),
        spend=summed(work.option, work.spend, len(epic)),
        work=work,
    )


def _values(portfolio: Portfolio, benefit: Mapping[str, float], epic: Ints, periods_until_done: Ints) -> Floats:
    done = (periods_until_done * portfolio.calendar.weeks).astype(np.float64)
    value = np.zeros(len(epic))
    edges = np.flatnonzero(np.diff(epic, prepend=-1, append=-1))
    for first, last in pairwise(edges):
        member = portfolio.epics[epic[first]]
        value[first:last] = expected_value(member, done[first:last], benefit.get(member.id, 0.0), portfolio)
    return value


@dataclass(frozen=True)
class _Needs:
    """The portfolio's epics against its value streams, as sparse rows: epic e owns entries first[e] to first[e + 1]."""

    first: Ints
    stream: Ints
    effort: Floats
    spend: Floats


def _needs(portfolio: Portfolio) -> _Needs:
    counts, streams, effort, spend = [], [], [], []
    for epic in portfolio.epics:
        costs = spend_by_stream(epic, portfolio)
        counts.append(len(costs))
        streams += [portfolio.stream_index[name] for name in costs]
        effort += [epic.effort[name] for name in costs]
        spend += list(costs.values())
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return _Needs(first, np.array(streams, dtype=np.int64), np.array(effort, dtype=float), np.array(spend, dtype=float))


def _repeat(counts: Ints) -> tuple[Ints, Ints]:
    """For counts (2, 3): the owner of each repetition (0, 0, 1, 1, 1) and its turn (0, 1, 0, 1, 2)."""
    owner = np.repeat(np.arange(len(counts)), counts)
    turn = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return owner, turn


def _work(portfolio: Portfolio, epic: Ints, start: Ints, periods: Ints) -> Work:
    needs = _needs(portfolio)
    option, turn = _repeat(periods)
    row, stream_turn = _repeat((needs.first[1:] - needs.first[:-1])[epic[option]])
    option, turn = option[row], turn[row]
    inside = start[option] + turn < len(portfolio.calendar.periods)
    option, turn, stream_turn = option[inside], turn[inside], stream_turn[inside]
    need = needs.first[epic[option]] + stream_turn
    spend = needs.spend[need] * _spend_share(portfolio, epic[option], periods[option], turn)
    capex_share = np.array([member.capex_share or 0.0 for member in portfolio.epics], dtype=float)
    return Work(
        option=option,
        period=start[option] + turn,
        stream=needs.stream[need],
        effort=needs.effort[need] / periods[option],
        spend=spend,
        capex=spend * capex_share[epic[option]],
    )


def _spend_share(portfolio: Portfolio, epic: Ints, periods: Ints, turn: Ints) -> Floats:
    """Share of an epic's spend that falls in its turn-th period: even, but the MVP's periods spend the MVP cost.

    An option no longer than the MVP spends evenly: there is no later period for the rest.
    """
    mvp_share, mvp_periods = np.full(len(portfolio.epics), -1.0), np.zeros(len(portfolio.epics), dtype=np.int64)
    for index, member in enumerate(portfolio.epics):
        total = cost(member, portfolio) if member.mvp_cost is not None else 0.0
        if member.mvp_cost is not None and total > 0:
            mvp_share[index], mvp_periods[index] = member.mvp_cost / total, member.mvp_periods or 1
    share, length = mvp_share[epic], mvp_periods[epic]
    split = (share >= 0) & (periods > length)
    in_mvp = split & (turn < length)
    even = 1 / periods
    after = (1 - share) / np.where(split, periods - length, 1)
    return np.where(in_mvp, share / np.maximum(length, 1), np.where(split, after, even))
