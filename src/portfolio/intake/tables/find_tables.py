"""Finding a table on a sheet: the header wherever it is, over one row or two, and which column is which field."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.intake.columns import EPICS, Column, Sheet
from portfolio.intake.headings.assign import assign
from portfolio.intake.headings.names import beside, matches
from portfolio.intake.headings.units import Unit, unit_of
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.naming import entries, id_by_entries
from portfolio.intake.tables.table import Table
from portfolio.intake.tables.unit_above import unit_above
from portfolio.intake.values.cell_values import is_blank
from portfolio.intake.values.number_text import figure

HEADER_ROWS = 20
"""The header row is looked for in this many first rows of a sheet."""


def known_headings(row: Sequence[object], columns: tuple[Column, ...]) -> int:
    """How many fields the cells of a row are headings of."""
    found = set()
    for value in row:
        if isinstance(value, str) and value:
            if fits := matches(value, columns):
                found.add(fits[0].column.field)
            elif columns == EPICS.columns and (other := beside(value)) is not None:
                found.add(other.column.field)
    return len(found)


def likely_header(grid: Grid) -> list[str]:
    """What stands in the row that is most likely a header, whose words nobody here knows; empty where none is."""
    best: list[str] = []
    for number, row in enumerate(grid.rows[:HEADER_ROWS]):
        texts = [" ".join(value.split()) for value in row if isinstance(value, str) and value.strip()]
        below = grid.rows[number + 1] if number + 1 < len(grid.rows) else []
        if len(texts) > max(1, len(best)) and any(figure(value) is not None for value in below):
            best = texts
    return best


def find_table(grid: Grid, sheet: Sheet) -> Table | None:
    """The table of a sheet, at the row with the most headings that are known; None where no row has enough."""
    last = HEADER_ROWS if grid.is_block else max(0, HEADER_ROWS + 1 - grid.top)
    scores = [known_headings(row, sheet.columns) for row in grid.rows[:last]]
    if not scores or max(scores) < min(2, len(sheet.columns)):
        return None
    header = scores.index(max(scores))
    titles: list[object] = list(grid.rows[header])
    for upper in (header, header - 1):
        both = _joined(grid, upper, sheet.columns)
        if both is not None and known_headings(both, sheet.columns) > known_headings(titles, sheet.columns):
            header, titles = upper + 1, both
            break
    table = Table(grid, header, titles, sheet)
    _take_units_below(table)
    _assign(table, sheet)
    table.unit = unit_above(grid, table.header)
    return table


def table_below(grid: Grid, header: int, sheet: Sheet) -> Table:
    """The table whose header row is known, with nothing but records below it."""
    table = Table(grid, header, list(grid.rows[header]), sheet, records_only=True)
    _assign(table, sheet)
    return table


def _joined(grid: Grid, upper: int, columns: tuple[Column, ...]) -> list[object] | None:
    """The headings of two rows as one row; None where the lower row is none of a header."""
    if not 0 <= upper < len(grid.rows) - 1:
        return None
    above, below = grid.rows[upper], grid.rows[upper + 1]
    if any(not isinstance(value, str) for value in below):
        return None
    joined: list[object] = []
    for first, second in zip(above, below, strict=True):
        if is_blank(second) or is_blank(first) or first == second:
            joined.append(first if is_blank(second) else second)
        else:
            both = f"{first} {second}"
            joined.append(next((text for text in (second, both) if matches(str(text), columns)), second))
    return joined


def _take_units_below(table: Table) -> None:
    """A row of units between the header and the first record belongs to the header."""
    below = table.header + 1
    if below >= len(table.grid.rows):
        return
    filled = {index: value for index, value in enumerate(table.grid.rows[below]) if not is_blank(value)}
    units: dict[int, Unit | None] = {
        index: unit_of(value) if isinstance(value, str) else None for index, value in filled.items()
    }
    if len(filled) > 1 and all(unit is not None for unit in units.values()):
        table.header = below
        table.units |= {index: unit for index, unit in units.items() if unit is not None}


def _assign(table: Table, sheet: Sheet) -> None:
    rows = table.grid.rows[table.header + 1 :]

    def distinct(index: int) -> int:
        return len(set(entries(rows, index)))

    def clash(first: int, second: int) -> bool:
        return any(not is_blank(row[first]) and not is_blank(row[second]) for row in rows)

    made = assign(table.titles, sheet.columns, distinct, clash)
    table.columns, table.beside, table.more = made.columns, made.beside, made.more
    table.twice, table.shadowed, table.nearly = made.twice, made.shadowed, made.nearly
    table.units = made.units | table.units
    if sheet is EPICS and table.column_of("id") is None:
        taken = {*table.columns.values(), *(index for places in table.beside.values() for index in places)}
        found = id_by_entries(table.titles, rows, taken)
        if found is not None:
            table.columns[EPICS.column("id")] = found
