"""The cells of a user's workbook that change when a period is closed: nothing but these is touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portfolio.domain import Epic, Finding
from portfolio.domain.finding import Path
from portfolio.intake.columns import EPICS, plain
from portfolio.intake.read_portfolio import Reading
from portfolio.intake.source_map import Cell, SourceMap
from portfolio.intake.values.cell_values import is_blank
from portfolio.results.closing import Closing
from portfolio.workbook.in_place.next_rules import rule_edits
from portfolio.workbook.in_place.next_text import rounded, with_figures
from portfolio.workbook.in_place.result_columns import epics_of, result_columns
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.editing import PackageEditor

FIELDS = (
    "effort_done", "min_periods", "max_periods", "external_cost", "mvp_periods", "mvp_cost", "earliest", "latest",
    "start", "must", "state", "deadline", "started", "agreed_start", "agreed_finish",
)  # fmt: skip
"""The fields of an epic that closing a period may change, beside its effort."""
Content = str | float | bool | date | None
DATE_FORMAT = "yyyy-mm-dd"


@dataclass
class NextCells:
    """Collects the edits of every sheet, and says what could not be placed."""

    editing: PackageEditor
    reading: Reading
    closing: Closing
    edits: dict[str, list[CellEdit]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Finding] = field(default_factory=list)
    notes: list[tuple[str, int, int, str]] = field(default_factory=list)
    headings: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    """For each sheet the headings of columns that are added, by their column."""

    def __post_init__(self) -> None:
        """Where everything stands."""
        if self.reading.places is None:
            raise ValueError("only a workbook has cells")
        self.places: SourceMap = self.reading.places
        self.periods = len(self.closing.closed)
        self.old, self.new = self.closing.before, self.closing.after

    def collect(self) -> None:
        """Collects everything: calendar, amounts, guardrails, epics."""
        self._calendar()
        for field_name in ("capacity", "budget"):
            self._amounts(field_name)
        for index, (before, after) in enumerate(zip(self.old.value_streams, self.new.value_streams, strict=True)):
            if before.spent != after.spent:
                self._put(self._at_record("value_streams", index, "spent"), after.spent)
        for sheet, edit in rule_edits(self.closing.ended, self.places):
            self.edits[sheet].append(edit)
        columns = self._epic_columns()
        for index, (old, new) in enumerate(zip(self.old.epics, self.new.epics, strict=True)):
            self._epic(index, old, new, columns)

    def _put(self, cell: Cell | None, content: Content, style: int | None = None) -> bool:
        """Notes what a cell shall hold."""
        if cell is None:
            return False
        sheet, row, column = self.places.anchor(cell)
        self.edits[sheet].append(CellEdit(row, column, content, style))
        return True

    def _at(self, path: Path) -> Cell | None:
        cell = self.places.cells.get(path)
        return cell if cell is not None and cell[1] else None

    def _at_record(self, section: str, index: int, name: str) -> Cell | None:
        records = self.places.records.get(section)
        if records is None or name not in records.columns or index >= len(records.rows):
            return None
        return records.sheet, records.rows[index], records.columns[name]

    def _calendar(self) -> None:
        """Start moves on; counts and lists of periods follow."""
        start = self._at(("calendar", "start"))
        if start is not None:
            self._put(start, self._as_held(start, self.new.calendar.start))
        else:
            self._missing("Start", self.new.calendar.start)
        for name, labels in (
            ("periods", self.new.calendar.periods),
            ("budget_periods", self.new.calendar.budget_periods),
        ):
            cell = self._at(("calendar", name))
            if cell is None or is_blank(self.places.content(cell)):
                continue
            is_count = name == "periods" and isinstance(self.places.content(cell), int | float)
            self._put(cell, float(len(labels)) if is_count else ", ".join(labels))

    def _as_held(self, cell: Cell, day: date | None) -> Content:
        """A date as the cell holds dates: as text where it is text."""
        return str(day) if isinstance(self.places.content(cell), str) and day is not None else day

    def _amounts(self, name: str) -> None:
        """Closed columns are emptied, what is left of a budget goes to the next period, added periods get a column."""
        used: set[Cell] = set()
        for index, (old, new) in enumerate(zip(self.old.value_streams, self.new.value_streams, strict=True)):
            before, after = getattr(old, name), getattr(new, name)
            if before is None or after is None:
                continue
            cells = [self._at(("value_streams", index, name, turn)) for turn in range(len(before))]
            shared = self._shared(cells, name)
            for turn, cell in enumerate(cells[: self.periods]):
                if cell is None:
                    continue
                used.add(cell)
                rest = [after[other - self.periods] for other in shared.get(turn, ())]
                self._put(cell, self._scaled(cell, before[turn], sum(rest)) if rest else None)
            taken = {other for turn in range(self.periods) for other in shared.get(turn, ())}
            for turn in range(self.periods, len(before)):
                if after[turn - self.periods] != before[turn] and turn not in taken:
                    placed = cells[turn]
                    if placed is None:
                        self._missing(f"{name.capitalize()} of {old.title}", after[turn - self.periods])
                    else:
                        self._put(placed, self._scaled(placed, before[turn], after[turn - self.periods]))
        self._close_headings(used)
        if self.closing.added:
            self._add_periods(name)

    def _shared(self, cells: list[Cell | None], name: str) -> dict[int, list[int]]:
        """For a closed period whose amounts stand for its whole budget period, the later periods that share them."""
        if name != "budget":
            return {}
        owner = self.old.calendar.budget_index
        shared = {}
        for turn in range(self.periods):
            later = [other for other in range(self.periods, len(cells)) if owner[other] == owner[turn]]
            if cells[turn] is not None and later and all(cells[other] is None for other in later):
                shared[turn] = later
        return shared

    def _scaled(self, cell: Cell, before: float, after: float) -> float:
        """An amount as its cell counts it: thousands stay thousands."""
        held = self.places.content(cell)
        if isinstance(held, int | float) and not isinstance(held, bool) and held and before:
            return rounded(after * float(held) / before)
        return rounded(after)

    def _close_headings(self, used: set[Cell]) -> None:
        """The headings of emptied columns say that they are closed; those of an Excel table keep their words."""
        for sheet, column in sorted({(cell[0], cell[2]) for cell in used}):
            filled = {(edit.row, edit.column) for edit in self.edits[sheet] if edit.content is not None}
            if any((row, column) in filled for _, row, at in used if at == column):
                continue
            row = self._heading_row(sheet, column)
            if row is None or any(
                table.header_row == row and table.extent.left <= column <= table.extent.right
                for table in self.editing.tables(sheet)
            ):
                continue
            label = self.places.content((sheet, row, column))
            self._put((sheet, row, column), f"{label} (closed)")

    def _heading_row(self, sheet: str, column: int) -> int | None:
        """The row in which a column of amounts is headed by a period."""
        labels = {plain(label) for label in self.old.calendar.periods}
        grid = self.places.grids[sheet]
        for row in range(grid.top, grid.top + len(grid.rows)):
            if plain(self.places.content((sheet, row, column))) in labels:
                return row
        return None

    def _add_periods(self, name: str) -> None:
        """A column for each period that is added, as the last one is; a note says that it is proposed."""
        streams = [
            (index, len(getattr(stream, name)))
            for index, stream in enumerate(self.old.value_streams)
            if getattr(stream, name)
        ]
        cells = [
            (index, cell) for index, count in streams if (cell := self._at(("value_streams", index, name, count - 1)))
        ]
        if not cells:
            return
        sheet, column = cells[0][1][0], cells[0][1][2]
        row = self._heading_row(sheet, column)
        if row is None:
            return
        place = column
        for number, label in enumerate(self.closing.added):
            place = self._free(sheet, place + 1, [row, *(cell[1] for _, cell in cells)])
            self.headings[sheet][place] = label
            self._put((sheet, row, place), label, self.editing.style_at(sheet, row, column))
            self.notes.append((sheet, row, place, f"Proposed: as {self.old.calendar.periods[-1]}."))
            for index, cell in cells:
                stream = self.new.value_streams[index]
                amount = getattr(stream, name)[len(getattr(stream, name)) - len(self.closing.added) + number]
                held = self._scaled(cell, getattr(self.old.value_streams[index], name)[-1], amount)
                self._put((sheet, cell[1], place), held, self.editing.style_at(sheet, cell[1], column))

    def _free(self, sheet: str, column: int, rows: list[int]) -> int:
        """The first column from here on that is empty in these rows."""
        formulas = {(row, at) for row, at, *_ in self.editing.rows(sheet).formulas()}
        while any(not is_blank(self.places.content((sheet, row, column))) or (row, column) in formulas for row in rows):
            column += 1
        return column

    def _epic_columns(self) -> Mapping[str, int]:
        """The column of each field of the epics; those that are needed and not there are added to the right."""
        records = epics_of(self.reading)[1]
        changed = {
            name
            for old, new in zip(self.old.epics, self.new.epics, strict=True)
            for name in FIELDS
            if getattr(old, name) != getattr(new, name)
        }
        there = {name: column for name, column in records.columns.items() if name in FIELDS}
        missing = [EPICS.column(name).heading for name in FIELDS if name in changed and name not in there]
        if not missing:
            return there
        found = result_columns(self.reading, missing, add=True)
        looks = max([*records.columns.values()])
        for heading, column in found.added.items():
            self.headings[records.sheet][column] = heading
            style = self.editing.style_at(records.sheet, records.header_row, looks)
            self._put((records.sheet, records.header_row, column), heading, style)
        by_heading = {EPICS.column(name).heading: name for name in FIELDS}
        return there | {by_heading[heading]: column for heading, column in found.columns.items()}

    def _epic(self, index: int, old: Epic, new: Epic, columns: Mapping[str, int]) -> None:
        records = epics_of(self.reading)[1]
        for name in FIELDS:
            if getattr(old, name) == getattr(new, name):
                continue
            cell = (records.sheet, records.rows[index], columns[name])
            self._put(
                cell, self._content(cell, getattr(old, name), getattr(new, name)), self._date_look(cell, new, name)
            )
        if old.effort != new.effort:
            self._effort(index, old, new)

    def _date_look(self, cell: Cell, epic: Epic, name: str) -> int | None:
        """A format for dates where a date is new in its cell."""
        value = getattr(epic, name)
        if not isinstance(value, date) or not is_blank(self.places.content(cell)):
            return None
        return self.editing.format_like(self.editing.style_at(*cell), DATE_FORMAT)

    def _content(self, cell: Cell, before: object, after: object) -> Content:
        if isinstance(after, bool):
            return "yes" if after else "no"
        if isinstance(after, int | float):
            known = before if isinstance(before, int | float) and not isinstance(before, bool) else 0.0
            return self._scaled(cell, float(known), float(after))
        if isinstance(after, date):
            return self._as_held(cell, after)
        return None if after is None else str(after)

    def _effort(self, index: int, old: Epic, new: Epic) -> None:
        """What remains of an epic, in the cell of each value stream."""
        for stream, units in new.effort.items():
            if old.effort.get(stream) == units:
                continue
            cell = self._at(("epics", index, "effort", stream))
            if cell is None and len(old.effort) == 1:
                cell = self._at_record("epics", index, "effort")
            if cell is None or isinstance(self.places.content(cell), str):
                if not self._effort_in_text(index, old, new):
                    self._missing(f"Effort of {old.id} from {stream}", units)
                continue
            self._put(cell, self._scaled(cell, old.effort.get(stream, 0.0), units))

    def _effort_in_text(self, index: int, old: Epic, new: Epic) -> bool:
        """Several efforts in one cell, as text: each figure is what is left, and all else stays as it is typed."""
        cell = self._at_record("epics", index, "effort")
        text = None if cell is None else self.places.content(cell)
        figures = [(old.effort[stream], units) for stream, units in new.effort.items() if stream in old.effort]
        told = with_figures(text, figures) if isinstance(text, str) else None
        return told is not None and (told == text or self._put(cell, told))

    def _missing(self, what: str, value: object) -> None:
        """Says what has no cell of its own and has to be entered by hand."""
        self.findings.append(
            Finding(
                "error",
                self.reading.name,
                f"{what} is {value} now and has no cell of its own.",
                "It was not written.",
                "Enter it by hand.",
            )
        )
