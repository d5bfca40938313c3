"""Finding a table on a sheet: the header row wherever it is, headings however people write them, and the rows below."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from portfolio.intake.columns import RESULT_COLUMNS, Column, Sheet, bare, plain
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import is_blank

HEADER_ROWS = 20
"""The header row is looked for in this many first rows of a sheet."""
NEARLY = 0.8
SHORTEST_COMPARED = 4
TOTALS = {"total", "totals", "grandtotal", "subtotal", "sum", "average", "mean", "median", "count", "min", "max"}


@dataclass
class Table:
    """A table as it was found: the column of each field (counted from 0 in the grid), and odd headings."""

    grid: Grid
    header: int
    columns: dict[Column, int] = field(default_factory=dict)
    twice: list[tuple[Column, int]] = field(default_factory=list)
    shadowed: list[tuple[Column, int]] = field(default_factory=list)
    nearly: list[tuple[Column, int]] = field(default_factory=list)
    records_only: bool = False
    """Whether every row below the header is a record; people's sheets also have totals and notes there."""

    @property
    def headings(self) -> list[object]:
        """The cells of the header row."""
        return self.grid.rows[self.header]

    @property
    def left_column(self) -> int:
        """Number of the sheet's first used column."""
        return self.grid.left

    def sheet_column(self, column: int) -> int:
        """A column's number on the sheet, counted from 1."""
        return self.grid.left + column

    def sheet_row(self, row: int) -> int:
        """A row's number on the sheet, counted from 1."""
        return self.grid.top + row


@dataclass(frozen=True)
class _Spellings:
    exact: dict[str, Column]
    alias: dict[str, Column]
    loose: dict[str, tuple[Column, ...]]


@cache
def _spellings(columns: tuple[Column, ...]) -> _Spellings:
    loose: dict[str, tuple[Column, ...]] = {}
    for column in columns:
        for name in column.loose:
            loose[plain(name)] = (*loose.get(plain(name), ()), column)
    fields = {plain(column.field): column for column in columns}
    return _Spellings(
        fields | {plain(column.heading): column for column in columns},
        {plain(name): column for column in columns for name in column.aliases},
        loose,
    )


def known_headings(row: Sequence[object], columns: tuple[Column, ...]) -> int:
    """How many cells of a row are headings of these columns."""
    known = _spellings(columns)
    found = set()
    for value in row:
        if isinstance(value, str):
            for name in (plain(value), bare(value)):
                if name and (name in known.exact or name in known.alias or name in known.loose):
                    found.add(name)
                    break
    return len(found)


def find_table(grid: Grid, sheet: Sheet) -> Table | None:
    """The table of a sheet, at the row with the most headings that are known; None where no row has enough."""
    last = max(0, HEADER_ROWS + 1 - grid.top)
    scores = [known_headings(row, sheet.columns) for row in grid.rows[:last]]
    if not scores or max(scores) < min(2, len(sheet.columns)):
        return None
    table = Table(grid, scores.index(max(scores)))
    _assign(table, sheet.columns)
    return table


def table_below(grid: Grid, header: int, sheet: Sheet) -> Table:
    """The table whose header row is known, with nothing but records below it."""
    table = Table(grid, header, records_only=True)
    _assign(table, sheet.columns)
    return table


def _assign(table: Table, columns: tuple[Column, ...]) -> None:
    known = _spellings(columns)
    headings = [
        (index, plain(value), bare(value)) for index, value in enumerate(table.headings) if isinstance(value, str)
    ]
    taken: set[int] = set()
    for level in (known.exact, known.alias):
        before = dict(table.columns)
        for index, name, short in headings:
            column = level.get(name) or level.get(short)
            if column is None or index in taken:
                continue
            taken.add(index)
            if column in before:
                table.shadowed.append((column, index))
            elif column in table.columns:
                table.twice.append((column, index))
            else:
                table.columns[column] = index
    for index, name, short in headings:
        fits = known.loose.get(name) or known.loose.get(short) or ()
        free = next((column for column in fits if column not in table.columns), None)
        if index not in taken and free is not None:
            table.columns[free] = index
            taken.add(index)
        elif fits:
            taken.add(index)
    _note_near_misses(table, columns, [(index, short or name) for index, name, short in headings if index not in taken])


def _note_near_misses(table: Table, columns: tuple[Column, ...], unknown: list[tuple[int, str]]) -> None:
    spelt = {plain(name): column for column in columns for name in (column.heading, *column.aliases)}
    results = {plain(name) for name in RESULT_COLUMNS}
    candidates = [name for name in spelt if len(name) >= SHORTEST_COMPARED and spelt[name] not in table.columns]
    for index, name in unknown:
        if len(name) >= SHORTEST_COMPARED and name not in results:
            near = difflib.get_close_matches(name, candidates, n=1, cutoff=NEARLY)
            if near:
                table.nearly.append((spelt[near[0]], index))


def data_rows(table: Table, labels: Sequence[int]) -> Iterator[int]:
    """The rows below the header that hold a record: no blank rows, no totals, no notes below the table.

    `labels` are the columns a record is named by. A row with a single entry after a blank row is a note.
    """
    columns = sorted(table.columns.values())
    odd_rows = {row for row, _ in table.grid.odd_cells}
    after_blank = False
    for number in range(table.header + 1, len(table.grid.rows)):
        row = table.grid.rows[number]
        names = [value for value in [row[column] for column in labels] if value != "" and not is_blank(value)]
        if table.records_only:
            if any(not is_blank(row[column]) for column in columns):
                yield number
            continue
        if not names or after_blank:
            filled = sum(not is_blank(row[column]) for column in columns)
            if not filled and table.sheet_row(number) not in odd_rows:
                after_blank = True
                continue
            if after_blank and filled == 1 and len(columns) > 2:
                continue
        if len(names) == 1 and plain(names[0]) in TOTALS:
            continue
        after_blank = False
        yield number
