"""Whether tables of epics go together: other epics in each, or other columns of the same epics."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from portfolio.intake.columns import EPICS, Column
from portfolio.intake.rows.kinds import row_kinds
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank

NAMING = ("id", "title")


def are_together(tables: Sequence[Table], *, same_epics: bool = False) -> bool:
    """Whether the tables can be read as one without any of them contradicting another.

    `same_epics` asks that the later ones only add columns to epics that the first one has.
    """
    named = [_rows_by_name(table) for table in tables]
    if any(names is None for names in named):
        return False
    read = [names for names in named if names is not None]
    for (first, before), (second, after) in combinations(zip(tables, read, strict=True), 2):
        if _naming(first) != _naming(second):
            return False
        shared = before.keys() & after.keys()
        if same_epics and (len(shared) < len(after) or not _adds(first, second)):
            return False
        if shared and not _agree(first, second, [(before[name], after[name]) for name in shared]):
            return False
    return True


def _naming(table: Table) -> str | None:
    """The field that the epics of a table are told apart by."""
    return next((name for name in NAMING if table.column_of(name) is not None), None)


def _rows_by_name(table: Table) -> dict[str, int] | None:
    """The row of each epic by its ID; None where an epic has none, or two have the same."""
    name = _naming(table)
    index = None if name is None else table.column_of(name)
    if index is None:
        return None
    found: dict[str, int] = {}
    for row in row_kinds(table, [place for field in NAMING if (place := table.column_of(field)) is not None]).records:
        cell = table.grid.rows[row][index]
        folded = as_text(cell).casefold()
        if is_blank(cell) or folded in found:
            return None
        found[folded] = row
    return found


def _shared_columns(first: Table, second: Table) -> list[Column]:
    return [column for column in EPICS.columns if column in first.columns and column in second.columns]


def _adds(first: Table, second: Table) -> bool:
    """Whether the second table has a field of epics that the first one lacks."""
    return any(column not in first.columns for column in second.columns)


def _agree(first: Table, second: Table, rows: Sequence[tuple[int, int]]) -> bool:
    """Whether the cells that both tables have of an epic say the same, or one is empty; some columns have to be new."""
    for column in _shared_columns(first, second):
        for before, after in rows:
            one, other = first.grid.rows[before][first.columns[column]], second.grid.rows[after][second.columns[column]]
            if not is_blank(one) and not is_blank(other) and as_text(one) != as_text(other):
                return False
    return _adds(first, second)
