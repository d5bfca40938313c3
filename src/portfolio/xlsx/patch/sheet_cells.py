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
_PLAIN = re.compile(rb"<is><t[^<>]*>([^<]*)</t></is>")
_SPELLINGS = (" ", "$", "'", "\n", "\t", "\r", "_XLFN.", "_XLWS.", "()")
"""What programs write differently in the same formula."""

_NUMBER = re.compile(r"(?<![A-Z0-9_.:])(?:\d+\.\d+(?:E[-+]?\d+)?|\d+E[-+]?\d+)")


def sheet_cells(xml: bytes, shared_texts: Sequence[str]) -> dict[Cell, str]:
    """Each cell that holds something: a number as its digits, text behind an apostrophe, a formula behind an equals sign."""
    found: dict[Cell, str] = {}
    for letters, row, rest, inside in _CELL.findall(xml):
        if inside and (said := _said(rest, inside, shared_texts)):
            found[int(row), column_number(letters.decode())] = said
    return found


def _said(rest: bytes, inside: bytes, shared_texts: Sequence[str]) -> str:
    if inside.startswith(b"<f>"):
        return formula_mark(unescape(inside[3 : inside.index(b"</f>")].decode()))
    formula = _FORMULA.search(inside) if b"<f" in inside or b":f" in inside else None
    if formula is not None:
        return formula_mark(unescape(formula[1].decode())) if formula[1] else ANY_FORMULA
    kind = _KIND.search(rest)
    if kind is not None and kind[1] == b"inlineStr":
        plain = _PLAIN.fullmatch(inside)
        return _text(unescape(plain[1].decode()) if plain and b"_x" not in plain[1] else read_text(inside, "is"))
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
    bare = formula.upper()
    for spelling in _SPELLINGS:
        bare = bare.replace(spelling, "")
    plain = _NUMBER.sub(lambda found: f"{float(found[0]):.15g}", bare) if "." in bare or "E-" in bare else bare
    return f"={zlib.crc32(plain.encode()) & 0xFFFF:04x}"
