"""Whether a grid holds what an input sheet has, whatever it is called: by the headings that only such a sheet has."""

from __future__ import annotations

from portfolio.intake.columns import (
    BUDGET,
    CAPACITY,
    DEPENDENCIES,
    EFFORT,
    EPICS,
    GUARDRAILS,
    OUTCOMES,
    SETTINGS,
    STREAMS,
    Sheet,
)
from portfolio.intake.tables.find_tables import find_table, known_headings
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.period_columns import period_columns
from portfolio.intake.tables.reshaped import reshaped
from portfolio.intake.tables.table import Table
from portfolio.intake.values.periods import is_period_label

FEWEST_HEADINGS = 3
"""A sheet of another name is taken for the epics if its header row has this many of their headings."""
NEEDED: dict[str, tuple[frozenset[str], ...]] = {
    EFFORT.name: (frozenset({"epic"}), frozenset({"value_stream"}), frozenset({"effort"})),
    STREAMS.name: (frozenset({"id", "name"}), frozenset({"cost_per_unit", "wip_limit", "max_budget_shift"})),
    DEPENDENCIES.name: (frozenset({"predecessor"}), frozenset({"successor"})),
    GUARDRAILS.name: (frozenset({"measure"}), frozenset({"at_least", "at_most"})),
    OUTCOMES.name: (frozenset({"objective"}), frozenset({"key_result"}), frozenset({"baseline", "target"})),
}
"""One heading of each of these is needed for a sheet of another name to be taken for this one."""


def names_epics(table: Table) -> bool:
    """Whether a table has a column that names its epics."""
    return any(column.field in {"id", "title"} for column in table.columns)


def holds_epics(table: Table | None) -> bool:
    """Whether a table is one of epics, whatever its sheet is called."""
    return table is not None and names_epics(table) and known_headings(table.headings, EPICS.columns) >= FEWEST_HEADINGS


def fits(grid: Grid, sheet: Sheet) -> bool:
    """Whether a grid plainly holds what this input sheet has."""
    if not grid.rows or sheet is SETTINGS:
        return False
    if sheet in (CAPACITY, BUDGET):
        found = period_columns(reshaped(grid), sheet)
        return found is not None and any(map(is_period_label, found.periods.values()))
    table = find_table(grid, sheet)
    if table is None:
        return False
    if sheet is EPICS:
        return holds_epics(table)
    fields = {column.field for column in table.columns}
    return all(names & fields for names in NEEDED[sheet.name])
