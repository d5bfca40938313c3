"""A number as people and spreadsheets write it: with thousands, a currency, a percent sign, a unit, brackets for minus."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from portfolio.intake.headings.units import Unit, unit_of

Mark = Literal[".", ","]
SPACES = " '\u2019\u00a0\u202f\u2009"
"""What stands between thousands besides a point or a comma."""
PATTERN = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+\u2212]?)\s*(?P<before>[^\d\s()+\-\u2212.,][^\d()+\u2212,]*?)?\s*(?P<minus>[-\u2212]?)"
    rf"(?P<digits>\d[\d.,{SPACES}]*\d|\d|[.,]\d+)(?:[.,](?:[-\u2013\u2014]{{1,2}}|(?=\s|$)))?(?P<power>[eE][+-]?\d+)?\s*(?P<after>[^\d()]*?)\s*(?P<close>\))?"
)
WHOLE = frozenset({"JPY", "KRW"})
"""Currencies without a smaller coin: what stands between their digits is no decimal mark."""
WITH_POINT = frozenset({"USD", "GBP", "CAD", "AUD", "INR", "CNY", "SGD"})
"""Currencies whose countries write a decimal point: a comma before three digits groups thousands."""
PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")


@dataclass(frozen=True)
class NumberText:
    """The parts of a number in text: its digits with their marks, its sign, and the unit it names."""

    digits: str
    negative: bool
    power: str
    unit: Unit | None
    _values: dict[Mark | None, float | None] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The number by the decimal mark, once it was asked for: the texts of a column are mostly few."""

    @cached_property
    def mark(self) -> Mark | None:
        """The decimal mark where the digits leave no doubt; None where there is none, or either could be."""
        point, comma = self.digits.rfind("."), self.digits.rfind(",")
        if point >= 0 and comma >= 0:
            return "." if point > comma else ","
        last: Mark = "." if point >= 0 else ","
        place = max(point, comma)
        if place < 0:
            return None
        if self.digits.count(last) > 1 or (self.unit is not None and self.unit.currency in WHOLE):
            return "," if last == "." else "."
        whole, after = self.digits[:place], self.digits[place + 1 :]
        grouped = len(after) == 3 and 1 <= len(whole) <= 3 and whole[:1] not in ("", "0")
        if grouped and last == "," and self.unit is not None and self.unit.currency in WITH_POINT:
            return "."
        return None if grouped else last

    @cached_property
    def is_open(self) -> bool:
        """Whether 1.234 could be one thousand or one and a bit."""
        return self.mark is None and (self.digits.count(".") + self.digits.count(",") == 1)

    @property
    def is_whole(self) -> bool:
        """Whether it has neither points nor commas."""
        return "." not in self.digits and "," not in self.digits

    def value(self, mark: Mark | None) -> float | None:
        """The number, with this decimal mark where the digits leave a doubt; None where they are grouped like no number."""
        if mark not in self._values:
            self._values[mark] = self._value(mark)
        return self._values[mark]

    def _value(self, mark: Mark | None) -> float | None:
        own = self.mark
        decimal = own or (mark if self.is_open else None)
        thousands = {".": ",", ",": "."}[decimal] if decimal else ""
        text = self.digits
        if own is None and not self.is_open:
            thousands = "." if "." in text else ","
        whole, _, fraction = text.rpartition(decimal) if decimal and decimal in text else (text, "", "")
        groups = re.split(rf"[{re.escape(thousands)}{SPACES}]" if thousands else rf"[{SPACES}]", whole)
        if (not all(group.isdecimal() for group in groups) and whole) or (fraction and not fraction.isdecimal()):
            return None
        if len(groups) > 1 and not (_in_thousands(groups) or _in_lakhs(groups)):
            return None
        number = float(f"{''.join(groups) or '0'}.{fraction or '0'}{self.power}")
        return -number if self.negative else number


def _in_thousands(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _in_lakhs(groups: list[str]) -> bool:
    """Groups as India counts: 12,34,000 is twelve lakhs and thirty-four thousand."""
    between = groups[1:-1]
    return bool(between) and len(groups[-1]) == 3 and len(groups[0]) <= 2 and all(len(group) == 2 for group in between)


LONGEST = 200
"""Letters of the longest text that may be a number with its unit; what is longer is prose."""


@lru_cache(maxsize=50_000)
def number_text(text: str) -> NumberText | None:
    """The parts of a text that is a number, with a unit before or after it or not; None where it is something else."""
    found = PATTERN.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    words = " ".join(part.strip() for part in (found["before"] or "", found["after"]) if part.strip())
    unit = unit_of(words) if words else None
    if words and unit is None:
        return None
    signed = [found["sign"], found["minus"]]
    negative = bool(found["open"]) or any(sign in ("-", "\u2212") for sign in signed if sign)
    return NumberText(found["digits"], negative, found["power"] or "", unit)


def mark_of(texts: Iterable[NumberText]) -> Mark | None:
    """The decimal mark that the numbers of a column show; None where none tells, or they disagree."""
    marks = {mark for text in texts if (mark := text.mark) is not None}
    if len(marks) == 1:
        return marks.pop()
    return None


def figure(value: object) -> float | None:
    """The number that a cell holds, also in text; None where it holds none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    read = number_text(value) if isinstance(value, str) and value else None
    if read is None:
        return None
    plain_reading = read.value(None)
    return plain_reading if plain_reading is not None else read.value(".")
