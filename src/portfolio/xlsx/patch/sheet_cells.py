"""Every cell of a worksheet as a short text that tells whether two cells hold the same."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

from portfolio.xlsx.cell_names import column_number
from portfolio.xlsx.patch.cell_contents import read_text
from portfolio.xlsx.patch.markup import unescape

Cell = tuple[int, int]
ANY_FORMULA = "="
"""A formula that is written out elsewhere; it counts as the same as every other one."""
_CELL = re.compile(rb'(?s)<(?:\w+:)?c (?:[^<>]*? )?r="([A-Z]+)(\d+)"([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)')
_KIND = re.compile(rb'\bt="(\w+)"')
_FORMULA = re.compile(rb"(?s)<(?:\w+:)?f(?:\s[^<>]*?)?(?:/>|>(.*?)</(?:\w+:)?f>)")
_VALUE = re.compile(rb"(?s)<(?:\w+:)?v(?:\s[^<>]*)?>(.*?)</")
_SPELLING = re.compile(r"[\s$']|_xlfn\.|_xlws\.|\(\)", re.IGNORECASE)

_NUMBER = re.compile(r"(?<![A-Z0-9_.:])(?:\d+\.\d+(?:E[-+]?\d+)?|\d+E[-+]?\d+)")


def sheet_cells(xml: bytes, shared_texts: Sequence[str]) -> dict[Cell, str]:
    """Each cell that holds something: a number as its digits, text behind an apostrophe, a formula behind an equals sign."""
    found: dict[Cell, str] = {}
    for letters, row, rest, inside in _CELL.findall(xml):
        if inside and (said := _said(rest, inside, shared_texts)):
            found[int(row), column_number(letters.decode())] = said
    return found


def _said(rest: bytes, inside: bytes, shared_texts: Sequence[str]) -> str:
    formula = _FORMULA.search(inside)
    if formula is not None:
        return formula_mark(unescape(formula[1].decode())) if formula[1] else ANY_FORMULA
    kind = _KIND.search(rest)
    if kind is not None and kind[1] == b"inlineStr":
        return _text(read_text(inside, "is"))
    value = _VALUE.search(inside)
    if value is None:
        return ""
    text = unescape(value[1].decode())
    if kind is not None and kind[1] == b"s":
        return _text(shared_texts[int(text)]) if text.isdigit() and int(text) < len(shared_texts) else ""
    if kind is None or kind[1] == b"n":
        try:
            return f"{float(text) + 0.0:.15g}"
        except ValueError:
            return _text(text)
    return f"#{text}" if kind[1] in (b"b", b"e") else _text(text)


def _text(text: str) -> str:
    said = text.replace("\r\n", "\n").replace("_x000D_", "").strip()
    return f"'{said}" if said else ""


def formula_mark(formula: str) -> str:
    """A formula by its checksum, however a program spells it."""
    bare = _SPELLING.sub("", formula).upper()
    plain = _NUMBER.sub(lambda found: f"{float(found[0]):.15g}", bare) if "." in bare or "E-" in bare else bare
    return f"={zlib.crc32(plain.encode()) & 0xFFFF:04x}"
