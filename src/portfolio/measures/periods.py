"""Past periods: those of the plan counted back from its start, weeks or months; only those that are over."""

from __future__ import annotations

from datetime import date, timedelta

from portfolio.domain.calendar import Calendar
from portfolio.measures.days import day_number, day_of
from portfolio.results.flow.groups import Per, Period

MOST = 5_000
"""More periods than anybody looks at: a date a thousand years ago is a mistake elsewhere."""


def past_periods(
    per: Per, calendar: Calendar | None, first: int, last: int, *, whole: bool = False
) -> tuple[Period, ...]:
    """The periods that are over on the day `last`, from the one that holds the day `first`.

    `whole` leaves out the first where it began before that day. Periods of the plan need its start; without one, and
    where nothing else is asked for, they are months.
    """
    if first > last:
        return ()
    start = None if calendar is None else calendar.start
    if per == "month" or (per == "period" and (calendar is None or start is None or calendar.period_weeks is None)):
        found = _months(first, last)
    elif per == "week" or calendar is None:
        monday = date(1970, 1, 5) if start is None else start
        found = _weeks(day_number(monday), first, last)
    else:
        found = _of_plan(calendar, first, last)
    return tuple(period for period in found[-MOST:] if period.last <= last and (not whole or period.first >= first))


def end_after(per: Per, calendar: Calendar | None, last: Period, count: int) -> date:
    """The last day of the so many-th period after one that is over."""
    if per == "week":
        return day_of(last.last + 7 * count)
    if per == "period" and calendar is not None and calendar.start is not None and calendar.period_weeks is not None:
        return day_of(last.last + round(calendar.weeks * 7 * count))
    months = last.begins.year * 12 + last.begins.month + count
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _months(first: int, last: int) -> list[Period]:
    day = day_of(first).replace(day=1)
    found = []
    while day_number(day) <= last:
        following = (day + timedelta(days=31)).replace(day=1)
        found.append(Period(f"{day:%Y-%m}", day_number(day), day_number(following) - 1))
        day = following
    return found


def _weeks(start: int, first: int, last: int) -> list[Period]:
    begin = start + (first - start) // 7 * 7
    return [Period(day_of(day).isoformat(), day, day + 6) for day in range(begin, last + 1, 7)]


def _of_plan(calendar: Calendar, first: int, last: int) -> list[Period]:
    """The periods of the plan with their labels, before it those of the same length with their first day."""
    length = calendar.weeks * 7
    start = calendar.first_day(0)
    assert start is not None
    number = int((first - day_number(start)) // length)
    found = []
    while (day := calendar.first_day(number)) is not None and day_number(day) <= last:
        following = calendar.first_day(number + 1)
        assert following is not None
        label = calendar.periods[number] if 0 <= number < len(calendar.periods) else day.isoformat()
        if day_number(following) > first:
            found.append(Period(label, day_number(day), day_number(following) - 1))
        number += 1
    return found
