"""Gives an account of everything in a file, from what its readers noted while they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from portfolio.intake.columns import EPICS, NEVER_READ, SETTINGS, SHEETS, Sheet, plain
from portfolio.intake.draft import Draft
from portfolio.intake.headings.beside import COLUMNS
from portfolio.intake.headings.heading import take_apart
from portfolio.intake.inputs.find_inputs import Inputs
from portfolio.intake.languages import vocabulary
from portfolio.intake.read_report import ColumnRead, ReadReport, RowsLeftOut, SheetRead
from portfolio.intake.rows.row_kinds import RowKinds
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.number_text import figure
from portfolio.xlsx.cell_names import column_letters

KINDS = {"part": "part of an epic", "header": "repeated header", "note": "note", "section": "section", "total": "total"}
REMARKS = frozenset({"tags", "created", "updated", "progress", "assignee", "team", "decision", "state_category"})
RESULTS = {plain(name) for name in NEVER_READ}

MOST_TEXTS = 10_000
"""Texts that are looked at to tell whether they are figures."""


def read_report(
    draft: Draft, inputs: Inputs, others: Mapping[str, str], evidence: Mapping[str, Sheet | None] = MappingProxyType({})
) -> ReadReport:
    """The report of a file; `others` are sheets that are read as no input of the portfolio, with what they are."""
    told = {name: _input(draft, name, sheet) for name, sheet in evidence.items() if sheet is not None}
    parts = ([told[name]] if name in told else _sheet(draft, inputs, name, others) for name in inputs.sheets.names)
    return ReadReport(tuple(one for several in parts for one in several))


def _sheet(draft: Draft, inputs: Inputs, name: str, others: Mapping[str, str]) -> Iterator[SheetRead]:
    """What was read of a sheet, or of each table of a sheet that has several."""
    if name in others:
        yield SheetRead(name, others[name], records=0, columns=())
        return
    if name in inputs.results:
        yield SheetRead(name, None, "this program wrote it", is_own=True)
        return
    if name in inputs.large:
        yield SheetRead(name, None, "it is large, and its name is that of no input")
        return
    for key in [key for key in inputs.blocks if inputs.blocks[key].grid.name == name] or [name]:
        yield _table(draft, inputs, key)


def _table(draft: Draft, inputs: Inputs, key: str) -> SheetRead:
    name = f"{key} ({inputs.title(key)})" if key in inputs.blocks and inputs.title(key) not in ("", key) else key
    kind = next((sheet for sheet in SHEETS if inputs.named.get(sheet.name) == key), None)
    if kind is not None:
        return _input(draft, name, kind)
    if key in inputs.more_epics:
        further = draft.further_tables
        place = inputs.more_epics.index(key)
        return _input(further[place] if place < len(further) else draft, name, EPICS)
    cells = [value for row in inputs.cells(key).rows for value in row if not is_blank(value)]
    like = next((sheet.name for title, sheet in inputs.unread if title == key), "")
    why = f"another sheet is read as {like}" if like else "it has no headings of an input"
    return SheetRead(name, None, why, has_content=bool(cells), matters=_has_figures(cells))


def _input(draft: Draft, name: str, kind: Sheet) -> SheetRead:
    if kind is SETTINGS:
        settings = tuple(_settings(draft))
        return SheetRead(name, kind.name, records=len(settings), columns=settings)
    table = draft.tables.get(kind.field)
    if table is None:
        return SheetRead(name, kind.name)
    kinds = draft.kinds.get(kind.field, RowKinds())
    records = draft.places.records.get(kind.field)
    count = len(records.rows) if records is not None and records.rows else len(kinds.records)
    left_out = (*_left_out(table, kinds), *_other_levels(draft, kind))
    return SheetRead(name, kind.name, "", count, tuple(_columns(draft, table, kind)), left_out)


def _settings(draft: Draft) -> Iterator[ColumnRead]:
    for column in SETTINGS.columns:
        cell = draft.places.cells.get(tuple(column.field.split(".")))
        if cell is not None:
            yield ColumnRead(column.heading, column_letters(cell[2]), column.heading)


def _columns(draft: Draft, table: Table, kind: Sheet) -> Iterator[ColumnRead]:
    read = _read_as(draft, table, kind)
    notes = _notes(draft, table, kind)
    rows = table.grid.rows[table.header + 1 :]
    for index, heading in enumerate(table.headings):
        cells = (row[index] for row in rows if index < len(row) and not is_blank(row[index]))
        first = next(cells, None)
        if first is None:
            continue
        text = " ".join(as_text(heading).split())
        letters = column_letters(table.sheet_column(index))
        if index in read:
            yield ColumnRead(text, letters, read[index], notes.get(index, ""))
        elif kind.field == "epics" and _is_result(text, draft):
            yield ColumnRead(text, letters, text, "a result")
        else:
            matters = not _is_remark(text) and _has_figures([first, *cells])
            yield ColumnRead(text or f"column {letters}", letters, None, matters=matters)


def _read_as(draft: Draft, table: Table, kind: Sheet) -> dict[int, str]:
    """What each column was read as."""
    read = {index: column.heading for column, index in table.columns.items()}
    read |= {index: column.heading for column, places in table.more.items() for index in places}
    if kind.field != "epics":
        return read
    beside = {
        index: COLUMNS[name].heading for name, places in table.beside.items() if name in COLUMNS for index in places
    }
    read |= {index: heading for index, heading in beside.items() if index in draft.columns_beside}
    records = draft.places.records.get("epics")
    fields = {column.field: column for column in EPICS.columns}
    for name, column in records.columns.items() if records is not None else ():
        if name in draft.readings and name in fields:
            read[column - table.grid.left] = fields[name].heading
    return read | dict.fromkeys(table.beside.get("effort", ()), "Effort")


def _notes(draft: Draft, table: Table, kind: Sheet) -> dict[int, str]:
    """How the figures of columns were read where that is not plain: in another unit, as a whole."""
    notes = {}
    for index, heading in enumerate(table.headings):
        unit = table.units.get(index)
        plain_unit = unit.text if unit is not None and unit.text not in as_text(heading) else ""
        notes[index] = draft.hows.get((kind.field, index), plain_unit)
    return notes


def _is_result(text: str, draft: Draft) -> bool:
    """Whether a column says what is worked out anew: WSJF, a rank, or cost of delay where its parts are there."""
    if plain(text) in RESULTS:
        return True
    meant = beside_fields(text)
    has_parts = any("rr_oe" in epic for epic in draft.raw.get("epics", ())[:1])
    return meant in ("wsjf", "rank", "rice", "ice") or (meant == "cost_of_delay" and has_parts)


def _is_remark(text: str) -> bool:
    """Whether a heading is one of remarks, links or what a tool keeps for itself."""
    meant = vocabulary().meaning("naming", text)
    return beside_fields(text) in REMARKS or (meant is not None and meant.name in ("description", "parent"))


def beside_fields(text: str) -> str:
    """What a heading says that no field takes by itself; empty where it says no such thing."""
    named = (vocabulary().meaning("others", name) for name, _ in take_apart(text).names)
    return next((meaning.name for meaning in named if meaning is not None), "")


def _has_figures(cells: Sequence[object]) -> bool:
    """Whether some cells hold figures; of long lists of texts, the first ones tell."""
    if any(not isinstance(value, str) for value in cells):
        return True
    return any(figure(value) is not None for value in cells[:MOST_TEXTS])


def _left_out(table: Table, kinds: RowKinds) -> Iterator[RowsLeftOut]:
    """The rows that are no records, by their kind."""
    for kind in dict.fromkeys(kind for _, kind in kinds.others):
        rows = [row for row, other in kinds.others if other == kind]
        labels = [next((as_text(value) for value in table.grid.rows[row] if not is_blank(value)), "") for row in rows]
        yield RowsLeftOut(KINDS[kind], tuple(map(table.sheet_row, rows)), tuple(labels))


def _other_levels(draft: Draft, kind: Sheet) -> Iterator[RowsLeftOut]:
    if kind.field == "epics":
        for word, count in draft.other_levels.items():
            yield RowsLeftOut(word, (0,) * count, ())
