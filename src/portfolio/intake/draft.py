"""A portfolio while it is being read from a workbook: its JSON form so far, where it came from, and what was odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from types import MappingProxyType

from portfolio.domain.finding import FieldFinding, Path, Severity
from portfolio.domain.json_form import Raw
from portfolio.intake.columns import Column
from portfolio.intake.scenario_columns import ScenarioRow
from portfolio.intake.source_map import Cell, Records, SourceMap
from portfolio.intake.tables.find_tables import Table, data_rows
from portfolio.intake.values.cell_values import READ, AmbiguousNumberError, is_blank, read_uniform
from portfolio.xlsx.guard.worksheet_scan import NEVER_CALCULATED


@dataclass
class Draft:
    """What has been read so far."""

    places: SourceMap
    raw: Raw = field(default_factory=dict)
    problems: list[FieldFinding] = field(default_factory=list)
    unknown_epics: set[str] = field(default_factory=set)
    """What the sheet Effort refers to and no epic is called."""
    scenarios: tuple[ScenarioRow, ...] = ()
    """The rows of the sheet Scenarios, which is no part of the portfolio."""

    def note(self, path: Path, what: str, rule: str, fix: str, severity: Severity = "error") -> None:
        """Remembers a problem; of several at one place the first one counts."""
        if severity == "warning" or not any(problem.path == path for problem in self.problems):
            self.problems.append(FieldFinding(path, what, rule, fix, severity))

    def note_at(self, cell: Cell, what: str, rule: str, fix: str, severity: Severity = "error") -> None:
        """Remembers a problem of a cell that belongs to no field."""
        path: Path = ("?", len(self.places.cells))
        self.places.cells[path] = cell
        self.note(path, what, rule, fix, severity)

    def check_headings(self, table: Table, section: str = "?") -> None:
        """Columns that are there twice, that another one hides, or that are nearly spelt right."""
        row, sheet = table.sheet_row(table.header), table.grid.name
        for column, index in table.twice:
            what = f"There is a second column for {column.heading}, {table.headings[index]}."
            path: Path = (section, column.field)
            self.places.cells[path] = (sheet, row, table.sheet_column(index))
            self.note(path, what, "Which of the two counts is not clear.", "Delete or rename one of them.")
        for column, index in table.shadowed:
            what = f"Column {table.headings[index]} is not read."
            rule = f"It is another word for {column.heading}, and there is such a column."
            self.note_at(
                (sheet, row, table.sheet_column(index)),
                what,
                rule,
                "Delete or rename one of them, if that is not meant.",
                "warning",
            )
        for column, index in table.nearly:
            what = f"Column {table.headings[index]} is not read."
            fix = f"Did you mean {column.heading}? Rename it."
            self.note_at((sheet, row, table.sheet_column(index)), what, "No column has this name.", fix, "warning")

    def cell(self, table: Table, row: int, column: Column, path: Path) -> object:
        """What a cell says, None if it is empty; an error or a formula without a value is a problem."""
        index = table.columns[column]
        value = table.grid.rows[row][index]
        if not is_blank(value):
            return self.value(value, column, path)
        where = (table.sheet_row(row), table.sheet_column(index))
        if where in table.grid.odd_cells:
            self.note_odd(table.grid.odd_cells[where], column.heading, path)
        return None

    def value(self, value: object, column: Column, path: Path) -> object:
        """A value as the kind of its column asks for; None if it can be read in two ways."""
        try:
            return READ[column.kind](value)
        except AmbiguousNumberError as readings:
            what = f'{column.heading} is the text "{str(value).strip()}".'
            self.note(path, what, f"It can be read as {readings}.", readings.fix)
            return None

    def note_odd(self, content: str, heading: str, path: Path) -> None:
        """A cell that looks empty and is not."""
        what = f"{heading} holds {content}."
        if content == NEVER_CALCULATED:
            self.note(path, what, "Its result is not in the file.", "Open the file in Excel, save it, and try again.")
        else:
            self.note(path, what, "An error has no value.", "Correct the formula.")

    def read_records(
        self, table: Table, section: str, labels: Sequence[str], aside: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[list[int], dict[str, list[object]]]:
        """Reads one record for each row into a list of the portfolio; returns the rows, counted within the grid.

        Fields that are set `aside` stay out of the records and are returned too; problems are about the named field.
        """
        self.check_headings(table, section)
        fields = {column.field: table.sheet_column(index) for column, index in table.columns.items()}
        records = Records(table.grid.name, table.sheet_row(table.header), fields)
        self.places.records[section] = records
        rows = list(data_rows(table, [table.columns[column] for column in table.columns if column.field in labels]))
        records.rows += [table.sheet_row(row) for row in rows]
        cells = list(zip(*[table.grid.rows[row] for row in rows], strict=True)) or [()] * len(table.headings)
        columns = {
            column.field: self._read_column(table, rows, cells[index], column, (section, aside.get(column.field)))
            for column, index in sorted(table.columns.items(), key=itemgetter(1))
        }
        put_aside = {name: columns.pop(name) for name in aside if name in columns}
        self.raw[section] = [
            {name: value for name, value in zip(columns, row, strict=True) if value is not None}
            for row in (zip(*columns.values(), strict=True) if columns else [()] * len(rows))
        ]
        return rows, put_aside

    def _read_column(
        self, table: Table, rows: list[int], values: Sequence[object], column: Column, place: tuple[str, str | None]
    ) -> list[object]:
        """What the cells of a column say in each of these rows, None where they are empty; odd ones are problems."""
        uniform = read_uniform(column.kind, values) if not table.grid.odd_cells else None
        if uniform is not None:
            return uniform
        read, found = READ[column.kind], []
        section, name = place
        for number, (row, value) in enumerate(zip(rows, values, strict=True)):
            try:
                said = read(value) if value != "" else None
            except AmbiguousNumberError:
                said = None
            if said in ("", None):
                said = self.cell(table, row, column, (section, number, name or column.field))
            found.append(said)
        return found
