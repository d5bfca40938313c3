"""Results put into the user's own workbook: sheets of ours beside theirs, result columns filled, all else as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portfolio.domain import Finding
from portfolio.errors import FileChangedError, WrongUseError
from portfolio.intake.columns import RESULT_COLUMNS
from portfolio.intake.read_portfolio import Reading, read_content
from portfolio.merge.base_sheet import add_base, known_record
from portfolio.merge.notes_sheet import keep_notes
from portfolio.merge.result_record import cells_of, record_of
from portfolio.merge.result_remarks import remarks_on_results
from portfolio.storage.atomic_write import replace_content, sha256_of
from portfolio.workbook.in_place.left_as_it_is import findings_of_columns, moved_finding, moved_starts
from portfolio.workbook.in_place.own_cells import OwnCells
from portfolio.workbook.in_place.result_book import InPlaceResults
from portfolio.workbook.in_place.result_cells import ResultCell
from portfolio.workbook.in_place.result_columns import ResultColumns, epics_of
from portfolio.workbook.in_place.result_notes import notes_on_results, put_back
from portfolio.workbook.in_place.result_remarks import put_back_remarks
from portfolio.xlsx.patch.cell import CellEdit, Formula
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.write.book import Book, book_content

_START = RESULT_COLUMNS[3]
_ROOM = 200
"""Rows below the last epic in which a list of periods drops down too."""


@dataclass(frozen=True)
class WrittenInto:
    """What came of writing into a workbook: whether that changed it, and what of people's own was left or moved."""

    changed: bool
    findings: tuple[Finding, ...] = ()


def as_read(reading: Reading) -> bytes:
    """The file as it was read; raises FileChangedError where it is another one by now."""
    content = read_content(_path(reading))
    if sha256_of(content) != reading.sha256:
        raise FileChangedError(
            f"{reading.name} was changed by somebody else since it was read; nothing was written. "
            "Run the command again."
        )
    return content


def editing_of(reading: Reading, content: bytes) -> PackageEditor:
    """The workbook, to be written into; raises WrongUseError where what was read is none."""
    refuse_no_workbook(reading)
    return PackageEditor(content, reading.name, inspected=True)


def own_cells_of(editing: PackageEditor, reading: Reading) -> OwnCells:
    """Which cells beside the epics this program wrote."""
    return OwnCells.of(editing, epics_of(reading)[1].sheet)


def refuse_no_workbook(reading: Reading) -> None:
    """Raises WrongUseError where what was read is no workbook."""
    if reading.places is None:
        raise _no_workbook(reading)


def sheets_of_ours(names: Mapping[str, str], fill: Callable[[Book], None]) -> tuple[bytes, tuple[str, ...]]:
    """A workbook that is filled so, whose sheets are called by these names, and which of them it has."""
    written: list[str] = []

    def write(book: Book) -> None:
        book.titles = names
        fill(book)
        written.extend(name for name in names if book.workbook.get_worksheet_by_name(names[name]) is not None)

    return book_content(write, passing=True), tuple(written)


def replaced(reading: Reading, content: bytes, findings: tuple[Finding, ...]) -> WrittenInto:
    """Puts a workbook with results in the place of the one that was read, whole or not at all."""
    return WrittenInto(replace_content(_path(reading), reading.sha256, content), findings)


def _path(reading: Reading) -> Path:
    if reading.path is None:
        raise _no_workbook(reading)
    return reading.path


def _no_workbook(reading: Reading) -> WrongUseError:
    return WrongUseError(f"{reading.name} is not a workbook, so nothing can be written into it; write a new one.")


def with_results(
    editing: PackageEditor, reading: Reading, columns: ResultColumns, results: InPlaceResults, names: dict[str, str]
) -> tuple[bytes, tuple[Finding, ...]]:
    """The workbook with results in it, and what of people's own was left or moved."""
    names, notes = {name: names[name] for name in results.sheets}, notes_on_results(editing)
    known = known_record(editing)
    typed = remarks_on_results(editing, known, results.shown)
    starts = moved_starts(editing, reading, columns, results)
    findings = findings_of_columns(reading, columns, results)
    editing.edit(results.epics_sheet, _edits(editing, columns, results))
    for heading, column in columns.added.items():
        editing.add_table_column(results.epics_sheet, column, columns.header_row, heading)
    if _START in columns.added and results.periods:
        last = max((cell.row for cell in results.cells), default=columns.header_row) + _ROOM
        place = (columns.header_row + 1, columns.added[_START], last, columns.added[_START])
        editing.add_list(results.epics_sheet, place, results.periods)
    editing.bring(results.content, {name: canonical for canonical, name in names.items()})
    put_back(editing, notes, names)
    fresh = {canonical: cells_of(editing, names[canonical]) for canonical in results.shown}
    remarked, left = put_back_remarks(editing, typed, names, fresh)
    left += starts
    if left:
        findings.append(moved_finding(reading.name, left, keep_notes(editing, left)))
    now = record_of(editing, fresh, remarked, columns.columns)
    add_base(editing, now.beside(known, editing.own_sheets))
    return editing.content(), tuple(findings)


def _edits(editing: PackageEditor, columns: ResultColumns, results: InPlaceResults) -> list[CellEdit]:
    """The headings of added columns and every result; what is added looks like what stands left of it."""
    sheet, edits = results.epics_sheet, []
    rows = editing.rows(sheet)
    looks: dict[tuple[int, str], int] = {}
    edge = min(columns.added.values(), default=0) - 1
    added = {column: heading for heading, column in columns.added.items()}

    def look(row: int, column: int) -> int | None:
        if column not in added:
            return None
        beside = rows.cell(row, edge)
        key = (beside.style if beside else rows.style_for(row, edge), results.formats.get(added[column], "General"))
        if key not in looks:
            looks[key] = editing.format_like(*key)
        return looks[key]

    for column, heading in added.items():
        edits.append(CellEdit(columns.header_row, column, heading, look(columns.header_row, column)))
    edits += [
        CellEdit(cell.row, cell.column, _content(cell), look(cell.row, cell.column))
        for cell in results.cells
        if (cell.row, cell.column) not in columns.untouched
    ]
    return edits


def _content(cell: ResultCell) -> str | float | date | Formula | None:
    if cell.formula is None:
        return cell.value
    return Formula(cell.formula, cell.value if not isinstance(cell.value, date) else None)
