"""Dates as workbooks hold them: the number of days since a first day, of which there are two."""

from __future__ import annotations

from datetime import date, datetime, timedelta

FIRST_DAY = datetime(1899, 12, 30)
"""Dates are counted from this day; the count is right from March 1900 on."""
FIRST_DAY_1904 = datetime(1904, 1, 1)
"""Some workbooks, most of them from old Macs, count from this day."""
DAY = timedelta(days=1)


def serial(day: date, counts_from_1904: bool = False) -> float:
    """A date, or a date with a time, as the number that a cell holds."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    return (moment.replace(tzinfo=None) - (FIRST_DAY_1904 if counts_from_1904 else FIRST_DAY)) / DAY
