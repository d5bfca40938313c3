"""How much of a workbook is read at most; far beyond any portfolio, well within a laptop's memory."""

from __future__ import annotations

from portfolio.errors import WrongUseError

MAX_FILE_BYTES = 100_000_000
MAX_PARTS = 10_000
MAX_PART_BYTES = 200_000_000
MAX_PACKAGE_BYTES = 400_000_000
MAX_RATIO = 100
RATIO_FLOOR_BYTES = 10_000_000
"""Small parts may be packed as tightly as they like: honest ones are."""
MAX_CELLS = 2_000_000
MAX_ROWS = 200_000
MAX_AREA = 5_000_000
"""Cells between A1 and the last used cell, summed over the sheets: what a reader has to hold in memory."""
MAX_MERGES = 20_000
MAX_MERGED_AREA = 5_000_000
MAX_STYLES = 100_000
MAX_TEXTS = 1_000_000
MAX_TAG_BYTES = 8_000_000
MAX_CONTENTS_BYTES = 10_000_000
"""The lists of parts and sheets, which have to be held as a whole."""
MAX_READ_BYTES = 250_000_000
"""Sheets, texts and formats together: what a reader takes in."""
MAX_SHEETS = 1_000


def refusal(name: str, what: str, limit: str) -> WrongUseError:
    """Why a workbook was not opened: what it has, and how much is read at most."""
    return WrongUseError(f"{name} was not opened: {what}; {limit}.")
