"""Remembers the cell of the user's own workbook that each input was read from, and what it said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portfolio.domain import Portfolio
from portfolio.domain.finding import Path
from portfolio.intake.source_map import Cell, SourceMap
from portfolio.intake.values.cell_values import is_blank
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.write.area import sheet_name


@dataclass(frozen=True)
class Origin:
    """A cell of the user's workbook with what it said when it was read."""

    cell: Cell
    content: object

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
        if records is None:
            return self._at((section, index)) if field == "id" else None
        column = records.columns.get("name" if field == "id" and "id" not in records.columns else field)
        if column is None or index >= len(records.rows):
            return None
        return self._origin((records.sheet, records.rows[index], column))

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
            if origin is not None and (origin.cell[0], origin.cell[2]) == own
        }

    def effort(self, epic: str, stream: str, field: str) -> Origin | None:
        """A cell that says what an epic needs from a value stream: of a row of a list, or below the stream's heading."""
        origin, records = self._efforts[epic, stream], self.places.records.get("effort")
        if origin is not None and field == "effort" and origin.cell[0] == self.places.records["epics"].sheet:
            return origin
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
            cell = self.record("epics", index, "effort") if len(unplaced) == 1 else None
            if cell is not None and not is_blank(cell.content):
                found[epic.id, unplaced[0]] = cell
        return found

    def _at(self, path: Path) -> Origin | None:
        cell = self.places.cells.get(path)
        return None if cell is None else self._origin(cell)

    def _origin(self, cell: Cell) -> Origin | None:
        held = self.places.anchor(cell)
        return Origin(held, self.places.content(held)) if cell[1] else None
