"""The settings on a sheet: the name of each with its value beside it, or below it where they stand across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.intake.columns import SETTINGS, Column, plain
from portfolio.intake.headings.names import Level, Match, matches
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import as_text, is_blank

FEWEST_ACROSS = 2


@dataclass(frozen=True)
class Entry:
    """A label and its value, and the cell of the value, counted within the grid."""

    label: str
    value: object
    row: int
    column: int


def entries(grid: Grid) -> Iterator[Entry]:
    """Every label with what stands to the right of it, or below it where a whole row is labels."""
    values = -1
    for number, row in enumerate(grid.rows):
        if number == values:
            continue
        if _is_header(grid, number):
            values = number + 1
            below = grid.rows[values]
            for index, value in enumerate(row):
                if not is_blank(value):
                    yield Entry(as_text(value), below[index] if index < len(below) else "", values, index)
            continue
        label, value, place = pair(row)
        if label:
            yield Entry(label, value, number, place + 1)


def _is_header(grid: Grid, number: int) -> bool:
    """Whether a row holds nothing but names of settings, and the row below it begins with none."""
    filled = [value for value in grid.rows[number] if not is_blank(value)]
    if len(filled) < FEWEST_ACROSS or number + 1 >= len(grid.rows):
        return False
    if any(not isinstance(value, str) or setting_named(value) is None for value in filled):
        return False
    first = next((value for value in grid.rows[number + 1] if not is_blank(value)), None)
    return first is not None and (not isinstance(first, str) or setting_named(first) is None)


def has_settings(grid: Grid) -> bool:
    """Whether a sheet holds settings of a portfolio, each with its value beside it."""
    known = known_settings()
    return any(plain(label) in known for row in grid.rows if (label := pair(row)[0]))


def known_settings() -> dict[str, Column]:
    """Every setting by each of its names, spelt plainly."""
    return {
        plain(name): column for column in SETTINGS.columns for name in (column.field, *column.aliases, column.heading)
    }


def setting_named(label: str) -> Match | None:
    """The setting that a label means, in whatever language, and the unit beside it; None where none does."""
    return next((match for match in matches(label, SETTINGS.columns) if match.level <= Level.OTHER_LANGUAGE), None)


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
