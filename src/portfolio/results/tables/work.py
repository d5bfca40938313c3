"""Work: the effort and money that each epic needs of each value stream, in all and in each period of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portfolio.domain import Portfolio
from portfolio.results.tables.streams import PERIOD, PERIOD_START, VALUE_STREAM
from portfolio.results.work import WorkLine
from portfolio.scoring.ranking_table import EPIC
from portfolio.tabular import Column, Table

EFFORT = Table(
    "effort",
    "What each epic needs of each value stream.",
    (EPIC, VALUE_STREAM, Column("effort", "number", "Units of effort.", "effort")),
    ("epic", "value_stream"),
)
WORK = Table(
    "work",
    "What each epic that starts takes of each value stream in each period.",
    (
        EPIC,
        VALUE_STREAM,
        PERIOD,
        PERIOD_START,
        Column("effort", "number", "Units of effort.", "effort"),
        Column("spend", "number", "Money, external cost included.", "money"),
        Column("capex", "number", "The part of the spend that is capitalised.", "money"),
    ),
    ("epic", "value_stream", "period"),
)


def effort(portfolio: Portfolio) -> Iterator[Mapping[str, object]]:
    """A row for each epic and value stream that it needs."""
    for epic in portfolio.epics:
        for stream, units in epic.effort.items():
            yield {"epic": epic.id, "value_stream": stream, "effort": units}


def work(lines: Iterable[WorkLine], portfolio: Portfolio) -> Iterator[Mapping[str, object]]:
    """A row for each epic, value stream and period in which something is done or spent."""
    for line in lines:
        for number, label in enumerate(portfolio.calendar.periods):
            units, spend = line.effort_by_period[number], line.spend_by_period[number]
            if units or spend:
                yield {
                    "epic": line.epic,
                    "value_stream": line.stream,
                    "period": label,
                    "period_start": portfolio.calendar.first_day(number),
                    "effort": units,
                    "spend": spend,
                    "capex": spend * line.capex_share,
                }
