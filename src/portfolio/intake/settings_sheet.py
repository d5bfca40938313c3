"""Reads the sheet Portfolio: one setting for each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Raw
from portfolio.domain.spelling import nearest, shown
from portfolio.intake.columns import SETTINGS, Column, bare, plain
from portfolio.intake.draft import Draft
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import as_text, is_blank

CALENDAR_COUNTS = ("calendar.periods", "calendar.budget_periods")


def read_settings(draft: Draft, grid: Grid) -> Raw:
    """The settings by their field; counts of periods are left to `set_calendar`."""
    known = known_settings()
    counts: Raw = {}
    for number, row in enumerate(grid.rows):
        label, value, offset = _pair(row)
        cell = (grid.name, grid.top + number, grid.left + offset + 1)
        column = known.get(plain(label)) or known.get(bare(label)) if label else None
        if column is None:
            if label and not is_blank(value) and plain(label) not in {"setting", "settings"}:
                _unknown_setting(draft, cell, label)
            continue
        path: Path = tuple(column.field.split("."))
        if path in draft.places.cells:
            draft.note_at(
                cell,
                f"{column.heading} is there twice.",
                "Which of the two counts is not clear.",
                "Delete one of the rows.",
            )
            continue
        draft.places.cells[path] = cell
        if is_blank(value):
            if (cell[1], cell[2]) in grid.odd_cells:
                draft.note_odd(grid.odd_cells[cell[1], cell[2]], column.heading, path)
        elif column.field in CALENDAR_COUNTS:
            counts[column.field.rpartition(".")[2]] = value
        elif (read := draft.value(value, column, path)) is not None:
            target = draft.raw.setdefault("calendar", {}) if len(path) > 1 else draft.raw
            target[column.field.rpartition(".")[2]] = read
    return counts


def has_settings(grid: Grid) -> bool:
    """Whether a sheet holds settings of a portfolio, each with its value beside it."""
    known = known_settings()
    return any(plain(label) in known for row in grid.rows if (label := _pair(row)[0]))


def known_settings() -> dict[str, Column]:
    """Every setting by each of its names, spelt plainly."""
    return {
        plain(name): column for column in SETTINGS.columns for name in (column.field, *column.aliases, column.heading)
    }


def _pair(row: Sequence[Any]) -> tuple[str, Any, int]:
    """The first text of a row, what stands to the right of it, and where the text is."""
    for index, value in enumerate(row):
        if not is_blank(value):
            return (
                (as_text(value) if isinstance(value, str) else ""),
                row[index + 1] if index + 1 < len(row) else "",
                index,
            )
    return "", "", 0


def _unknown_setting(draft: Draft, cell: tuple[str, int, int], label: str) -> None:
    headings = [column.heading for column in SETTINGS.columns]
    meant = nearest(label, headings)
    fix = f"Did you mean {meant}? Rename it." if meant else "Delete the row, if it is not just a note."
    draft.note_at(
        (cell[0], cell[1], cell[2] - 1),
        f"Setting {shown(label)} is not read.",
        "No setting has this name.",
        fix,
        "warning",
    )
