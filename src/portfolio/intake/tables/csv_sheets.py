"""A text table as a file of one sheet, so that everything that reads sheets reads it, too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.read_csv import CsvText, read_csv

FILLED = ""

MARKED: frozenset[str] = frozenset()
"""The sheets with a mark of this program."""


class CsvSheets:
    """The one sheet of a text table, named like the file; rows are as long as the longest one."""

    def __init__(self, content: bytes, name: str) -> None:
        self.text: CsvText = read_csv(content, name)
        read_csv.cache_clear()
        width = max(map(len, self.text.rows), default=0)
        rows = [row if len(row) == width else [*row, *[FILLED] * (width - len(row))] for row in self.text.rows]
        self._grid = Grid(Path(name).stem, rows, 1, 1, {})
        self.grids = {self._grid.name: self._grid}

    @property
    def names(self) -> Sequence[str]:
        """The name of the one sheet."""
        return (self._grid.name,)

    def grid(self, name: str) -> Grid:
        """Its cells, all of them text."""
        return self.grids[name]

    def is_marked(self, name: str) -> bool:
        """Nothing in a text table has a mark."""
        return name in MARKED

    def is_written(self, grid: Grid) -> bool:
        """This program writes no text tables beside the user's own."""
        return grid.name not in self.grids

    def is_small(self, name: str) -> bool:
        """There is no other sheet to look into instead."""
        return name in self.grids

    def length(self, row: int) -> int:
        """How many cells a row has in the file, by its position."""
        return len(self.text.rows[row])
