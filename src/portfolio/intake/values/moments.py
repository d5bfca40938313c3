"""Reads a column of dates, or of dates and weeks: one order of day and month, quarters and months by their days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from portfolio.intake.languages import vocabulary
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.dates import Order, meant, order_of, readings
from portfolio.intake.values.numbers import read_numbers
from portfolio.intake.values.question import ColumnValues, Question
from portfolio.intake.values.spans import span_of

FIRST_YEAR, LAST_YEAR = 1990, 2100
BEGINNINGS = frozenset({"start", "scored_on", "raised_on", "baseline_on", "made_on", "since"})
"""Fields that mean the first day of a quarter or month; all others mean the last."""


def read_moments(values: Sequence[object], wanted: Wanted, context: Context) -> ColumnValues:
    """The dates of a column as 2027-01-04, and its weeks as numbers where the field takes both."""
    made = ColumnValues([None] * len(values))
    order = order_of([value for value in values if isinstance(value, str)]) or context.order
    rest: dict[int, object] = {}
    for place, value in enumerate(values):
        if isinstance(value, datetime):
            plain = value.time() == time() or wanted.column.kind == "date or week"
            made.values[place] = value.date().isoformat() if plain else as_text(value)
        elif isinstance(value, date):
            made.values[place] = value.isoformat()
        elif isinstance(value, str) and not is_blank(value):
            if not (context.forgiving and vocabulary().meaning("empty", value)) and not _read(
                made, place, value.strip(), wanted, order
            ):
                rest[place] = value.strip()
        elif value not in ("", None):
            rest[place] = value
    if rest:
        _read_rest(made, rest, wanted, context)
    return made


def _read(made: ColumnValues, place: int, text: str, wanted: Wanted, order: Order | None) -> bool:
    """Reads one date in text; says whether it was one."""
    days = meant(readings(text), order)
    if len(days) > 1:
        what = f'{wanted.column.heading} is the text "{text}".'
        made.cells[place] = Question(
            what, f"It can be read as {' or '.join(days)}.", f"Write {days[0]}, if that is meant."
        )
        return True
    if days:
        made.values[place] = days[0]
        return True
    span = span_of(text)
    if span is not None:
        day = span.first if wanted.name in BEGINNINGS else span.last
        made.values[place] = day.isoformat()
        if "quarters and months by their days" not in made.how:
            made.how.append("quarters and months by their days")
    return span is not None


def _read_rest(made: ColumnValues, rest: dict[int, object], wanted: Wanted, context: Context) -> None:
    """What is no date: weeks where the field takes them, and years, which are asked about."""
    if wanted.column.kind == "date":
        for place, value in rest.items():
            made.values[place] = value
        _ask_about_years(made, {place: value for place, value in rest.items() if _year(value)}, wanted)
        return
    years = {place: value for place, value in rest.items() if _year(value)}
    places = [place for place in rest if place not in years]
    numbers = read_numbers([rest[place] for place in places], wanted, context)
    for index, place in enumerate(places):
        made.values[place] = numbers.values[index]
        if index in numbers.cells:
            made.cells[place] = numbers.cells[index]
    made.whole += [(places[index], question) for index, question in numbers.whole]
    _ask_about_years(made, years, wanted)


def _year(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() and FIRST_YEAR <= value <= LAST_YEAR else None
    return int(value) if isinstance(value, str) and re.fullmatch(r"(?:199\d|20\d\d|2100)", value) else None


def _ask_about_years(made: ColumnValues, years: dict[int, object], wanted: Wanted) -> None:
    for place, value in years.items():
        year = _year(value)
        day = f"{year}-01-01" if wanted.name in BEGINNINGS else f"{year}-12-31"
        rule = (
            "A number here is weeks from the start of the plan."
            if wanted.column.kind != "date"
            else "It has to be a date."
        )
        made.cells[place] = Question(
            f"{wanted.column.heading} is {year}, which looks like a year.", rule, f"Write a date, for example {day}."
        )
        made.values[place] = None
