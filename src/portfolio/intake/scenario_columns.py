"""The sheet of scenarios, in the words of the one table of sheets and columns."""

from __future__ import annotations

from typing import Any

from portfolio.edits import VERBS
from portfolio.intake.columns import Column, Sheet
from portfolio.intake.rows.kinds import data_rows
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.grid import Grid

ScenarioRow = tuple[Any, ...]
"""One row of the sheet as it stands there: scenario, change, what, value."""

SCENARIOS = Sheet(
    "Scenarios",
    "scenarios",
    (
        Column("Scenario", "scenario", "text", "Its name; blank means as in the row above.", "Fewer people"),
        Column(
            "Change",
            "change",
            "word",
            "What is done to the figure.",
            "scale",
            choices=tuple(VERBS),
            aliases=("Action", "Verb", "What to do"),
        ),
        Column(
            "What",
            "what",
            "text",
            "The figure, rule or epic by its name.",
            "capacity of VS1 in PI 2",
            aliases=("Figure", "Name", "Where", "What changes"),
        ),
        Column(
            "Value",
            "value",
            "number",
            "A number, percentage, word, date or period; blank where none is needed.",
            0.8,
            aliases=("To", "By", "In", "New value", "Amount"),
        ),
    ),
    aliases=("Scenario", "What if", "What-ifs"),
)
"""Named sets of changes, a row for each change; it is no part of the portfolio, which it does not change."""


def scenario_rows(grid: Grid) -> tuple[ScenarioRow, ...]:
    """The rows of the sheet as they stand there, right or wrong, each with its scenario's name; for a copy of it."""
    table = find_table(grid, SCENARIOS)
    if table is None:
        return ()
    found: list[ScenarioRow] = []
    title: Any = None
    for row in data_rows(table, list(table.columns.values())):
        cells = {column.field: grid.rows[row][index] for column, index in table.columns.items()}
        given, *others = (None if (cell := cells.get(column.field)) == "" else cell for column in SCENARIOS.columns)
        title = title if given is None else given
        found.append((title, *others))
    return tuple(found)
