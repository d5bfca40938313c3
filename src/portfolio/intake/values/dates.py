"""Dates as tools write them: 12/Jan/26 3:04 PM, 1/12/2026 3:04:05 PM, 2026-01-12T15:04:05Z, 12.01.2026."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Literal

Order = Literal["day first", "month first"]
TIME = (
    r"(?:[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4})?)?"
)
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){TIME}")
NAMED = re.compile(rf"(?P<day>\d{{1,2}})\.?[-/ ](?P<month>[^\W\d_]{{3,10}})\.?,?[-/ ](?P<year>\d{{4}}|\d{{2}}){TIME}")
NAME_FIRST = re.compile(rf"(?P<month>[^\W\d_]{{3,10}})\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}}){TIME}")
DOTTED = re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d{{2}}){TIME}")
NUMBERS = re.compile(rf"(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-](?P<year>\d{{4}}|\d{{2}}){TIME}")
"""The first number is the day to some and the month to others."""
MONTHS = (
    "jan janv ene gen january januar janvier enero gennaio januari janeiro",
    "feb fev fevr february februar fevrier febrero febbraio februari fevereiro",
    "mar marz mars mrz maa mrt march marzo maart marco",
    "apr avr abr april avril abril aprile",
    "may mai mag mei mayo maggio maio",
    "jun juin giu june juni junio giugno junho",
    "jul juil lug july juli juillet julio luglio julho",
    "aug aou aout ago august agosto augustus",
    "sep sept set september septembre septiembre settembre setembro",
    "oct okt ott out october oktober octobre octubre ottobre outubro",
    "nov november novembre noviembre novembro",
    "dec dez dic des december dezember decembre diciembre dicembre dezembro",
)
"""Names of months in English, German, French, Spanish, Italian, Dutch and Portuguese, without accents."""
BY_NAME = {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split()}


def readings(text: str) -> dict[Order | None, str]:
    """What a text can mean as a date, as 2026-01-12: one reading, or one for each order of day and month."""
    text = " ".join(text.split())
    for pattern in (YEAR_FIRST, NAMED, NAME_FIRST, DOTTED):
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
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if letter.isalnum())
    return int(text) if text.isdecimal() else BY_NAME.get(plain, 0)


def _iso(year: str, month: int, day: int) -> str | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day).isoformat()
    except ValueError:
        return None
