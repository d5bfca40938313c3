"""The place of each edit in a workbook: the cell that holds its field, else a new column or row of the table it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json, Raw
from portfolio.edits.address import held
from portfolio.intake.columns import BUDGET, CAPACITY, EFFORT, EPICS, GUARDRAILS, SETTINGS, STREAMS, Column, Sheet
from portfolio.intake.read_portfolio import Reading
from portfolio.intake.source_map import Cell
from portfolio.merge.cell_content import Content, content_of
from portfolio.merge.merged import Edits
from portfolio.merge.workbook_contents import Contents, RowAt, Table
from portfolio.workbook.in_place.exact_cells import exact_cell
from portfolio.xlsx.patch.cell import CellEdit

LISTS: Mapping[str, Sheet] = {"epics": EPICS, "value_streams": STREAMS, "guardrails": GUARDRAILS}
BY_PERIOD: Mapping[str, Sheet] = {"capacity": CAPACITY, "budget": BUDGET}
DATES = ("deadline", "start", "started", "next_review", "scored_on", "agreed_start", "agreed_finish")


class Placing:
    """Finds the place of each value: the cell that holds its field, else a new column or row of the right table."""

    def __init__(self, reading: Reading, base: Contents, raw: Raw) -> None:
        self.reading, self.base, self.raw = reading, base, raw
        self.edits: dict[str, Edits] = {}
        self.direct: dict[str, list[CellEdit]] = {}
        self.left: dict[Path, str] = {}
        self.of: dict[tuple[str, str, str], Path] = {}
        self.new: set[str] = set()

    def add_epic(self, name: str) -> None:
        """A row for a new epic."""
        table = self.base.tables.get(EPICS.name)
        if table is None or "id" not in table.columns:
            return
        edits = self.edits.setdefault(table.name, Edits())
        edits.rows_added[name.casefold()] = RowAt(name=name)
        edits.cells[name.casefold(), "id"] = content_of(name)
        self.new.add(name.casefold())

    def put(self, path: Path, value: Json) -> None:
        """Puts a value at its place, or remembers why there is none."""
        places = self.reading.places
        cell = None if places is None else exact_cell(places, path)
        if cell is not None:
            self._at(path, cell, value)
            return
        reason = self._new_place(path, value)
        if reason:
            self.left[path] = reason

    def _at(self, path: Path, cell: Cell, value: Json) -> None:
        sheet, row, column = cell
        table = next((one for one in self.base.tables.values() if one.title == sheet), None)
        rows = {} if table is None else {at.number: identity for identity, at in table.rows.items()}
        columns = {} if table is None else {at.number: identity for identity, at in table.columns.items()}
        held_now = None if table is None else table.cells.get((rows.get(row, ""), columns.get(column, "")))
        after = as_content(path, value, held_now)
        if table is None or row not in rows or column not in columns:
            edit = CellEdit(row, column, None if after is None else after.value)
            self.direct.setdefault(sheet, []).append(edit)
            return
        self._cell(path, table, rows[row], columns[column], after)

    def _cell(self, path: Path, table: Table, row: str, column: str, after: Content | None) -> None:
        self.edits.setdefault(table.name, Edits()).cells[row, column] = after
        self.of[table.name, row, column] = path

    def _new_place(self, path: Path, value: Json) -> str:
        """Puts a value where no cell holds its field yet; why that cannot be, else nothing."""
        if path[0] in LISTS and len(path) > 2:
            if path[2] == "effort":
                return self._effort(path, value)
            if path[2] in BY_PERIOD:
                return self._amount(path, value)
            return self._in_list(path, value)
        return self._setting(path, value)

    def _in_list(self, path: Path, value: Json) -> str:
        sheet = LISTS[str(path[0])]
        table = self.base.tables.get(sheet.name)
        row = None if table is None else self._row(path, table)
        if table is None or row is None:
            return f"the workbook has no sheet {sheet.name} with a row for it; add it there"
        name = str(path[-1])
        self._column(table, name, next((one for one in sheet.columns if one.field == name), None))
        self._cell(path, table, row, name, as_content(path, value, None))
        return ""

    def _row(self, path: Path, table: Table) -> str | None:
        """The row of a record: where its other fields stand, else by its name."""
        identity = str(held(self.raw, (*path[:2], "name" if path[0] == "guardrails" else "id")) or "")
        if path[0] == "epics" and identity.casefold() in self.new:
            return identity.casefold()
        places = self.reading.places
        records = None if places is None else places.records.get(str(path[0]))
        if records is not None and isinstance(path[1], int) and path[1] < len(records.rows):
            number = records.rows[path[1]]
            return next((name for name, at in table.rows.items() if at.number == number), None)
        return identity.casefold() if identity.casefold() in table.rows else None

    def _column(self, table: Table, name: str, column: Column | None) -> None:
        if name not in table.columns:
            heading = name if column is None else column.heading
            self.edits.setdefault(table.name, Edits()).columns_added[name] = heading

    def _effort(self, path: Path, value: Json) -> str:
        """Effort where the epic has none yet in this value stream: beside the epic, else on the sheet Effort."""
        stream, epics, effort = str(path[3]), self.base.tables.get(EPICS.name), self.base.tables.get(EFFORT.name)
        name = str(held(self.raw, (*path[:2], "id")) or "")
        if effort is not None:
            row = f"{name}|{stream}".casefold()
            edits = self.edits.setdefault(effort.name, Edits())
            if row not in effort.rows:
                edits.rows_added[row] = RowAt(name=f"{name} {stream}")
            edits.cells[row, "epic"], edits.cells[row, "value_stream"] = content_of(name), content_of(stream)
            self._cell(path, effort, row, "effort", as_content(path, value, None))
            return ""
        row_of = None if epics is None else self._row(path, epics)
        others = held(self.raw, (*path[:2], "effort"))
        if epics is None or row_of is None or (isinstance(others, Mapping) and set(others) - {path[3]}):
            return (
                "the workbook has no sheet Effort, which says what an epic needs of several value streams; add it there"
            )
        for field_name in ("value_stream", "effort"):
            self._column(epics, field_name, EPICS.column(field_name))
        self.edits.setdefault(epics.name, Edits()).cells[row_of, "value_stream"] = content_of(stream)
        self._cell(path, epics, row_of, "effort", as_content(path, value, None))
        return ""

    def _amount(self, path: Path, value: Json) -> str:
        """An amount of a period where the sheet has the value stream or the period, but not both yet."""
        sheet = BY_PERIOD[str(path[2])]
        table = self.base.tables.get(sheet.name)
        stream = str(held(self.raw, (*path[:2], "id")) or "")
        label = str(held(self.raw, ("calendar", "periods", *path[3:])) or "")
        if table is None:
            return f"the workbook has no sheet {sheet.name}; add it there"
        row = stream.casefold()
        column = next(
            (name for name, at in table.columns.items() if at.heading.strip().casefold() == label.casefold()), None
        )
        if row not in table.rows or column is None:
            return f"the sheet {sheet.name} has no cell for {stream} in {label}; add it there"
        self._cell(path, table, row, column, as_content(path, value, None))
        return ""

    def _setting(self, path: Path, value: Json) -> str:
        table = self.base.tables.get(SETTINGS.name)
        name = ".".join(map(str, path))
        column = next((one for one in SETTINGS.columns if one.field == name), None)
        if table is None or column is None:
            return "the workbook has no sheet Portfolio with settings; add it there"
        edits = self.edits.setdefault(table.name, Edits())
        if name not in table.rows:
            edits.rows_added[name] = RowAt(name=column.heading)
            edits.cells[name, "setting"] = content_of(column.heading)
        self._cell(path, table, name, "value", as_content(path, value, None))
        return ""


def as_content(path: Path, value: Json, before: Content | None) -> Content | None:
    """A value as a cell holds it: dates as dates, yes and no as words unless the cell holds them otherwise."""
    if value is None:
        return None
    if isinstance(value, bool):
        return (
            content_of(value)
            if before is not None and before.kind == "yes/no"
            else content_of("yes" if value else "no")
        )
    if isinstance(value, list | tuple):
        return content_of("; ".join(f"{pair[0]:g}: {pair[1]:g}" for pair in value))
    if isinstance(value, str) and is_date(path, value):
        return content_of(datetime.fromisoformat(value[:10]))
    return content_of(value)


def is_date(path: Path, value: Json) -> bool:
    """Whether a value is a date that its cell holds as one."""
    if not isinstance(value, str) or path[-1] not in DATES or (path[-1] == "start" and path[0] == "epics"):
        return False
    try:
        datetime.fromisoformat(value[:10])
    except ValueError:
        return False
    return True
