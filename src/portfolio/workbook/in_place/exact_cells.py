"""Which cell of a workbook holds a field, and no other cell in its stead; which of these cells hold formulas."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.domain.finding import Path
from portfolio.intake.read_portfolio import Reading
from portfolio.intake.source_map import Cell, SourceMap, name_of
from portfolio.merge.sheet_parts import SheetParts
from portfolio.xlsx.patch.parts import Parts


def exact_cell(places: SourceMap, path: Path) -> Cell | None:
    """The cell that holds a field; None where no cell does, such as in a workbook without that column."""
    if path in places.cells:
        return places.anchor(places.cells[path])
    if path[2:3] == ("criteria",) and len(path) == 4:
        path = (*path[:2], path[3])
    records = places.records.get(str(path[0]))
    if records is None or len(path) != 3 or not isinstance(path[1], int) or path[1] >= len(records.rows):
        return None
    column = records.columns.get(str(path[2]))
    return None if column is None else places.anchor((records.sheet, records.rows[path[1]], column))


def formula_cells(content: bytes, reading: Reading, paths: Iterable[Path]) -> dict[Path, str]:
    """Of these fields those whose cell holds a formula, each with its place; JSON has no formulas."""
    places = reading.places
    if places is None:
        return {}
    parts = SheetParts(Parts(content))
    formulas: dict[str, dict[tuple[int, int], str]] = {}
    found = {}
    for path in paths:
        cell = exact_cell(places, path)
        if cell is None:
            continue
        sheet, row, column = cell
        if sheet not in formulas:
            formulas[sheet] = parts.formulas(sheet)
        if (row, column) in formulas[sheet]:
            found[path] = name_of(cell)
    return found
