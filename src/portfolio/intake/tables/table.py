"""A table as it was found on a sheet: where its header stands, which column is which field, in which unit."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.intake.columns import Column, Sheet
from portfolio.intake.headings.units import Unit
from portfolio.intake.tables.grid import Grid


@dataclass
class Table:
    """A table as it was found: the column of each field (counted from 0 in the grid), and odd headings.

    `header` is the last row of the header; `titles` is what stands above each column, over two rows where there are two.
    """

    grid: Grid
    header: int
    titles: list[object] = field(default_factory=list)
    sheet: Sheet | None = None
    """The input sheet that it stands for."""
    columns: dict[Column, int] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    """The unit that the heading of a column, or the row below it, says."""
    unit: Unit | None = None
    """The unit that is said for the whole table, above it or by the sheet's name."""
    beside: dict[str, list[int]] = field(default_factory=dict)
    """Columns that say something besides the fields: links, a level, a part of another score."""
    more: dict[Column, list[int]] = field(default_factory=dict)
    """Further columns of a field, that count where the first one is empty."""
    records_only: bool = False
    """Whether every row below the header is a record; people's sheets also have totals and notes there."""
    twice: list[tuple[Column, int]] = field(default_factory=list)
    shadowed: list[tuple[Column, int]] = field(default_factory=list)
    nearly: list[tuple[Column, int]] = field(default_factory=list)

    @property
    def headings(self) -> list[object]:
        """What stands above each column."""
        return self.titles or self.grid.rows[self.header]

    @property
    def left_column(self) -> int:
        """Number of the sheet's first used column."""
        return self.grid.left

    def column_of(self, name: str) -> int | None:
        """The position of a field's column; None where there is none."""
        return next((index for column, index in self.columns.items() if column.field == name), None)

    def unit_at(self, index: int, *, money: bool, work: bool = False) -> Unit | None:
        """The unit of a column: its own, or that of the table where it counts what the column counts."""
        own, whole = self.units.get(index), self.unit
        if own is not None or whole is None:
            return own
        return whole if (money if whole.is_money else work) else None

    def sheet_column(self, column: int) -> int:
        """A column's number on the sheet, counted from 1."""
        return self.grid.left + column

    def sheet_row(self, row: int) -> int:
        """A row's number on the sheet, counted from 1."""
        return self.grid.top + row
