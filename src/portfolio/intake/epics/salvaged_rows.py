"""The rows that an import keeps: each ID once, with a name, with as many cells as the header, and not done yet."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.intake.columns import EPICS
from portfolio.intake.draft import Draft
from portfolio.intake.languages import vocabulary
from portfolio.intake.rows.levels import Levels
from portfolio.intake.salvage import Salvage
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank

ENDED = ("done", "stopped")


def salvaged_rows(draft: Draft, table: Table, chosen: Levels, salvage: Salvage) -> list[int]:
    """The rows that can be kept; the others are said, or counted."""
    rows = _with_their_cells(draft, table, chosen.taken, salvage)
    if chosen.says_levels:
        rows = [row for row in rows if not _is_over(table, salvage, row)]
    return _each_once(draft, table, _with_a_name(draft, table, rows))


def _with_their_cells(draft: Draft, table: Table, rows: Sequence[int], salvage: Salvage) -> list[int]:
    """The rows of a text table that have no more cells than the header: with more, they are shifted somewhere."""
    length = salvage.length
    if length is None:
        return list(rows)
    above, width = table.grid.top - 1, length(table.sheet_row(table.header) - 1)
    kept: list[int] = []
    for row in rows:
        if length(row + above) <= width or all(is_blank(cell) for cell in table.grid.rows[row][width:]):
            kept.append(row)
            continue
        draft.note_at(
            (table.grid.name, table.sheet_row(row), 0),
            f"The row has {length(row + above)} cells and the header {width}; it was left out.",
            "Which cell belongs to which heading is not clear.",
            "Write a cell that holds the separator in quotes, or export the file again.",
        )
    return kept


def _cells(table: Table, rows: Sequence[int], name: str) -> list[object]:
    """What these rows say for a field; nothing where it has no column."""
    index = table.column_of(name)
    return [""] * len(rows) if index is None else [table.grid.rows[row][index] for row in rows]


def _is_over(table: Table, salvage: Salvage, row: int) -> bool:
    """Whether nobody has to decide about an epic of a tool's export any more."""
    index = table.column_of("state")
    state = "" if index is None else as_text(table.grid.rows[row][index])
    if state and vocabulary().state(state) in ENDED:
        salvage.ended[state] += 1
        return True
    return False


def _with_a_name(draft: Draft, table: Table, rows: Sequence[int]) -> list[int]:
    """The rows that say which epic they are, by an ID or a title."""
    kept: list[int] = []
    asks_for_id = EPICS.column("id") in table.columns
    for row, own, title in zip(rows, _cells(table, rows, "id"), _cells(table, rows, "title"), strict=True):
        if not is_blank(own):
            kept.append(row)
            continue
        where = (table.grid.name, table.sheet_row(row), 0)
        if is_blank(title):
            what = "This row has no ID and no title, and was left out."
            draft.note_at(
                where, what, "Every epic needs an ID or a title.", "Give it one, if it is an epic.", "warning"
            )
            continue
        kept.append(row)
        if asks_for_id:
            fix = "Give it an ID, so that it keeps its name."
            draft.note_at(where, "This epic has no ID.", "Its title stands in for it.", fix, "warning")
    return kept


def _each_once(draft: Draft, table: Table, rows: list[int]) -> list[int]:
    """The first row of each ID; a second one is an error if it says something else."""
    first: dict[str, int] = {}
    kept: list[int] = []
    for row, own, title in zip(rows, _cells(table, rows, "id"), _cells(table, rows, "title"), strict=True):
        name = as_text(own if not is_blank(own) else title)
        before = first.setdefault(name.casefold(), row)
        if before == row:
            kept.append(row)
            continue
        same = table.grid.rows[before] == table.grid.rows[row]
        draft.note_at(
            (table.grid.name, table.sheet_row(row), 0),
            f"ID {name} is already in row {table.sheet_row(before)}.",
            "The row says the same and was left out." if same else "The row says something else and was left out.",
            "Export each epic once." if same else "Give one of the two another ID, or delete the row.",
            "warning" if same else "error",
        )
    return kept
