"""Chances written into the user's own workbook, beside the plan that stands there: sheets of ours, and columns of its epics."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portfolio.intake.read_portfolio import Reading
from portfolio.results.simulated.ranks import Ranks
from portfolio.results.simulated.simulation import Simulation
from portfolio.workbook.in_place.input_origins import Origins
from portfolio.workbook.in_place.linked_cells import Link, LinkedColumn
from portfolio.workbook.in_place.put_results import (
    WrittenInto,
    as_read,
    editing_of,
    own_cells_of,
    replaced,
    sheets_of_ours,
    with_results,
)
from portfolio.workbook.in_place.result_book import InPlaceResults
from portfolio.workbook.in_place.result_cells import ResultCell
from portfolio.workbook.in_place.result_columns import epics_of, result_columns
from portfolio.workbook.sheets.choices import CHOICES
from portfolio.workbook.sheets.ranks import RANKS, write_ranks_sheet
from portfolio.workbook.sheets.simulation import SIMULATION, Beside, beside, write_simulation_sheets
from portfolio.xlsx.date_serials import serial
from portfolio.xlsx.write.book import Book, Value

_SHEETS = (SIMULATION, RANKS, CHOICES)


def write_simulation_in_place(result: Simulation | Ranks, reading: Reading, *, add_columns: bool) -> WrittenInto:
    """Writes chances into the workbook that was read, and leaves everything that people typed.

    Ranks alone get their sheet; a simulated plan also fills those columns beside the epics that are called as its chances
    are, and `add_columns` adds them. Raises what `write_plan_in_place` raises.
    """
    editing = editing_of(reading, as_read(reading))
    names = editing.names_for(_SHEETS)
    wanted = beside(result) if isinstance(result, Simulation) else ()
    own = own_cells_of(editing, reading)
    columns = result_columns(reading, [one.heading for one in wanted], add=add_columns, own=own)

    def fill(book: Book) -> None:
        if isinstance(result, Simulation):
            write_simulation_sheets(book, result)
        else:
            write_ranks_sheet(book, result)

    content, written = sheets_of_ours(names, fill)
    cells: tuple[ResultCell, ...] = ()
    if isinstance(result, Simulation):
        by_column = {columns.columns[one.heading]: one for one in wanted if one.heading in columns.columns}
        cells = _cells(result, reading, by_column, names[SIMULATION], editing.workbook.counts_from_1904)
    formats = {one.heading: one.number_format for one in wanted}
    results = InPlaceResults(content, written, epics_of(reading)[1].sheet, cells, "", formats=formats)
    content, findings = with_results(editing, reading, columns, results, names)
    return replaced(reading, content, findings)


def _cells(
    simulation: Simulation, reading: Reading, columns: Mapping[int, Beside], sheet: str, from_1904: bool
) -> tuple[ResultCell, ...]:
    """The cells beside the epics: each looks its chance up by the epic's ID, so that rows may be sorted."""
    origins = Origins(epics_of(reading)[0], simulation.portfolio)
    found = [(origins.record("epics", index, "id"), epic.id) for index, epic in enumerate(simulation.portfolio.epics)]
    ids = LinkedColumn.of(Link("text"), found)
    cells = []
    for origin, name in found:
        own = None if origin is None else ids.formula(origin, name, origin.beside)
        if origin is None or own is None:
            continue
        for column, one in columns.items():
            value = one.values.get(name, "")
            shown: Value = serial(value, from_1904) if isinstance(value, date) else value
            cells.append(ResultCell(origin.cell[1], column, one.formula(sheet, own), shown))
    return tuple(cells)
