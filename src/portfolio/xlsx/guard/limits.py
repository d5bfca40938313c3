"""How much of a workbook is read at most: far beyond any portfolio, and read in 2 s and 300 MB (`benchmarks/reading_bounds.py`)."""

from __future__ import annotations

from portfolio.errors import WrongUseError

MAX_FILE_BYTES = 100_000_000
MAX_PARTS = 10_000
MAX_PART_BYTES = 100_000_000
MAX_PACKAGE_BYTES = 200_000_000
MAX_RATIO = 100
RATIO_FLOOR_BYTES = 10_000_000
"""Small parts may be packed as tightly as they like: honest ones are."""
MAX_CELLS = 1_200_000
MAX_ROWS = 200_000
MAX_AREA = 3_000_000
"""Cells between A1 and the last used cell, summed over the sheets: what a reader has to hold in memory."""
MAX_MERGES = 20_000
MAX_MERGED_AREA = 3_000_000
MAX_STYLES = 100_000
MAX_TEXTS = 500_000
MAX_SHOWN_BYTES = 40_000_000
"""Texts of all cells together: a long text that many cells share is held once for each of them."""
MAX_TAG_BYTES = 8_000_000
MAX_CONTENTS_BYTES = 10_000_000
"""The lists of parts and sheets, which have to be held as a whole."""
MAX_READ_BYTES = 80_000_000
"""Sheets without their formulas, texts and formats together: what a reader takes in."""
MAX_SHEETS = 200
MAX_EPICS = 25_000
MAX_INPUT_ROWS = 50_000
MAX_INPUT_CELLS = 500_000
"""Rows of epics, rows and cells of all input sheets together: each becomes a record that knows its place."""


def refusal(name: str, what: str, limit: str) -> WrongUseError:
    """Why a workbook was not opened: what it has, and how much is read at most."""
    return WrongUseError(f"{name} was not opened: {what}; {limit}.")
