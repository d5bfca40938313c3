"""The sheet Notes: what people typed onto result sheets and what found no place there when results were written anew."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.merge.result_remarks import Remark
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.write.book import Book, book_content

NOTES = "Notes"
TITLE = "What people typed onto result sheets"
_HOW = "Results are written anew each time; what was typed over them, or has no place there any more, is kept here."
_HEADINGS = ("Sheet", "Cell", "About", "What was typed")
_FIRST = 5


def keep_notes(editing: PackageEditor, remarks: Sequence[Remark]) -> str:
    """Adds a line for each remark below those that stand there already; the name of the sheet."""
    name = editing.names_for([NOTES])[NOTES]
    lines = [(remark.sheet, remark.place.partition("!")[2], remark.about, remark.text) for remark in remarks]
    if NOTES not in editing.own_sheets:
        editing.bring(book_content(lambda book: _write(book, name)), {name: NOTES})
    first = max([_FIRST - 1, *editing.rows(name).rows]) + 1
    editing.edit(
        name,
        [
            CellEdit(row, column, text)
            for row, line in enumerate(lines, start=first)
            for column, text in enumerate(line, start=1)
        ],
    )
    return name


def _write(book: Book, name: str) -> None:
    page = book.page(name, grid=True)
    page.title(TITLE, _HOW)
    page.headings(_FIRST - 2, _HEADINGS, left=_HEADINGS)
    page.widths(18, 10, 40, 60)
