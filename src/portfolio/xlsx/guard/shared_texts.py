"""How much text the cells of a workbook show: one long text may stand in any number of cells at no cost to the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

from portfolio.xlsx.guard.contents import plain_name
from portfolio.xlsx.guard.limits import MAX_SHOWN_BYTES, refusal

TEXT = re.compile(rb"<(?:[^\s<>/:!?]+:)?si(?=[\s/>])")
SHOWN = re.compile(rb"""["']s["'][^<>]*>\s*<(?:[^\s<>/:!?]+:)?v(?:\s[^<>]*)?>\s*(\d+)""")
"""A cell that shows a text of the list: which one."""


def refuse_long_texts(readable: io.BytesIO, texts: str, name: str) -> None:
    """Raises WrongUseError where the cells show more text than is read; first by a bound, else text by text."""
    with zipfile.ZipFile(readable) as archive:
        parts = {plain_name(part): part for part in archive.namelist()}
        if texts not in parts:
            return
        lengths = [len(text) for text in TEXT.split(archive.read(parts.pop(texts)))[1:]]
        longest = max(lengths, default=0)
        sheets = {part: _mentions(archive.read(part)) for part in parts.values()}
        if longest * sum(sheets.values()) <= MAX_SHOWN_BYTES:
            return
        total = 0
        for part, mentions in sheets.items():
            shown = Counter(SHOWN.findall(archive.read(part))) if mentions else Counter[bytes]()
            total += longest * (mentions - shown.total())
            total += sum(count * _length(lengths, int(turn), longest) for turn, count in shown.items())
            if total > MAX_SHOWN_BYTES:
                limit = f"at most {MAX_SHOWN_BYTES // 1_000_000} MB of text are read"
                raise refusal(
                    name, "its cells repeat long texts too often", f"{limit}; shorten the texts, or leave out rows"
                )


def _mentions(xml: bytes) -> int:
    """How many cells may show a text of the list, at most."""
    return xml.count(b'"s"') + xml.count(b"'s'")


def _length(lengths: list[int], turn: int, longest: int) -> int:
    return lengths[turn] if turn < len(lengths) else longest
