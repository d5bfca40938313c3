"""Reads columns of moments, a day with or without its time, and of what forecasts hold: days, figures, yes and no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

from portfolio.intake.columns import Column
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.choices import read_yes_no
from portfolio.intake.values.clocks import time_of_day
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.dates import apart
from portfolio.intake.values.moments import read_moments
from portfolio.intake.values.numbers import read_numbers
from portfolio.intake.values.question import ColumnValues


class _Timed(NamedTuple):
    """The day of a moment in text, and its time with the offset, blank where there is none."""

    day: object
    clock: str = ""


def read_timed(values: Sequence[object], wanted: Wanted, context: Context) -> ColumnValues:
    """The moments of a column as 2027-03-01 or 2027-03-01T23:30:00-05:00; one order of day and month for all of them."""
    known: dict[object, _Timed] = {}
    for value in values:
        if (key := _key(value)) not in known:
            known[key] = _taken_apart(value)
    days = {timed.day: place for place, timed in enumerate(known.values())}
    column = replace(wanted.column, kind="date")
    read = read_moments(list(days), replace(wanted, column=column), context)
    day_of = dict(zip(days, read.values, strict=True))
    asked = {day: read.cells[place] for place, day in enumerate(days) if place in read.cells}
    made = ColumnValues([None] * len(values), how=read.how)
    for place, value in enumerate(values):
        timed = known[_key(value)]
        day = day_of[timed.day]
        made.values[place] = f"{day}T{timed.clock}" if timed.clock and day is not None else day
        if timed.day in asked:
            made.cells[place] = asked[timed.day]
    return made


def _key(value: object) -> object:
    """A day and the midnight that it begins with are the same to Python, and to people; they are the same text here."""
    return value.isoformat() if isinstance(value, date) else (type(value), value)


def _taken_apart(value: object) -> _Timed:
    if isinstance(value, datetime):
        plain = value.time() == time() and value.tzinfo is None
        return _Timed(value.date()) if plain else _Timed(value.date(), value.timetz().isoformat())
    if not isinstance(value, str) or is_blank(value):
        return _Timed(value)
    text = " ".join(value.split())
    parts = apart(text)
    clock = time_of_day(text[parts.clock])
    return _Timed(text[parts.day], "" if clock is None else clock.written)


def read_days_or_figures(values: Sequence[object], wanted: Wanted, context: Context) -> ColumnValues:
    """What a forecast foretells: days where they are dates, else figures."""
    return _one_by_one(values, wanted, context)


def read_answers(values: Sequence[object], wanted: Wanted, context: Context) -> ColumnValues:
    """What came of a forecast: yes or no in words, a day, or a figure."""
    words = read_yes_no([value if isinstance(value, str | bool) else "" for value in values])
    rest = ["" if isinstance(word, bool) else value for word, value in zip(words, values, strict=True)]
    made = _one_by_one(rest, wanted, context)
    for place, word in enumerate(words):
        if isinstance(word, bool):
            made.values[place] = word
    return made


def _one_by_one(values: Sequence[object], wanted: Wanted, context: Context) -> ColumnValues:
    """The cells of a column as figures where they look like such, and as dates where they do not."""
    figures = {
        place for place, value in enumerate(values) if isinstance(value, int | float) or _looks_like_figure(value)
    }
    made = ColumnValues([None] * len(values))
    for read_all, kind, places in (
        (read_numbers, "number", sorted(figures)),
        (read_moments, "date", [place for place in range(len(values)) if place not in figures]),
    ):
        column: Column = replace(wanted.column, kind=kind)  # type: ignore[arg-type]
        read = read_all([values[place] for place in places], replace(wanted, column=column), context)
        for place, value in zip(places, read.values, strict=True):
            made.values[place] = value
        made.cells.update({places[index]: question for index, question in read.cells.items()})
        made.whole += [(places[index], question) for index, question in read.whole]
    return made


def _looks_like_figure(value: object) -> bool:
    """Whether a text is a number: no day has but one of the marks that stand between its parts."""
    return (
        isinstance(value, str)
        and bool(re.fullmatch(r"[+-]?[\d\s'\u00a0\u202f]*\d(?:[.,]\d+)*\s*%?", as_text(value)))
        and len(re.findall(r"[.]", value)) < 2
    )
