"""What was agreed, in the portfolio's periods, and how many of these are frozen until the next review."""

from __future__ import annotations

from portfolio.domain.epic import Epic
from portfolio.domain.portfolio import Portfolio


def frozen_periods(portfolio: Portfolio) -> int:
    """How many of the first periods are frozen: those that begin before the next review, else those committed to, or one.

    None is where the model freezes nothing, where nothing was agreed, or where no day is known.
    """
    calendar, terms = portfolio.calendar, portfolio.commitment
    if not terms.frozen or calendar.start is None or not any(epic.agreed_start for epic in portfolio.epics):
        return 0
    if portfolio.next_review is None:
        return min(terms.committed_periods or 1, len(calendar.periods))
    days = [calendar.first_day(period) for period in range(len(calendar.periods))]
    return sum(day is not None and day < portfolio.next_review for day in days)


def agreed_period(portfolio: Portfolio, epic: Epic) -> int | None:
    """The period in which an epic was agreed to begin, below 0 for what is over; None where nothing was agreed."""
    if epic.agreed_start is None or portfolio.calendar.start is None:
        return None
    return portfolio.calendar.begins_at(epic.agreed_start)
