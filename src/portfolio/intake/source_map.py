"""Where things stand in a workbook: from a field of the portfolio to the cell that holds it."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.domain.finding import Path
from portfolio.intake.tables.grid import Grid
from portfolio.xlsx.cell_names import column_letters

Cell = tuple[str, int, int]
"""Sheet, row and column, counted from 1; row 0 is the sheet as a whole."""


@dataclass
class Records:
    """The rows that one list of the portfolio was read from."""

    sheet: str
    header_row: int
    columns: dict[str, int]
    rows: list[int] = field(default_factory=list)


@dataclass
class SourceMap:
    """The cells of a portfolio that was read from a workbook."""

    sheets: list[str]
    records: dict[str, Records] = field(default_factory=dict)
    cells: dict[Path, Cell] = field(default_factory=dict)
    fallback: str = ""
    grids: dict[str, Grid] = field(default_factory=dict)
    """The sheets that were read, as they were."""
    anchors: dict[str, dict[tuple[int, int], tuple[int, int]]] = field(default_factory=dict)
    """For each sheet, the cells that a merged range covers, each with the cell that holds the value."""

    def anchor(self, cell: Cell) -> Cell:
        """The cell that holds the value of another one that was merged with it."""
        sheet, row, column = cell
        return (sheet, *self.anchors.get(sheet, {}).get((row, column), (row, column)))

    def content(self, cell: Cell) -> object:
        """What a cell said when it was read; blank text where there is nothing."""
        sheet, row, column = self.anchor(cell)
        grid = self.grids[sheet]
        within = grid.rows[row - grid.top] if 0 <= row - grid.top < len(grid.rows) else []
        return within[column - grid.left] if 0 <= column - grid.left < len(within) else ""

    def cell(self, path: Path) -> Cell:
        """The cell of a field, or the nearest thing to it that stands in the workbook; a criterion has its own column."""
        if path[2:3] == ("criteria",) and len(path) == 4:
            return self.cell((*path[:2], path[3]))
        for length in range(len(path), 0, -1):
            if path[:length] in self.cells:
                return self.cells[path[:length]]
            if length <= 3 and (found := self._in_records(path[:length])) is not None:
                return found
        return (self.fallback or (self.sheets[0] if self.sheets else ""), 0, 0)

    def _in_records(self, path: Path) -> Cell | None:
        records = self.records.get(str(path[0]))
        if records is None:
            return None
        if len(path) == 1:
            return (records.sheet, 0, 0)
        first = min(records.columns.values(), default=1)
        if isinstance(path[1], str):
            column = records.columns.get(path[1])
            return (records.sheet, 0, 0) if column is None else (records.sheet, records.header_row, column)
        if path[1] >= len(records.rows):
            return (records.sheet, 0, 0)
        column = records.columns.get(str(path[2])) if len(path) > 2 else first
        if column is None:
            column = records.columns.get("id", records.columns.get("name", first))
        return (records.sheet, records.rows[path[1]], column)

    def order(self, cell: Cell) -> tuple[int, int, int]:
        """Reading order: by sheet, then row, then column."""
        sheet, row, column = cell
        return (self.sheets.index(sheet) if sheet in self.sheets else -1, row, column)


def name_of(cell: Cell) -> str:
    """`Epics!F12`, or the sheet's name for a sheet as a whole."""
    sheet, row, column = cell
    return f"{sheet}!{column_letters(column)}{row}" if row else sheet
