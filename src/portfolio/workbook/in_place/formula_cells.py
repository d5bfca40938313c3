"""The formulas of an open workbook: which fields they make, and which of these read a cell that is changed elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from portfolio.domain.finding import Path
from portfolio.intake.read_portfolio import Reading
from portfolio.intake.source_map import Cell, SourceMap, name_of
from portfolio.merge.formula_references import Range, ranges
from portfolio.merge.sheet_parts import SheetParts
from portfolio.workbook.in_place.exact_cells import exact_cell
from portfolio.xlsx.patch.parts import Parts

Lines = dict[tuple[str, int], list[int]]
"""Cells by their sheet and column: their rows, in order."""


@dataclass(frozen=True)
class FormulaCells:
    """The cells that hold formulas; what they make is shown and closed. JSON has none."""

    by_path: Mapping[Path, str] = field(default_factory=dict)
    """The fields whose cells hold formulas, each with its place."""
    texts: Mapping[str, Mapping[tuple[int, int], str]] = field(default_factory=dict)
    """Every formula of the sheets that were read."""
    places: SourceMap | None = None

    def readers(self, changed: Iterable[Path]) -> list[str]:
        """The places of the fields that formulas make of these ones, directly or by way of other formulas.

        They keep their last results until a program calculates them.
        """
        if not self.by_path or self.places is None:
            return []
        cells = [cell for path in changed if (cell := exact_cell(self.places, path)) is not None]
        found: set[Cell] = set()
        new = {(sheet.casefold(), row, column) for sheet, row, column in cells}
        while new:
            lines = _lines(new)
            now = {
                cell
                for cell, read in self._ranges.items()
                if cell not in found and any(_reads(one, lines) for one in read)
            }
            found |= now
            new = {(sheet.casefold(), row, column) for sheet, row, column in now}
        named = {name_of(cell) for cell in found}
        return [place for place in self.by_path.values() if place in named]

    @cached_property
    def _ranges(self) -> dict[Cell, list[Range]]:
        """What each formula reads."""
        return {
            (sheet, row, column): ranges(text, sheet, row)
            for sheet, formulas in self.texts.items()
            for (row, column), text in formulas.items()
        }


def formula_cells(content: bytes, reading: Reading, paths: Iterable[Path]) -> FormulaCells:
    """Of these fields those whose cell holds a formula."""
    places = reading.places
    if places is None:
        return FormulaCells()
    parts = SheetParts(Parts(content))
    texts = {sheet: parts.formulas(sheet) for sheet in places.sheets}
    if not any(texts.values()):
        return FormulaCells()
    found = {}
    for path in paths:
        cell = exact_cell(places, path)
        if cell is not None and cell[1:] in texts.get(cell[0], ()):
            found[path] = name_of(cell)
    return FormulaCells(found, texts, places)


def _lines(cells: Iterable[Cell]) -> Lines:
    lines: Lines = {}
    for sheet, row, column in sorted(cells):
        lines.setdefault((sheet, column), []).append(row)
    return lines


def _reads(one: Range, lines: Lines) -> bool:
    """Whether a range holds any of these cells."""
    for (sheet, column), rows in lines.items():
        if sheet == one.sheet and one.left <= column <= one.right:
            first = bisect_left(rows, one.top)
            if first < len(rows) and rows[first] <= one.bottom:
                return True
    return False
