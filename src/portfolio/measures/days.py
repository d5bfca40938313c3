"""Days as whole numbers, so that a million of them are compared at once; moments become days in one time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
"""Days since 1970-01-01."""
Flags = NDArray[np.bool_]
EPOCH = date(1970, 1, 1).toordinal()
NEVER = 10_000_000
"""A day after all others: what has not happened."""
EVERYWHERE = -NEVER
"""A day before all others."""


def day_number(day: date) -> int:
    """A day, or the day that a moment is written with, as a whole number."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """The day of a whole number."""
    return date.fromordinal(int(number) + EPOCH)


def day_or_none(number: int) -> date | None:
    """The day of a whole number; None for what has not happened."""
    return None if abs(int(number)) >= NEVER else day_of(number)


def number_or_none(day: date | None) -> int | None:
    """A day as a whole number; None where there is none."""
    return None if day is None else day_number(day)


def local_day(moment: date, zone: tzinfo | None) -> date:
    """The day of a moment in a time zone; without a zone the day of its own offset, and a day is a day as it is written."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is not None and zone is not None:
        return moment.astimezone(zone).date()
    return moment.date()


def hours_between(first: date, second: date, zone: tzinfo | None) -> float:
    """Real hours between two moments, also over a change of summer time; a day without a time is its midnight."""
    a, b = _moment(first), _moment(second)
    if (a.tzinfo is None) != (b.tzinfo is None):
        a = a if a.tzinfo is not None else a.replace(tzinfo=zone or b.tzinfo)
        b = b if b.tzinfo is not None else b.replace(tzinfo=zone or a.tzinfo)
    elif a.tzinfo is None and zone is not None:
        a, b = a.replace(tzinfo=zone), b.replace(tzinfo=zone)
    if a.tzinfo is not None:
        return (b.timestamp() - a.timestamp()) / 3600
    return (b - a) / timedelta(hours=1)


def end_of(day: date) -> datetime:
    """The moment at which a day is over."""
    return datetime(day.year, day.month, day.day) + timedelta(days=1)


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
