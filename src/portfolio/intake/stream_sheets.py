"""Reads the sheets about money and people: Value streams, Capacity and Budget."""

from __future__ import annotations

import math
from typing import Any

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Raw
from portfolio.domain.spelling import shown, suggestion
from portfolio.intake.columns import CAPACITY, STREAMS, Column, Sheet, bare, plain
from portfolio.intake.draft import Draft
from portfolio.intake.tables.find_tables import Table, data_rows
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import as_list, as_number, as_text, is_blank

BESIDES = {
    "notes",
    "note",
    "comment",
    "comments",
    "remark",
    "remarks",
    "total",
    "totals",
    "sum",
    "average",
    "unit",
    "units",
    "name",
    "title",
    "valuestreamname",
}
"""Headings on Capacity and Budget that are not periods."""
AMOUNT = Column("Amount", "amount", "number", "", 120)


def read_streams(draft: Draft, table: Table) -> None:
    """One value stream for each row."""
    draft.read_records(table, STREAMS.field, ("id", "name"))
    for stream in draft.raw["value_streams"]:
        if STREAMS.column("id") not in table.columns and "name" in stream:
            stream["id"] = stream["name"]


def period_columns(grid: Grid, sheet: Sheet) -> tuple[int, int, dict[int, str]] | None:
    """Header row, the value streams' column and the periods' columns of a Capacity or Budget sheet."""
    names = {plain(name) for column in sheet.columns for name in (column.heading, *column.aliases)}
    for number, row in enumerate(grid.rows[:20]):
        for index, value in enumerate(row):
            if isinstance(value, str) and (plain(value) in names or bare(value) in names):
                labels = {
                    column: as_text(heading)
                    for column, heading in enumerate(row)
                    if column > index and not is_blank(heading) and plain(heading) not in BESIDES
                }
                return number, index, {column: label for column, label in labels.items() if _used(grid, number, column)}
    return None


def _used(grid: Grid, header: int, column: int) -> bool:
    odd = any(cell_column == grid.left + column for _, cell_column in grid.odd_cells)
    return odd or any(not is_blank(row[column]) for row in grid.rows[header + 1 :])


def read_amounts(draft: Draft, grid: Grid, sheet: Sheet, periods: list[str] | None) -> list[str]:
    """Reads Capacity (whose headings are the periods) or Budget (which has to have the same ones) into the streams."""
    found = period_columns(grid, sheet)
    if found is None:
        if grid.rows:
            where = (grid.name, 0, 0)
            draft.note_at(
                where,
                f"The sheet {grid.name} has no column Value stream.",
                "Its first column names the value streams, and one column for each period follows.",
                "Add the heading Value stream.",
            )
        return periods or []
    header, names, columns = found
    _note_unnamed(draft, grid, sheet, header, names)
    order = list(columns) if periods is None else _matched(draft, grid, header, columns, periods)
    labels = list(columns.values()) if periods is None else periods
    if periods is None:
        for turn, column in enumerate(order):
            draft.places.cells["calendar", "periods", turn] = (grid.name, grid.top + header, grid.left + column)
    table = Table(
        grid, header, {sheet.columns[0]: names} | {_period(label): column for column, label in columns.items()}
    )
    _read_rows(draft, table, sheet, names, order)
    return labels


def _note_unnamed(draft: Draft, grid: Grid, sheet: Sheet, header: int, names: int) -> None:
    """A column of amounts with nothing above it: it would be silently lost."""
    for column in range(names + 1, len(grid.rows[header])):
        numbers = (row[column] for row in grid.rows[header + 1 :] if not is_blank(row[names]))
        if is_blank(grid.rows[header][column]) and any(isinstance(number, int | float) for number in numbers):
            amounts = "capacities" if sheet is CAPACITY else "budgets"
            draft.note_at(
                (grid.name, grid.top + header, grid.left + column),
                f"This column has {amounts} but no period.",
                "The heading of a column says which period its amounts are for.",
                "Write the period here, for example PI 3, or clear the column.",
            )


def _period(label: str) -> Column:
    return Column(label, label, "number", "", 120)


def _matched(draft: Draft, grid: Grid, header: int, columns: dict[int, str], periods: list[str]) -> list[int]:
    """The budget's columns in the order of the capacity's periods; -1 for a period that is not there."""
    position = {plain(label): column for column, label in columns.items()}
    known = {plain(label) for label in periods}
    row = grid.top + header
    missing = [label for label in periods if plain(label) not in position]
    for column, label in columns.items():
        if plain(label) not in known:
            fix = suggestion(label, missing or periods, "Use the headings of the sheet Capacity.")
            draft.note_at(
                (grid.name, row, grid.left + column),
                f"Period {shown(label)} is unknown.",
                "Budget has the same periods as Capacity.",
                fix,
            )
    if missing and len(missing) > sum(plain(label) not in known for label in columns.values()):
        draft.note_at(
            (grid.name, row, grid.left),
            f"{missing[0]} is missing.",
            "Budget has the same periods as Capacity.",
            f"Add a column {missing[0]}.",
        )
    return [position.get(plain(label), -1) for label in periods]


def _read_rows(draft: Draft, table: Table, sheet: Sheet, names: int, order: list[int]) -> None:
    grid, field = table.grid, sheet.field
    streams = draft.raw.setdefault("value_streams", [])
    given = "value_streams" in draft.places.records
    index_of = {str(stream.get("id", "")).casefold(): index for index, stream in enumerate(streams)}
    name_of = {str(stream.get("name", "")).casefold(): index for index, stream in enumerate(streams)}
    for row in data_rows(table, [names]):
        cells = grid.rows[row]
        if all(is_blank(cells[column]) for column in order if column >= 0) and field == "budget":
            continue
        name, where = as_text(cells[names]), (grid.name, table.sheet_row(row), table.sheet_column(names))
        index = index_of.get(name.casefold(), name_of.get(name.casefold()))
        if index is None and field == "capacity" and name and not given:
            index = index_of[name.casefold()] = len(streams)
            streams.append({"id": name})
            draft.places.cells["value_streams", index] = where
        if index is None:
            known = [str(stream["id"]) for stream in streams if "id" in stream]
            fix = suggestion(name, known, "Write the ID of a value stream, or delete the row.")
            what = f"Value stream {shown(name)} is unknown." if name else "Value stream is empty."
            draft.note_at(where, what, "There is no value stream with this ID.", fix)
        elif field in streams[index]:
            draft.note_at(
                where, f"Value stream {name} is there twice.", "Each has one row.", "Delete one of the two rows."
            )
        else:
            draft.places.cells["value_streams", index, field, "value_stream"] = where
            streams[index][field] = _amounts(draft, table, row, order, ("value_streams", index, field))


def _amounts(draft: Draft, table: Table, row: int, order: list[int], path: Path) -> list[object]:
    grid = table.grid
    amounts: list[object] = []
    draft.places.cells[path] = (grid.name, table.sheet_row(row), table.sheet_column(max(order[0], 0) if order else 0))
    for turn, column in enumerate(order):
        here: Path = (*path, turn)
        if column < 0:
            amounts.append(0)
            continue
        draft.places.cells[here] = (grid.name, table.sheet_row(row), table.sheet_column(column))
        value, odd = grid.rows[row][column], grid.odd_cells.get((table.sheet_row(row), table.sheet_column(column)))
        label = f"{str(path[-1]).capitalize()} in {as_text(table.headings[column])}"
        if not is_blank(value):
            amounts.append(draft.value(value, AMOUNT, here))
        elif odd is not None:
            draft.note_odd(odd, label, here)
            amounts.append(0)
        else:
            draft.note(
                here, f"{label} is empty.", "Every period needs an amount.", "Enter a number, 0 if there is nothing."
            )
            amounts.append(0)
    return [0 if amount is None else amount for amount in amounts]


def set_calendar(draft: Draft, counts: Raw, labels: list[str]) -> None:
    """Puts the periods and budget periods into the calendar, and compares them with the counts in the settings."""
    calendar = draft.raw.setdefault("calendar", {})
    count = _read_count(draft, counts, "periods")
    if isinstance(count, list):
        labels, count = labels or count, len(count)
    if labels and count is not None and count != len(labels):
        what = f"Periods is {count}, but {CAPACITY.name} has {len(labels)} periods."
        draft.note(
            ("calendar", "periods"),
            what,
            "The periods are the columns of Capacity.",
            f"Enter {len(labels)}, or leave it blank.",
        )
    if not labels and count:
        labels = [f"Period {number + 1}" for number in range(int(count))]
    if labels:
        calendar["periods"] = labels
    per_budget = _read_count(draft, counts, "budget_periods")
    if isinstance(per_budget, list):
        calendar["budget_periods"] = per_budget
    elif per_budget is not None:
        calendar["budget_periods"] = [f"Budget {turn // int(per_budget) + 1}" for turn in range(len(labels))]
    if not calendar:
        del draft.raw["calendar"]


def _read_count(draft: Draft, counts: Raw, field: str) -> Any:
    """A count above 0, or a list of labels; None if it is neither or absent."""
    if field not in counts:
        return None
    value = counts[field]
    if isinstance(value, list):
        return [as_text(label) for label in value]
    if isinstance(value, str) and ("," in value or ";" in value or isinstance(as_number(value), str)):
        return as_list(value)
    number = as_number(value)
    whole = isinstance(number, int) and not isinstance(number, bool) and 0 < number <= MOST_PERIODS
    if whole:
        return number
    heading = field.replace("_", " ").capitalize()
    shown_number = shown(number) if not isinstance(number, float) or math.isfinite(number) else "not a number"
    draft.note(
        ("calendar", field),
        f"{heading} is {shown_number}.",
        f"It is a whole number from 1 to {MOST_PERIODS}.",
        "Enter a number, for example 4.",
    )
    return None


MOST_PERIODS = 1000
