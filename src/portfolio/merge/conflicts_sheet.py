"""The sheet Conflicts: what the copies do not agree on, who says what, and a cell to choose in."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.domain.json_form import Raw
from portfolio.intake.tables.grid import Grid
from portfolio.intake.unresolved_conflicts import CHOICE, HIDDEN, OTHER, conflict_columns
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.merge.cell_content import Content, content_of, from_json, to_json
from portfolio.merge.merged import Conflict, Option
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import RED_INK

KEEP = "keep"
HEADINGS = ("No.", "Sheet", "Row", "Column", "What", "Sent out", "In the base now", "Who says what", CHOICE, OTHER)
WIDTHS = (5, 12, 30, 20, 24, 18, 18, 44, 22, 18)
"""Characters to a line, which row heights are worked out from."""
HEADER_ROW = 3
"""Counted from 0: title and note stand above."""
NOTE_ROW = 2
CHUNK = 32_000
HIGHEST = 400
"""Excel shows no row that is higher than 409 points."""
KINDS = {
    "value": "different values",
    "delete_edit": "removed by one, edited by another",
    "many_removed": "most rows are missing: an extract?",
    "duplicate_id": "a second row with this ID",
    "changed_id": "a changed ID",
    "type": "text instead of a number",
    "formula_overwritten": "a value instead of a formula",
    "header_ambiguous": "the column is given twice",
    "removed_column": "the base no longer has this column",
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
    page.title(
        "Conflicts", "The copies that came back do not agree here. Until you choose, what is in the base now stays."
    )
    how = f"Choose whose value counts, or {KEEP} for what is in the base now; or leave Choice empty and enter another value."
    page.text(NOTE_ROW, 0, f"{how} Save, then: portfolio merge --resolve FILE --write", "note")
    page.headings(HEADER_ROW, HEADINGS, left=HEADINGS)
    page.text(HEADER_ROW, len(HEADINGS), HIDDEN)
    widest = max((len(conflict.options) for conflict in conflicts), default=0) + 1
    for number, conflict in enumerate(conflicts):
        choice = choices[number] if number < len(choices) else ""
        _write(page, HEADER_ROW + 1 + number, number + 1, conflict, widest, choice)
    page.widths(*WIDTHS)
    page.sheet.set_column(len(HEADINGS), 16_383, None, None, {"hidden": True})
    page.sheet.print_area(0, 0, HEADER_ROW + len(conflicts), len(HEADINGS) - 1)
    page.sheet.freeze_panes(HEADER_ROW + 1, 4)
    page.sheet.set_tab_color(RED_INK)
    book.close()
    return target.getvalue()


def _write(page: Page, row: int, number: int, conflict: Conflict, widest: int, choice: str) -> None:
    kept = "" if conflict.now is None else str(conflict.now)
    sent = "" if conflict.before is None else str(conflict.before)
    place = [conflict.sheet, conflict.label or conflict.row, conflict.heading]
    shown = [*place, KINDS[conflict.kind], sent, kept, "\n".join(_said(option) for option in conflict.options)]
    page.put(row, 0, number, "cell", "wrap")
    for column, text in enumerate(shown, 1):
        page.put(row, column, text[:CHUNK] or None, "cell", "wrap")
    first = len(shown) + 1
    page.text(row, first, choice, "cell", "answer", "label", "wrap")
    page.put(row, first + 1, None, "cell", "answer", "wrap")
    lines = max(_lines(text, width) for text, width in zip(shown, WIDTHS[1:], strict=False))
    page.sheet.set_row(row, min(4 + 15 * lines, HIGHEST))
    _offer(page, row, first, [*(option.file for option in conflict.options), KEEP])
    saved = json.dumps(_saved(conflict), ensure_ascii=True, separators=(",", ":"))
    page.text(row, len(HEADINGS), str(widest))
    for turn, start in enumerate(range(0, len(saved), CHUNK)):
        page.text(row, len(HEADINGS) + 1 + widest + turn, saved[start : start + CHUNK])


def _offer(page: Page, row: int, column: int, labels: Sequence[str]) -> None:
    """A drop-down of the labels, which stand in hidden cells, since a list in the rule itself holds 255 characters."""
    hidden = len(HEADINGS) + 1
    for place, label in enumerate(labels, hidden):
        page.text(row, place, label)
    source = f"=${column_letters(hidden + 1)}${row + 1}:${column_letters(hidden + len(labels))}${row + 1}"
    rule = {
        "validate": "list",
        "source": source,
        "ignore_blank": True,
        "input_title": "Whose value counts?",
        "input_message": f"A file: what it says is applied. {KEEP}: what is in the base now stays.",
        "error_title": "Not on the list",
        "error_message": f"Choose from the list; another value goes into the column {OTHER}.",
    }
    page.sheet.data_validation(row, column, row, column, rule)


def _said(option: Option) -> str:
    who = f"{option.file} ({option.author})" if option.author else option.file
    return f"{who}: {option.words or '(empty)'}"


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; words that do not fit at the end of a line make some more."""
    return sum(max(1, -(-len(line) // (width - 2))) for line in text.split("\n"))


def read_answers(grid: Grid) -> list[Answer]:
    """Every conflict on the sheet with what was chosen; one that was damaged has no conflict."""
    found = conflict_columns(grid)
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


def _conflict(cells: Sequence[object]) -> Conflict | None:
    try:
        widest = int(as_text(cells[0]))
        text = "".join(str(cell) for cell in cells[1 + widest :])
        return _loaded(json.loads(text))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def _saved(conflict: Conflict) -> dict[str, object]:
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
                "headings": list(option.headings),
            }
            for option in conflict.options
        ],
    }


def _held(content: Content | None) -> object:
    return None if content is None else to_json(content)


def _loaded(saved: Raw) -> Conflict:
    options = tuple(
        Option(
            option["file"],
            option["author"],
            option["action"],
            from_json(option["content"]),
            tuple(option["rows"]),
            tuple((column, content) for column, held in option["cells"] if (content := from_json(held)) is not None),
            tuple(str(heading) for heading in option.get("headings", ())),
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
