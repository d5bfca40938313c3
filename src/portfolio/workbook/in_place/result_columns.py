"""The result columns on the user's own sheet of epics: where they stand, or where there is room for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portfolio.errors import WrongUseError
from portfolio.intake.columns import RESULT_COLUMNS, plain
from portfolio.intake.read_portfolio import Reading
from portfolio.intake.source_map import Records, SourceMap
from portfolio.intake.values.cell_values import is_blank
from portfolio.workbook.in_place.own_cells import OwnCells

Cell = tuple[int, int]
_START = RESULT_COLUMNS[3]


@dataclass(frozen=True)
class ResultColumns:
    """The result columns on a sheet by their headings; rows and columns count from 1.

    `added` are those that are not there yet: their headings belong into `header_row`.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    added: Mapping[str, int]
    theirs: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    """The cells below a heading that hold what people typed or calculated, which stays."""

    @property
    def untouched(self) -> frozenset[Cell]:
        """The cells that must not be written to."""
        return frozenset(cell for cells in self.theirs.values() for cell in cells)


def result_columns(
    reading: Reading, wanted: Sequence[str] = RESULT_COLUMNS, *, add: bool = False, own: OwnCells | None = None
) -> ResultColumns:
    """Finds the wanted result columns; `add` gives those that are missing a place to the right of the table.

    A column that is mostly people's own is no result column, whatever it is called; nor is one with starts of their own,
    since the plan would follow some of them. Elsewhere, what they typed stays cell by cell.
    """
    places, epics = epics_of(reading)
    headings = {
        column: places.content((epics.sheet, epics.header_row, column))
        for column in range(1, _last_column(places, epics) + 1)
    }
    found: dict[str, int] = {}
    for heading in wanted:
        spelt = [column for column, text in headings.items() if plain(text) == plain(heading) and not is_blank(text)]
        if spelt and spelt[0] not in epics.columns.values():
            found[heading] = spelt[0]
    missing = [heading for heading in wanted if heading not in found] if add else []
    first = _room(places, epics, len(missing), max([*epics.columns.values(), *found.values()]))
    added = {heading: first + number for number, heading in enumerate(missing)}
    theirs: dict[str, tuple[Cell, ...]] = {}
    for heading, column in list(found.items()):
        if own is None:
            break
        filled = [
            (row, column)
            for row in epics.rows
            if own.is_filled(row, column, places.content((epics.sheet, row, column)))
        ]
        cells = tuple(cell for cell in filled if not own.is_ours(heading, *cell))
        if cells:
            theirs[heading] = cells
            if heading == _START or (len(cells) == len(filled) and 2 * len(cells) >= len(epics.rows)):
                del found[heading]
    return ResultColumns(epics.sheet, epics.header_row, found | added, added, theirs)


def epics_of(reading: Reading) -> tuple[SourceMap, Records]:
    """Where the epics were read from; raises WrongUseError if that is no sheet."""
    if reading.places is None or "epics" not in reading.places.records:
        raise WrongUseError(f"{reading.name} has no sheet with epics, so no results can be written into it.")
    return reading.places, reading.places.records["epics"]


def _last_column(places: SourceMap, epics: Records) -> int:
    grid = places.grids[epics.sheet]
    return grid.left + max((len(row) for row in grid.rows), default=0) - 1


def _room(places: SourceMap, epics: Records, count: int, last: int) -> int:
    """The first column right of the table from which on so many columns are empty beside the epics."""
    edge = _last_column(places, epics)
    while last < edge and not is_blank(places.content((epics.sheet, epics.header_row, last + 1))):
        last += 1
    first, odd = last + 1, places.grids[epics.sheet].odd_cells
    rows = range(epics.header_row, max([epics.header_row, *epics.rows]) + 1)
    for column in range(last + 1, edge + 1):
        if column >= first + count:
            break
        if any(not is_blank(places.content((epics.sheet, row, column))) or (row, column) in odd for row in rows):
            first = column + 1
    return first
