"""Tables as plain dictionaries, {row: {column: value}}: what tests think in, and how they judge a merge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.merge.cell_content import content_of
from portfolio.merge.copy_differences import Copy
from portfolio.merge.merged import Merged
from portfolio.merge.three_way import three_way
from portfolio.merge.workbook_contents import ColumnAt, RowAt, Table

Rows = dict[str, dict[str, Any]]
COLUMNS = ("a", "b", "c")
SHEET = "Epics"


def table(rows: Rows, columns: tuple[str, ...] = COLUMNS) -> Table:
    """The same as a table."""
    return Table(
        SHEET,
        SHEET,
        1,
        columns={name: ColumnAt(name, number) for number, name in enumerate(columns, 1)},
        rows={name: RowAt(number, name) for number, name in enumerate(rows, 2)},
        cells={
            (row, column): content
            for row, cells in rows.items()
            for column, value in cells.items()
            if (content := content_of(value)) is not None
        },
    )


def copy(file: str, before: Rows, now: Rows) -> Copy:
    """A returned copy."""
    return Copy(file, f"author of {file}", {SHEET: table(before)}, {SHEET: table(now)})


def merge(base: Rows, copies: Mapping[str, Rows], before: Rows | None = None) -> Merged:
    """Merges copies by file name; `before` is what they were made from, if the base has moved on since."""
    sent = base if before is None else before
    return three_way({SHEET: table(base)}, [copy(file, sent, now) for file, now in copies.items()])


def result(base: Rows, merged: Merged) -> Rows:
    """The base after the merge, empty cells left out."""
    edits = merged.edits[SHEET]
    rows = {row: dict(cells) for row, cells in base.items() if row not in edits.rows_removed}
    rows |= {row: {} for row in edits.rows_added}
    for (row, column), content in edits.cells.items():
        rows[row][column] = None if content is None else content.value
    return filled(rows)


def filled(rows: Rows) -> Rows:
    """Without empty cells."""
    return {row: {name: value for name, value in cells.items() if value is not None} for row, cells in rows.items()}


def edits_of(before: Rows, now: Rows) -> set[tuple[str, str, Any]]:
    """Every cell that differs, with what it is now; also in rows that are new."""
    return {
        (row, name, cells.get(name))
        for row, cells in now.items()
        for name in {*cells, *before.get(row, {})}
        if cells.get(name) != before.get(row, {}).get(name)
    }
