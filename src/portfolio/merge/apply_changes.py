"""Writes what a merge decided into the base workbook, cell by cell; all else in it stays as it was.

A removed epic's cells are emptied and its row stays: moving the rows below it up would move everything that others have
beside, below and in other sheets, and every formula that points there. An added epic goes into the first free row below
the last one, a new column to the right of the last one; both look like their neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import product
from types import MappingProxyType

from portfolio.domain import Finding
from portfolio.domain.spelling import shown
from portfolio.errors import WrongUseError
from portfolio.intake.source_map import name_of
from portfolio.merge.cell_content import Content
from portfolio.merge.formula_references import GoneError, with_positions
from portfolio.merge.merged import Edits
from portfolio.merge.workbook_contents import HEADING_ROW, ColumnAt, Contents, Table
from portfolio.xlsx.date_serials import serial
from portfolio.xlsx.patch.cell import CellEdit, Formula, Scalar
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.patch.rows import Rows

DATE_FORMAT = "yyyy-mm-dd"


@dataclass
class Unwritten:
    """What could not be written: a finding for each cell, and which cells of the merge they are."""

    findings: list[Finding] = field(default_factory=list)
    cells: set[tuple[str, str, str]] = field(default_factory=set)
    """Sheet, row and column."""


Outside = Mapping[str, Mapping[tuple[int, int], tuple[Content, Content]]]
"""Cells outside the tables by sheet: what each holds, and what it is to hold."""
NOTHING: Outside = MappingProxyType({})


def apply(editing: PackageEditor, base: Contents, edits: Mapping[str, Edits], outside: Outside = NOTHING) -> Unwritten:
    """Writes the edits of every sheet, and says what cannot be written."""
    placed = {
        name: _placed(table, edits[name], base.outside.get(table.title, {})) if name in edits else table
        for name, table in base.tables.items()
    }
    unwritten = Unwritten()
    for name, edit in edits.items():
        if name in placed:
            _SheetWriting(editing, base.tables[name], placed, edit, unwritten).write()
    for title, cells in outside.items():
        table = Table(title, title)
        followed = [CellEdit(row, column, after.text) for (row, column), (_, after) in cells.items()]
        _SheetWriting(editing, table, {title: table}, Edits(), unwritten).edit(followed)
    return unwritten


def _placed(table: Table, edits: Edits, outside: Mapping[tuple[int, int], Content]) -> Table:
    """The table with a place on the sheet for each row and column that is added."""
    last = max((row.number for row in table.rows.values()), default=table.header)
    taken = {row for (row, column), held in outside.items() if held.kind != "formula" or column >= table.width}
    rows = dict(table.rows)
    number = last + 1
    for identity, row in edits.rows_added.items():
        while number in taken:
            number += 1
        rows[identity] = replace(row, number=number)
        number += 1
    columns, right = dict(table.columns), table.width
    reach = range(max(table.header, 1), number)
    crowded = {column for row, column in outside if row in reach}
    for identity, heading in edits.columns_added.items():
        while right in crowded:
            right += 1
        columns[identity] = ColumnAt(heading, right)
        right += 1
    return replace(table, rows=rows, columns=columns)


@dataclass
class _SheetWriting:
    """Writes the edits of one sheet."""

    editing: PackageEditor
    old: Table
    tables: Mapping[str, Table]
    edits: Edits
    unwritten: Unwritten

    def __post_init__(self) -> None:
        self.table = self.tables[self.old.name]
        self.title = self.table.title
        self.rows: Rows = self.editing.rows(self.title)
        self.last = max((row.number for row in self.old.rows.values()), default=self.old.header)
        self.dated: dict[str, int] = {}

    def write(self) -> None:
        """Cells, then Excel tables that grow with them, then comments."""
        self.edit([*self._headings(), *self._renamed(), *self._removed(), *self._changed()])
        for identity in self.edits.columns_added:
            column = self.table.columns[identity]
            self.editing.add_table_column(self.title, column.number, self.table.header, column.heading)
        if self.edits.rows_added:
            self._lengthen()
        for new in self.edits.comments:
            row = self.table.header if new.row == HEADING_ROW else self.table.rows[new.row].number
            author = new.comment.author or new.file
            text = f"{author}: {new.comment.text}"
            self.editing.comment(self.title, row, self.table.columns[new.column].number, author, text)

    def edit(self, cells: Sequence[CellEdit]) -> None:
        """Writes cells; those that cannot be changed are findings, and all others are written."""
        try:
            self.editing.edit(self.title, cells)
        except WrongUseError as why:
            if len(cells) > 1:
                half = len(cells) // 2
                self.edit(cells[:half])
                self.edit(cells[half:])
                return
            (cell,) = cells
            place = f"{self.editing.name}, {name_of((self.title, cell.row, cell.column))}"
            held = cell.content.text if isinstance(cell.content, Formula) else cell.content
            what, fix = f"Not merged: {shown(held)}.", "Enter it by hand, if it is wanted."
            self.unwritten.findings.append(Finding("error", place, what, str(why), fix))
            self._remember(cell.row, cell.column)

    def _remember(self, row: int, column: int) -> None:
        rows = [identity for identity, there in self.table.rows.items() if there.number == row]
        columns = [identity for identity, there in self.table.columns.items() if there.number == column]
        self.unwritten.cells |= {(self.table.name, *key) for key in product(rows, columns)}

    def _lengthen(self) -> None:
        numbers = {self.table.rows[identity].number for identity in self.edits.rows_added}
        count = 0
        while self.last + 1 + count in numbers:
            count += 1
        first = min(column.number for column in self.old.columns.values())
        if count:
            self.editing.add_table_rows(self.title, self.last + 1, first, count)
            self.editing.add_filter_rows(self.title, self.last + 1, count)

    def _headings(self) -> list[CellEdit]:
        found = []
        for identity in self.edits.columns_added:
            column = self.table.columns[identity]
            style = self._style(self.table.header, self.old.width - 1)
            found.append(CellEdit(self.table.header, column.number, column.heading, style))
        return found

    def _renamed(self) -> list[CellEdit]:
        return [
            CellEdit(self.table.header, self.table.columns[identity].number, heading)
            for identity, heading in self.edits.headings.items()
        ]

    def _removed(self) -> list[CellEdit]:
        numbers = sorted({column.number for column in self.old.columns.values()})
        rows = [self.old.rows[identity].number for identity in self.edits.rows_removed if identity in self.old.rows]
        return [
            CellEdit(row, column, None) for row in rows for column in numbers if self.rows.cell(row, column) is not None
        ]

    def _changed(self) -> list[CellEdit]:
        found = []
        for (identity, name), content in self.edits.cells.items():
            row, column = self.table.rows[identity].number, self.table.columns[name].number
            try:
                held = self._content(content, row)
            except GoneError as gone:
                place = f"{self.editing.name}, {name_of((self.title, row, column))}"
                self.unwritten.cells.add((self.table.name, identity, name))
                self.unwritten.findings.append(
                    Finding(
                        "error",
                        place,
                        f"Not merged: the formula {content}.",
                        f"It refers to {gone}, which does not exist.",
                        "Enter it by hand, with what it should refer to.",
                    )
                )
                continue
            found.append(CellEdit(row, column, held, self._look(identity, name, row, column, content)))
        return found

    def _content(self, content: Content | None, row: int) -> Scalar | date | Formula:
        if content is None:
            return None
        if content.kind == "formula":
            text = with_positions(content.template, self.table, row, self.tables)
            counts_from_1904 = self.editing.workbook.counts_from_1904
            value = content.value
            return Formula(text, serial(value, counts_from_1904) if isinstance(value, date) else value)
        return content.value

    def _look(self, identity: str, name: str, row: int, column: int, content: Content | None) -> int | None:
        """The look of a cell: its own, in a new row that of the row above, and one for dates where a date is new."""
        is_new = identity not in self.old.rows
        style = self._style(self.last, column) if is_new and self.last > self.old.header else None
        if content is None or not isinstance(content.value, datetime):
            return style
        before = self.old.cells.get((identity, name))
        if before is not None and isinstance(before.value, datetime):
            return style
        if name not in self.dated:
            self.dated[name] = self._date_style(name, column, row if style is None else self.last)
        return self.dated[name]

    def _date_style(self, name: str, column: int, row: int) -> int:
        """The look of another date in the column, else that of the cell with a format for dates."""
        for (identity, other), held in self.old.cells.items():
            if other == name and isinstance(held.value, datetime):
                return self._style(self.old.rows[identity].number, column)
        return self.editing.format_like(self._style(row, column), DATE_FORMAT)

    def _style(self, row: int, column: int) -> int:
        cell = self.rows.cell(row, column)
        return cell.style if cell is not None else self.rows.style_for(row, column)
