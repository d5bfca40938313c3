"""An export as a table: its rows with their numbers, wherever they come from, a CSV or a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio.domain import Finding
from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import OLE, ZIP, read_content
from portfolio.intake.tables.read_csv import CsvText, read_csv
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.intake.values.cell_values import is_blank

HEADER_ROWS = 20
"""The header row is looked for in this many first rows."""
NEEDED = "an export in CSV, or a workbook (.xlsx), is needed"


@dataclass(frozen=True)
class ExportTable:
    """The rows of an export; `top` is the number of the first one, `delimiter` is empty for a workbook."""

    name: str
    rows: Sequence[list[object]]
    top: int
    written: str
    delimiter: str
    findings: tuple[Finding, ...] = ()

    def filled(self, start: int, stop: int | None = None) -> Iterator[tuple[int, Sequence[object]]]:
        """The rows between two positions that hold anything, each with its position."""
        for position in range(start, len(self.rows) if stop is None else min(stop, len(self.rows))):
            if any(cell != "" and not is_blank(cell) for cell in self.rows[position]):
                yield position, self.rows[position]

    def number(self, position: int) -> int:
        """A row's number as a spreadsheet shows it."""
        return self.top + position


def read_tables(path: Path, sheet: str | None = None) -> Iterator[ExportTable]:
    """The tables in a file, one for each sheet of a workbook; raises WrongUseError where there is none."""
    content = read_content(path, NEEDED)
    if content.startswith(ZIP):
        yield from _from_workbook(content, path.name, sheet)
        return
    if content.startswith(OLE):
        raise WrongUseError(f"{path.name} is an old Excel file (.xls) or protected; save it as .xlsx or CSV.")
    found = read_csv(content, path.name)
    table = ExportTable(
        path.name, [[*row] for row in found.rows], 1, found.written, found.delimiter, tuple(remarks(path.name, found))
    )
    if not any(True for _ in table.filled(0)):
        raise WrongUseError(f"{path.name} holds no rows; {NEEDED}.")
    yield table


def remarks(name: str, found: CsvText) -> Iterator[Finding]:
    """What is odd about how a text table was written."""
    if found.encoding == "Windows-1252":
        yield Finding(
            "warning",
            name,
            "The text is not UTF-8 and was read as Windows-1252.",
            "Another encoding would show in wrong letters.",
            "Look at letters like ä and é; if they are wrong, export the file as UTF-8.",
        )
    if found.nuls:
        yield Finding(
            "warning",
            name,
            f"NUL characters were left out: {found.nuls:,}.",
            "Text holds none.",
            "Export the file again, if cells are not what they should be.",
        )


def _from_workbook(content: bytes, name: str, sheet: str | None) -> Iterator[ExportTable]:
    sheets = WorkbookSheets(content, name)
    if not sheets.names:
        raise WrongUseError(f"{name} has no sheet; {NEEDED}.")
    if sheet is not None and sheet not in sheets.names:
        raise WrongUseError(f"{name} has no sheet {sheet}; it has {', '.join(sheets.names)}.", "sheet")
    grids = [sheets.grid(title) for title in sheets.names if sheet in (None, title)]
    if not any(grid.rows for grid in grids):
        raise WrongUseError(f"{name}, sheet {grids[0].name}, holds no rows; {NEEDED}.")
    for grid in grids:
        if grid.rows and not sheets.is_written(grid):
            yield ExportTable(name, grid.rows, grid.top, f"sheet {grid.name}", "")
