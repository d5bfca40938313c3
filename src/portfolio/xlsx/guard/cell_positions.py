"""Finds where a reader puts the cells of a worksheet that is written in an unusual way, by parsing it."""

from __future__ import annotations

import re
from xml.parsers import expat

from portfolio.xlsx.cell_names import split_name
from portfolio.xlsx.guard.limits import refusal

CELL_NAME, ROW_NAME = re.compile(r"[A-Za-z]{1,3}[1-9]\d{0,6}"), re.compile(r"[1-9]\d{0,6}")


class CellPositions:
    """A worksheet as far as it has been parsed; cells without a name follow the one before, rows likewise."""

    def __init__(self, part: str, name: str) -> None:
        self.part, self.name = part, name
        self.cells = self.last_row = self.last_column = 0
        self._row, self._column = 1, 1
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        """Parses the next piece; raises ValueError where it is not well formed."""
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError as failure:
            raise ValueError("not well formed") from failure

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        kind, given = tag.rpartition(":")[2], attributes.get("r")
        if kind == "row" and given is not None:
            if not ROW_NAME.fullmatch(given):
                self._refuse("row", given)
            self._row = int(given)
        elif kind == "c":
            row = self._row
            if given is not None:
                if not CELL_NAME.fullmatch(given):
                    self._refuse("cell", given)
                row, self._column = split_name(given)
            self.cells += 1
            self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, self._column)
            self._column += 1

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "row":
            self._row += 1
            self._column = 1

    def _refuse(self, kind: str, given: str) -> None:
        what = f"{self.part} has a {kind} called {given[:20]}"
        raise refusal(self.name, what, "cells are named like B12 and rows like 12")
