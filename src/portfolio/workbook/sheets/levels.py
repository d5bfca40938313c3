"""The sheet `Levels`: parents and parts of the planned work, with their sums, in the plan as it was computed."""

from __future__ import annotations

from portfolio.results.levels import HEADINGS
from portfolio.workbook.layout import FIRST, Layout, ResultSheet
from portfolio.xlsx.write.book import Book


def write_levels(book: Book, layout: Layout) -> None:
    """Writes a row for each item of another level; these are words about the computed plan and do not follow changes."""
    levels, page = layout.figures.model.levels, book.page(layout.name("Levels"))
    planned = "" if levels is None else f"Planned is {levels.planned}. "
    page.title("Levels", f"{planned}Above and below it, with what the plan does of each. Plan again after a change.")
    page.headings(FIRST - 1, list(HEADINGS.values()))
    for row, line in enumerate(layout.figures.answer.levels, start=FIRST):
        for column, key in enumerate(HEADINGS):
            value = getattr(line, key)
            look = ("figure",) if key in {"effort", "spend"} else ("centre",) if isinstance(value, int) else ()
            page.put(row, column, value, "cell", *look)
    page.widths(18, 44, 8, 12, 12, 14, 12, 12)
    page.sheet.freeze_panes(FIRST, 2)


SHEET = ResultSheet("Levels", write_levels, wanted=lambda layout: layout.plans and bool(layout.figures.answer.levels))
