"""A moment as history has it: a day, or a day with its time, with or without its offset from universal time."""

from __future__ import annotations

import contextlib
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator

from portfolio.domain.field import NO_WEEK
from portfolio.domain.record import number_rule

LENGTH_OF_A_DAY = 10
"""How long a day is as text, 2027-01-04; what is longer has a time."""
YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def _moment(value: object) -> object:
    """A day or a moment, also as ISO text; numbers are neither."""
    if isinstance(value, str):
        text = value.strip()
        try:
            return date.fromisoformat(text) if len(text) <= LENGTH_OF_A_DAY else datetime.fromisoformat(text)
        except ValueError:
            raise ValueError("neither a date like 2027-01-04 nor a moment like 2027-01-04T09:30:00+01:00") from None
    if not isinstance(value, date) and value is not None:
        raise ValueError("neither a date nor a moment")
    return value


def _day_or_figure(value: object) -> object:
    """A day or a number, also as text."""
    if not isinstance(value, str):
        return number_rule(value)
    text = value.strip()
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text)
    try:
        return number_rule(float(text))
    except ValueError:
        raise ValueError("neither a date like 2027-03-21 nor a number") from None


def _answer(value: object) -> object:
    """Yes or no, a day or a number, also as text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in YES_NO:
        return YES_NO[value.strip().lower()]
    return _day_or_figure(value)


Moment = Annotated[date | datetime, BeforeValidator(_moment)]
"""A date, or a datetime with or without an offset."""
MomentOrBlank = Annotated[date | datetime | None, BeforeValidator(_moment)]
"""The same where it may be left blank."""
DayOrFigure = Annotated[date | float | None, BeforeValidator(_day_or_figure), NO_WEEK]
"""What a forecast foretells: a day, or a number."""
Answer = Annotated[bool | date | float | None, BeforeValidator(_answer)]
"""What came of a forecast: yes or no, a day, or a number."""
