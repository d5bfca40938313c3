"""Turns what a cell holds into what a field takes: numbers in text, percentages, dates, yes and no."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from portfolio.domain.field import Kind

PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?|[+-]?\.\d+")
GROUPED = re.compile(r"[+-]?\d{1,3}([, '\u00a0\u202f\u2019]\d{3})+(\.\d+)?")
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
"""1.234 and 1,234 in text are one thousand to some and one and a bit to others."""


YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
DAY_AND_NAME = re.compile(r"(?P<day>\d{1,2})\.?[ -](?P<month>[A-Za-z]{3,9})\.?,?[ -](?P<year>\d{4})")
NAME_AND_DAY = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")
SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
"""The first number is the day to some and the month to others."""
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip


class AmbiguousNumberError(ValueError):
    """Text that people of different countries read as different numbers; the argument lists the readings."""

    fix = "Enter it as a number instead of text."


class AmbiguousDateError(AmbiguousNumberError):
    """Text that people of different countries read as different dates."""

    def __init__(self, readings: list[str]) -> None:
        super().__init__(" or ".join(readings))
        self.fix = f"Write {readings[0]}, if that is meant."


def is_blank(value: object) -> bool:
    """Whether a cell is empty for a reader: nothing, or only spaces."""
    return value is None or value == "" or (isinstance(value, str) and not value.strip())


def as_text(value: object) -> str:
    """A cell as text: whole numbers without decimals, dates as 2027-01-04."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value).strip()


def as_number(value: object) -> object:
    """A number, also one that was typed as text; anything else as it is, to be refused by name later."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, str):
        return _number_in(value)
    return as_text(value) if isinstance(value, date | time | timedelta) else value


def _number_in(text: str) -> object:
    stripped = text.strip()
    if stripped.endswith("%"):
        number = _number_in(stripped[:-1])
        return number if isinstance(number, str) else float(f"{number}e-2")
    if AMBIGUOUS.fullmatch(stripped):
        digits = stripped.replace(",", ".")
        raise AmbiguousNumberError(f"{digits.replace('.', '')} or {digits}")
    if PLAIN_NUMBER.fullmatch(stripped):
        return as_number(float(stripped))
    if GROUPED.fullmatch(stripped):
        return as_number(float(re.sub(r"[, '\u00a0\u202f\u2019]", "", stripped)))
    if DECIMAL_COMMA.fullmatch(stripped):
        return as_number(float(stripped.replace(",", ".")))
    return stripped


def as_date(value: object) -> object:
    """A date as 2027-01-04; text that is none stays as it is."""
    if isinstance(value, str):
        return _date_in(value.strip()) or value.strip()
    return as_text(value) if isinstance(value, datetime | date) else value


def _date_in(text: str) -> str | None:
    """A date that was typed as text, as 2027-01-04."""
    for pattern in (YEAR_FIRST, DAY_FIRST, DAY_AND_NAME, NAME_AND_DAY):
        if found := pattern.fullmatch(text):
            return _iso(found["year"], found["month"], found["day"])
    if found := SLASHES.fullmatch(text):
        first, second, year = found.groups()
        readings = dict.fromkeys([_iso(year, second, first), _iso(year, first, second)])
        dates = [reading for reading in readings if reading is not None]
        if len(dates) > 1:
            raise AmbiguousDateError(dates)
        return dates[0] if dates else None
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    named = [number for number, name in enumerate(MONTHS, 1) if name.startswith(month.lower())]
    number = int(month) if month.isdecimal() else named[0] if len(named) == 1 else 0
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def as_date_or_week(value: object) -> object:
    """A date, or a number of weeks."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, str) and (found := _date_in(value.strip())):
        return found
    return as_text(value) if isinstance(value, date) else as_number(value)


def as_yes_no(value: object) -> object:
    """Yes or no, however it is marked."""
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    return value


def as_points(value: object) -> object:
    """`0: 900; 20: 500` as a list of pairs; what is not written so stays text."""
    points = [point for point in re.split(r"[;\n]", as_text(value)) if point.strip()]
    pairs = [[as_number(part) for part in point.split(":")] for point in points]
    whole = all(len(pair) == 2 and not any(isinstance(part, str) for part in pair) for pair in pairs)
    return pairs if whole else as_text(value)


def as_filter(text: str) -> dict[str, list[str]]:
    """`Horizon = H3; Type = Enabler, Business` as names with their words; raises ValueError where it is not so."""
    found: dict[str, list[str]] = {}
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        name, equals, words = part.partition("=")
        listed = [word.strip() for word in words.split(",") if word.strip()]
        key = " ".join(name.split()).lower()
        if not equals or not key or not listed:
            raise ValueError(part.strip())
        found[key] = [*found.get(key, []), *listed]
    return found


def as_list(text: str) -> list[str]:
    """`value stream, period` as a list of words."""
    return [word.strip() for word in re.split(r"[,;\n]", text) if word.strip()]


READ: dict[Kind, Callable[[object], object]] = {
    "text": as_text,
    "word": as_text,
    "number": as_number,
    "whole": as_number,
    "share": as_number,
    "date": as_date,
    "date or week": as_date_or_week,
    "yes/no": as_yes_no,
    "pairs": as_points,
}
"""How the cells of each kind of column are read."""


def read_uniform(kind: Kind, values: Sequence[object]) -> list[object] | None:
    """A whole column whose cells are alike, None for those that are empty; None where each has to be read by itself.

    It gives what `READ` gives for each cell, many times as fast.
    """
    try:
        if kind in ("text", "word"):
            return _texts(values)
        if kind in ("number", "whole", "share"):
            return _numbers(values)
        if kind in ("date", "date or week"):
            return [None if value == "" else _day(value) for value in values]
    except TypeError:
        pass
    return None if any(value != "" for value in values) else [None] * len(values)


PLAIN_TEXT = re.compile(r"\d{1,15}|\d{1,12}\.(?:\d{1,2}|\d{4,12})|0\.\d{1,12}", re.ASCII)
"""A number in text that everybody reads alike, without a unit, a sign or thousands."""


def read_plain_texts(values: Sequence[object]) -> list[object] | None:
    """A column of numbers in text that everybody reads alike, None for those that are empty; None where one is not so."""
    read: dict[object, object] = {"": None}
    for value in set(values):
        if value == "":
            continue
        if not isinstance(value, str) or not PLAIN_TEXT.fullmatch(value):
            return None
        read[value] = as_number(float(value))
    return [read[value] for value in values]


def _texts(values: Sequence[Any]) -> list[object]:
    """Texts without the spaces around them; raises TypeError where something is no text."""
    texts = list(map(str.strip, values))
    return [*texts] if all(texts) else [text or None for text in texts]


def _numbers(values: Sequence[Any]) -> list[object]:
    """Whole numbers without decimals; raises TypeError where something is no number."""
    if "" in values:
        return [None if value == "" else int(value) if float.is_integer(value) else value for value in values]
    if all(map(float.is_integer, values)):
        return list(map(int, values))
    return [int(value) if float.is_integer(value) else value for value in values]


def _day(value: object) -> str:
    if type(value) is not date:
        raise TypeError
    return value.isoformat()
