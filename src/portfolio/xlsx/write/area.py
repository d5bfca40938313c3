"""Where a table stands on its sheet, and how formulas point to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from xlsxwriter.utility import quote_sheetname

from portfolio.xlsx.cell_names import column_letters

LONGEST_CONSTANT = 255
"""The longest text that stands in a formula as one constant."""


@dataclass(frozen=True)
class Area:
    """A table of `count` rows from row `first` (counted from 0) with a column for each key.

    A table without rows still spans one, so that formulas always have something to point to. `spare` blank rows
    below belong to it, for what is looked up and not there.
    """

    sheet: str
    first: int
    count: int
    columns: Mapping[str, int]
    spare: int = 0

    @property
    def last(self) -> int:
        """The last row."""
        return self.first + max(self.count, 1) - 1 + self.spare

    @property
    def rows(self) -> range:
        """Every row that holds something."""
        return range(self.first, self.first + self.count)

    def here(self, key: str, row: int) -> str:
        """A cell as formulas in the same row see it: the column is fixed."""
        return f"${column_letters(self.columns[key] + 1)}{row + 1}"

    def at(self, key: str, row: int) -> str:
        """A cell as formulas on any sheet see it."""
        return f"{sheet_name(self.sheet)}!{self.fixed(key, row)}"

    def own(self, key: str) -> str:
        """A whole column as formulas on the same sheet see it."""
        return self.span(key, key, self.first, self.last)

    def column(self, key: str) -> str:
        """A whole column as formulas on any sheet see it."""
        if key not in self._whole:
            self._whole[key] = self.block(key, key)
        return self._whole[key]

    @cached_property
    def _whole(self) -> dict[str, str]:
        return {}

    def block(self, first: str, last: str) -> str:
        """All rows of neighbouring columns as formulas on any sheet see them."""
        return f"{sheet_name(self.sheet)}!{self.span(first, last, self.first, self.last)}"

    def part(self, key: str, first: int, last: int) -> str:
        """Some rows of a column as formulas on any sheet see them."""
        return f"{sheet_name(self.sheet)}!{self.span(key, key, first, last)}"

    def header(self, first: str, last: str, above: int = 1) -> str:
        """The headings of neighbouring columns, or another row above the table, as formulas on any sheet see them."""
        return f"{sheet_name(self.sheet)}!{self.span(first, last, self.first - above, self.first - above)}"

    def span(self, first: str, last: str, top: int, bottom: int) -> str:
        """A range on the same sheet."""
        return f"{self.fixed(first, top)}:{self.fixed(last, bottom)}"

    def fixed(self, key: str, row: int) -> str:
        """A cell as formulas anywhere on the same sheet see it."""
        return f"${column_letters(self.columns[key] + 1)}${row + 1}"


def area(sheet: str, first: int, count: int, keys: list[str]) -> Area:
    """A table whose columns stand in the order of their keys, from the first column of the sheet."""
    return Area(sheet, first, count, {key: column for column, key in enumerate(keys)})


@cache
def sheet_name(sheet: str) -> str:
    """A sheet's name as formulas say it; in quotes where a reader could take it for anything else."""
    named = str(quote_sheetname(sheet))
    is_plain = named.startswith("'") or (sheet.isascii() and sheet.upper() not in ("TRUE", "FALSE"))
    return named if is_plain else f"'{named}'"


def given(cell: str) -> str:
    """What a cell says; nothing, and not 0, if it is empty."""
    return f'IF({cell}="","",{cell})'


def quoted(text: str) -> str:
    """Text as a constant in a formula, in parts that are no longer than a formula may hold."""
    parts = [text[first : first + LONGEST_CONSTANT] for first in range(0, max(1, len(text)), LONGEST_CONSTANT)]
    constants = ['"' + part.replace('"', '""') + '"' for part in parts]
    return constants[0] if len(constants) == 1 else f"({'&'.join(constants)})"
