"""A portfolio while it is being read from a workbook: its JSON form so far, where it came from, and what was odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from types import MappingProxyType

from portfolio.domain.finding import FieldFinding, Path, Severity
from portfolio.domain.json_form import Raw
from portfolio.domain.spelling import shown
from portfolio.intake.agreed_words import NO_WORDS, AgreedWords
from portfolio.intake.columns import Column
from portfolio.intake.headings.units import Unit
from portfolio.intake.read_report import ReadReport
from portfolio.intake.references.names import Names
from portfolio.intake.rows.kinds import row_kinds
from portfolio.intake.rows.row_kinds import RowKinds
from portfolio.intake.salvage import Salvage
from portfolio.intake.scenario_columns import ScenarioRow
from portfolio.intake.source_map import Cell, Records, SourceMap
from portfolio.intake.tables.bounds import bounds
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import is_blank
from portfolio.intake.values.context import EFFORTS, MONEY, Context, Wanted
from portfolio.intake.values.question import Question
from portfolio.intake.values.read_column import read_column
from portfolio.intake.values.shares import show_percent
from portfolio.operating_model.criteria import Criterion
from portfolio.xlsx.guard.odd_cells import NEVER_CALCULATED


@dataclass
class Draft:
    """What has been read so far."""

    places: SourceMap
    raw: Raw = field(default_factory=dict)
    problems: list[FieldFinding] = field(default_factory=list)
    unknown_epics: set[str] = field(default_factory=set)
    """What the sheet Effort refers to and no epic is called."""
    context: Context = field(default_factory=Context)
    """How values are read where their column does not show it."""
    kinds: dict[str, RowKinds] = field(default_factory=dict)
    """What the rows of each list's table are."""
    currencies: dict[str, Path] = field(default_factory=dict)
    """The currencies that headings and cells name, each with the first place."""
    tables: dict[str, Table] = field(default_factory=dict)
    """The table that each list was read from."""
    columns_beside: set[int] = field(default_factory=set)
    """The columns of the table of epics that were read besides the fields, counted from 0."""
    accepts_suggestions: bool = False
    """Whether a near name counts for a known one; that is said wherever it happens."""
    guesses: dict[tuple[str, str], str] = field(default_factory=dict)
    """What was taken for the ID of which record, by its list and the text."""
    words: AgreedWords = NO_WORDS
    """The figures of words, as the file remembers them and as they were given."""
    own_words: AgreedWords = NO_WORDS
    """Those that stand on a sheet of the user's own."""
    salvage: Salvage | None = None
    """What an import leaves out; a portfolio that is read as it is keeps every row."""
    report: ReadReport = field(default_factory=ReadReport)
    """What was read of the file."""
    types: tuple[str, ...] = ()
    """The words that somebody chose for rows that are epics."""
    other_levels: Counter[str] = field(default_factory=Counter)
    """Rows of other levels than epics, by the word that says so."""
    links_to_others: int = 0
    """Links beside the epics that lead to rows which are no epics."""
    links_beside: list[tuple[str, str, Cell]] = field(default_factory=list)
    """Dependencies that stand beside the epics, each with its place."""
    hows: dict[tuple[str, int], str] = field(default_factory=dict)
    """For a column of a list's table, how its figures were read where that is not plain."""
    readings: dict[str, str] = field(default_factory=dict)
    """How fields were read that no column has by itself."""
    further_tables: list[Draft] = field(default_factory=list)
    """What was read of each further table of epics."""
    criteria: tuple[Criterion, ...] = ()
    """What the operating model asks about each epic in columns of its own."""
    scenarios: tuple[ScenarioRow, ...] = ()
    """The rows of the sheet Scenarios, which is no part of the portfolio."""

    def further(self) -> Draft:
        """A draft for a further table of the same file, whose epics and problems are added to this one."""
        return Draft(
            SourceMap(self.places.sheets, grids=self.places.grids, anchors=self.places.anchors),
            {name: self.raw[name] for name in ("value_streams",) if name in self.raw},
            context=self.context,
            currencies=self.currencies,
            accepts_suggestions=self.accepts_suggestions,
            guesses=self.guesses,
            salvage=self.salvage,
            types=self.types,
            criteria=self.criteria,
        )

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

        for index, word, side in bounds(table):
            self.note_at(
                (sheet, row, table.sheet_column(index)),
                f"Column {table.headings[index]} is not read.",
                "A range goes from the 10th to the 90th percentile, and nobody knows a least and a most.",
                f"Head it {word} {side}, if it is {'undercut' if side == 'low' else 'exceeded'} once in ten times.",
                "warning",
            )

    def cell(self, table: Table, row: int, column: Column, path: Path) -> object:
        """What a cell says, None if it is empty; an error or a formula without a value is a problem."""
        index = table.columns[column]
        value = table.grid.rows[row][index]
        if not is_blank(value):
            unit = table.unit_at(index, money=column.field in MONEY, work=column.field in EFFORTS)
            return self.value(value, column, path, unit=unit)
        where = (table.sheet_row(row), table.sheet_column(index))
        if where in table.grid.odd_cells:
            self.note_odd(table.grid.odd_cells[where], column.heading, path)
        return None

    def value(
        self, value: object, column: Column, path: Path, context: Context | None = None, unit: Unit | None = None
    ) -> object:
        """A value as the kind of its column asks for; None if it can be read in two ways."""
        read = read_column([value], Wanted(column, unit), context or replace(self.context, forgiving=False))
        for question in [*read.cells.values(), *(question for _, question in read.whole)]:
            self.ask(path, question)
        for currency in read.currencies:
            self.currencies.setdefault(currency, path)
        return read.values[0]

    def ask(self, path: Path, question: Question) -> None:
        """Remembers what could not be read without asking."""
        self.note(path, question.what, question.rule, question.fix, question.severity)

    def note_odd(self, content: str, heading: str, path: Path) -> None:
        """A cell that looks empty and is not."""
        what = f"{heading} holds {content}."
        if content == NEVER_CALCULATED:
            self.note(path, what, "Its result is not in the file.", "Open the file in Excel, save it, and try again.")
        else:
            self.note(path, what, "An error has no value.", "Correct the formula.")

    def read_records(
        self, table: Table, section: str, kinds: RowKinds, aside: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[list[int], dict[str, list[object]]]:
        """Reads one record for each of these rows into a list of the portfolio; returns them, counted within the grid.

        Fields that are set `aside` stay out of the records and are returned too; problems are about the named field.
        """
        self.check_headings(table, section)
        fields = {column.field: table.sheet_column(index) for column, index in table.columns.items()}
        records = Records(table.grid.name, table.sheet_row(table.header), fields)
        self.places.records[section] = records
        rows = kinds.records
        self.tables[section] = table
        self.kinds[section] = kinds
        records.rows += [table.sheet_row(row) for row in rows]
        cells = self.cells_of(table, rows)
        for column, others in table.more.items():
            filled = [cells[index] for index in (table.columns[column], *others)]
            cells[table.columns[column]] = [
                next((cell for cell in row if not is_blank(cell)), "") for row in zip(*filled, strict=True)
            ]
        shares = [cells[index] for column, index in table.columns.items() if column.kind == "share"]
        self.context = replace(self.context, percent=self.context.percent or show_percent(shares))
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

    @staticmethod
    def kinds_of(table: Table, labels: Sequence[str]) -> RowKinds:
        """What the rows of a table are, whose records are named by the fields `labels`."""
        return row_kinds(table, [table.columns[column] for column in table.columns if column.field in labels])

    def names_of(self, section: str, *, exactly: bool = False) -> Names:
        """Finds what cells refer to among the epics or the value streams."""
        name = {"epics": "title", "value_streams": "name"}[section]
        records = self.raw.get(section, ())
        if exactly or not self.accepts_suggestions:
            return Names(records, name)
        return Names(records, name, lambda text, meant: self.guesses.update({(section, text): meant}))

    def note_guesses(self) -> None:
        """Says which names were taken for others, since somebody accepts that."""
        for (section, text), meant in self.guesses.items():
            what = f"{'Epic' if section == 'epics' else 'Value stream'} {shown(text)} was taken for {meant}."
            rule = "Nothing is called so, and suggestions are accepted."
            self.note_at((self.places.fallback, 0, 0), what, rule, f"Write {meant}.", "warning")

    def used(self, name: str, how: str) -> None:
        """Remembers how a field was read that no column has by itself."""
        self.readings[name] = how

    @staticmethod
    def cells_of(table: Table, rows: Sequence[int]) -> list[Sequence[object]]:
        """The cells of these rows, column by column."""
        return list(zip(*[table.grid.rows[row] for row in rows], strict=True)) or [()] * len(table.headings)

    def read_beside(self, table: Table, rows: Sequence[int], column: Column, index: int) -> list[object]:
        """What a column besides the fields says in each of these rows."""
        read = read_column(self.cells_of(table, rows)[index], Wanted(column, table.units.get(index)), self.context)
        for place, question in [*read.cells.items(), *read.whole]:
            self.note_at(
                self.cell_at(table, rows[place], index), question.what, question.rule, question.fix, question.severity
            )
        return read.values

    def cell_at(self, table: Table, row: int, index: int) -> Cell:
        """A cell of a table on its sheet."""
        return (table.grid.name, table.sheet_row(row), table.sheet_column(index))

    def _read_column(
        self, table: Table, rows: list[int], values: Sequence[object], column: Column, place: tuple[str, str | None]
    ) -> list[object]:
        """What the cells of a column say in each of these rows, None where they are empty; odd ones are problems."""
        index, (section, name) = table.columns[column], place
        unit = table.unit_at(index, money=column.field in MONEY, work=column.field in EFFORTS)
        heading = " ".join(str(table.headings[index]).split())
        read = read_column(values, Wanted(column, unit, self._formats(table, rows, index), heading), self.context)
        if read.how:
            self.hows[section, index] = ", ".join(read.how)
        for number, question in [*read.cells.items(), *read.whole]:
            self.ask((section, number, name or column.field), question)
        for currency, number in read.currencies.items():
            self.currencies.setdefault(currency, (section, number, column.field))
        if table.grid.odd_cells:
            self._note_odd_cells(table, rows, column, read.values, (section, name or column.field))
        return read.values

    def _formats(self, table: Table, rows: Sequence[int], index: int) -> Callable[[int], str] | None:
        """How the cells of a column show their numbers, by the position of the row."""
        format_of = table.grid.format_of
        if format_of is None:
            return None
        return lambda place: format_of((table.sheet_row(rows[place]), table.sheet_column(index)))

    def _note_odd_cells(
        self, table: Table, rows: Sequence[int], column: Column, values: Sequence[object], place: tuple[str, str]
    ) -> None:
        """Cells that look empty and are not: an error, or a formula that was never calculated."""
        index = table.sheet_column(table.columns[column])
        for number, (row, value) in enumerate(zip(rows, values, strict=True)):
            where = (table.sheet_row(row), index)
            if value in ("", None) and where in table.grid.odd_cells:
                self.note_odd(table.grid.odd_cells[where], column.heading, (place[0], number, place[1]))
