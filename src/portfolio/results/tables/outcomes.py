"""Outcomes: the objectives with their key results as they are given, and in an answer what the plan puts into each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portfolio.domain import KeyResult, Portfolio
from portfolio.domain.uncertainty import READING_FIELDS
from portfolio.results.by_outcome import OutcomeLine
from portfolio.results.tables.fields import field_columns, field_values
from portfolio.tabular import Column, Table

_FIELDS = field_columns(KeyResult, (name for name in KeyResult.model_fields if name not in READING_FIELDS))
OUTCOMES = Table("outcomes", "Every objective with its key results.", _FIELDS, ("objective", "key_result"))
BY_OUTCOME = Table(
    "by_outcome",
    "What the plan puts into each objective.",
    (
        Column("outcome", "text", "The objective; blank for the epics that serve none."),
        Column("epics", "whole", "How many epics serve it.", "epics"),
        Column("planned", "whole", "How many of them are in the plan.", "epics"),
        Column("effort", "number", "Units of effort that the plan puts into it.", "effort"),
        Column("effort_share", "number", "Its share of all effort in the plan."),
        Column("spend", "number", "What the plan spends on it.", "money"),
        Column("spend_share", "number", "Its share of all spend in the plan."),
    ),
    ("outcome",),
)


def outcomes(portfolio: Portfolio) -> Iterator[Mapping[str, object]]:
    """A row for each key result."""
    return (field_values(row, _FIELDS) for row in portfolio.outcomes)


def outcome_lines(lines: Iterable[OutcomeLine]) -> Iterator[Mapping[str, object]]:
    """A row for each objective."""
    return (vars(line) for line in lines)
