"""The effort that stands beside an epic: of one value stream, of several in a cell, or in a column for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from portfolio.domain.finding import Path
from portfolio.domain.spelling import shown
from portfolio.intake.columns import EPICS, Column
from portfolio.intake.draft import Draft
from portfolio.intake.headings.heading import BRACKETS
from portfolio.intake.languages import vocabulary
from portfolio.intake.references.names import Names
from portfolio.intake.tables.table import Table
from portfolio.intake.values.number_text import number_text

FIGURES = re.compile(r"\s*(?:[;,+/\n]|\s(?:and|und|et|y|e)\s)\s*")
NAMED = re.compile(r"\s*(?P<stream>.+?)\s*[:=]\s*(?P<units>[\d.,]+(?:[eE][-+]?\d+)?)\s*")


def read_own_effort(
    draft: Draft, table: Table, rows: Sequence[int], streams: Sequence[object] | None, efforts: Sequence[object] | None
) -> None:
    """The effort of each epic by value stream, as far as it stands in its own row."""
    if efforts is not None:
        known, epics = draft.names_of("value_streams"), draft.raw["epics"]
        alone = {stream: found for stream in set(streams or ()) if stream and (found := known.find(stream))}
        for index, units in enumerate(efforts):
            stream = None if streams is None else streams[index]
            if stream in alone and not isinstance(units, str | None):
                epics[index]["effort"] = {alone[stream]: units}
            elif units is not None:
                _read_one(draft, table, (index, rows[index]), (stream, units), known)
    read_matrix(draft, table, rows)


def _read_one(draft: Draft, table: Table, place: tuple[int, int], said: tuple[object, object], known: Names) -> None:
    stream, units = said
    if isinstance(units, str) and (named := efforts_by_stream(units)) is not None:
        _set_all(draft, table, place, {known.find(name) or name: figure for name, figure in named.items()}, known)
        return
    if stream is None and draft.salvage is not None and not isinstance(units, str):
        draft.salvage.without_stream.append(table.sheet_row(place[1]))
        return
    if stream is None:
        draft.note(
            ("epics", place[0], "effort"),
            f"Effort is {shown(units)}, but no value stream is named.",
            "Effort is asked of a value stream.",
            "Enter the ID of one in Value stream, or use the sheet Effort.",
        )
        return
    found, unknown = known.find_all(stream) if known else ([], [])
    if len(found) + len(unknown) > 1 and found:
        _read_several(draft, table, place, (stream, units), [*found, *unknown], known)
        return
    _set_all(draft, table, place, {found[0] if found else str(stream): units}, known)


def _set_all(draft: Draft, table: Table, place: tuple[int, int], efforts: Mapping[str, object], known: Names) -> None:
    index, row = place
    draft.raw["epics"][index].setdefault("effort", {}).update(efforts)
    for stream in efforts:
        if known.find(stream) is None:
            place_effort(draft, table, row, ("epics", index, "effort", stream), _columns(), known)


def _columns() -> tuple[Column, Column]:
    return EPICS.column("value_stream"), EPICS.column("effort")


def place_effort(
    draft: Draft, table: Table, row: int, path: Path, columns: tuple[Column, Column], known: Names
) -> None:
    """Effort stands in its own cell; an unknown value stream stands in the cell that names it."""
    column = columns[1] if not known or known.find(str(path[-1])) is not None else columns[0]
    if column not in table.columns:
        column = columns[1]
    draft.places.cells[path] = draft.cell_at(table, row, table.columns[column])


def _read_several(
    draft: Draft, table: Table, place: tuple[int, int], said: tuple[object, object], streams: list[str], known: Names
) -> None:
    """Several value streams in a cell: with a figure for each they are read, with one figure they are asked about."""
    index, row = place
    stream, units = said
    figures = _figures(units) if isinstance(units, str) else None
    if figures is not None and len(figures) == len(streams):
        _set_all(draft, table, place, dict(zip(streams, figures, strict=True)), known)
        return
    path: Path = ("epics", index, "value_stream")
    draft.places.cells[path] = draft.cell_at(table, row, table.columns[EPICS.column("value_stream")])
    draft.note(
        path,
        f"{shown(stream)} names {len(streams)} value streams, {' and '.join(streams)}, and Effort is {shown(units)}.",
        "How much of it each of them does is not clear, so it was given to none.",
        "Give the effort of each on the sheet Effort: a row for each value stream.",
    )


def _figures(text: str) -> list[float] | None:
    found = [number_text(part) for part in FIGURES.split(text) if part.strip()]
    values = [None if number is None else number.value(None) for number in found]
    return [value for value in values if value is not None] if values and None not in values else None


def efforts_by_stream(text: str) -> dict[str, float] | None:
    """`Web: 5; App: 2` as figures by value stream; None where a text is not so."""
    between = r"[;\n]" if ";" in text or "\n" in text else r",\s"
    parts = [NAMED.fullmatch(part) for part in re.split(between, text) if part.strip()]
    if not parts or None in parts:
        return None
    read = {part["stream"]: number_text(part["units"]) for part in parts if part is not None}
    values = {stream: None if number is None else number.value(".") for stream, number in read.items()}
    return (
        {stream: value for stream, value in values.items() if value is not None}
        if None not in values.values()
        else None
    )


def stream_columns(table: Table, known: Names) -> dict[int, str]:
    """The columns that are headed by a value stream, each with its ID: `Web`, `Effort Web`, `Web (days)`."""
    taken = set(table.columns.values())
    found: dict[int, str] = {}
    for index, heading in enumerate(table.headings):
        if index not in taken and isinstance(heading, str) and (stream := _stream_in(heading, known)) is not None:
            found[index] = stream
    return found


def _stream_in(heading: str, known: Names) -> str | None:
    outside = " ".join(BRACKETS.sub(" ", heading).split())
    inside = [part for found in BRACKETS.findall(heading) for part in found if part]
    words = outside.split()
    texts = [heading, outside]
    for start, stop in ((1, len(words)), (0, len(words) - 1)):
        rest = words[:start] if start else words[stop:]
        if len(words) > 1 and _is_effort(" ".join(rest)):
            texts.append(" ".join(words[start:stop]).strip(" :-\u2013"))
    texts += inside if _is_effort(outside) else []
    return next((stream for text in texts if text and (stream := known.find(text)) is not None), None)


def _is_effort(word: str) -> bool:
    return any(meaning.name == "effort" for meaning in vocabulary().meanings("headings.epics", word))


def read_matrix(draft: Draft, table: Table, rows: Sequence[int]) -> None:
    """A column for each value stream, headed by its ID or name, with the effort that each epic needs from it."""
    known = draft.names_of("value_streams", exactly=True)
    if not known:
        return
    column = EPICS.column("effort")
    for index, stream in stream_columns(table, known).items():
        cells = [table.grid.rows[row][index] for row in rows]
        if not any(isinstance(cell, int | float) or (isinstance(cell, str) and number_text(cell)) for cell in cells):
            continue
        table.beside.setdefault("effort", []).append(index)
        draft.columns_beside.add(index)
        values = draft.read_beside(table, rows, column, index)
        for number, (row, units) in enumerate(zip(rows, values, strict=True)):
            if units is None:
                continue
            path: Path = ("epics", number, "effort", stream)
            effort = draft.raw["epics"][number].setdefault("effort", {})
            if stream in effort:
                draft.note_at(
                    draft.cell_at(table, row, index),
                    f"Effort from {stream} is given twice, here and in Effort.",
                    "Which of the two counts is not clear.",
                    "Delete one of them.",
                )
                continue
            effort[stream] = units
            draft.places.cells[path] = draft.cell_at(table, row, index)
