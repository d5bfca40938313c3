"""What people would type into the cells of the input sheets for a portfolio that is given."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import groupby

from portfolio.domain import Calendar, Epic, LimitSpec, Portfolio
from portfolio.domain.evidence import Vote
from portfolio.domain.limit_spec import limit_words
from portfolio.domain.record import Record
from portfolio.xlsx.write.book import Value


def entry_of(value: object) -> Value:
    """A field's value as a cell holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return _moment(value)
    if value is None or isinstance(value, str | date):
        return value
    if isinstance(value, tuple):
        if all(isinstance(one, str) for one in value):
            return ", ".join(value) or None
        return "; ".join(f"{figure(week)}: {figure(worth)}" for week, worth in value)
    assert isinstance(value, int | float)
    return float(value)


def _moment(moment: datetime) -> Value:
    """A moment as a cell holds it; as text where a cell would lose its offset, or that it is a moment and no day."""
    exact = moment.tzinfo is None and moment.time() != time() and not moment.microsecond
    return moment if exact else moment.isoformat()


def figure(number: float) -> str:
    """A number in text with all its digits and no more."""
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def as_typed(value: Value) -> str:
    """A cell's value as text, as a formula sees it."""
    return (
        ""
        if value is None
        else value
        if isinstance(value, str)
        else figure(value)
        if isinstance(value, float | int)
        else str(value)
    )


def epic_entry(epic: Epic, field: str) -> Value:
    """A cell of `Epics`; an epic of several value streams has its effort on the sheet of that name."""
    if field in {"value_stream", "effort"}:
        if len(epic.effort) != 1:
            return None
        ((stream, units),) = epic.effort.items()
        return stream if field == "value_stream" else units
    return entry_of(getattr(epic, field) if field in Epic.model_fields else epic.criteria.get(field))


def evidence_entry(record: Record, field: str) -> Value:
    """A cell of a sheet of evidence; a vote has a column for each of the model's own criteria."""
    if isinstance(record, Vote) and field not in Vote.model_fields:
        return entry_of(record.criteria.get(field))
    return entry_of(getattr(record, field))


def limit_entry(limit: LimitSpec, field: str) -> Value:
    """A cell of `Guardrails`."""
    if field == "where":
        return limit_words(limit) or None
    if field == "per":
        return ", ".join(limit.per) or None
    return entry_of(getattr(limit, field))


def setting_entry(portfolio: Portfolio, field: str) -> Value:
    """The value of a setting on the sheet `Portfolio`."""
    if field == "calendar.periods":
        return len(portfolio.calendar.periods) or None
    if field == "calendar.budget_periods":
        return _budget_periods(portfolio.calendar)
    record: Record = portfolio.calendar if field.startswith("calendar.") else portfolio
    return entry_of(getattr(record, field.removeprefix("calendar.")))


def _budget_periods(calendar: Calendar) -> Value:
    """A count where the labels are those that a count would make, else the labels."""
    labels = calendar.budget_periods
    if not labels:
        return None
    count = len(next(list(group) for _, group in groupby(labels)))
    made = tuple(f"Budget {number // count + 1}" for number in range(len(labels)))
    return count if labels == made else ", ".join(labels)
