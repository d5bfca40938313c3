"""Counts the conflicts that a merge left to choose, on the sheet that lists them."""

from __future__ import annotations

from portfolio.intake.columns import plain
from portfolio.intake.draft import Draft
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import is_blank

CONFLICTS = "Conflicts"
CHOICE, OTHER, HIDDEN = "Choice", "Other value", "Options"
FARTHEST = 20
"""Rows in which the headings are looked for; people insert some above."""


def conflict_columns(grid: Grid) -> tuple[int, int, int, int] | None:
    """The header row, and the columns of the choice, of another value and of what is hidden; counted from 0."""
    for number, row in enumerate(grid.rows[:FARTHEST]):
        places = {plain(value): column for column, value in enumerate(row) if isinstance(value, str)}
        wanted = [places.get(plain(heading)) for heading in (CHOICE, OTHER, HIDDEN)]
        if None not in wanted:
            choice, other, hidden = (column for column in wanted if column is not None)
            return number, choice, other, hidden
    return None


def note_unresolved_conflicts(draft: Draft, grid: Grid) -> None:
    """Warns that the workbook holds the base's values where copies did not agree, and nobody has chosen yet."""
    found = conflict_columns(grid)
    left = 0 if found is None else sum(not is_blank(row[found[3]]) for row in grid.rows[found[0] + 1 :])
    if left:
        draft.note_at(
            (grid.name, 0, 0),
            f"{left} {'conflict is' if left == 1 else 'conflicts are'} left to choose.",
            "Until then what was in the base counts.",
            "Choose on this sheet, save, then: portfolio merge --resolve FILE --write.",
            "warning",
        )
