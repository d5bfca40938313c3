"""Effort that stands in a column for each period of the plan, beside the value stream that does the epic."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.intake.columns import EPICS
from portfolio.intake.draft import Draft
from portfolio.intake.figures import read_figures
from portfolio.intake.languages import fold
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank


def read_by_period(draft: Draft, table: Table, rows: Sequence[int]) -> list[object] | None:
    """The sum of each epic's effort over the periods; None where the table has no such columns."""
    columns = _period_columns(draft, table, rows)
    if len(columns) < 2:
        return None
    effort = EPICS.column("effort")
    figures = read_figures(draft, table, rows, columns, effort)
    sums: list[object] = []
    for number, row in enumerate(rows):
        amounts = [figures.take(draft, (row, column), ("epics", number, "effort")) for column in columns]
        given = [amount for amount in amounts if isinstance(amount, int | float)]
        sums.append(sum(given) if given else None)
    headings = [as_text(table.headings[column]) for column in columns]
    table.beside.setdefault("effort", []).extend(columns)
    draft.columns_beside.update(columns)
    draft.note_at(
        (table.grid.name, table.sheet_row(table.header), table.sheet_column(columns[0])),
        f"{', '.join(headings[:-1])} and {headings[-1]} hold effort by period, and their sum was read as Effort.",
        "How much of an epic is done when follows from its start and its length.",
        "Add a column Effort, if these figures are something else.",
        "warning",
    )
    return sums


def _period_columns(draft: Draft, table: Table, rows: Sequence[int]) -> list[int]:
    """The columns that are headed like the periods of Capacity, and that no field takes."""
    periods = {fold(label) for label in draft.raw.get("calendar", {}).get("periods", ())}
    taken = {*table.columns.values(), *(index for places in table.beside.values() for index in places)}
    return [
        index
        for index, heading in enumerate(table.headings)
        if index not in taken
        and not is_blank(heading)
        and fold(heading) in periods
        and any(not is_blank(table.grid.rows[row][index]) for row in rows)
    ]
