"""The rows of a sheet of settings: the name of a setting, and its value beside it."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.intake.columns import SETTINGS, Column, plain
from portfolio.intake.headings.names import Level, matches
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import as_text, is_blank


def has_settings(grid: Grid) -> bool:
    """Whether a sheet holds settings of a portfolio, each with its value beside it."""
    known = known_settings()
    return any(plain(label) in known for row in grid.rows if (label := pair(row)[0]))


def known_settings() -> dict[str, Column]:
    """Every setting by each of its names, spelt plainly."""
    return {
        plain(name): column for column in SETTINGS.columns for name in (column.field, *column.aliases, column.heading)
    }


def setting_named(label: str) -> Column | None:
    """The setting that a label means, in whatever language; None where none does."""
    found = next((match for match in matches(label, SETTINGS.columns) if match.level <= Level.OTHER_LANGUAGE), None)
    return None if found is None else found.column


def pair(row: Sequence[object]) -> tuple[str, object, int]:
    """The first text of a row, what stands to the right of it, and where the text is."""
    for index, value in enumerate(row):
        if not is_blank(value):
            return (
                (as_text(value) if isinstance(value, str) else ""),
                row[index + 1] if index + 1 < len(row) else "",
                index,
            )
    return "", "", 0
