"""One worksheet's XML with cells changed in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.cell import CellEdit, cell_xml
from portfolio.xlsx.patch.markup import is_well_formed, tags, with_attribute
from portfolio.xlsx.patch.parts import Parts
from portfolio.xlsx.patch.rows import Cell, Rows, cover
from portfolio.xlsx.patch.shared_formulas import written_out
from portfolio.xlsx.patch.uneditable_cells import check_edits

SameContent = Callable[[bytes, CellEdit], bool]


def with_cells(
    parts: Parts, part: str, sheet: str, edits: Sequence[CellEdit], same: SameContent, counts_from_1904: bool
) -> bytes:
    """The part with its cells changed; a cell that holds the same already keeps its bytes.

    Raises WrongUseError where a cell cannot be changed on its own, or the sheet is damaged.
    """
    rows = read_rows(parts.read(part), sheet)
    edits = [edit for edit in _last(edits) if not _holds(rows, edit, same)]
    if not edits:
        return rows.xml
    check_edits(rows, parts, part, sheet, edits)
    rows = written_out(rows, edits)

    def written(edit: CellEdit, cell: Cell | None) -> bytes:
        style = edit.style
        if style is None:
            style = cell.style if cell is not None else rows.style_for(edit.row, edit.column)
        if cell is None and edit.content is None and not edit.style:
            return b""
        return cell_xml(edit, style, rows.prefix, counts_from_1904).encode()

    return _with_extent(rows.with_edits(edits, written), edits)


def read_rows(xml: bytes, sheet: str) -> Rows:
    """The rows of a worksheet; raises WrongUseError if the sheet is damaged."""
    try:
        if not is_well_formed(xml):
            raise ValueError("not well-formed")
        return Rows(xml)
    except ValueError as failure:
        raise WrongUseError(
            f"The sheet {sheet} cannot be written to ({failure}); open the file in Excel and save it again."
        ) from None


def _last(edits: Sequence[CellEdit]) -> list[CellEdit]:
    """One edit for each cell: the last one said."""
    return list({(edit.row, edit.column): edit for edit in edits}.values())


def _holds(rows: Rows, edit: CellEdit, same: SameContent) -> bool:
    cell = rows.cell(edit.row, edit.column)
    if cell is None:
        return edit.content is None and not edit.style
    if edit.style is not None and edit.style != cell.style:
        return False
    return same(rows.xml[cell.start : cell.end], edit)


def _with_extent(xml: bytes, edits: Sequence[CellEdit]) -> bytes:
    """The sheet's declared extent, widened to hold the edited cells."""
    filled = [edit for edit in edits if edit.content is not None]
    tag = next((tag for tag in tags(xml, "dimension", end=xml.find(b"sheetData")) if not tag.closes), None)
    reference = tag.attributes.get("ref", "") if tag else ""
    if tag is None or not reference or not filled:
        return xml
    try:
        wider = cover(reference, filled)
    except ValueError:
        return xml
    if wider == reference or (":" not in reference and wider == f"{reference}:{reference}"):
        return xml
    return xml[: tag.start] + with_attribute(xml[tag.start : tag.end], "ref", wider) + xml[tag.end :]
