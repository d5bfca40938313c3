"""How cells show their numbers: in percent, in thousands, with a currency; looked up for a single cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.guard.contents import plain_name

BUILT_IN = {9: "0%", 10: "0.00%"}
"""Formats below 164 that show a number as another one; the rest show it as it is."""
STYLE = re.compile(rb'\ss="(\d+)"')


@dataclass
class NumberFormats:
    """The number formats of a workbook's cells; `package` was looked at, `parts` are its sheets by their names."""

    package: io.BytesIO
    parts: Mapping[str, str]
    styles: str = "xl/styles.xml"
    """The part that holds the formats."""

    def of(self, sheet: str, row: int, column: int) -> str:
        """The format code of one cell, empty where it has none of its own."""
        cells = self._cells(sheet)
        start = cells.find(b'<c r="%s%d"' % (column_letters(column).encode(), row))
        found = None if start < 0 else STYLE.search(cells[start : cells.find(b">", start)])
        style = int(found[1]) if found is not None else 0
        return self._codes[style] if style < len(self._codes) else ""

    def _cells(self, sheet: str) -> bytes:
        if sheet not in self._sheets:
            self._sheets[sheet] = self._part(self.parts.get(sheet, ""))
        return self._sheets[sheet]

    @cached_property
    def _sheets(self) -> dict[str, bytes]:
        return {}

    def _part(self, name: str) -> bytes:
        with zipfile.ZipFile(self.package) as archive:
            part = next((part for part in archive.namelist() if plain_name(part) == name), None)
            return b"" if part is None else archive.read(part)

    @cached_property
    def _codes(self) -> list[str]:
        """The format code of each cell style, in their order."""
        content = self._part(self.styles)
        if not content:
            return []
        root = ElementTree.fromstring(content)
        own: dict[int, str] = {}
        codes: list[str] = []
        for section in root:
            kind = section.tag.rpartition("}")[2]
            if kind == "numFmts":
                own |= {_number(entry, "numFmtId"): entry.get("formatCode", "") for entry in section}
            elif kind == "cellXfs":
                numbers = [_number(entry, "numFmtId") for entry in section]
                codes = [own.get(number, BUILT_IN.get(number, "")) for number in numbers]
        return codes


def _number(entry: ElementTree.Element, name: str) -> int:
    text = entry.get(name, "0")
    return int(text) if text.isdecimal() else 0
