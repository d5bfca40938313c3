"""Formulas that a sheet keeps once for many cells: written out where one of the cells is about to change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.patch.cell import CellEdit, cell_text
from portfolio.xlsx.patch.markup import Tag, element, replaced, unescape, with_attribute
from portfolio.xlsx.patch.rows import Rows

Placed = tuple[int, int, Tag]


@dataclass(frozen=True)
class SharedFormula:
    """One formula for many cells: the cell that holds its text, and all of its cells."""

    text: str
    home: str
    cells: Sequence[Placed]

    def at(self, row: int, column: int) -> str:
        """The formula as it reads in one of the cells."""
        from openpyxl.formula.translate import Translator

        name = f"{column_letters(column)}{row}"
        return str(Translator(f"={self.text}", origin=self.home).translate_formula(name)).removeprefix("=")


def shared_formulas(rows: Rows) -> Iterator[SharedFormula]:
    """Every shared formula of a sheet; one whose text is nowhere is left out."""
    groups: dict[str, list[Placed]] = defaultdict(list)
    if b"shared" not in rows.xml:
        return
    for row, column, tag, _ in rows.formulas():
        if tag.attributes.get("t") == "shared":
            groups[tag.attributes.get("si", "")].append((row, column, tag))
    for cells in groups.values():
        for row, column, tag in cells:
            text = formula_text(rows.xml, tag)
            if text:
                yield SharedFormula(text, f"{column_letters(column)}{row}", cells)
                break


def formula_text(xml: bytes, tag: Tag) -> str:
    """The text of a formula, without its equals sign; a line ends in it as XML says, whatever the file's line ends."""
    found = element(xml, "f", tag.start)
    if tag.alone or found is None:
        return ""
    written = xml[found.inside : found.inside_end].decode()
    return unescape(written.replace("\r\n", "\n").replace("\r", "\n"))


def written_out(rows: Rows, edits: Sequence[CellEdit]) -> Rows:
    """The sheet with each shared formula that an edit touches written out in each of its other cells."""
    touched = {(edit.row, edit.column) for edit in edits}
    changes: list[tuple[int, int, bytes]] = []
    for shared in shared_formulas(rows):
        if any((row, column) in touched for row, column, _ in shared.cells):
            changes += [_own(rows, shared, placed) for placed in shared.cells]
    return Rows(replaced(rows.xml, changes)) if changes else rows


def _own(rows: Rows, shared: SharedFormula, placed: Placed) -> tuple[int, int, bytes]:
    """One cell's formula in words of its own."""
    row, column, tag = placed
    found = element(rows.xml, "f", tag.start)
    end = tag.end if tag.alone or found is None else found.end
    opened = rows.xml[tag.start : tag.end]
    for name in ("t", "si", "ref"):
        opened = with_attribute(opened, name, None)
    if opened.endswith(b"/>"):
        opened = opened[:-2].rstrip() + b">"
    text = cell_text(shared.at(row, column)).encode()
    return tag.start, end, opened + text + f"</{rows.prefix}f>".encode()
