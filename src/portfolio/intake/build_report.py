"""Gives an account of everything in a file, from what its readers noted while they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio.intake.columns import EPICS, RESULT_COLUMNS, SETTINGS, SHEETS, Sheet, plain
from portfolio.intake.draft import Draft
from portfolio.intake.headings.beside import COLUMNS
from portfolio.intake.inputs.find_inputs import Inputs
from portfolio.intake.read_report import ColumnRead, ReadReport, RowsLeftOut, SheetRead
from portfolio.intake.rows.kinds import RowKinds
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.xlsx.cell_names import column_letters

KINDS = {"part": "part of an epic", "header": "repeated header", "note": "note", "section": "section", "total": "total"}
RESULTS = {plain(name) for name in RESULT_COLUMNS}


def read_report(draft: Draft, inputs: Inputs, others: Mapping[str, str]) -> ReadReport:
    """The report of a file; `others` are sheets that are read as no input of the portfolio, with what they are."""
    return ReadReport(tuple(part for name in inputs.sheets.names for part in _sheet(draft, inputs, name, others)))


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
    content = any(not is_blank(value) for row in inputs.cells(key).rows for value in row)
    like = next((sheet.name for title, sheet in inputs.unread if title == key), "")
    why = f"another sheet is read as {like}" if like else "it has no headings of an input"
    return SheetRead(name, None, why, has_content=content)


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
    read = {index: column.heading for column, index in table.columns.items()}
    read |= {index: column.heading for column, places in table.more.items() for index in places}
    beside = {
        index: COLUMNS[name].heading for name, places in table.beside.items() if name in COLUMNS for index in places
    }
    efforts = dict.fromkeys(table.beside.get("effort", ()), "Effort")
    if kind.field == "epics":
        read |= {index: heading for index, heading in beside.items() if index in draft.columns_beside} | efforts
    for index, heading in enumerate(table.headings):
        text = " ".join(as_text(heading).split())
        below = table.grid.rows[table.header + 1 :]
        if not any(not is_blank(row[index]) for row in below if index < len(row)):
            continue
        letters = column_letters(table.sheet_column(index))
        if index in read:
            unit = table.units.get(index)
            yield ColumnRead(text, letters, read[index], draft.hows.get((kind.field, index), unit.text if unit else ""))
        elif plain(text) in RESULTS and kind.field == "epics":
            yield ColumnRead(text, letters, text, "a result")
        else:
            yield ColumnRead(text or f"column {letters}", letters, None)


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
