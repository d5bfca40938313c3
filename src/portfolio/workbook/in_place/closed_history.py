"""What was closed before, read from the sheet `Closed` of a workbook."""

from __future__ import annotations

from pathlib import Path

from portfolio.intake.read_portfolio import read_content
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.results.closed_rows import HEADINGS, history_of
from portfolio.results.closing import ClosedEpic, ClosedStream
from portfolio.workbook.sheets.closed import CLOSED
from portfolio.xlsx.patch.editing import PackageEditor


def read_workbook_history(path: Path) -> tuple[ClosedEpic | ClosedStream, ...]:
    """The periods that were closed so far; nothing where the workbook has no such sheet of ours."""
    content = read_content(path)
    name = PackageEditor(content, path.name, inspected=True).own_sheets.get(CLOSED)
    if name is None:
        return ()
    rows = WorkbookSheets(content, path.name).grid(name).rows
    keys = {heading: key for key, heading in HEADINGS.items()}
    for number, row in enumerate(rows):
        columns = {column: keys[cell] for column, cell in enumerate(row) if cell in keys}
        if len(columns) == len(keys):
            below = rows[number + 1 :]
            return history_of({key: line[column] for column, key in columns.items()} for line in below)
    return ()
