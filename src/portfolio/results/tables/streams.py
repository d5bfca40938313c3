"""Value streams and periods: what is funded, and when, with what the portfolio gives and what a plan uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from portfolio.domain import Calendar, Portfolio, ValueStream
from portfolio.results.allocation import StreamLine
from portfolio.results.tables.fields import field_columns, field_values
from portfolio.tabular import Column, Table

VALUE_STREAM = Column("value_stream", "text", "ID of the value stream.")
PERIOD = Column("period", "period", "Label of the period.")
PERIOD_START = Column("period_start", "date", "The first day of the period, where the start of the plan is known.")
BUDGET_PERIOD = Column("budget_period", "period", "Label of the budget period.")

_FIELDS = field_columns(ValueStream, ("name", "cost_per_unit", "wip_limit", "max_budget_shift", "teams"))
VALUE_STREAMS = Table(
    "value_streams", "Every value stream with its fields.", (VALUE_STREAM, *_FIELDS), ("value_stream",), has_all=True
)
PERIODS = Table(
    "periods",
    "Every period in order.",
    (
        PERIOD,
        Column("number", "whole", "Its place, counted from 1."),
        Column("first_day", "date", "The day it begins, where the start of the plan is known."),
        Column("last_day", "date", "The day it ends."),
        Column("weeks", "number", "Its length.", "weeks"),
        BUDGET_PERIOD,
    ),
    ("period",),
    has_all=True,
)
CAPACITY = Table(
    "capacity",
    "What each value stream has in each period.",
    (
        VALUE_STREAM,
        PERIOD,
        Column("capacity", "number", "Units of effort that can be done.", "effort"),
        Column("budget", "number", "Money there is; absent where no budget limits.", "money"),
    ),
    ("value_stream", "period"),
)
VALUE_STREAM_PERIODS = Table(
    "value_stream_periods",
    "What each value stream has in each period, and what the plan uses.",
    (
        VALUE_STREAM,
        PERIOD,
        PERIOD_START,
        Column("capacity", "number", "Units of effort that can be done, money that was moved included.", "effort"),
        Column("effort", "number", "Units of effort that the plan asks for.", "effort"),
        Column("wip", "whole", "Epics in progress.", "epics"),
        Column("wip_limit", "whole", "Most epics in progress; absent where nothing limits them.", "epics"),
        Column("budget", "number", "Its approved budget; absent where no budget limits.", "money"),
        Column("funded", "number", "The budget with the money that was moved.", "money"),
        Column("spend", "number", "What the plan spends.", "money"),
    ),
    ("value_stream", "period"),
)


def value_streams(portfolio: Portfolio) -> Iterator[Mapping[str, object]]:
    """A row for each value stream."""
    return ({"value_stream": stream.id, **field_values(stream, _FIELDS)} for stream in portfolio.value_streams)


def periods(portfolio: Portfolio) -> Iterator[Mapping[str, object]]:
    """A row for each period."""
    calendar = portfolio.calendar
    for number, label in enumerate(calendar.periods):
        yield {
            "period": label,
            "number": number + 1,
            "first_day": calendar.first_day(number),
            "last_day": last_day(calendar, label),
            "weeks": calendar.weeks,
            "budget_period": (calendar.budget_periods or calendar.periods)[number],
        }


def capacity(portfolio: Portfolio) -> Iterator[Mapping[str, object]]:
    """A row for each value stream and period."""
    for stream in portfolio.value_streams:
        for number, label in enumerate(portfolio.calendar.periods):
            yield {
                "value_stream": stream.id,
                "period": label,
                "capacity": stream.capacity[number],
                "budget": None if stream.budget is None else stream.budget[number],
            }


def value_stream_periods(lines: Iterable[StreamLine], calendar: Calendar) -> Iterator[Mapping[str, object]]:
    """A row for each value stream and period."""
    for line in lines:
        yield {"value_stream": line.id, "period_start": first_day(calendar, line.period), **vars(line)}


def first_day(calendar: Calendar, label: str | None) -> date | None:
    """The day on which a period begins, where it and the start of the plan are known."""
    return None if label is None else calendar.first_day(calendar.index(label))


def last_day(calendar: Calendar, label: str | None) -> date | None:
    """The day on which a period ends, where it and the start of the plan are known."""
    after = None if label is None else calendar.first_day(calendar.index(label) + 1)
    return None if after is None else after - timedelta(days=1)


def period_labels(portfolio: Portfolio) -> dict[str, tuple[str, ...]]:
    """The labels of every column that holds a period, in their order."""
    calendar = portfolio.calendar
    labels = dict.fromkeys(
        ("period", "start", "finish", "decided_start", "decide_after", "earliest", "latest"), calendar.periods
    )
    return {**labels, "budget_period": calendar.budget_labels}
