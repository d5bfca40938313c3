"""One cell to be written: what it shall hold, and how XML says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.date_serials import serial

Scalar = str | float | bool | None
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SPECIAL_QUOTED = _SPECIAL | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Formula:
    """A live formula, without its equals sign, and the value it has now."""

    text: str
    value: Scalar = None


@dataclass(frozen=True)
class CellEdit:
    """What one cell shall hold; rows and columns count from 1.

    Content None empties the cell. A style is the number of a cell format of the workbook; without one the cell keeps
    the look that it has, or takes that of its row or column.
    """

    row: int
    column: int
    content: Scalar | date | Formula
    style: int | None = None

    @property
    def name(self) -> str:
        """The cell's name, for example F12."""
        return f"{column_letters(self.column)}{self.row}"


def escape(text: str) -> str:
    """Text as it stands in XML, also within an attribute."""
    return text.translate(_SPECIAL_QUOTED)


def cell_text(text: str) -> str:
    """Text as a cell holds it: what XML cannot hold is written by its code, and what looks like a code is kept apart."""
    guarded = _ESCAPED.sub("_x005F_", text) if "_x" in text else text
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", guarded).translate(_SPECIAL)


def number_text(number: float) -> str:
    """A number with all its digits and no more."""
    value = float(number)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def cell_xml(edit: CellEdit, style: int, prefix: str, counts_from_1904: bool = False) -> str:
    """The cell as XML; `prefix` is what the sheet puts before its tag names."""
    content, formula = edit.content, ""
    if isinstance(content, Formula):
        text = cell_text(content.text.replace("\r\n", "\n").replace("\r", "\n"))
        formula = f"<{prefix}f>{text}</{prefix}f>"
        content = content.value
    if isinstance(content, date):
        content = serial(content, counts_from_1904)
    head = f'<{prefix}c r="{edit.name}"' + (f' s="{style}"' if style else "")
    if content is None and not formula:
        return f"{head}/>"
    if isinstance(content, str) and not formula:
        text = f'<{prefix}is><{prefix}t xml:space="preserve">{cell_text(content)}</{prefix}t></{prefix}is>'
        return f'{head} t="inlineStr">{text}</{prefix}c>'
    kind, value = _typed(content)
    held = "" if value is None else f"<{prefix}v>{value}</{prefix}v>"
    return f"{head}{kind}>{formula}{held}</{prefix}c>"


def _typed(value: Scalar) -> tuple[str, str | None]:
    if value is None:
        return "", None
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, str):
        return ' t="str"', cell_text(value)
    return "", number_text(value)
