"""What one cell holds, in the form in which cells are compared: numbers as numbers, formulas as formulas."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from portfolio.intake.values.cell_values import AmbiguousNumberError, as_number
from portfolio.xlsx.date_serials import DAY, serial
from portfolio.xlsx.patch.cell import Scalar

Kind = Literal["number", "text", "yes/no", "formula", "error"]
_MANY = 50_000
RESULT = "result"
"""What stands for every formula that this program wrote beside the epics."""
"""Cells repeat each other: so many different contents are kept."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds. Equal means: the same to whoever reads it, whatever the cell looks like.

    `text` is what is compared: 15 digits of a number, trimmed text, a formula without positions. The other fields are
    for showing and writing it: `value` with all digits (of a formula: its last result), `shown` a formula as it stands
    in its file, `template` the same without positions.
    """

    kind: Kind
    text: str
    value: Scalar | date = field(default=None, compare=False)
    shown: str = field(default="", compare=False)
    template: str = field(default="", compare=False)

    def __str__(self) -> str:
        """As people see it."""
        if self.kind == "formula":
            return self.shown
        if isinstance(self.value, datetime):
            return self.value.date().isoformat() if self.value.time() == time() else self.value.isoformat(" ")
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        return self.text


def content_of(value: object) -> Content | None:
    """A value as a reader gives it; None for an empty cell."""
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return None
    if isinstance(value, bool):
        return Content("yes/no", "1" if value else "0", value)
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if isinstance(value, timedelta):
        return Content("number", _digits(value / DAY), value / DAY)
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return Content("number", _digits(serial(moment)), moment)
    return _text(str(value))


@lru_cache(_MANY)
def _number(number: float) -> Content:
    return Content("number", _digits(number), number)


@lru_cache(_MANY)
def _text(value: str) -> Content | None:
    held = value.replace("\r\n", "\n").replace("_x000D_", "")
    return Content("text", text, held) if (text := held.strip()) else None


def formula_of(text: str, value: object = None) -> Content:
    """A formula as it stands in its file, without the equals sign, and its last result."""
    result = content_of(value)
    cached = None if result is None else result.value
    return Content("formula", text, cached, f"={text}", text)


def as_result(content: Content) -> Content:
    """A formula that this program wrote: the same as every other result, whatever it refers to."""
    return replace(content, text=RESULT)


def is_result(content: Content | None) -> bool:
    """Whether a cell holds a formula that this program wrote."""
    return content is not None and content.text == RESULT and content.kind == "formula"


def error_of(text: str) -> Content:
    """An error that was typed or pasted as such."""
    return Content("error", text, text)


def _digits(number: float) -> str:
    return f"{number + 0.0:.15g}"


def number_in(content: Content | None) -> str | None:
    """The digits of a number, also of one that was typed as text; None if it is no number."""
    if content is None or content.kind not in ("number", "text"):
        return None
    if content.kind == "number":
        return content.text
    try:
        number = as_number(content.text)
    except AmbiguousNumberError:
        return None
    return _digits(float(number)) if isinstance(number, int | float) and not isinstance(number, bool) else None


def same(one: Content | None, other: Content | None) -> bool:
    """Whether two cells hold the same; a number that was typed as text is the number."""
    if one == other:
        return True
    if one is None or other is None or one.kind == other.kind:
        return False
    digits = number_in(one)
    return digits is not None and digits == number_in(other)


def to_json(content: Content) -> object:
    """A content as JSON: what it is can be told from what it looks like there."""
    value = content.value
    if content.kind == "formula":
        cached = ["date", value.isoformat()] if isinstance(value, date) else value
        return ["formula", content.shown[1:], cached, content.template, *([RESULT] if is_result(content) else [])]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    return ["error", content.text] if content.kind == "error" else value


def from_json(saved: object) -> Content | None:
    """The content that was saved as JSON; raises ValueError, TypeError or IndexError where it is none."""
    if not isinstance(saved, list):
        return content_of(saved)
    if saved[0] == "date":
        return content_of(datetime.fromisoformat(saved[1]))
    if saved[0] == "error":
        return error_of(str(saved[1]))
    value = datetime.fromisoformat(saved[2][1]) if isinstance(saved[2], list) else saved[2]
    text = RESULT if len(saved) > 4 and saved[4] == RESULT else str(saved[3])
    return Content("formula", text, value, f"={saved[1]}", str(saved[3]))
