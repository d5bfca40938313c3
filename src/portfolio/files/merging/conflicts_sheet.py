"""The sheet Conflicts: what the copies do not agree on, who says what, and a cell to choose in."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portfolio.files.cell_names import column_letters
from portfolio.files.cells import as_text, is_blank
from portfolio.files.columns import plain
from portfolio.files.merging.content import Content, content_of, from_json, to_json
from portfolio.files.merging.merged import Conflict, Option
from portfolio.files.tables import Grid
from portfolio.files.workbook.book import Book, Page

KEEP = "keep"
HEADINGS = ("No.", "Sheet", "Row", "Column", "What", "Sent out", "In the base now")
CHOICE, OTHER, HIDDEN = "Choice", "Other value", "Options"
HEADER_ROW = 3
"""Counted from 0: title and note stand above."""
CHUNK = 32_000
SHORTEST, LONGEST = 14, 60
KINDS = {
    "value": "different values",
    "delete_edit": "removed by one, edited by another",
    "many_removed": "most rows are missing: an extract?",
    "duplicate_id": "a second row with this ID",
    "changed_id": "a changed ID",
    "type": "text instead of a number",
    "formula_overwritten": "a value instead of a formula",
    "header_ambiguous": "the column is there twice",
    "removed_column": "the base has no such column any more",
}
"""Each kind of conflict in words."""


@dataclass(frozen=True)
class Answer:
    """What somebody chose for a conflict; row and columns are those of the sheet, counted from 1."""

    conflict: Conflict | None
    choice: str
    other: Content | None
    row: int
    choice_column: int


def conflicts_book(conflicts: Sequence[Conflict], title: str, choices: Sequence[str] = ()) -> bytes:
    """A workbook with only the sheet of conflicts; `choices` are those that were made already."""
    target = io.BytesIO()
    book = Book(target)
    page = book.page(title, grid=True)
    files = sorted({(option.file, option.author) for conflict in conflicts for option in conflict.options})
    page.title(
        "Conflicts", f"Choose a file or {KEEP} for each row, or enter another value; then: portfolio merge --resolve"
    )
    headings = [*HEADINGS, *(f"{file} ({author})" if author else file for file, author in files), CHOICE, OTHER]
    page.headings(HEADER_ROW, headings, left=headings)
    hidden = len(headings)
    page.text(HEADER_ROW, hidden, HIDDEN)
    widest = max((len(conflict.options) for conflict in conflicts), default=0) + 1
    for number, conflict in enumerate(conflicts):
        choice = choices[number] if number < len(choices) else ""
        _write(page, HEADER_ROW + 1 + number, number + 1, conflict, files, (hidden, widest), choice)
    page.widths(5, 14, 30, 20, 28, 20, 20, *(24 for _ in files), 22, 18)
    page.sheet.set_column(hidden, 16_383, None, None, {"hidden": True})
    page.sheet.freeze_panes(HEADER_ROW + 1, 4)
    book.close()
    return target.getvalue()


def _write(
    page: Page,
    row: int,
    number: int,
    conflict: Conflict,
    files: Sequence[tuple[str, str]],
    hidden: tuple[int, int],
    choice: str,
) -> None:
    said = [_said(conflict, file) for file in files]
    kept = "" if conflict.now is None else str(conflict.now)
    sent = "" if conflict.before is None else str(conflict.before)
    shown = [conflict.sheet, conflict.label or conflict.row, conflict.heading, KINDS[conflict.kind], sent, kept, *said]
    page.put(row, 0, number, "cell", "wrap")
    for column, text in enumerate(shown, 1):
        page.put(row, column, text[:CHUNK] or None, "cell", "wrap")
    first = len(shown) + 1
    page.text(row, first, choice, "cell", "input", "label", "wrap")
    page.put(row, first + 1, None, "cell", "input", "wrap")
    start, widest = hidden
    labels = [*(option.file for option in conflict.options), KEEP]
    for column, label in enumerate(labels, start + 1):
        page.text(row, column, label)
    source = f"=${column_letters(start + 2)}${row + 1}:${column_letters(start + 1 + len(labels))}${row + 1}"
    page.sheet.data_validation(row, first, row, first, {"validate": "list", "source": source, "ignore_blank": True})
    saved = json.dumps(_saved(conflict), ensure_ascii=True, separators=(",", ":"))
    page.text(row, start, str(widest))
    for turn, place in enumerate(range(0, len(saved), CHUNK)):
        page.text(row, start + 1 + widest + turn, saved[place : place + CHUNK])


def _said(conflict: Conflict, file: tuple[str, str]) -> str:
    return " / ".join(option.words or "(empty)" for option in conflict.options if (option.file, option.author) == file)


def read_answers(grid: Grid) -> list[Answer]:
    """Every conflict on the sheet with what was chosen; one that was damaged has no conflict."""
    found = _header(grid)
    if found is None:
        return []
    header, choice, other, hidden = found
    answers = []
    for number in range(header + 1, len(grid.rows)):
        row = grid.rows[number]
        if all(is_blank(value) for value in row):
            continue
        chosen = as_text(row[choice]) if not is_blank(row[choice]) else ""
        answers.append(
            Answer(_conflict(row[hidden:]), chosen, content_of(row[other]), grid.top + number, grid.left + choice)
        )
    return answers


def _header(grid: Grid) -> tuple[int, int, int, int] | None:
    for number, row in enumerate(grid.rows[:20]):
        places = {plain(value): column for column, value in enumerate(row) if isinstance(value, str)}
        wanted = [places.get(plain(heading)) for heading in (CHOICE, OTHER, HIDDEN)]
        if None not in wanted:
            choice, other, hidden = (column for column in wanted if column is not None)
            return number, choice, other, hidden
    return None


def _conflict(cells: Sequence[Any]) -> Conflict | None:
    try:
        widest = int(as_text(cells[0]))
        text = "".join(str(cell) for cell in cells[1 + widest :])
        return _loaded(json.loads(text))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def _saved(conflict: Conflict) -> dict[str, Any]:
    plain_fields = ("kind", "sheet", "row", "column", "label", "heading")
    return {
        **{name: getattr(conflict, name) for name in plain_fields},
        "before": _held(conflict.before),
        "now": _held(conflict.now),
        "options": [
            {
                "file": option.file,
                "author": option.author,
                "action": option.action,
                "content": _held(option.content),
                "rows": list(option.rows),
                "cells": [[column, to_json(content)] for column, content in option.cells],
            }
            for option in conflict.options
        ],
    }


def _held(content: Content | None) -> Any:
    return None if content is None else to_json(content)


def _loaded(saved: dict[str, Any]) -> Conflict:
    options = tuple(
        Option(
            option["file"],
            option["author"],
            option["action"],
            from_json(option["content"]),
            tuple(option["rows"]),
            tuple((column, content) for column, held in option["cells"] if (content := from_json(held)) is not None),
        )
        for option in saved["options"]
    )
    if saved["kind"] not in KINDS or any(option.action not in ("set", "remove", "add", "keep") for option in options):
        raise ValueError(saved["kind"])
    return Conflict(
        saved["kind"],
        saved["sheet"],
        saved["row"],
        saved["column"],
        saved["label"],
        saved["heading"],
        from_json(saved["before"]),
        from_json(saved["now"]),
        options,
    )
