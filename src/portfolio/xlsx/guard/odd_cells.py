"""Finds the few cells of a worksheet that are not what they look like: errors, formulas without a result, sums.

A sheet may have a million formulas, so that only what gives such a cell away is searched, and the cell around it looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_NOTED = 10_000
"""Error cells and uncalculated formulas remembered for each sheet, and sums."""
NEVER_CALCULATED = "a formula that was never calculated"
FUNCTIONS = (b"SUM", b"AVERAGE", b"SUBTOTAL", b"AGGREGATE", b"COUNT", b"COUNTA", b"MEDIAN", b"MIN", b"MAX")
"""Functions that sum up, count or average."""
SPECIAL_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*[^<>/])>([^<]*(?:<(?!/?(?:\w+:)?c[\s/>])[^<]*)*)</(?:\w+:)?c>")
"""A cell with its contents; it never looks beyond the next cell, so that it takes no longer than the piece is long."""
UNUSUAL_CELL = re.compile(rb"<c[\t\r\n]|:c[\s/>]")
ERROR = b'"e"'
WITHOUT_RESULT = re.compile(rb"</f>(?!<v>[^<])|<f(?:\s[^<>]*)?/>(?!<v>[^<])")
"""The end of a formula that no result follows at once."""
OWN_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3}\d{1,7})["']""")
CACHED = re.compile(rb"<(?:\w+:)?v[^<>]*>([^<]*)</")
SUM = re.compile(rb"(?:" + rb"|".join(FUNCTIONS) + rb")\(([^<]*)\)")
COLUMN_SUMS = tuple(re.compile(name + rb"\([\s\d,+(]*(?:\w*\[|\$?([A-Z]{1,3})\$?\d+:\$?\1\$?\d)") for name in FUNCTIONS)
"""How a sum of cells of one column, or of a column of a table, begins; each is searched by its name alone, which is fast."""
RANGE = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


class OddCells:
    """What was found on one worksheet so far, by the names of its cells."""

    def __init__(self) -> None:
        self.cells: dict[str, str] = {}
        """Cells that a reader would take for empty, with what they hold."""
        self.sums: set[str] = set()
        """Cells whose formula sums up, counts or averages cells above them."""

    def look(self, piece: bytes) -> None:
        """Looks through a piece that ends between two tags."""
        if b"</f>" not in piece and b"<f" not in piece and ERROR not in piece and b":f" not in piece:
            return
        is_unusual = UNUSUAL_CELL.search(piece)
        found = SPECIAL_CELL.finditer(piece) if is_unusual else _around(piece, self._places(piece))
        for cell in found:
            attributes, inside = cell.groups()
            if b't="e"' in attributes or b"<f" in inside or b":f" in inside:
                self._note(attributes, inside)
                if self._is_full:
                    return

    @property
    def _is_full(self) -> bool:
        return len(self.cells) >= MOST_NOTED and len(self.sums) >= MOST_NOTED

    def _places(self, piece: bytes) -> list[int]:
        """Where something stands that gives an odd cell away, in reading order."""
        places: set[int] = set()
        if len(self.cells) < MOST_NOTED:
            places.update(_occurrences(piece, ERROR))
            places.update(found.start() for found in WITHOUT_RESULT.finditer(piece))
        if len(self.sums) < MOST_NOTED:
            for pattern in COLUMN_SUMS:
                places.update(found.start() for found in pattern.finditer(piece))
        return sorted(places)

    def _note(self, attributes: bytes, inside: bytes) -> None:
        reference, cached = OWN_REFERENCE.search(attributes), CACHED.search(inside)
        if reference is None:
            return
        where = reference[1].decode().upper()
        if len(self.sums) < MOST_NOTED and (total := SUM.search(inside)) is not None and _is_above(where, total[1]):
            self.sums.add(where)
        if len(self.cells) >= MOST_NOTED:
            return
        if b't="e"' in attributes:
            self.cells[where] = cached[1].decode(errors="replace") if cached else "an error"
        elif (cached is None or not cached[1]) and b't="str"' not in attributes:
            self.cells[where] = NEVER_CALCULATED


def _occurrences(piece: bytes, word: bytes) -> Iterator[int]:
    at = piece.find(word)
    while at >= 0:
        yield at
        at = piece.find(word, at + 1)


def _around(piece: bytes, places: list[int]) -> Iterator[re.Match[bytes]]:
    """The cells around some places, each once."""
    end = 0
    for at in places:
        if at >= end:
            start = piece.rfind(b"<c ", end, at + 1)
            cell = SPECIAL_CELL.match(piece, start) if start >= 0 else None
            if cell is not None and cell.end() > at:
                end = cell.end()
                yield cell


def _is_above(cell: str, content: bytes) -> bool:
    """Whether what a formula sums up are cells of the same column above it, or a column of a table of Excel."""
    letters = cell.rstrip("0123456789").encode()
    ranges = RANGE.findall(content)
    if not ranges:
        return b"[" in content and b"@" not in content and b"#This Row" not in content
    row = int(cell[len(letters) :])
    return all(first == last == letters and int(bottom) < row for first, _, last, bottom in ranges)
