"""Ranges of cells by their names, and which cells lie in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portfolio.xlsx.cell_names import column_letters, column_number

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_END = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d{0,7})")


@dataclass(frozen=True)
class Range:
    """A rectangle of cells, counted from 1; whole rows and columns reach to the end of the sheet."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """Its name, for example B2:D9."""
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def read_range(name: str) -> Range | None:
    """The range of a name like B2:D9, B2, B:B or 3:5; None if it is none."""
    first, _, last = name.rpartition("!")[2].partition(":")
    ends = [_END.fullmatch(end) for end in (first, last or first)]
    if ends[0] is None or ends[1] is None or not first:
        return None
    (left, top), (right, bottom) = ends[0].groups(), ends[1].groups()
    return Range(
        int(top) if top else 1,
        column_number(left) if left else 1,
        int(bottom) if bottom else LAST_ROW,
        column_number(right) if right else LAST_COLUMN,
    )
