"""The sheets `Closed` and `Done`: what was planned and what came of it, by period, and for every epic that is finished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portfolio.results.closed_rows import HEADINGS, Cell, rows_of
from portfolio.results.closing import Closing
from portfolio.xlsx.write.book import Book, Page

CLOSED, DONE = "Closed", "Done"
TOP = 3
"""The row of the headings, counted from 0."""
_DONE = {
    "id": "ID",
    "title": "Title",
    "agreed_start": "Agreed start",
    "agreed_finish": "Agreed finish",
    "started": "Started",
    "finished": "Finished",
    "effort_planned": "Effort planned",
    "effort_done": "Effort done",
    "spend_planned": "Spend planned",
    "spend": "Spend",
}
_WIDE = {"title": 40.0, "outcome": 16.0, "kind": 14.0}


def write_closed_sheets(book: Book, closing: Closing, names: Mapping[str, str]) -> None:
    """Writes every period that was closed so far, then planned against actual of everything that is done."""
    page = book.page(names[CLOSED])
    page.title(
        "Closed periods", "What was planned in each closed period, what was done and spent, and what is left of it."
    )
    _table(page, HEADINGS, rows_of(closing.history))
    page = book.page(names[DONE])
    page.title(
        "Done", "Planned against actual, over all the periods that each took; effort and money without what was before."
    )
    _table(page, _DONE, [vars(line) for line in closing.done])


def _table(page: Page, headings: dict[str, str], rows: Iterable[dict[str, Cell]]) -> None:
    page.headings(TOP, [*headings.values()])
    page.widths(*(_WIDE.get(key, 13.0) for key in headings))
    for number, row in enumerate(rows, start=TOP + 1):
        for column, key in enumerate(headings):
            value = row.get(key)
            value = ("yes" if value else "no") if isinstance(value, bool) else value
            if isinstance(value, str):
                page.text(number, column, value, "cell", "label")
            else:
                page.put(number, column, value, "cell", *(["limit"] if isinstance(value, int | float) else []))
    page.sheet.freeze_panes(TOP + 1, 0)
