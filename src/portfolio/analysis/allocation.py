"""What each value stream has in each period and what a plan uses of it, from the work of the plan's options."""

from __future__ import annotations

import numpy as np

from portfolio.guardrails import BudgetShift
from portfolio.options import Floats, Options
from portfolio.results.allocation import StreamLine


def allocation_of(options: Options, shifts: Floats) -> tuple[StreamLine, ...]:
    """A line for each value stream and period; `options` are those of one plan, `shifts` move its budgets."""
    portfolio, work = options.portfolio, options.work
    streams, calendar = portfolio.value_streams, portfolio.calendar
    shape = len(streams), len(calendar.periods)
    effort, spend, wip = np.zeros(shape), np.zeros(shape), np.zeros(shape, dtype=np.int64)
    for table, added in ((effort, work.effort), (spend, work.spend), (wip, np.ones(len(work.option), dtype=np.int64))):
        np.add.at(table, (work.stream, work.period), added)
    index = np.array(calendar.budget_index, dtype=np.int64)
    moved = shifts[:, index]
    more_capacity = moved * BudgetShift(portfolio).capacity_per_money[:, index]
    more_money = moved / np.bincount(index)[index]
    return tuple(
        StreamLine(
            id=stream.id,
            period=label,
            capacity=stream.capacity[column] + float(more_capacity[row, column]),
            effort=float(effort[row, column]),
            wip=int(wip[row, column]),
            wip_limit=stream.wip_limit,
            budget=None if stream.budget is None else stream.budget[column],
            funded=None if stream.budget is None else stream.budget[column] + float(more_money[row, column]),
            spend=float(spend[row, column]),
            reserved=stream.capacity[column] * portfolio.reserve if portfolio.reserve else None,
        )
        for row, stream in enumerate(streams)
        for column, label in enumerate(calendar.periods)
    )
