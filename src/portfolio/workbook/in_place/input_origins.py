"""Remembers the cell of the user's own workbook that each input was read from, and what it said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from portfolio.domain import Epic, Portfolio
from portfolio.domain.finding import Path
from portfolio.intake.epics.effort import efforts_by_stream
from portfolio.intake.source_map import Cell, SourceMap
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.workbook.in_place.figures_in_text import key_of, parts_in
from portfolio.workbook.inputs.input_areas import ROOM, is_other_count
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.write.area import quoted, sheet_name


@dataclass(frozen=True)
class Origin:
    """A cell of the user's workbook with what it said when it was read."""

    cell: Cell
    content: object
    part: str = ""
    """The word before the figure that is meant, in a cell with several."""

    @property
    def reference(self) -> str:
        """The cell as formulas on any sheet see it."""
        sheet, row, column = self.cell
        return f"{sheet_name(sheet)}!${column_letters(column)}${row}"

    @property
    def beside(self) -> str:
        """The cell as formulas in the same row of its sheet see it."""
        _, row, column = self.cell
        return f"${column_letters(column)}{row}"


@dataclass(frozen=True)
class Origins:
    """The cells that one portfolio was read from; None for what stands in no cell."""

    places: SourceMap
    portfolio: Portfolio

    def setting(self, field: str) -> Origin | None:
        """The cell beside the name of a setting."""
        return self._at(tuple(field.split(".")))

    def record(self, section: str, index: int, field: str) -> Origin | None:
        """The cell of one field in the row of an epic, value stream, dependency or guardrail."""
        records = self.places.records.get(section)
        if section == "dependencies" and (records is None or index >= len(records.rows)):
            return self._beside(index, field)
        if records is None:
            return self._at((section, index)) if field == "id" else None
        column = records.columns.get("name" if field == "id" and "id" not in records.columns else field)
        if column is None or index >= len(records.rows):
            return None
        return self._origin((records.sheet, records.rows[index], column))

    def _beside(self, index: int, field: str) -> Origin | None:
        """An end of a dependency that stands beside an epic: the cell that names it, or the ID in the same row."""
        named = self._at(("dependencies", index, field))
        if named is None:
            return None
        own = self.record("epics", self.portfolio.epic_index[getattr(self.portfolio.dependencies[index], field)], "id")
        return own if own is not None and own.cell[:2] == named.cell[:2] else named

    def period(self, turn: int) -> Origin | None:
        """The heading of a period."""
        return self._at(("calendar", "periods", turn))

    def amount(self, field: str, index: int, turn: int) -> Origin | None:
        """A value stream's capacity or budget in one period."""
        return self._at(("value_streams", index, field, turn))

    def amounts_of(self, field: str, index: int) -> Origin | None:
        """The cell that says whose capacity or budget a row is."""
        return self._at(("value_streams", index, field, "value_stream"))

    @cached_property
    def own_effort(self) -> Mapping[str, str]:
        """The epics whose effort stands in their own cell Effort, each with the value stream it is asked of."""
        records = self.places.records["epics"]
        own = (records.sheet, records.columns.get("effort"))
        return {
            epic: stream
            for (epic, stream), origin in self._efforts.items()
            if origin is not None and (origin.cell[0], origin.cell[2]) == own and not origin.part
        }

    def effort(self, epic: str, stream: str, field: str) -> Origin | None:
        """A cell that says what an epic needs from a value stream: of a row of a list, or below the stream's heading."""
        origin, records = self._efforts[epic, stream], self.places.records.get("effort")
        if origin is not None and origin.cell[0] == self.places.records["epics"].sheet:
            beside = self.record("epics", self.portfolio.epic_index[epic], "id") if field == "epic" else None
            return origin if field == "effort" else beside
        if origin is None or records is None or origin.cell[0] != records.sheet or field not in records.columns:
            return None
        return self._origin((records.sheet, origin.cell[1], records.columns[field]))

    @cached_property
    def _efforts(self) -> Mapping[tuple[str, str], Origin | None]:
        """The cell of each effort, whatever the case in which its value stream is written."""
        stands = {
            (path[1], str(path[3]).casefold()): path
            for path in self.places.cells
            if len(path) == 4 and path[0] == "epics" and path[2] == "effort"
        }
        found = {
            (epic.id, stream): self._at(stands.get((index, stream.casefold()), ()))
            for index, epic in enumerate(self.portfolio.epics)
            for stream in epic.effort
        }
        for index, epic in enumerate(self.portfolio.epics):
            unplaced = [stream for stream in epic.effort if found[epic.id, stream] is None]
            cell = self.record("epics", index, "effort") if unplaced else None
            if cell is None or is_blank(cell.content):
                continue
            parts = {(epic.id, stream): part for stream, part in self._parts(epic, unplaced, cell)}
            found |= parts or ({(epic.id, unplaced[0]): cell} if len(unplaced) == 1 else {})
        return found

    def _parts(self, epic: Epic, streams: Sequence[str], cell: Origin) -> Iterator[tuple[str, Origin]]:
        """The figures in one cell, `Web: 5; App: 2`, as far as it is clear which is whose and a formula finds it."""
        said = efforts_by_stream(str(cell.content)) or {}
        names = {stream.id: {stream.id.casefold(), stream.title.casefold()} for stream in self.portfolio.value_streams}
        for stream in streams:
            own = [name for name in said if name.casefold() in names[stream] and said[name] == epic.effort[stream]]
            if len(own) == 1 and not set(own[0]) & set("*?~"):
                yield stream, replace(cell, part=own[0])

    @cached_property
    def watched(self) -> Sequence[tuple[str, str]]:
        """Which cells no formula follows, with a test of each: rows and entries that there were not, and several figures in one."""
        return [*self._rows(), *self._columns_beside(), *self._texts()]

    def _rows(self) -> Iterator[tuple[str, str]]:
        """A row more or less on a sheet."""
        for records in self.places.records.values():
            column = records.columns.get("id", min(records.columns.values(), default=1))
            first, last = records.header_row + 1, max([records.header_row, *records.rows]) + ROOM
            yield f"rows of {records.sheet}", self._other_count(records.sheet, column, first, last)

    def _other_count(self, sheet: str, column: int, first: int, last: int) -> str:
        """Whether another number of cells is filled than was when they were read."""
        grid = self.places.grids[sheet]
        rows = range(max(first, grid.top), min(last + 1, grid.top + len(grid.rows)))
        filled = sum(self._said(sheet, row, column) not in ("", None) for row in rows)
        return is_other_count(sheet, column_letters(column), first, last, filled)

    def _said(self, sheet: str, row: int, column: int) -> object:
        grid = self.places.grids[sheet]
        cells = grid.rows[row - grid.top]
        return cells[column - grid.left] if 0 <= column - grid.left < len(cells) else ""

    def _columns_beside(self) -> Iterator[tuple[str, str]]:
        """An entry more or less in a column beside the epics that holds dependencies or the effort of one value stream."""
        epics = self.places.records["epics"]
        links = (self.places.cells.get(("dependencies", index, end))
                 for index in range(len(self.portfolio.dependencies)) for end in ("predecessor", "successor"))  # fmt: skip
        efforts = (origin.cell for origin in self._efforts.values() if origin is not None)
        beside = {cell[2] for cell in (*links, *efforts) if cell is not None and cell[0] == epics.sheet}
        for column in sorted(beside - {epics.columns.get("effort"), epics.columns.get("value_stream")}):
            heading = as_text(self.places.content((epics.sheet, epics.header_row, column)))
            yield heading, self._other_count(epics.sheet, column, min(epics.rows), max(epics.rows))

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Cells with the effort of several value streams: one that names another, or that no formula reads at all."""
        for index, epic in enumerate(self.portfolio.epics):
            cell = self.record("epics", index, "effort")
            stands = [self._efforts[epic.id, stream] for stream in epic.effort]
            parts = [origin.part for origin in stands if origin is not None and origin.part]
            if cell is None or is_blank(cell.content) or not (parts or None in stands):
                continue
            if len(parts) == len(epic.effort):
                text = parts_in(cell.reference)
                tests = [f"ISERROR(SEARCH({key_of(part)},{text}))" for part in parts]
                tests.append(f'LEN({text})-LEN(SUBSTITUTE({text},":",""))<>{len(parts)}')
            else:
                others = (self.record("epics", index, field) for field in ("effort", "value_stream"))
                tests = [
                    f'{origin.reference}&""<>{quoted(as_text(origin.content))}'
                    for origin in others
                    if origin is not None
                ]
            yield f"Effort of {epic.id}", f"OR({','.join(tests)})"

    def _at(self, path: Path) -> Origin | None:
        cell = self.places.cells.get(path)
        return None if cell is None else self._origin(cell)

    def _origin(self, cell: Cell) -> Origin | None:
        held = self.places.anchor(cell)
        return Origin(held, self.places.content(held)) if cell[1] else None
