"""What a cell of an export says: numbers with the decimal mark of the file, dates in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from portfolio.domain.field import Kind
from portfolio.intake.values.cell_values import AmbiguousDateError, as_number, as_text, as_yes_no
from portfolio.intake.values.dates import Order, readings

POINT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
COMMA = re.compile(r"[+-]?(\d{1,3}([. ]\d{3})+|\d+)(,\d+)?")
ONLY_POINT = re.compile(r"[+-]?\d+\.\d+")
ONLY_COMMA = re.compile(r"[+-]?\d+,\d+")
FORMS = {"point": POINT, "comma": COMMA, ",": ONLY_POINT, ";": ONLY_COMMA}
"""Numbers that can be read in one way only: by the mark the mapping names, or by the file's delimiter."""


@dataclass(frozen=True)
class Values:
    """How the values of one export are read.

    `form` is the mapping's decimal mark, or the delimiter of the file where the mapping leaves it to that: a file
    separated by commas has no decimal commas unless they are quoted, one separated by semicolons mostly has.
    """

    form: str
    order: Order | None

    def read(self, kind: Kind, value: object) -> object:
        """A cell as its field takes it; raises AmbiguousNumberError for what can be read in two ways."""
        return self._readers[kind](value)

    @property
    def _readers(self) -> dict[Kind, Callable[[object], object]]:
        return {
            "text": as_text,
            "word": as_text,
            "number": self.number,
            "whole": self.number,
            "share": self.number,
            "date": self.day,
            "date or week": self.day_or_week,
            "yes/no": as_yes_no,
            "pairs": self.points,
        }

    def number(self, value: object) -> object:
        """A number; anything else as it is, to be refused by name later."""
        if not isinstance(value, str):
            return as_number(value)
        text, percent = value.strip().removesuffix("%").strip(), value.strip().endswith("%")
        form = FORMS.get(self.form)
        if form is None or not form.fullmatch(text):
            return as_number(value)
        decimal = "," if form in (COMMA, ONLY_COMMA) else "."
        digits = "".join(letter for letter in text if letter in "+-0123456789" or letter == decimal)
        return as_number(float(digits.replace(",", ".") + ("e-2" if percent else "")))

    def day(self, value: object) -> object:
        """A date as 2027-01-04; text that is none stays as it is."""
        return value if not isinstance(value, str) else self._day(value) or value.strip()

    def day_or_week(self, value: object) -> object:
        """A date, or a number of weeks."""
        if isinstance(value, str):
            return self._day(value) or self.number(value)
        return as_number(value) if isinstance(value, int | float) else as_text(value)[:10]

    def points(self, value: object) -> object:
        """`0: 900; 20: 500` as a list of pairs; what is not written so stays text."""
        pairs = [
            [self.number(part) for part in point.split(":")]
            for point in re.split(r"[;\n]", as_text(value))
            if point.strip()
        ]
        whole = all(len(pair) == 2 and not any(isinstance(part, str) for part in pair) for pair in pairs)
        return pairs if whole else as_text(value)

    def efforts(self, value: object) -> object:
        """A number of units, or `PAY: 10; DATA: 30` as units by value stream."""
        units = self.number(value)
        if not isinstance(units, str) or ":" not in units:
            return units
        parts = [part.rpartition(":") for part in units.split(";") if part.strip()]
        return {stream.strip(): self.number(amount) for stream, _, amount in parts}

    def _day(self, text: str) -> str | None:
        found = readings(text)
        if len(set(found.values())) > 1 and self.order in found:
            return found[self.order]
        days = list(dict.fromkeys(found.values()))
        if len(days) > 1:
            raise AmbiguousDateError(days)
        return days[0] if days else None
