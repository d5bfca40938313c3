"""Excel tables on a sheet: grown by a column or a row, so that their filters and styles go with what was added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.xlsx.patch.cell import cell_text
from portfolio.xlsx.patch.markup import element, prefix_of, replaced, root, tags, with_attribute
from portfolio.xlsx.patch.parts import Parts
from portfolio.xlsx.patch.ranges import Range, read_range


@dataclass(frozen=True)
class ExcelTable:
    """One table of a sheet: the part that describes it, where it lies, and how many rows of totals it has."""

    part: str
    extent: Range
    totals: int

    @property
    def header_row(self) -> int:
        """The row of its headings."""
        return self.extent.top


def list_tables(parts: Parts, sheet_part: str) -> Iterator[ExcelTable]:
    """The tables of a sheet; one without a row of headings is left out."""
    for relation in parts.relations(sheet_part):
        if relation.kind != "table" or relation.target not in parts:
            continue
        given = root(parts.read(relation.target)).tag.attributes
        extent = read_range(given.get("ref", ""))
        if extent is not None and given.get("headerRowCount", "1") != "0":
            yield ExcelTable(relation.target, extent, int(given.get("totalsRowCount", 0)))


def add_column(parts: Parts, table: ExcelTable, heading: str) -> None:
    """Widens a table by the column to the right of it; one that follows a query or a map takes only their columns."""
    xml = parts.read(table.part)
    listed = element(xml, "tableColumns")
    if listed is None or root(xml).tag.attributes.get("tableType", "worksheet") != "worksheet":
        return
    columns = [tag for tag in tags(xml, "tableColumn", start=listed.inside, end=listed.inside_end) if not tag.closes]
    number = max((int(tag.attributes.get("id", 0)) for tag in columns), default=0) + 1
    name = cell_text(heading).replace('"', "&quot;").replace("\n", "_x000a_")
    column = f'<{prefix_of(xml, listed.tag)}tableColumn id="{number}" name="{name}"/>'.encode()
    opened = with_attribute(xml[listed.tag.start : listed.tag.end], "count", str(len(columns) + 1))
    extent = table.extent
    wider = Range(extent.top, extent.left, extent.bottom, extent.right + 1)
    changes = [(listed.tag.start, listed.tag.end, opened), (listed.inside_end, listed.inside_end, column)]
    parts.write(table.part, replaced(xml, [*changes, *_extents(xml, table, wider)]))


def add_rows(parts: Parts, table: ExcelTable, count: int) -> None:
    """Lengthens a table by rows below it; one with a row of totals cannot be."""
    if table.totals:
        return
    xml, extent = parts.read(table.part), table.extent
    longer = Range(extent.top, extent.left, extent.bottom + count, extent.right)
    parts.write(table.part, replaced(xml, _extents(xml, table, longer)))


def _extents(xml: bytes, table: ExcelTable, new: Range) -> list[tuple[int, int, bytes]]:
    """Where the table and its filter lie; the filter leaves the totals out."""
    top = root(xml).tag
    filters = next((tag for tag in tags(xml, "autoFilter") if not tag.closes), None)
    changes = [(top.start, top.end, with_attribute(xml[top.start : top.end], "ref", new.name))]
    if filters is not None:
        covered = Range(new.top, new.left, new.bottom - table.totals, new.right)
        text = with_attribute(xml[filters.start : filters.end], "ref", covered.name)
        changes.append((filters.start, filters.end, text))
    return changes
