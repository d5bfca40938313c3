"""A period closed in the user's own workbook: the cells that change, and the sheets Closed and Done; all else as it was."""

from __future__ import annotations

from pathlib import Path

from portfolio.domain import Finding
from portfolio.errors import FileChangedError
from portfolio.intake.columns import RESULT_COLUMNS
from portfolio.intake.read_portfolio import Reading, read_content
from portfolio.merge.base_sheet import add_base
from portfolio.merge.notes_sheet import keep_notes
from portfolio.merge.result_names import ResultNames
from portfolio.results.closing import Closing
from portfolio.storage.atomic_write import replace_content, sha256_of, write_bytes, write_whole
from portfolio.workbook.in_place.next_cells import NextCells
from portfolio.workbook.in_place.next_rules import ended_remarks
from portfolio.workbook.in_place.own_cells import OwnCells
from portfolio.workbook.in_place.replaced_formulas import replaced_formulas
from portfolio.workbook.in_place.result_columns import epics_of, result_columns
from portfolio.workbook.layout import FIRST
from portfolio.workbook.sheets.closed import CLOSED, DONE, write_closed_sheets
from portfolio.xlsx.patch.cell import CellEdit, Formula
from portfolio.xlsx.patch.cell_contents import read_cell
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.write.book import book_content

AUTHOR = "portfolio next"
PLANNED = RESULT_COLUMNS[2:]


def write_next_workbook(closing: Closing, reading: Reading, path: Path) -> tuple[Finding, ...]:
    """Writes what closing a period changes into a copy of the workbook that was read, or into itself.

    Says what has no cell of its own, and which formulas gave way to figures. Raises FileChangedError if the workbook was
    changed since it was read, WrongUseError if it cannot be written.
    """
    source = reading.path or path
    content = read_content(source)
    if sha256_of(content) != reading.sha256:
        raise FileChangedError(f"{reading.name} was changed by somebody else since it was read; nothing was written.")
    editing = PackageEditor(content, reading.name, inspected=True)
    cells = NextCells(editing, reading, closing)
    cells.collect()
    findings = (*cells.findings, *replaced_formulas(editing, cells.edits))
    _forget_plan(editing, reading)
    for sheet, edits in cells.edits.items():
        editing.edit(sheet, edits)
    for sheet, headings in cells.headings.items():
        for column, heading in sorted(headings.items()):
            row = next(edit.row for edit in cells.edits[sheet] if edit.column == column and edit.content == heading)
            editing.add_table_column(sheet, column, row, heading)
    for sheet, row, column, text in cells.notes:
        editing.comment(sheet, row, column, AUTHOR, text)
    names = editing.names_for((CLOSED, DONE))
    content = book_content(lambda book: write_closed_sheets(book, closing, names))
    editing.bring(content, {name: canonical for canonical, name in names.items()})
    if reading.places is not None and (lines := ended_remarks(closing.ended, reading.places)):
        keep_notes(editing, lines)
    add_base(editing)
    if path.exists() and source.exists() and path.samefile(source):
        replace_content(path, reading.sha256, editing.content())
    else:
        write_whole(path, lambda beside: write_bytes(beside, editing.content()))
    return findings


def _forget_plan(editing: PackageEditor, reading: Reading) -> None:
    """Planned starts of the plan that was closed are cleared: what was agreed stands beside the epics as dates."""
    records = epics_of(reading)[1]
    columns = result_columns(reading, PLANNED, own=OwnCells.of(editing, records.sheet))
    rows = editing.rows(records.sheet)
    edits = [
        CellEdit(row, column, _emptied(editing, records.sheet, row, column))
        for column in columns.columns.values()
        for row in records.rows
        if (row, column) not in columns.untouched and rows.cell(row, column) is not None
    ]
    editing.edit(records.sheet, edits)
    title = editing.own_sheets.get("Plan")
    if title is None:
        return
    names = ResultNames(editing, title)
    wanted = [column for column, heading in names.headings.items() if heading in {"Start", "Finish"}]
    rows = editing.rows(title)
    editing.edit(
        title,
        [
            CellEdit(number, column, _emptied(editing, title, number, column))
            for number in rows.rows
            for column in wanted
            if number > FIRST and rows.cell(number, column) is not None
        ],
    )


def _emptied(editing: PackageEditor, sheet: str, row: int, column: int) -> str | Formula | None:
    """A cell without what it held; a formula stays and has nothing to show yet."""
    rows = editing.rows(sheet)
    cell = rows.cell(row, column)
    if cell is None:
        return None
    content = read_cell(rows.xml[cell.start : cell.end], editing.shared_strings())
    return Formula(content.text, "") if isinstance(content, Formula) else None
