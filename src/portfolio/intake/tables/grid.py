"""The cells of one sheet as they stand there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Cell = tuple[int, int]
"""Row and column of a cell on its sheet, counted from 1."""
Area = tuple[Cell, Cell]


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet; row and column of the first cell count from 1."""

    name: str
    rows: list[list[Any]]
    top: int
    left: int
    odd_cells: dict[Cell, str]
    """Cells that look empty but hold an error or a formula that was never calculated."""
    merged: tuple[Area, ...] = ()
    """Merged ranges, each by its first and its last cell."""
    sums: frozenset[Cell] = frozenset()
    """Cells whose formula sums up, counts or averages the cells above them."""
    format_of: Callable[[Cell], str] | None = field(default=None, compare=False)
    """How a cell shows its number; None where cells have no formats."""
    is_block: bool = False
    """Whether it is one of several tables of its sheet, which may begin anywhere."""
    where: Mapping[Cell, Cell] | None = field(default=None, compare=False)
    """Where each cell stands on the sheet, by its positions in the grid, where the grid was reshaped."""
    anchors: dict[Cell, Cell] = field(default_factory=dict)
    """For each cell that a merged range filled, the cell that holds the value."""

    def cell(self, row: int, column: int) -> Cell:
        """Where a cell stands on its sheet, by its positions in the grid."""
        plain = (self.top + row, self.left + column)
        return plain if self.where is None else self.where.get((row, column), plain)

    def filled(self) -> Grid:
        """The same cells, where a value merged over several rows counts in each of them."""
        down = [area for area in self.merged if area[1][0] > area[0][0]]
        if not down or not self.rows:
            return self
        rows, anchors, last = list(self.rows), {}, self.top + len(self.rows) - 1
        for (first_row, column), (last_row, _) in down:
            place = column - self.left
            value = rows[first_row - self.top][place] if self._holds(first_row, place) else ""
            if value == "":
                continue
            for number in range(first_row + 1, min(last_row, last) + 1):
                row = rows[number - self.top]
                if row[place] == "":
                    rows[number - self.top] = [*row[:place], value, *row[place + 1 :]]
                    anchors[number, column] = (first_row, column)
        return replace(self, rows=rows, anchors=anchors)

    def part(self, start: int, stop: int) -> Grid:
        """Some of the rows, by their positions, as a grid of their own."""
        return replace(self, rows=self.rows[start:stop], top=self.top + start, is_block=True)

    def band(self, start: int, stop: int) -> Grid:
        """Some of the columns, by their positions, as a grid of their own."""
        return replace(self, rows=[row[start:stop] for row in self.rows], left=self.left + start, is_block=True)

    def _holds(self, row: int, place: int) -> bool:
        return 0 <= row - self.top < len(self.rows) and 0 <= place < len(self.rows[row - self.top])
