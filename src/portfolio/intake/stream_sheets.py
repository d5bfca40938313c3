"""Reads the sheets about money and people: Value streams, Capacity and Budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Raw
from portfolio.domain.spelling import shown, suggestion
from portfolio.intake.columns import BUDGET, CAPACITY, STREAMS, Column, Sheet, plain
from portfolio.intake.draft import Draft
from portfolio.intake.figures import Figures, read_figures
from portfolio.intake.headings.units import TIMES, WORK, Unit
from portfolio.intake.languages import fold
from portfolio.intake.references.names import Names
from portfolio.intake.rows.kinds import data_rows, row_kinds
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.period_columns import PeriodColumns, period_columns
from portfolio.intake.tables.reshaped import reshaped
from portfolio.intake.tables.table import Table
from portfolio.intake.tables.unit_above import unit_above
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.periods import says_nothing

AMOUNTS = {kind: Column(kind.capitalize(), kind, "number", "", 120) for kind in ("capacity", "budget")}
"""What the amounts of each sheet are."""


def read_streams(draft: Draft, table: Table) -> None:
    """One value stream for each row."""
    draft.read_records(table, STREAMS.field, draft.kinds_of(table, ("id", "name")))
    for stream in draft.raw["value_streams"]:
        if STREAMS.column("id") not in table.columns and "name" in stream:
            stream["id"] = stream["name"]


def read_amounts(draft: Draft, grid: Grid, sheet: Sheet, periods: list[str] | None) -> list[str]:
    """Reads Capacity (whose headings are the periods) or Budget (which has to have the same ones) into the streams."""
    calendar = draft.raw.get("calendar", {})
    budget_periods = calendar.get("budget_periods", ()) if sheet is BUDGET else ()
    named = frozenset(map(fold, (*calendar.get("periods", ()), *budget_periods)))
    grid = reshaped(grid)
    found = period_columns(grid, sheet, named)
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
    header, names, columns = found.header, found.names, found.periods
    _note_unnamed(draft, grid, sheet, header, names)
    _note_others(draft, grid, found)
    labels = list(columns.values()) if periods is None else periods
    if periods is None:
        order = list(columns)
        for turn, column in enumerate(order):
            draft.places.cells["calendar", "periods", turn] = (grid.name, *grid.cell(header, column))
    elif (firsts := _first_periods(columns, periods, budget_periods)) is not None:
        order = firsts
    else:
        order = _matched(draft, grid, header, columns, periods)
    table = Table(
        grid,
        header,
        columns={sheet.columns[0]: names} | {_period(label): column for column, label in columns.items()},
        units=found.units,
        unit=unit_above(grid, header),
    )
    if sheet is CAPACITY:
        draft.context = replace(draft.context, work=_unit_of_work(table))
    draft.tables[sheet.field] = table
    draft.kinds[sheet.field] = row_kinds(table, [names])
    _read_rows(draft, table, sheet, names, order)
    return labels


def _first_periods(columns: dict[int, str], periods: list[str], budget_periods: Sequence[str]) -> list[int] | None:
    """Where the columns are budget periods: for each period the column of its budget period, if it is the first of them.

    Within a budget period only the sum counts, so that all of it stands in its first period. None where they are others.
    """
    own = {fold(label): column for column, label in columns.items()}
    wanted = list(map(fold, budget_periods))
    if not own or len(wanted) != len(periods) or set(own) - set(wanted) or set(own) & set(map(fold, periods)):
        return None
    return [own.get(label, -1) if label not in wanted[:turn] else -1 for turn, label in enumerate(wanted)]


def _note_others(draft: Draft, grid: Grid, found: PeriodColumns) -> None:
    """Columns of figures beside the periods that are none: they are named, so that nobody takes them for one."""
    example = next(iter(found.periods.values()), "PI 1")
    for column, label in found.others.items():
        if not says_nothing(label):
            draft.note_at(
                (grid.name, *grid.cell(found.header, column)),
                f"Column {label} is not read.",
                f"{label} is no period; a period is headed like {example}.",
                f"If it is one, head it like {example}; else nothing is to be done.",
                "warning",
            )


def _note_unnamed(draft: Draft, grid: Grid, sheet: Sheet, header: int, names: int) -> None:
    """A column of amounts with nothing above it: it would be silently lost."""
    for column in range(names + 1, len(grid.rows[header])):
        numbers = (row[column] for row in grid.rows[header + 1 :] if not is_blank(row[names]))
        if is_blank(grid.rows[header][column]) and any(isinstance(number, int | float) for number in numbers):
            amounts = "capacities" if sheet is CAPACITY else "budgets"
            draft.note_at(
                (grid.name, *grid.cell(header, column)),
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
    missing = [label for label in periods if plain(label) not in position]
    for column, label in columns.items():
        if plain(label) not in known:
            fix = suggestion(label, missing or periods, "Use the headings of the sheet Capacity.")
            draft.note_at(
                (grid.name, *grid.cell(header, column)),
                f"Period {shown(label)} is unknown.",
                "Budget has the same periods as Capacity.",
                fix,
            )
    if missing and len(missing) > sum(plain(label) not in known for label in columns.values()):
        draft.note_at(
            (grid.name, *grid.cell(header, 0)),
            f"{missing[0]} is missing.",
            "Budget has the same periods as Capacity.",
            f"Add a column {missing[0]}.",
        )
    return [position.get(plain(label), -1) for label in periods]


def _read_rows(draft: Draft, table: Table, sheet: Sheet, names: int, order: list[int]) -> None:
    grid, field = table.grid, sheet.field
    streams = draft.raw.setdefault("value_streams", [])
    given = "value_streams" in draft.places.records
    index_of = {str(stream.get("id", "")): index for index, stream in reversed(list(enumerate(streams)))}
    known = Names(streams, "name")
    again: dict[int, list[int]] = {}
    rows = data_rows(table, [names])
    figures = read_figures(draft, table, rows, [column for column in order if column >= 0], AMOUNTS[field])
    for row in rows:
        cells = grid.rows[row]
        if all(is_blank(cells[column]) for column in order if column >= 0) and field == "budget":
            continue
        name, where = as_text(cells[names]), (grid.name, *grid.cell(row, names))
        index = index_of.get(known.find(name) or "")
        if index is None and field == "capacity" and name and not given:
            index = index_of[name] = len(streams)
            streams.append({"id": name})
            known = Names(streams, "name")
            draft.places.cells["value_streams", index] = where
        if index is None:
            fix = suggestion(name, known.id_words, "Write the ID of a value stream, or delete the row.")
            what = f"Value stream {shown(name)} is unknown." if name else "Value stream is empty."
            draft.note_at(where, what, "There is no value stream with this ID.", fix)
        elif field in streams[index]:
            again.setdefault(index, []).append(row)
            _add_up(streams[index][field], _amounts(draft, table, row, order, ("?", index, field), figures))
        else:
            draft.places.cells["value_streams", index, field, "value_stream"] = where
            streams[index][field] = _amounts(draft, table, row, order, ("value_streams", index, field), figures)
    for index, rows in again.items():
        _note_added_up(draft, table, streams[index], field, rows)


def _note_added_up(draft: Draft, table: Table, stream: Raw, field: str, rows: list[int]) -> None:
    """Several rows of one value stream: their sum is said, since they could be there twice, too."""
    name = stream.get("name") or stream.get("id")
    where = (table.grid.name, *table.grid.cell(rows[0], table.columns[next(iter(table.columns))]))
    draft.note_at(
        where,
        f"Value stream {name} has {len(rows) + 1} rows of {field.capitalize()}, and they were added up: "
        f"{', '.join(shown(amount) for amount in stream[field][:6])}{' and so on' if len(stream[field]) > 6 else ''}.",
        "Teams of one value stream work for it together.",
        "Write their sum into one row, or delete a row that is there twice.",
        "warning",
    )


def _add_up(amounts: list[object], more: list[object]) -> None:
    """Adds the amounts of another row of the same value stream."""
    for turn, amount in enumerate(more):
        before = amounts[turn]
        if isinstance(amount, int | float) and isinstance(before, int | float):
            amounts[turn] = before + amount


def _unit_of_work(table: Table) -> Unit | None:
    """What capacity is counted in; None where it is not said."""
    units = [unit for unit in (*table.units.values(), table.unit) if unit is not None and unit.name in (*TIMES, *WORK)]
    return units[0] if units else None


def _amounts(draft: Draft, table: Table, row: int, order: list[int], path: Path, figures: Figures) -> list[object]:
    grid = table.grid
    amounts: list[object] = []
    draft.places.cells[path] = (grid.name, *grid.cell(row, max(order[0], 0) if order else 0))
    for turn, column in enumerate(order):
        here: Path = (*path, turn)
        if column < 0:
            amounts.append(0)
            continue
        draft.places.cells[here] = (grid.name, *grid.cell(row, column))
        value, odd = grid.rows[row][column], grid.odd_cells.get(grid.cell(row, column))
        label = f"{str(path[-1]).capitalize()} in {as_text(table.headings[column])}"
        if not is_blank(value):
            amounts.append(figures.take(draft, (row, column), here))
        elif odd is not None:
            draft.note_odd(odd, label, here)
            amounts.append(0)
        else:
            draft.note(
                here, f"{label} is empty.", "Every period needs an amount.", "Enter a number, 0 if there is nothing."
            )
            amounts.append(0)
    return [0 if amount is None else amount for amount in amounts]
