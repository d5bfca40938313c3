"""The parts of the sheet `Flow`: a table with its title and headings, and sentences as wide as the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portfolio.xlsx.write.book import Page

WIDTHS = (46, 12, 12, 12, 12, 20, 20, 17, 17, 13)
_WIDE = 165
"""Characters that a line of prose has over all columns; a longer sentence goes on in the next line."""
_ON_A_PAGE = 34
"""Rows that surely fit a printed page."""
MORE = "more than"
Cell = str | float | None


def prose(page: Page, row: int, sentences: Iterable[str], *styles: str) -> int:
    """Writes sentences below each other, none wider than the tables; gives back the row after them."""
    for sentence in sentences:
        page.prose(row, 0, len(WIDTHS) - 1, sentence, _WIDE, *styles)
        row += 1
    return row


def flow_table(
    page: Page,
    row: int,
    title: str,
    headings: Sequence[str],
    lines: Iterable[Sequence[Cell]],
    shares: Sequence[int] = (),
) -> tuple[int, int, int]:
    """Writes a table; gives back its first and last row and the one after it, where the next may begin."""
    rows = list(lines)
    page.keep_together(row, row + 2 + len(rows), _ON_A_PAGE)
    page.text(row, 0, title, "bold")
    page.headings(row + 1, headings, left=headings[:1], repeat=False)
    first = last = row + 2
    for last, line in enumerate(rows, start=first):
        long = [(value, WIDTHS[column]) for column, value in enumerate(line) if isinstance(value, str)]
        if any(len(text) > width for text, width in long):
            page.tall(last, *long)
        for column, value in enumerate(line):
            page.put(last, column, value, "cell", *_styles(value, column, column in shares))
    return first, last, last + 2


def _styles(value: Cell, column: int, is_share: bool) -> tuple[str, ...]:
    """How a cell looks: figures to the right, also those with words, and with no more digits than anybody reads."""
    if isinstance(value, str):
        figure = column > 0 and (value[:1].isdecimal() or value.startswith((MORE, "-")))
        return ("label", "right" if figure else "wrap" if len(value) > WIDTHS[column] else "left")
    if is_share:
        return ("share",)
    if not isinstance(value, float) or value.is_integer():
        return ("plain",)
    return ("limit",) if abs(value) >= 10 else ("ratio",)
