"""Notes that people put on result sheets: kept when a sheet is written anew, beside what they were about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.merge.result_names import FIRST, Label, ResultNames
from portfolio.merge.sheet_parts import SheetParts
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.patch.editing import PackageEditor


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
        names = ResultNames(editing, name)
        for (row, column), said in sorted(comments.items()):
            label, heading = names.label(row), names.headings.get(column, "") if row >= FIRST else ""
            kept += [KeptNote(canonical, row, column, label, heading, each.author, each.text) for each in said]
    return kept


def put_back(editing: PackageEditor, notes: Iterable[KeptNote], titles: Mapping[str, str]) -> None:
    """Puts notes back beside what they were about; a note whose row or column is gone stands at the sheet's title.

    `titles` says what each of our sheets is called.
    """
    names: dict[str, ResultNames] = {}
    for note in notes:
        if note.sheet not in titles:
            continue
        title = titles[note.sheet]
        place = names.setdefault(title, ResultNames(editing, title)).find(
            note.label, note.heading, (note.row, note.column)
        )
        text = note.text if place is not None else f"{note.about}: {note.text}"
        editing.comment(title, *(place or (1, 1)), note.author, text)
