"""Which cell of a workbook holds a field, and no other cell in its stead."""

from __future__ import annotations

from portfolio.domain.finding import Path
from portfolio.intake.source_map import Cell, SourceMap


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
