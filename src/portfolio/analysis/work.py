"""What each epic needs of each value stream, from the work of the plan's options."""

from __future__ import annotations

import numpy as np

from portfolio.domain import Epic, Portfolio
from portfolio.options import Floats, Options, cost, external_by_stream, spend_by_stream
from portfolio.results.work import WorkLine


def work_of(options: Options) -> tuple[WorkLine, ...]:
    """A line for each epic and value stream that it names, in the order of the sheet; `options` are those of one plan."""
    portfolio, work = options.portfolio, options.work
    streams, periods = len(portfolio.value_streams), len(portfolio.calendar.periods)
    shape = len(portfolio.epics), streams, periods
    effort, spend = np.zeros(shape), np.zeros(shape)
    place = options.epic[work.option], work.stream, work.period
    np.add.at(effort, place, work.effort)
    np.add.at(spend, place, work.spend)
    taken = {int(epic): int(length) for epic, length in zip(options.epic, options.periods, strict=True)}
    return tuple(
        line
        for index, epic in enumerate(portfolio.epics)
        for line in _lines(epic, portfolio, taken.get(index, epic.shortest), effort[index], spend[index])
    )


def mvp_pace(epic: Epic, portfolio: Portfolio, periods: int) -> int:
    """How many first periods spend an epic's MVP cost and no more; 0 where it takes no longer than its MVP, or has none."""
    length = mvp_periods(epic, portfolio)
    return length if length < periods else 0


def mvp_periods(epic: Epic, portfolio: Portfolio) -> int:
    """How many periods an epic's MVP takes; 0 without MVP money of its own."""
    return (epic.mvp_periods or 1) if epic.mvp_cost is not None and cost(epic, portfolio) > 0 else 0


def _lines(epic: Epic, portfolio: Portfolio, periods: int, effort: Floats, spend: Floats) -> list[WorkLine]:
    costs = spend_by_stream(epic, portfolio)
    named = [(stream, index) for stream, index in portfolio.stream_index.items() if stream in epic.effort]
    external = external_by_stream(epic)
    total, pace = sum(costs.values()), mvp_pace(epic, portfolio, periods)
    return [
        WorkLine(
            epic=epic.id,
            stream=stream,
            effort=epic.effort[stream],
            spend=costs.get(stream, 0.0),
            external=external.get(stream, 0.0),
            capex_share=epic.capex_share or 0.0,
            mvp_periods=pace,
            mvp_spend=(epic.mvp_cost or 0.0) * costs.get(stream, 0.0) / total if pace else 0.0,
            effort_by_period=tuple(effort[index].tolist()),
            spend_by_period=tuple(spend[index].tolist()),
        )
        for stream, index in named
    ]
