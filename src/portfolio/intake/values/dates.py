"""Dates as tools write them: 12/Jan/26 3:04 PM, 1/12/2026 3:04:05 PM, 2026-01-12T15:04:05Z, 12.01.2026."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from portfolio.intake.languages import vocabulary

Order = Literal["day first", "month first"]
TIME = (
    r"(?:[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4})?)?"
)
JAPANESE = re.compile(r"(?P<year>\d{4})\u5e74\s?(?P<month>\d{1,2})\u6708\s?(?P<day>\d{1,2})\u65e5?")
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){TIME}")
NAMED = re.compile(
    rf"(?:[^\W\d_]+,? )?(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|\u00ba)?[-/ ](?:de |of )?(?P<month>[^\W\d_]{{1,12}})\.?,?[-/ ](?:de )?(?P<year>\d{{4}}|\d{{2}}){TIME}"
)
NAME_FIRST = re.compile(
    rf"(?:[^\W\d_]+,? )?(?P<month>[^\W\d_]{{3,12}})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}}){TIME}"
)
DOTTED = re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d{{2}}){TIME}")
NUMBERS = re.compile(rf"(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-](?P<year>\d{{4}}|\d{{2}}){TIME}")
"""The first number is the day to some and the month to others."""


def readings(text: str) -> dict[Order | None, str]:
    """What a text can mean as a date, as 2026-01-12: one reading, or one for each order of day and month."""
    text = " ".join(text.split())
    for pattern in (YEAR_FIRST, NAMED, NAME_FIRST, DOTTED, JAPANESE):
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


def order_of(texts: Iterable[str]) -> Order | None:
    """The order of day and month that some of these dates can only have; None if none tells, or they disagree."""
    orders = {order for text in texts if len(found := readings(text)) == 1 for order in found if order is not None}
    return orders.pop() if len(orders) == 1 else None


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else vocabulary().month(text) or 0


def _iso(year: str, month: int, day: int) -> str | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day).isoformat()
    except ValueError:
        return None
