"""A look at one worksheet, piece by piece: how far its cells reach, how many there are, and which only look empty."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portfolio.files.cell_names import column_number
from portfolio.files.limits import (
    MAX_AREA,
    MAX_CELLS,
    MAX_MERGED_AREA,
    MAX_MERGES,
    MAX_ROWS,
    MAX_STYLES,
    MAX_TEXTS,
    refusal,
)

MOST_NOTED = 10_000
"""Error cells and uncalculated formulas remembered for each sheet."""
RARE_CELL = re.compile(rb"<c[\t\r\n/>]")
PREFIXED_CELL = re.compile(rb"<[^\s<>/:]+:c[\s/>]")
USUAL_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})\d{1,7}"')
USUAL_ROW = re.compile(rb'<c r="[A-Z]{1,3}(\d{1,7})"')
REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
ODD_REFERENCE = re.compile(rb"""\sr\s*=\s*["'](?![A-Za-z]{0,3}\d{1,7}["'])""")
MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']"""
)
SPECIAL_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*[^<>/])>([^<]*(?:<(?!/?(?:\w+:)?c[\s/>])[^<]*)*)</(?:\w+:)?c>")
"""A cell with its contents; it never looks beyond the next cell, so that it takes no longer than the piece is long."""
OWN_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3}\d{1,7})["']""")
CACHED = re.compile(rb"<(?:\w+:)?v[^<>]*>([^<]*)</")
NEVER_CALCULATED = "a formula that was never calculated"


@dataclass
class Sums:
    """What has been counted so far, over all parts."""

    cells: int = 0
    area: int = 0
    merges: int = 0
    merged_area: int = 0
    styles: int = 0
    texts: int = 0


def check_sums(sums: Sums, name: str) -> None:
    """Stops at the first limit that the whole workbook breaks."""
    for count, limit, noun in (
        (sums.cells, MAX_CELLS, "cells"),
        (sums.styles, MAX_STYLES, "cell formats"),
        (sums.texts, MAX_TEXTS, "texts"),
        (sums.merges, MAX_MERGES, "merged ranges"),
        (sums.merged_area, MAX_MERGED_AREA, "merged cells"),
    ):
        if count > limit:
            raise refusal(name, f"it has more than {limit:,} {noun}", "no more are read")


def _count_cells(piece: bytes) -> int:
    """How many cells begin in a piece; those without a name follow each other from the first column on."""
    prefixed = len(PREFIXED_CELL.findall(piece)) if b":c" in piece else 0
    return piece.count(b"<c ") + len(RARE_CELL.findall(piece)) + prefixed


class WorksheetLook:
    """What has been seen of one worksheet."""

    def __init__(self, part: str, name: str) -> None:
        self.part, self.name = part, name
        self.rows = self.last_row = self.last_column = self.unnamed = self.area = 0
        self.odd_cells: dict[str, str] = {}

    def look(self, piece: bytes, sums: Sums) -> None:
        """Counts one piece of the worksheet and stops at the first limit that it breaks."""
        self.rows += piece.count(b"<row") + piece.count(b":row")
        cells = _count_cells(piece)
        sums.cells += cells
        columns, rows = self._names(piece, cells)
        self.last_row = max(self.last_row, *map(int, set(rows)), 0)
        self.last_column = max(self.last_column, *(column_number(letters.decode()) for letters in set(columns)), 0)
        self.unnamed += max(0, cells - len(columns))
        self.last_column = max(self.last_column, self.unnamed)
        self._measure(sums)
        for left, top, right, bottom in MERGE.findall(piece) if b"mergeCell" in piece else ():
            sums.merges += 1
            width = column_number(right.decode()) - column_number(left.decode()) + 1
            sums.merged_area += abs(width * (int(bottom) - int(top) + 1))
        if b'"e"' in piece or b"<f" in piece or b":f" in piece:
            self._note_odd_cells(piece)

    def _names(self, piece: bytes, cells: int) -> tuple[list[bytes], list[bytes]]:
        """The columns and rows that cells are named by, however their attributes are spaced."""
        columns = USUAL_COLUMN.findall(piece)
        if len(columns) == cells:
            return columns, USUAL_ROW.findall(piece)
        if ODD_REFERENCE.search(piece):
            what = f"{self.part} names a cell in a way that no workbook does"
            raise refusal(self.name, what, "cells are named like B12")
        names = [name for name in REFERENCE.findall(piece) if name[0]]
        return [letters for letters, _ in names], [row for _, row in names]

    def _measure(self, sums: Sums) -> None:
        last_row = max(self.last_row, self.rows)
        if last_row > MAX_ROWS:
            what = f"{self.part} has rows up to {last_row:,}, many perhaps empty but formatted"
            raise refusal(self.name, what, f"at most {MAX_ROWS:,} rows are read; delete the rows below the last epic")
        sums.area += last_row * self.last_column - self.area
        self.area = last_row * self.last_column
        if sums.area > MAX_AREA:
            what = f"{self.part} has cells as far as row {last_row:,} and column {self.last_column:,}"
            raise refusal(
                self.name,
                what,
                f"at most {MAX_AREA:,} cells between the first and the last one are read; delete the far ones",
            )

    def _note_odd_cells(self, piece: bytes) -> None:
        for attributes, inside in SPECIAL_CELL.findall(piece):
            is_error = b't="e"' in attributes
            if not is_error and b"<f" not in inside and b":f" not in inside:
                continue
            reference, cached = OWN_REFERENCE.search(attributes), CACHED.search(inside)
            if reference is None or len(self.odd_cells) >= MOST_NOTED:
                continue
            where = reference[1].decode().upper()
            if is_error:
                self.odd_cells[where] = cached[1].decode(errors="replace") if cached else "an error"
            elif (cached is None or not cached[1]) and b't="str"' not in attributes:
                self.odd_cells[where] = NEVER_CALCULATED
