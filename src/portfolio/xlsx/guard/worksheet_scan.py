"""Scans one worksheet, piece by piece: how far its cells reach, how many there are, and which only look empty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from portfolio.xlsx.cell_names import column_letters, column_number
from portfolio.xlsx.guard.cell_positions import CellPositions
from portfolio.xlsx.guard.limits import (
    MAX_AREA,
    MAX_CELLS,
    MAX_MERGED_AREA,
    MAX_MERGES,
    MAX_ROWS,
    MAX_STYLES,
    MAX_TEXTS,
    refusal,
)
from portfolio.xlsx.guard.odd_cells import OddCells

ALPHABET = 26
FEWEST_DIGITS = 4
"""Rows are bounded by their number of digits; with fewer, too many pieces would have to be counted."""
CELL = re.compile(rb"<c[\s/>]")
PREFIXED_CELL = re.compile(rb":c[\s/>]")
ONE_NAME = r"""(?:>| t="s">|(?: [a-qs-z]++="[^"<>]*+")*+ ?/?>)"""
"""The rest of a cell's tag without a second name: of two, readers take one or the other."""
USUAL_NAME = re.compile(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"' + ONE_NAME.encode())
MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']"""
)


class Level(IntEnum):
    """How closely the look is taken: only bounds from above, cells counted by their usual names, or all parsed."""

    BOUND = 0
    COUNT = 1
    PARSE = 2


class UnsureError(Exception):
    """The look was not close enough to tell whether a limit is kept; `level` would be."""

    def __init__(self, level: Level) -> None:
        super().__init__(level)
        self.level = level


@dataclass
class ScanTotals:
    """What has been counted so far, over all parts."""

    level: Level = Level.BOUND
    cells: int = 0
    area: int = 0
    merges: int = 0
    merged_area: int = 0
    styles: int = 0
    texts: int = 0
    read_bytes: int = 0


def check_totals(sums: ScanTotals, name: str) -> None:
    """Stops at the first limit that the whole workbook breaks."""
    for count, limit, noun in (
        (sums.cells, MAX_CELLS, "cells"),
        (sums.styles, MAX_STYLES, "cell formats"),
        (sums.texts, MAX_TEXTS, "texts"),
        (sums.merges, MAX_MERGES, "merged ranges"),
        (sums.merged_area, MAX_MERGED_AREA, "merged cells"),
    ):
        if count > limit:
            if sums.level == Level.BOUND:
                raise UnsureError(Level.COUNT)
            raise refusal(name, f"it has more than {limit:,} {noun}", "no more are read")


@cache
def _beyond(last_column: int, digits: int) -> re.Pattern[bytes]:
    """A cell that is not plainly within the first columns, and within rows of so many digits."""
    first, last = column_letters(last_column)[0], column_letters(last_column)[-1]
    letters = f"[A-{last}]" if last_column <= ALPHABET else f"[A-Z]|{first}[A-{last}]"
    if last_column > 2 * ALPHABET:
        letters += f"|[A-{chr(ord(first) - 1)}][A-Z]"
    return re.compile(rf'<c(?=[\s/>])(?! r="(?:{letters})[1-9]\d{{0,{digits - 1}}}"{ONE_NAME})'.encode())


class WorksheetScan:
    """What has been seen of one worksheet."""

    def __init__(self, part: str, name: str) -> None:
        self.part, self.name = part, name
        self.last_row = self.last_column = self.area = self._last_row_bound = 0
        self._odd = OddCells()
        self._positions = CellPositions(part, name)

    @property
    def odd_cells(self) -> dict[str, str]:
        """Cells that only look empty."""
        return self._odd.cells

    @property
    def sums(self) -> set[str]:
        """Cells whose formula sums up, counts or averages cells above them."""
        return self._odd.sums

    def look(self, piece: bytes, sums: ScanTotals) -> None:
        """Counts one piece of the worksheet and stops at the first limit that it breaks."""
        if sums.level == Level.PARSE:
            self._parse(piece, sums)
        elif b":" in piece and PREFIXED_CELL.search(piece):
            raise UnsureError(Level.PARSE)
        elif sums.level == Level.BOUND and self._is_near(piece):
            sums.cells += piece.count(b"<")
        else:
            self._count(piece, sums)
        self._measure(sums)
        for left, top, right, bottom in MERGE.findall(piece) if b"mergeCell" in piece else ():
            sums.merges += 1
            width = column_number(right.decode()) - column_number(left.decode()) + 1
            sums.merged_area += abs(width * (int(bottom) - int(top) + 1))
        self._odd.look(piece)

    def _is_near(self, piece: bytes) -> bool:
        """Whether all cells of a piece lie within the columns known so far, and in rows of no more digits."""
        if not 0 < self.last_column <= ALPHABET * (ALPHABET + 1):
            return False
        digits = max(FEWEST_DIGITS, len(str(self.last_row)))
        if _beyond(self.last_column, digits).search(piece):
            return False
        self._last_row_bound = 10**digits - 1
        return True

    def _count(self, piece: bytes, sums: ScanTotals) -> None:
        """Counts cells that are named as usual one by one; where one is not, all have to be parsed."""
        names = USUAL_NAME.findall(piece)
        if len(CELL.findall(piece)) != len(names):
            raise UnsureError(Level.PARSE)
        sums.cells += len(names)
        self.last_row = max(self.last_row, *map(int, {row for _, row in names}), 0)
        columns = {letters for letters, _ in names}
        self.last_column = max(self.last_column, *(column_number(letters.decode()) for letters in columns), 0)

    def _parse(self, piece: bytes, sums: ScanTotals) -> None:
        before = self._positions.cells
        self._positions.feed(piece)
        sums.cells += self._positions.cells - before
        self.last_row, self.last_column = self._positions.last_row, self._positions.last_column

    def _measure(self, sums: ScanTotals) -> None:
        last_row = max(self.last_row, self._last_row_bound)
        sums.area += last_row * self.last_column - self.area
        self.area = last_row * self.last_column
        if sums.level == Level.BOUND and (sums.area > MAX_AREA or last_row > MAX_ROWS):
            raise UnsureError(Level.COUNT)
        if last_row > MAX_ROWS:
            what = f"{self.part} has rows up to {last_row:,}, many perhaps empty but formatted"
            raise refusal(self.name, what, f"at most {MAX_ROWS:,} rows are read; delete the rows below the last epic")
        if sums.area > MAX_AREA:
            what = f"{self.part} has cells as far as row {last_row:,} and column {self.last_column:,}"
            limit = f"at most {MAX_AREA:,} cells between the first and the last one are read; delete the far ones"
            raise refusal(self.name, what, limit)
