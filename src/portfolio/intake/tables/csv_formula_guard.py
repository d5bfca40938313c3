"""Guards CSV cells from being run as formulas by a spreadsheet, and restores the text when they are read back."""

from __future__ import annotations

import re

FORMULA_STARTS = frozenset("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
"""What makes a spreadsheet, or a full-width one, take a cell for a formula (OWASP, CSV injection)."""
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")


def _would_run(text: str) -> bool:
    """Whether a text, or what is left of it once apostrophes are taken off, begins like a formula."""
    return text.lstrip("'")[:1] in FORMULA_STARTS and bool(text)


def neutralised(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet could run it; a real negative number stays as it is."""
    return f"'{text}" if _would_run(text) and not NUMBER.fullmatch(text) else text


def restored(text: str) -> str:
    """The text without the apostrophe that `neutralised` put before it."""
    return text[1:] if text.startswith("'") and _would_run(text) else text
