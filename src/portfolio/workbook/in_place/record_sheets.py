"""Sheets that lines are added to: what was decided, who voted how, which what-ifs are kept; what stands there stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from portfolio.intake.columns import plain
from portfolio.xlsx.patch.cell import CellEdit, Scalar
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.write.book import Book, book_content

DECISIONS, VOTES, SCENARIOS = "Decisions", "Votes", "Scenarios"
Line = Mapping[str, Scalar | date]
_DATE = "yyyy-mm-dd"
LONGEST = 32_000


def add_lines(
    editing: PackageEditor, name: str, headings: Sequence[str], lines: Sequence[Line], same: Sequence[str] = ()
) -> None:
    """Adds lines to a sheet, each cell below the heading of its name; makes the sheet where there is none.

    Lines that agree in the columns `same` with one that is there fill in what that one lacks.
    """
    if not lines:
        return
    title = next((sheet for sheet in editing.sheets if plain(sheet) == plain(name)), None)
    if title is None:
        title = editing.names_for([name])[name]
        made = title
        editing.bring(book_content(lambda book: _write(book, made, headings)), {title: name})
    header, columns = _headings(editing, title, headings)
    edits = [
        CellEdit(header, columns[heading], heading)
        for heading in headings
        if heading not in _there(editing, title, header)
    ]
    rows = _rows(editing, title, header, columns, same)
    last = max([header, *editing.rows(title).rows])
    looks = _DateLooks(editing, title, last if last > header else None)
    for line in lines:
        key = tuple(str(line.get(heading, "")).casefold() for heading in same)
        row = rows.get(key) if same else None
        if row is None:
            last += 1
            row = rows[key] = last
        for heading, value in line.items():
            if value is not None:
                look = looks.of(columns[heading]) if isinstance(value, date) else None
                edits.append(
                    CellEdit(row, columns[heading], value[:LONGEST] if isinstance(value, str) else value, look)
                )
    editing.edit(title, edits)


class _DateLooks:
    """How a date looks in each column: like the cell above it, as a date."""

    def __init__(self, editing: PackageEditor, title: str, above: int | None) -> None:
        self._editing, self._title, self._above = editing, title, above
        self._known: dict[int, int] = {}

    def of(self, column: int) -> int:
        """The cell format of a date in a column."""
        if column not in self._known:
            cell = None if self._above is None else self._editing.rows(self._title).cell(self._above, column)
            self._known[column] = self._editing.format_like(0 if cell is None else cell.style, _DATE)
        return self._known[column]


def _write(book: Book, name: str, headings: Sequence[str]) -> None:
    page = book.page(name, grid=True)
    for column, heading in enumerate(headings):
        page.text(0, column, heading)


def _texts(editing: PackageEditor, title: str) -> dict[tuple[int, int], str]:
    """The texts and figures of a sheet as people see them, by row and column."""
    from portfolio.intake.tables.workbook_sheets import WorkbookSheets

    grid = WorkbookSheets(editing.content(), editing.name).grid(title)
    return {
        (grid.top + row, grid.left + column): str(value)
        for row, cells in enumerate(grid.rows)
        for column, value in enumerate(cells)
        if value not in ("", None)
    }


def _headings(editing: PackageEditor, title: str, headings: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The row of the headings and the column of each; those that are missing come to the right."""
    texts = _texts(editing, title)
    known = {plain(heading): heading for heading in headings}
    found: dict[int, dict[str, int]] = {}
    for (row, column), text in texts.items():
        if plain(text) in known and row <= 20:
            found.setdefault(row, {}).setdefault(known[plain(text)], column)
    header = max(found, key=lambda row: (len(found[row]), -row), default=1)
    columns = dict(found.get(header, {}))
    right = max((column for row, column in texts if row == header), default=0)
    for heading in headings:
        if heading not in columns:
            right += 1
            columns[heading] = right
    return header, columns


def _there(editing: PackageEditor, title: str, header: int) -> set[str]:
    return {text for (row, _), text in _texts(editing, title).items() if row == header}


def _rows(
    editing: PackageEditor, title: str, header: int, columns: Mapping[str, int], same: Sequence[str]
) -> dict[tuple[str, ...], int]:
    """The rows that are there, by what they say in some columns."""
    texts = _texts(editing, title) if same else {}
    rows = sorted({row for row, _ in texts if row > header})
    return {tuple(texts.get((row, columns[heading]), "").casefold() for heading in same): row for row in rows}
