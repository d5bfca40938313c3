"""Dates as tools write them: 12/Jan/26 3:04 PM, 1/12/2026 3:04:05 PM, 2026-01-12T15:04:05Z, 12.01.2026."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from portfolio.intake.languages import vocabulary
from portfolio.intake.values.clocks import CLOCK, is_time_of_day

Order = Literal["day first", "month first"]
JAPANESE = re.compile(r"(?P<year>\d{4})\u5e74\s?(?P<month>\d{1,2})\u6708\s?(?P<day>\d{1,2})\u65e5?")
YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
TOGETHER = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
NAMED = re.compile(
    r"(?:[^\W\d_]+,? )?(?P<day>\d{1,2})(?:\.|st|nd|rd|th|er|\u00ba)?[-/ ](?:de |of )?(?P<month>[^\W\d_]{1,12})\.?,?[-/ ](?:de )?(?P<year>\d{4}|\d{2})"
)
NAME_FIRST = re.compile(
    r"(?:[^\W\d_]+,? )?(?P<month>[^\W\d_]{3,12})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"
)
DOTTED = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})")
NUMBERS = re.compile(r"(?P<first>\d{1,2})[/-](?P<second>\d{1,2})[/-](?P<year>\d{4}|\d{2})")
"""The first number is the day to some and the month to others."""
ONE_WAY = (YEAR_FIRST, TOGETHER, NAMED, NAME_FIRST, DOTTED, JAPANESE)
"""Dates that everybody reads alike."""
PATTERNS = (*ONE_WAY, NUMBERS)
MOMENT = re.compile(
    r"(?P<day>.*?\d\S*?)(?:T|[ ,;]+|(?<=\u65e5))(?P<clock>"
    + re.sub(r"[?]P<(?!seconds)[a-z]+>", "?:", CLOCK.pattern)
    + ")"
)
MAY_HAVE_CLOCK = re.compile(r"\d[T ,;\u65e5].*\d")
"""What a day with a time of day behind it has, and most other texts have not."""
NOTHING = slice(0, 0)


class Apart(NamedTuple):
    """A moment taken apart: where in its text the day stands, the time of day, and within that the seconds with their mark.

    What is not there is an empty slice.
    """

    day: slice
    clock: slice
    seconds: slice


def apart(text: str) -> Apart:
    """Where in a text its day stands, and its time of day; a text that is no moment is a day as far as anybody knows."""
    if MAY_HAVE_CLOCK.search(text) and not any(pattern.fullmatch(text) for pattern in PATTERNS):
        found = MOMENT.fullmatch(text)
        if found is not None and is_time_of_day(found["clock"]):
            seconds = slice(*found.span("seconds")) if found["seconds"] else NOTHING
            return Apart(slice(*found.span("day")), slice(*found.span("clock")), seconds)
    return Apart(slice(0, len(text)), NOTHING, NOTHING)


def readings(text: str) -> dict[Order | None, str]:
    """What a text can mean as a date, as 2026-01-12: one reading, or one for each order of day and month.

    The time of day that may stand behind it says nothing of its date.
    """
    text = " ".join(text.split())
    text = text[apart(text).day]
    for pattern in ONE_WAY:
        if found := pattern.fullmatch(text):
            made = _iso(found["year"], _month(found["month"]), int(found["day"]))
            return {} if made is None else {None: made}
    if found := NUMBERS.fullmatch(text):
        first, second = int(found["first"]), int(found["second"])
        orders: dict[Order | None, str | None] = {
            "day first": _iso(found["year"], second, first),
            "month first": _iso(found["year"], first, second),
        }
        return {order: made for order, made in orders.items() if made is not None}
    return {}


def meant(found: Mapping[Order | None, str], order: Order | None) -> list[str]:
    """The dates that the readings of a text can be: one where they are the same, or the order of day and month is decided."""
    days = list(dict.fromkeys(found.values()))
    return [found[order]] if len(days) > 1 and order in found else days


def order_of(texts: Iterable[str]) -> Order | None:
    """The order of day and month that some of these dates can only have; None if none tells, or they disagree."""
    return order_among(map(readings, texts))


def order_among(found: Iterable[Mapping[Order | None, str]]) -> Order | None:
    """The order of day and month that some of the readings of dates can only have; None if none tells, or they disagree."""
    orders = {order for one in found if len(one) == 1 for order in one if order is not None}
    return orders.pop() if len(orders) == 1 else None


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else vocabulary().month(text) or 0


def _iso(year: str, month: int, day: int) -> str | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day).isoformat()
    except ValueError:
        return None
