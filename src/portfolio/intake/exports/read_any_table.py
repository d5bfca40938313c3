"""Reads a table that is no known tool's export by the same steps as a workbook, and gives an account of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from portfolio.domain import Finding
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Raw
from portfolio.errors import WrongUseError
from portfolio.intake.columns import CRITERIA, EPICS, criterion_column
from portfolio.intake.draft import Draft
from portfolio.intake.exports.export_table import NEEDED, remarks
from portfolio.intake.inputs.find_inputs import Inputs, find_inputs
from portfolio.intake.read_portfolio import OLE, ZIP, read_content
from portfolio.intake.read_workbook import read_inputs, read_words
from portfolio.intake.reading_options import AS_IT_IS, ReadingOptions
from portfolio.intake.salvage import Salvage
from portfolio.intake.scenario_columns import SCENARIOS
from portfolio.intake.source_map import SourceMap, name_of
from portfolio.intake.tables.csv_sheets import CsvSheets
from portfolio.intake.tables.table import Table
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.intake.values.cell_values import is_blank
from portfolio.intake.values.number_text import Mark

MARKS: dict[str, Mark] = {";": ","}
"""The decimal mark of a text table where none of its columns shows one, by its separator."""


@dataclass(frozen=True)
class AnyTable:
    """A file that was read: its draft, its table of epics, and how it was written."""

    path: Path
    draft: Draft
    table: Table
    written: str
    findings: tuple[Finding, ...]
    is_text: bool

    def place(self, path: FieldPath) -> str:
        """`table.csv, row 12, Job size`, or `book.xlsx, Epics!F12` where the file has sheets."""
        cell = self.draft.places.cell(path)
        if not self.is_text:
            return f"{self.path.name}, {name_of(cell)}" if cell[0] and path else self.path.name
        _, row, column = cell
        index = column - self.table.grid.left
        heading = self.table.headings[index] if 0 <= index < len(self.table.headings) and row else ""
        if row == self.table.sheet_row(self.table.header):
            return f"{self.path.name}, {heading}" if heading else self.path.name
        named = f", {' '.join(str(heading).split())}" if heading != "" and not _is_naming(path) else ""
        return f"{self.path.name}, row {row}{named}" if row else self.path.name

    def columns_read(self) -> dict[str, tuple[str, ...]]:
        """The headings that something was read from, by the heading of the field."""
        records = self.draft.places.records.get("epics")
        used = {} if records is None else records.columns
        read: dict[str, tuple[str, ...]] = {}
        epics, own = self.draft.raw["epics"], self.draft.criteria
        fields = {
            "value_stream",
            *chain.from_iterable(epics),
            *chain.from_iterable(epic.get(CRITERIA, ()) for epic in epics),
        }
        for column in (*EPICS.columns, *(criterion_column(one.name, one.takes) for one in own)):
            place = used.get(column.field)
            given = column.field in fields
            if place is not None and given and not (column.field == "id" and used.get("title") == place):
                read[column.heading] = (_heading(self.table, place - self.table.grid.left),)
        for index in self.table.beside.get("effort", ()):
            read["Effort"] = (*read.get("Effort", ()), _heading(self.table, index))
        return read

    def unused(self) -> Iterator[str]:
        """Headings of columns that hold something in the rows of epics and that nothing was read from, each once."""
        rows = [self.table.grid.rows[row - self.table.grid.top] for row in self.draft.places.records["epics"].rows]
        records = self.draft.places.records["epics"].columns
        read = {place - self.table.grid.left for place in records.values()} | set(self.draft.columns_beside)
        seen = {_heading(self.table, index) for index in read}
        for index in range(len(self.table.headings)):
            heading = _heading(self.table, index)
            if index not in read and heading not in seen and any(not is_blank(row[index]) for row in rows):
                seen.add(heading)
                yield heading or f"(column {index + 1} without a heading)"


def _is_naming(path: FieldPath) -> bool:
    return len(path) == 2 and path[0] == "rows"


def _heading(table: Table, index: int) -> str:
    return " ".join(str(table.headings[index]).split())


def read_any_table(
    path: Path, types: Sequence[str] = (), sheet: str | None = None, options: ReadingOptions = AS_IT_IS
) -> AnyTable | None:
    """The draft of a file by the steps that a workbook is read by; None where it has no table of epics.

    `sheet` names the sheet of the epics, where the file has several.
    """
    content = read_content(path, NEEDED)
    if content.startswith(OLE):
        raise WrongUseError(f"{path.name} is an old Excel file (.xls) or protected; save it as .xlsx or CSV.")
    sheets: WorkbookSheets | CsvSheets
    is_text = not content.startswith(ZIP)
    sheets = CsvSheets(content, path.name) if is_text else WorkbookSheets(content, path.name)
    draft = Draft(SourceMap(list(sheets.names), grids=sheets.grids), types=tuple(types))
    draft.salvage = Salvage(sheets.length if isinstance(sheets, CsvSheets) else None)
    words: list[str] = []
    if isinstance(sheets, WorkbookSheets):
        words = read_words(draft, sheets, options)
    else:
        draft.words = options.words
        draft.context = replace(draft.context, words=options.words.figures)
    draft.accepts_suggestions = options.accept_suggestions
    if isinstance(sheets, CsvSheets):
        draft.context = replace(draft.context, fallback=MARKS.get(sheets.text.delimiter, "."))
    inputs = _inputs(sheets, sheet, path.name, words)
    if inputs.epics is None:
        return None
    read_inputs(draft, inputs, options)
    if not draft.tables["epics"].grid.rows[draft.tables["epics"].header + 1 :]:
        raise WrongUseError(f"{path.name} has headings and no rows; export it again with the epics in it.")
    table = draft.tables["epics"]
    written = sheets.text.written if isinstance(sheets, CsvSheets) else f"sheet {table.grid.name}"
    found = tuple(remarks(path.name, sheets.text)) if isinstance(sheets, CsvSheets) else ()
    return AnyTable(path, draft, table, written, found, is_text)


def _inputs(sheets: WorkbookSheets | CsvSheets, sheet: str | None, name: str, words: Sequence[str]) -> Inputs:
    scenarios = sheets.named(SCENARIOS) if isinstance(sheets, WorkbookSheets) else None
    if sheet is not None and sheet not in sheets.names:
        raise WrongUseError(f"{name} has no sheet {sheet}; it has {', '.join(sheets.names)}.", "sheet")
    only = sheets.names[0] if isinstance(sheets, CsvSheets) else sheet
    return find_inputs(sheets, [*words, *([scenarios] if scenarios is not None else [])], only)


def raw_portfolio(found: AnyTable, model: str | None) -> Raw:
    """The portfolio in JSON form, with the value streams that efforts name; their capacity is for people to fill in."""
    raw = found.draft.raw
    streams: dict[str, str] = {}
    for epic in raw["epics"]:
        for stream in epic.get("effort", {}):
            streams.setdefault(str(stream).casefold(), str(stream))
    raw.setdefault("name", found.path.stem)
    raw["format"] = 1
    if model:
        raw["model"] = model
    if not raw.get("value_streams"):
        raw["value_streams"] = [{"id": stream} for stream in streams.values()]
    raw.setdefault("dependencies", [])
    return raw
