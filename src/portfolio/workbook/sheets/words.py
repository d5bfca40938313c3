"""The sheet `Words`: which figure each word of the user's columns is, so that it has to be said only once."""

from __future__ import annotations

from portfolio.intake.agreed_words import WORDS, AgreedWords
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.xlsx.write.book import Book

HEADINGS = ("Word", "Figure", "Column")


def write_words(book: Book, name: str, words: AgreedWords) -> None:
    """Writes a row for each word; a column is named where the word counts for that one only."""
    page = book.page(name)
    page.headings(0, list(HEADINGS), set(HEADINGS))
    for row, entry in enumerate(words.entries, start=1):
        page.text(row, 0, entry.word, "cell", "input")
        page.put(row, 1, entry.figure, "cell", "input")
        page.text(row, 2, entry.column, "cell", "input")
    page.widths(24, 12, 24)


def _write(book: Book, layout: Layout) -> None:
    write_words(book, layout.name(WORDS), layout.words)


SHEET = ResultSheet(WORDS, _write, wanted=lambda layout: bool(layout.words))
