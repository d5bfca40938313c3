"""Stretches of time as roadmaps speak of them: Q3 2026, H2 2026, Jun 2026, KW 32/2026, mid 2027, each with its days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from portfolio.intake.languages import vocabulary

PARTS = re.compile(r"[^\W\d_]+|\d+")
LENGTHS = {"quarter": 3, "half_year": 6}
EARLY = 2000


@dataclass(frozen=True)
class Span:
    """A stretch of time by its first and its last day."""

    first: date
    last: date


@lru_cache(maxsize=10_000)
def span_of(text: str) -> Span | None:
    """The days that a text names; None where it names none, or only a year."""
    parts = PARTS.findall(text)
    words = [part for part in parts if not part.isdecimal()]
    numbers = [int(part) for part in parts if part.isdecimal()]
    if not words or not 1 <= len(numbers) <= 2 or re.search(r"[+&%=]", text):
        return _of_numbers(text)
    year = next((number for number in numbers if 1900 <= number <= 2199), None)
    if (year is None and len(numbers) == 2) or (len(numbers) == 1 and year is None):
        year = EARLY + numbers[-1] if numbers[-1] < 100 else None
        others = numbers[:-1]
    else:
        others = [number for number in numbers if number != year]
    if year is None:
        return None
    return _named(words, others, year)


def _of_numbers(text: str) -> Span | None:
    """2027-06 and 06/2027: a month."""
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})", text.strip()):
        return _months(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text.strip()):
        return _months(int(found[2]), int(found[1]), 1)
    return None


def _named(words: list[str], numbers: list[int], year: int) -> Span | None:
    """A quarter, half, week or month by its number, a month by its name, a part of a year."""
    times = [_time(word) for word in words]
    joined = _time(" ".join(words))
    if not numbers:
        return _without_number(words, times, year)
    kinds = {time for time in (*times, joined) if time in (*LENGTHS, "week", "month")}
    if (
        len(numbers) != 1
        or len(kinds) != 1
        or not (joined or all(time or word == "W" for time, word in zip(times, words, strict=True)))
    ):
        return _week(numbers[0], year) if words == ["W"] and len(numbers) == 1 else None
    (kind,) = kinds
    if kind == "week":
        return _week(numbers[0], year)
    length = LENGTHS.get(kind, 1)
    return _months(year, (numbers[0] - 1) * length + 1, length) if 1 <= numbers[0] <= 12 // length else None


def _without_number(words: list[str], times: list[str], year: int) -> Span | None:
    months = [vocabulary().month(word) for word in words]
    named = [month for month in months if month is not None]
    places = [time for time in times if time in ("begin", "middle", "end")]
    if len(named) == 1 and all(month or time for month, time in zip(months, times, strict=True)):
        whole = _months(year, named[0], 1)
        return _part(whole, places[0]) if whole and places else whole
    if places and all(
        time in ("begin", "middle", "end", "year") or word.casefold() in ("of", "de", "von")
        for time, word in zip(times, words, strict=True)
    ):
        return _part(Span(date(year, 1, 1), date(year, 12, 31)), places[0])
    return None


def _part(span: Span, place: str) -> Span:
    """The beginning, the middle or the end of a stretch."""
    half = span.first + (span.last - span.first) // 2
    return {"begin": Span(span.first, span.first), "middle": Span(half, half)}.get(place, Span(span.last, span.last))


def _months(year: int, month: int, count: int) -> Span | None:
    last = month + count - 1
    if not 1 <= month <= last <= 12:
        return None
    return Span(date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _week(number: int, year: int) -> Span | None:
    try:
        first = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Span(first, first + timedelta(days=6))


def _time(word: str) -> str:
    found = vocabulary().meaning("times", word)
    return "" if found is None else found.name
