"""Funding: each value stream's money in each budget period, as finance reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portfolio.domain import Calendar
from portfolio.results.funding import FundingLine
from portfolio.results.tables.streams import BUDGET_PERIOD, VALUE_STREAM
from portfolio.tabular import Column, Table

FUNDING = Table(
    "funding",
    "Each value stream's money in each budget period: what it has, what the plan spends, and of what kind that is.",
    (
        VALUE_STREAM,
        BUDGET_PERIOD,
        Column(
            "budget_period_start", "date", "The first day of the budget period, where the start of the plan is known."
        ),
        Column("budget", "number", "What was approved; absent where no budget limits.", "money"),
        Column("shift", "number", "Money moved into it, or out of it where below 0.", "money"),
        Column("funded", "number", "The budget with the money that was moved.", "money"),
        Column("spend", "number", "What the plan spends.", "money"),
        Column("left", "number", "What is left of it.", "money"),
        Column("capex", "number", "The part of the spend that is capitalised.", "money"),
        Column("opex", "number", "The rest of the spend.", "money"),
        Column("mvp", "number", "What MVPs may spend and no more.", "money"),
        Column("reserved", "number", "For after an MVP, until it is decided to go on.", "money"),
        Column("released", "number", "For after an MVP that was decided to go on.", "money"),
        Column("in_progress", "number", "For epics whose start is decided.", "money"),
    ),
    ("value_stream", "budget_period"),
)


def funding(lines: Iterable[FundingLine], calendar: Calendar) -> Iterator[Mapping[str, object]]:
    """A row for each value stream and budget period."""
    days = [calendar.first_day(calendar.budget_index.index(number)) for number in range(len(calendar.budget_labels))]
    first = dict(zip(calendar.budget_labels, days, strict=True))
    return ({"value_stream": line.id, "budget_period_start": first[line.budget_period], **vars(line)} for line in lines)
