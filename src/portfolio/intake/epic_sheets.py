"""Reads the sheets about epics: Epics, Effort, Dependencies and Guardrails."""

from __future__ import annotations

from typing import Any

from portfolio.domain.finding import Path
from portfolio.domain.spelling import shown, suggestion
from portfolio.intake.columns import DEPENDENCIES, EFFORT, EPICS, GUARDRAILS, Column
from portfolio.intake.draft import Draft
from portfolio.intake.source_map import Records
from portfolio.intake.tables.find_tables import Table, data_rows
from portfolio.intake.values.cell_values import as_filter, as_list, as_text, is_blank

LINK_ENDS = ("predecessor", "successor")


def read_epics(draft: Draft, table: Table) -> None:
    """One epic for each row; where there is no ID column the title is the ID."""
    rows, own = draft.read_records(table, "epics", ("id", "title"), {"value_stream": "effort", "effort": "effort"})
    epics = draft.raw["epics"]
    id_column = EPICS.column("id")
    if id_column not in table.columns:
        for epic in epics:
            if "title" in epic:
                epic["id"] = epic["title"]
        records = draft.places.records["epics"]
        records.columns["id"] = records.columns["title"]
    if "effort" in own:
        _read_own_effort(draft, table, rows, own.get("value_stream", [None] * len(rows)), own["effort"])


def check_id_column(draft: Draft, table: Table) -> None:
    """Where titles stand in for IDs and others refer to IDs, that is said once."""
    if EPICS.column("id") in table.columns:
        return
    known = {str(epic.get("id")).casefold() for epic in draft.raw["epics"]}
    ends = {str(link[end]) for link in draft.raw.get("dependencies", ()) for end in LINK_ENDS if end in link}
    unknown = sorted(draft.unknown_epics | {end for end in ends if end.casefold() not in known})
    if unknown:
        draft.note_at(
            (table.grid.name, table.sheet_row(table.header), table.left_column),
            "No column ID was found.",
            f"Titles stand in for IDs, but other sheets refer to {shown(unknown[0])}, which is not a title.",
            "Name the column with the IDs ID.",
            "warning",
        )


def _read_own_effort(draft: Draft, table: Table, rows: list[int], streams: list[Any], efforts: list[Any]) -> None:
    """The effort of epics that need one value stream, which is named in the same row."""
    columns = EPICS.column("value_stream"), EPICS.column("effort")
    known = _known_streams(draft)
    for index, (stream, units) in enumerate(zip(streams, efforts, strict=True)):
        if units is None:
            continue
        if stream is None:
            draft.note(
                ("epics", index, "effort"),
                f"Effort is {shown(units)}, but no value stream is named.",
                "Effort is asked of a value stream.",
                "Enter the ID of one in Value stream, or use the sheet Effort.",
            )
            continue
        draft.raw["epics"][index]["effort"] = {stream: units}
        if stream.casefold() not in known:
            _place_effort(draft, table, rows[index], ("epics", index, "effort", stream), columns)


def _known_streams(draft: Draft) -> set[str]:
    return {str(stream.get("id")).casefold() for stream in draft.raw.get("value_streams", ())}


def _place_effort(draft: Draft, table: Table, row: int, path: Path, columns: tuple[Column, Column]) -> None:
    """Effort stands in its own cell; an unknown value stream stands in the cell that names it."""
    known = _known_streams(draft)
    column = columns[1] if not known or str(path[-1]).casefold() in known else columns[0]
    draft.places.cells[path] = (table.grid.name, table.sheet_row(row), table.sheet_column(table.columns[column]))


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
    draft.places.records["effort"] = Records(table.grid.name, table.sheet_row(table.header), fields)
    positions = {str(epic.get("id", "")).casefold(): index for index, epic in enumerate(draft.raw.get("epics", ()))}
    own = {index for index, epic in enumerate(draft.raw.get("epics", ())) if "effort" in epic}
    for row in data_rows(table, [table.columns[epic_column]]):
        cells = table.grid.rows[row]
        where = (table.grid.name, table.sheet_row(row), table.sheet_column(table.columns[epic_column]))
        name, stream = as_text(cells[table.columns[epic_column]]), as_text(cells[table.columns[stream_column]])
        index = positions.get(name.casefold())
        if index is None:
            _unknown_epic(draft, where, name)
        elif not stream:
            draft.note_at(
                (*where[:2], table.sheet_column(table.columns[stream_column])),
                "Value stream is empty.",
                "Effort is asked of a value stream.",
                "Enter the ID of one.",
            )
        else:
            _add_effort(draft, table, row, index, stream, index in own)


def _unknown_epic(draft: Draft, where: tuple[str, int, int], name: str) -> None:
    if not name:
        draft.note_at(where, "Epic is empty.", "Effort belongs to an epic.", "Enter the epic's ID.")
        return
    draft.unknown_epics.add(name)
    known = [str(epic["id"]) for epic in draft.raw.get("epics", ()) if "id" in epic]
    fix = suggestion(name, known, "Write the ID of an epic, or delete the row.")
    draft.note_at(where, f"Epic {shown(name)} is unknown.", "There is no epic with this ID.", fix)


def _add_effort(draft: Draft, table: Table, row: int, index: int, stream: str, has_own: bool) -> None:
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
    _place_effort(draft, table, row, path, (stream_column, effort_column))
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


def read_dependencies(draft: Draft, table: Table) -> None:
    """One dependency for each row."""
    draft.read_records(table, DEPENDENCIES.field, ("predecessor",))


def read_guardrails(draft: Draft, table: Table) -> None:
    """One guardrail for each row, with its filter and its grouping taken apart."""
    draft.read_records(table, GUARDRAILS.field, ("name",))
    for index, limit in enumerate(draft.raw["guardrails"]):
        if "per" in limit:
            limit["per"] = as_list(limit["per"])
        if "where" in limit:
            try:
                limit["where"] = as_filter(limit["where"])
            except ValueError as failure:
                what = f"Where holds {shown(str(failure))}."
                draft.note(
                    ("guardrails", index, "where"),
                    what,
                    "A filter is written `name = word`, several by `;`.",
                    "Write for example Horizon = H3; Type = Enabler, Business.",
                )
                del limit["where"]
