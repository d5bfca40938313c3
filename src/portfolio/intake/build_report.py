"""Gives an account of everything in a file, from what its readers noted while they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio.intake.columns import RESULT_COLUMNS, SETTINGS, SHEETS, Sheet, plain
from portfolio.intake.draft import Draft
from portfolio.intake.headings.beside import COLUMNS
from portfolio.intake.read_report import ColumnRead, ReadReport, RowsLeftOut, SheetRead
from portfolio.intake.rows.kinds import RowKinds
from portfolio.intake.tables.inputs import Inputs
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.xlsx.cell_names import column_letters

KINDS = {"part": "part of an epic", "header": "repeated header", "note": "note", "section": "section", "total": "total"}
RESULTS = {plain(name) for name in RESULT_COLUMNS}


def read_report(draft: Draft, inputs: Inputs, others: Mapping[str, str]) -> ReadReport:
    """The report of a file; `others` are sheets that are read as no input of the portfolio, with what they are."""
    by_sheet = {name: kind for kind, name in inputs.named.items()}
    return ReadReport(tuple(_sheet(draft, inputs, name, by_sheet, others) for name in inputs.sheets.names))


def _sheet(
    draft: Draft, inputs: Inputs, name: str, by_sheet: Mapping[str, str], others: Mapping[str, str]
) -> SheetRead:
    if name in others:
        return SheetRead(name, others[name], records=0, columns=())
    kind = next((sheet for sheet in SHEETS if sheet.name == by_sheet.get(name)), None)
    if kind is not None:
        return _input(draft, name, kind)
    if name in inputs.results:
        return SheetRead(name, None, "this program wrote it", is_own=True)
    if name in inputs.large:
        return SheetRead(name, None, "it is large, and its name is that of no input")
    content = any(not is_blank(value) for row in inputs.sheets.grid(name).rows for value in row)
    like = next((sheet.name for title, sheet in inputs.unread if title == name), "")
    why = f"another sheet is read as {like}" if like else "it has no headings of an input"
    return SheetRead(name, None, why, has_content=content)


def _input(draft: Draft, name: str, kind: Sheet) -> SheetRead:
    if kind is SETTINGS:
        settings = [path for path, cell in draft.places.cells.items() if cell[0] == name and path[0] != "?"]
        return SheetRead(name, kind.name, records=len(settings), columns=tuple(_settings(draft, name)))
    table = draft.tables.get(kind.field)
    if table is None:
        return SheetRead(name, kind.name)
    kinds = draft.kinds.get(kind.field, RowKinds())
    records = draft.places.records.get(kind.field)
    count = len(records.rows) if records is not None and records.rows else len(kinds.records)
    left_out = (*_left_out(table, kinds), *_other_levels(draft, kind))
    return SheetRead(name, kind.name, "", count, tuple(_columns(draft, table, kind)), left_out)


def _settings(draft: Draft, name: str) -> Iterator[ColumnRead]:
    for column in SETTINGS.columns:
        cell = draft.places.cells.get(tuple(column.field.split(".")))
        if cell is not None and cell[0] == name:
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
