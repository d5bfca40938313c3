"""Flow written into the user's own workbook: sheets of ours beside theirs, and forecasts added to those they keep."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.domain.evidence import Forecast
from portfolio.intake.evidence.find_evidence import evidence_called
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS
from portfolio.intake.read_portfolio import Reading
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.results.flow.flow import Flow
from portfolio.workbook.in_place.put_results import (
    WrittenInto,
    as_read,
    editing_of,
    replaced,
    sheets_of_ours,
    with_results,
)
from portfolio.workbook.in_place.record_sheets import Line, add_lines
from portfolio.workbook.in_place.result_book import InPlaceResults
from portfolio.workbook.in_place.result_columns import epics_of, result_columns
from portfolio.workbook.sheets.flow import DAYS, NAME, write_flow_sheets
from portfolio.xlsx.patch.editing import PackageEditor

_FORECASTS = next(sheet for sheet in EVIDENCE_SHEETS if sheet.field == "evidence.forecasts")
_SAME = ("made_on", "subject", "question", "by")
"""What tells one forecast from another."""


def write_flow_in_place(found: Flow, reading: Reading, forecasts: Sequence[Forecast] = ()) -> WrittenInto:
    """Writes flow into the workbook that was read, adds forecasts that it does not hold, and leaves everything that people typed.

    Raises what `write_plan_in_place` raises.
    """
    editing = editing_of(reading, as_read(reading))
    epics = epics_of(reading)[1].sheet
    add_forecasts(editing, forecasts)
    names = editing.names_for((NAME, DAYS))
    content, written = sheets_of_ours(names, lambda book: write_flow_sheets(book, found))
    results = InPlaceResults(content, written, epics, (), "")
    content, findings = with_results(editing, reading, result_columns(reading, ()), results, names)
    return replaced(reading, content, findings)


def add_forecasts(editing: PackageEditor, forecasts: Sequence[Forecast]) -> None:
    """Adds a line for each forecast to the sheet that people keep them on, whatever they call it and its columns."""
    if not forecasts:
        return
    sheets = WorkbookSheets(editing.content(), editing.name)
    title = next(
        (name for name in sheets.names if evidence_called(name) is _FORECASTS and not sheets.is_marked(name)), None
    )
    headings = {column.field: column.heading for column in _FORECASTS.columns}
    table = None if title is None else find_table(sheets.grid(title), _FORECASTS)
    if table is not None:
        headings |= {column.field: str(table.headings[place]) for column, place in table.columns.items()}
    lines: list[Line] = [
        {headings[field]: getattr(row, field) for field in headings if getattr(row, field) is not None}
        for row in forecasts
    ]
    used = [field for field in headings if table is None or any(headings[field] in line for line in lines)]
    add_lines(
        editing,
        title or _FORECASTS.name,
        [headings[field] for field in {**dict.fromkeys(_SAME), **dict.fromkeys(used)}],
        lines,
        [headings[field] for field in _SAME],
    )
