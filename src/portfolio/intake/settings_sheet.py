"""Reads the sheet Portfolio: a row for each setting, or a column for each."""

from __future__ import annotations

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Raw
from portfolio.domain.spelling import nearest, shown
from portfolio.intake.columns import SETTINGS, plain
from portfolio.intake.draft import Draft
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.settings_rows import entries, setting_named
from portfolio.intake.values.cell_values import is_blank

CALENDAR_COUNTS = ("calendar.periods", "calendar.budget_periods")


def read_settings(draft: Draft, grid: Grid) -> Raw:
    """The settings by their field; counts of periods are left to `set_calendar`."""
    counts: Raw = {}
    for entry in entries(grid):
        value, cell = entry.value, (grid.name, grid.top + entry.row, grid.left + entry.column)
        match = setting_named(entry.label)
        if match is None:
            if not is_blank(value) and plain(entry.label) not in {"setting", "settings"}:
                _unknown_setting(draft, cell, entry.label)
            continue
        column = match.column
        path: Path = tuple(column.field.split("."))
        if path in draft.places.cells:
            draft.note_at(
                cell,
                f"{column.heading} is given twice.",
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
        elif (read := draft.value(value, column, path, unit=match.unit)) is not None:
            target = draft.raw.setdefault("calendar", {}) if len(path) > 1 else draft.raw
            target[column.field.rpartition(".")[2]] = read
    return counts


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
