"""Reads the sheet Effort: a row for each epic and value stream, or a column for each value stream."""

from __future__ import annotations

from portfolio.domain.finding import Path
from portfolio.domain.spelling import shown, suggestion
from portfolio.intake.columns import EFFORT
from portfolio.intake.draft import Draft
from portfolio.intake.epics.effort import place_effort, stream_columns
from portfolio.intake.headings.names import matches
from portfolio.intake.references.names import Names
from portfolio.intake.rows.kinds import data_rows, row_kinds
from portfolio.intake.source_map import Records
from portfolio.intake.tables.find_tables import HEADER_ROWS
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank


def read_effort(draft: Draft, table: Table) -> None:
    """Rows of epic, value stream and effort, for epics that need several value streams."""
    draft.check_headings(table)
    epic_column, stream_column, _ = EFFORT.columns
    if any(column not in table.columns for column in EFFORT.columns):
        missing = next(column.heading for column in EFFORT.columns if column not in table.columns)
        where = (table.grid.name, table.sheet_row(table.header), table.left_column)
        draft.note_at(
            where,
            f"The sheet {table.grid.name} has no column {missing}.",
            "It lists Epic, Value stream and Effort.",
            f"Add the column {missing}.",
        )
        return
    fields = {column.field: table.sheet_column(index) for column, index in table.columns.items()}
    draft.tables["effort"] = table
    draft.kinds["effort"] = row_kinds(table, [table.columns[epic_column]])
    draft.places.records["effort"] = Records(table.grid.name, table.sheet_row(table.header), fields)
    epics, streams = draft.names_of("epics"), draft.names_of("value_streams")
    positions = _positions(draft)
    own = {index for index, epic in enumerate(draft.raw.get("epics", ())) if "effort" in epic}
    for row in data_rows(table, [table.columns[epic_column]]):
        cells = table.grid.rows[row]
        where = (table.grid.name, table.sheet_row(row), table.sheet_column(table.columns[epic_column]))
        name, stream = as_text(cells[table.columns[epic_column]]), as_text(cells[table.columns[stream_column]])
        stream = streams.find(stream) or stream
        index = positions.get(epics.find(name) or "")
        if index is None:
            _unknown_epic(draft, where, name, epics)
        elif not stream:
            draft.note_at(
                (*where[:2], table.sheet_column(table.columns[stream_column])),
                "Value stream is empty.",
                "Effort is asked of a value stream.",
                "Enter the ID of one.",
            )
        else:
            _add_effort(draft, table, row, index, stream, streams, index in own)


def _positions(draft: Draft) -> dict[str, int]:
    """The position of each epic by its ID, the first one where two have it."""
    epics = draft.raw.get("epics", ())
    return {str(epic["id"]): index for index, epic in reversed(list(enumerate(epics))) if "id" in epic}


def read_effort_matrix(draft: Draft, grid: Grid) -> bool:
    """Reads a sheet with a column for each value stream beside the epics; says whether it is one."""
    known = draft.names_of("value_streams", exactly=True)
    epic_column = EFFORT.columns[0]
    for number, row in enumerate(grid.rows[:HEADER_ROWS] if known else ()):
        names = next((index for index, value in enumerate(row) if isinstance(value, str) and _names_epics(value)), None)
        table = Table(grid, number, list(row), EFFORT, columns={} if names is None else {epic_column: names})
        columns = stream_columns(table, known)
        if names is not None and columns:
            draft.tables["effort"] = table
            draft.kinds["effort"] = row_kinds(table, [names])
            table.beside["effort"] = list(columns)
            _read_matrix_rows(draft, table, columns, names)
            return True
    return False


def _names_epics(text: str) -> bool:
    return any(match.column.field == "epic" for match in matches(text, EFFORT.columns))


def _read_matrix_rows(draft: Draft, table: Table, columns: dict[int, str], names: int) -> None:
    epics, positions = draft.names_of("epics"), _positions(draft)
    for row in data_rows(table, [names]):
        name = as_text(table.grid.rows[row][names])
        index = positions.get(epics.find(name) or "")
        if index is None:
            _unknown_epic(draft, draft.cell_at(table, row, names), name, epics)
            continue
        for column, stream in columns.items():
            value = table.grid.rows[row][column]
            if is_blank(value):
                continue
            path: Path = ("epics", index, "effort", stream)
            draft.places.cells[path] = draft.cell_at(table, row, column)
            units = draft.value(value, EFFORT.columns[2], path)
            effort = draft.raw["epics"][index].setdefault("effort", {})
            if stream in effort:
                what = f"Effort of {name} from {stream} is given on the sheet Epics too."
                draft.note_at(
                    draft.cell_at(table, row, column),
                    what,
                    "Which of the two counts is not clear.",
                    "Delete one of them.",
                )
            elif units is not None:
                effort[stream] = units


def _unknown_epic(draft: Draft, where: tuple[str, int, int], name: str, epics: Names) -> None:
    if not name:
        draft.note_at(where, "Epic is empty.", "Effort belongs to an epic.", "Enter the epic's ID.")
        return
    draft.unknown_epics.add(name)
    fix = suggestion(name, epics.id_words, "Write the ID of an epic, or delete the row.")
    draft.note_at(where, f"Epic {shown(name)} is unknown.", "There is no epic with this ID.", fix)


def _add_effort(draft: Draft, table: Table, row: int, index: int, stream: str, known: Names, has_own: bool) -> None:
    _, stream_column, effort_column = EFFORT.columns
    path: Path = ("epics", index, "effort", stream)
    epic = draft.raw["epics"][index]
    effort = epic.setdefault("effort", {})
    if stream.casefold() in {name.casefold() for name in effort}:
        where = (table.grid.name, table.sheet_row(row), table.sheet_column(table.columns[effort_column]))
        also = "on the sheet Epics too" if has_own else "in an earlier row too"
        what = f"Effort of {epic.get('id')} from {stream} is given {also}."
        draft.note_at(where, what, "Which of the two counts is not clear.", "Delete one of them.")
        return
    place_effort(draft, table, row, path, (stream_column, effort_column), known)
    units = draft.cell(table, row, effort_column, path)
    if units is None and is_blank(table.grid.rows[row][table.columns[effort_column]]):
        draft.note(
            path,
            "Effort is empty.",
            "A row of this sheet needs one.",
            "Enter a number, for example 40, or delete the row.",
        )
    elif units is not None:
        effort[stream] = units
    if not effort:
        del epic["effort"]
