"""The sheet `Reasons`: why each epic starts or waits, in the plan as it was computed."""

from __future__ import annotations

from portfolio.results.epic_decisions import HEADINGS
from portfolio.workbook.layout import FIRST, Layout, ResultSheet
from portfolio.xlsx.write.book import Book

_HEADINGS = (HEADINGS["id"], "Title", *(HEADINGS[key] for key in ("rank", "decision", "start", "finish", "reason")))
_TITLE_WIDTH, _WIDTH = 34, 100
"""Characters to a line, which row heights are worked out from."""


def write_reasons(book: Book, layout: Layout) -> None:
    """Writes a row per epic in order of rank; these are words about the computed plan and do not follow changes."""
    figures = layout.figures
    page = book.page(layout.name("Reasons"))
    page.title(
        "Reasons",
        "Why each epic starts or waits, in the plan as it was computed. Plan again after a change to get new reasons.",
    )
    page.headings(FIRST - 1, list(_HEADINGS))
    for row, ranked in enumerate(figures.ranking.epics, start=FIRST):
        line = figures.epic_lines.get(ranked.id)
        page.text(row, 0, ranked.id, "cell", "label", "bold", "wrap")
        page.text(row, 1, ranked.title or "", "cell", "wrap")
        page.put(row, 2, ranked.rank, "cell", "wrap", "centre")
        words = (line.decision, line.start or "", line.finish or "", line.reason) if line else ("wait", "", "", "")
        for column, word in enumerate(words, start=3):
            page.text(row, column, word, "cell", "wrap")
        page.tall(row, (words[-1], _WIDTH), (ranked.title or "", _TITLE_WIDTH))
    last = FIRST + max(1, len(figures.ranking.epics)) - 1
    page.when((FIRST, 3, last, 3), f'=$D{FIRST + 1}="start"', "good")
    page.widths(12, _TITLE_WIDTH, 7, 10, 10, 10, _WIDTH)
    page.sheet.autofilter(FIRST - 1, 0, last, len(_HEADINGS) - 1)
    page.sheet.freeze_panes(FIRST, 2)


SHEET = ResultSheet("Reasons", write_reasons)
