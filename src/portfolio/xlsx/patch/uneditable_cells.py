"""Cells that cannot be changed on their own: what they are part of would break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.excel_tables import list_tables
from portfolio.xlsx.patch.markup import element, tags
from portfolio.xlsx.patch.parts import Parts
from portfolio.xlsx.patch.ranges import Range, read_range
from portfolio.xlsx.patch.rows import Rows

_WHOLES = {"array": "an array formula", "dataTable": "a data table"}

Obstacle = tuple[Range, str, bool]
"""Where something lies, what it is, and whether its first cell may be changed all the same."""


def check_edits(rows: Rows, parts: Parts, part: str, sheet: str, edits: Sequence[CellEdit]) -> None:
    """Raises WrongUseError with the first cell that lies in something that would break."""
    obstacles = list(_obstacles(rows, parts, part))
    for edit in edits if obstacles else ():
        for extent, what, first_is_free in obstacles:
            is_first = (edit.row, edit.column) == (extent.top, extent.left)
            if extent.holds(edit.row, edit.column) and not (first_is_free and is_first):
                raise WrongUseError(
                    f"{sheet}!{edit.name} cannot be written: it is part of {what} ({extent.name}); "
                    "nothing was written. Move that away, or write a new file."
                )


def _obstacles(rows: Rows, parts: Parts, part: str) -> Iterator[Obstacle]:
    for extent in merged_ranges(rows):
        yield extent, "merged cells", True
    for tag in tags(rows.xml, "f", start=rows.data.inside, end=rows.data.inside_end):
        what = _WHOLES.get(tag.attributes.get("t", ""))
        reach = read_range(tag.attributes.get("ref", "")) if what else None
        if what and reach is not None:
            yield reach, what, False
    for table in list_tables(parts, part):
        extent = table.extent
        yield Range(extent.top, extent.left, extent.top, extent.right), "the headings of an Excel table", False
    for relation in parts.relations(part):
        if relation.kind == "pivotTable" and relation.target in parts:
            for tag in tags(parts.read(relation.target), "location"):
                if (place := read_range(tag.attributes.get("ref", ""))) is not None:
                    yield place, "a pivot table", False


def merged_ranges(rows: Rows) -> Iterator[Range]:
    """The merged cells of a sheet."""
    merged = element(rows.xml, "mergeCells", rows.data.end)
    for tag in tags(rows.xml, "mergeCell", start=merged.inside, end=merged.inside_end) if merged else ():
        if (extent := read_range(tag.attributes.get("ref", ""))) is not None:
            yield extent
