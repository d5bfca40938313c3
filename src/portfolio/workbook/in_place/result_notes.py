"""Notes that people put on result sheets: kept when a sheet is written anew, beside what they were about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.merge.sheet_parts import SheetParts
from portfolio.workbook.layout import FIRST
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.patch.cell import Formula
from portfolio.xlsx.patch.cell_contents import read_cell
from portfolio.xlsx.patch.editing import PackageEditor

_LABEL_COLUMNS = 3
"""Without a column `ID`, this many first columns tell a row from the others."""

Label = tuple[str, ...]


@dataclass(frozen=True)
class KeptNote:
    """A note, and what it is about: the row and the column as they are called, or a cell where they have no names."""

    sheet: str
    row: int
    column: int
    label: Label
    heading: str
    author: str
    text: str

    @property
    def about(self) -> str:
        """What it is about, in words."""
        words = [*(word for word in self.label if word), self.heading]
        return ", ".join(word for word in words if word) or f"{column_letters(self.column)}{self.row}"


def notes_on_results(editing: PackageEditor) -> list[KeptNote]:
    """The notes on the sheets of ours."""
    kept: list[KeptNote] = []
    parts = SheetParts(editing.parts)
    for canonical, name in editing.own_sheets.items():
        comments = parts.comments(name)
        if not comments:
            continue
        names = _Names(editing, name)
        for (row, column), said in sorted(comments.items()):
            label, heading = names.label(row), names.headings.get(column, "") if row >= FIRST else ""
            kept += [KeptNote(canonical, row, column, label, heading, each.author, each.text) for each in said]
    return kept


def put_back(editing: PackageEditor, notes: Iterable[KeptNote], titles: Mapping[str, str]) -> None:
    """Puts notes back beside what they were about; a note whose row or column is gone stands at the sheet's title.

    `titles` says what each of our sheets is called.
    """
    names: dict[str, _Names] = {}
    for note in notes:
        if note.sheet not in titles:
            continue
        title = titles[note.sheet]
        place = names.setdefault(title, _Names(editing, title)).find(note)
        text = note.text if place is not None else f"{note.about}: {note.text}"
        editing.comment(title, *(place or (1, 1)), note.author, text)


class _Names:
    """What the rows and columns of a result sheet are called."""

    def __init__(self, editing: PackageEditor, sheet: str) -> None:
        self._rows, self._texts = editing.rows(sheet), editing.shared_strings()
        self.headings = {column: text for column, text in self._read(FIRST).items() if text}
        found = [column for column, heading in self.headings.items() if heading == "ID"]
        self._label_columns = found or list(range(1, _LABEL_COLUMNS + 1))

    def label(self, row: int) -> Label:
        """What a row is called; nothing above the data, or on a sheet that is no table."""
        if row <= FIRST or not self.headings:
            return ()
        texts = self._read(row)
        return tuple(texts.get(column, "") for column in self._label_columns)

    def find(self, note: KeptNote) -> tuple[int, int] | None:
        """Where what a note is about stands now."""
        if not note.heading:
            return note.row, note.column
        column = next((column for column, heading in self.headings.items() if heading == note.heading), None)
        if column is None or not note.label:
            return None if column is None else (FIRST, column)
        row = next((row for row in self._rows.rows if row > FIRST and self.label(row) == note.label), None)
        return None if row is None else (row, column)

    def _read(self, row: int) -> dict[int, str]:
        found = {}
        for column, cell in self._rows.cells(row).items():
            content = read_cell(self._rows.xml[cell.start : cell.end], self._texts)
            value = content.value if isinstance(content, Formula) else content
            found[column] = value if isinstance(value, str) else "" if value is None else f"{value:g}"
        return found
