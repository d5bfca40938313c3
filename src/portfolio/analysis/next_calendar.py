"""The calendar one period later, and what in a portfolio still names a period that is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from portfolio.analysis.closing import Close
from portfolio.domain import Calendar, Portfolio
from portfolio.domain.record import Record
from portfolio.domain.references import PeriodSpellings
from portfolio.results.closing import EndedRule

Renewed = TypeVar("Renewed", bound=Record)


def moved_on(calendar: Calendar) -> Calendar:
    """The calendar one period later."""
    start = None if calendar.start is None else calendar.start + timedelta(weeks=calendar.weeks)
    update = {"start": start, "periods": calendar.periods[1:], "budget_periods": calendar.budget_periods[1:]}
    return _renewed(calendar, **update)


def moved(portfolio: Portfolio, close: Close, calendar: Calendar) -> Portfolio:
    """A portfolio with what a closing changes; the length of its periods stays as it was given."""
    return _renewed(
        portfolio,
        calendar=_renewed(calendar, period_weeks=portfolio.calendar.period_weeks),
        value_streams=tuple(one.model_copy(update=close.streams[one.id]) for one in portfolio.value_streams),
        epics=tuple(one.model_copy(update=close.epics.get(one.id, {})) for one in portfolio.epics),
    )


def with_period(portfolio: Portfolio, label: str) -> Portfolio:
    """A portfolio with a new last period, whose capacity and budget are those of the period before it."""
    calendar = portfolio.calendar
    budget = calendar.budget_periods and (*calendar.budget_periods, _next_budget_period(calendar.budget_periods))
    streams = (
        one.model_copy(
            update={
                "capacity": (*one.capacity, one.capacity[-1]),
                "budget": None if one.budget is None else (*one.budget, one.budget[-1]),
            }
        )
        for one in portfolio.value_streams
    )
    longer = _renewed(calendar, periods=(*calendar.periods, label), budget_periods=budget)
    return _renewed(portfolio, calendar=longer, value_streams=tuple(streams))


def _renewed(record: Renewed, **changes: object) -> Renewed:
    """A record with other parts, that has computed nothing yet."""
    renewed = record.model_copy(update=changes)
    for computed in renewed.__dict__.keys() - type(record).model_fields.keys():
        del renewed.__dict__[computed]
    return renewed


def _next_budget_period(labels: tuple[str, ...]) -> str:
    """The budget period of a period that is added: the last one while it has room for as many periods as others have."""
    most = max(labels.count(label) for label in labels)
    if labels.count(labels[-1]) < most:
        return labels[-1]
    head = labels[-1].rstrip("0123456789")
    digits = labels[-1][len(head) :]
    return f"{head}{int(digits) + 1:0{len(digits)}d}" if digits else f"{labels[-1]} + 1"


def without_ended_rules(portfolio: Portfolio) -> tuple[Portfolio, tuple[EndedRule, ...]]:
    """A portfolio whose guardrails are about periods that it has; one about nothing else than what is over is gone."""
    calendar = portfolio.calendar
    known = {"period": PeriodSpellings(calendar.periods), "budget period": PeriodSpellings(calendar.budget_periods)}
    ended, kept = [], []
    for index, limit in enumerate(portfolio.guardrails):
        over = [label for name, labels in known.items() for label in limit.where.get(name, ()) if labels[label] is None]
        left = {
            name: tuple(word for word in words if name not in known or known[name][word] is not None)
            for name, words in limit.where.items()
        }
        after = limit.model_copy(update={"where": left}) if all(left.values()) else None
        if over:
            ended.append(EndedRule(index, limit, tuple(over), after))
        kept.append(after if over else limit)
    guardrails = tuple(limit for limit in kept if limit is not None)
    return _renewed(portfolio, guardrails=guardrails) if ended else portfolio, tuple(ended)
