"""Formulas that read a cell of the user's own workbook as the engine reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from portfolio.domain.field import Kind
from portfolio.workbook.in_place.figures_in_text import figure_behind
from portfolio.workbook.in_place.input_origins import Origin
from portfolio.xlsx.date_serials import serial
from portfolio.xlsx.write.area import quoted
from portfolio.xlsx.write.book import Value

NUMBERS = frozenset({"number", "whole", "share", "date", "date or week"})
YES = ("yes", "y", "true", "x", "1", "✓")
MOST_SAYINGS = 8
"""A column in which more cells need words of explanation than this explains each cell alone."""
LONGEST_FORMULA = 8_000
LARGEST_EXACT = 1e11
"""Whole numbers up to this are the same text to every spreadsheet."""

Saying = tuple[object, Value]
"""What a cell said, and what the engine took it for."""


def literal(value: object) -> str | None:
    """A value as a constant in a formula; None for one that no formula can hold."""
    if value is None:
        return '""'
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return None if "\r" in value else quoted(value)
    if isinstance(value, datetime) and value.time() != time():
        return f"(DATE({value.year},{value.month},{value.day})+TIME({value.hour},{value.minute},{value.second}))"
    if isinstance(value, date):
        return f"DATE({value.year},{value.month},{value.day})"
    if isinstance(value, int | float):
        return f"{int(value)}" if float(value).is_integer() and abs(value) < LARGEST_EXACT else repr(float(value))
    return None


@dataclass(frozen=True)
class Link:
    """How cells of one kind are read: `blank` is what an empty cell stands for, and where dates count from."""

    kind: Kind
    blank: Value = None
    counts_from_1904: bool = False

    def value(self, value: Value) -> Value:
        """What the mirrored cell holds for the engine's value."""
        found = self.blank if value is None else value
        if isinstance(found, date):
            return serial(found, self.counts_from_1904)
        return "" if found is None else found

    def needs_saying(self, content: object, value: Value) -> bool:
        """Whether the plain formula would read another value from a cell than the engine did."""
        return not _same(self._read(content), self.value(value))

    def guarded(self, formula: str) -> str:
        """The same formula, blank where there is an error: a cell that says nothing readable, or one that was deleted."""
        return f"IFERROR({formula},{literal(self.blank)})"

    def formula(self, reference: str, sayings: Iterable[Saying] = (), part: str = "") -> str | None:
        """Reads a cell: what it said when it was read as the engine took it, anything else by its kind.

        Of a cell with several figures it reads the one behind the word `part`.
        """
        found = figure_behind(part, reference) if part else self._plain(reference)
        for content, value in reversed(list(sayings)):
            said, meant = literal(content), literal(self.blank if value is None else value)
            if said is None or meant is None:
                return None
            found = f"IF({reference}={said},{meant},{found})"
        return found if len(found) <= LONGEST_FORMULA else None

    def _plain(self, reference: str) -> str:
        if self.kind in NUMBERS:
            return f'IF(ISNUMBER({reference}),{reference},VALUE({reference}&""))'
        if self.kind == "yes/no":
            words = ",".join(f"TRIM({reference})={quoted(word)}" for word in YES)
            return f'IF(TRIM({reference})="","",IF(OR({words}),"yes","no"))'
        if self.blank is None:
            return f'{reference}&""'
        return f'IF({reference}="",{literal(self.blank)},{reference}&"")'

    def _read(self, content: object) -> Value | object:
        """What the plain formula makes of a content, in every language of Excel; a strange object if that is open."""
        if content is None or content == "":
            return self.value(None)
        if self.kind in NUMBERS:
            return self._as_number(content)
        if self.kind == "yes/no":
            word = ("true" if content else "false") if isinstance(content, bool) else _as_text(content)
            if not isinstance(word, str):
                return _OPEN
            words = " ".join(part for part in word.split(" ") if part).lower()
            return "" if not words else "yes" if words in YES else "no"
        return _as_text(content)

    def _as_number(self, content: object) -> Value | object:
        if isinstance(content, bool) or not isinstance(content, int | float | date):
            return _OPEN
        if isinstance(content, datetime) and content.time() != time():
            return _OPEN
        return serial(content, self.counts_from_1904) if isinstance(content, date) else float(content)


_OPEN = object()


def _as_text(content: object) -> Value | object:
    if isinstance(content, str):
        return content
    if isinstance(content, bool) or not isinstance(content, int | float):
        return _OPEN
    return str(int(content)) if float(content).is_integer() and abs(content) < LARGEST_EXACT else _OPEN


def _same(read: object, value: Value) -> bool:
    if isinstance(read, int | float) and isinstance(value, int | float):
        return float(read) == float(value)
    return type(read) is type(value) and read == value


@dataclass(frozen=True)
class LinkedColumn:
    """The cells of one column read alike: each saying of the column counts in every cell, also after sorting."""

    link: Link
    sayings: tuple[Saying, ...]
    shared: bool

    @classmethod
    def of(cls, link: Link, cells: Iterable[tuple[Origin | None, Value]]) -> LinkedColumn:
        """The column of these cells with the engine's values."""
        found: dict[tuple[str, str], Saying] = {}
        alike = True
        for origin, value in cells:
            if origin is not None and _needs_saying(link, origin, value):
                key = (type(origin.content).__name__, str(origin.content).casefold())
                alike &= found.setdefault(key, (origin.content, value))[1] == value
        return cls(link, tuple(found.values()), alike and len(found) <= MOST_SAYINGS)

    def formula(self, origin: Origin, value: Value, reference: str | None = None) -> str | None:
        """The formula of one cell, by its reference on any sheet unless another one is given."""
        own = [(origin.content, value)] if _needs_saying(self.link, origin, value) else []
        return self.link.formula(reference or origin.reference, self.sayings if self.shared else own, origin.part)


def _needs_saying(link: Link, origin: Origin, value: Value) -> bool:
    return origin.content not in ("", None) and link.needs_saying(origin.content, value)
