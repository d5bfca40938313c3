"""Results written into the user's own workbook: sheets of ours beside theirs, result columns filled, all else as it was."""

from __future__ import annotations

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
from portfolio.operating_model import OperatingModel
from portfolio.results.answer import Answer
from portfolio.scoring import Ranking
from portfolio.storage.atomic_write import replace_content, sha256_of
from portfolio.workbook.in_place.left_as_it_is import findings_of_columns, moved_finding, moved_starts
from portfolio.workbook.in_place.own_cells import OwnCells
from portfolio.workbook.in_place.result_book import (
    InPlaceResults,
    ranking_in_place,
    results_in_place,
    sheet_names,
)
from portfolio.workbook.in_place.result_cells import ResultCell
from portfolio.workbook.in_place.result_columns import ResultColumns, epics_of, result_columns
from portfolio.workbook.in_place.result_notes import notes_on_results, put_back
from portfolio.workbook.in_place.result_remarks import put_back_remarks
from portfolio.xlsx.patch.cell import CellEdit, Formula
from portfolio.xlsx.patch.editing import PackageEditor

_FORMATS = {"WSJF": "0.00", "Rank": "0"}
"""Number formats of columns that are added; the others hold words."""
_START = RESULT_COLUMNS[3]
_ROOM = 200
"""Rows below the last epic in which a list of periods drops down too."""


@dataclass(frozen=True)
class WrittenInto:
    """What came of writing into a workbook: whether that changed it, and what of people's own was left or moved."""

    changed: bool
    findings: tuple[Finding, ...] = ()


def write_plan_in_place(answer: Answer, reading: Reading, *, add_columns: bool) -> WrittenInto:
    """Writes a plan's results into the workbook that was read, and leaves everything that people typed.

    `add_columns` adds the result columns that the epics' sheet does not have. Raises FileChangedError if the file is
    not the one that was read, WrongUseError if it cannot be written into safely; then nothing was written.
    """
    content, findings = with_plan(answer, reading, _as_read(reading), add_columns=add_columns)
    return WrittenInto(replace_content(_path(reading), reading.sha256, content), findings)


def with_plan(
    answer: Answer, reading: Reading, content: bytes, *, add_columns: bool = False
) -> tuple[bytes, tuple[Finding, ...]]:
    """A workbook with a plan's results in it, and what of people's own was left or moved; `reading` is of its content."""
    wanted = RESULT_COLUMNS if answer.portfolio.can_plan else RESULT_COLUMNS[:2]
    editing = _editing(reading, content)
    columns = result_columns(reading, wanted, add=add_columns, own=_own_cells(editing, reading))
    from_1904 = editing.workbook.counts_from_1904
    names = editing.names_for(sheet_names())
    results = results_in_place(answer, reading, names, columns.columns, counts_from_1904=from_1904)
    return _written(editing, reading, columns, results, names)


def write_ranking_in_place(
    ranking: Ranking, reading: Reading, model: OperatingModel, *, add_columns: bool
) -> WrittenInto:
    """Writes a ranking into the workbook that was read, and leaves everything that people typed.

    Raises what `write_plan_in_place` raises, and WrongUseError where a plan stands in the workbook, whose sheets
    follow the ranking that it was made with.
    """
    editing = _editing(reading, _as_read(reading))
    if "Plan" in editing.own_sheets:
        raise WrongUseError(
            f"{reading.name} holds a plan, which its ranking belongs to; write its plan, which writes both, "
            f"or delete the sheet {editing.own_sheets['Plan']}."
        )
    columns = result_columns(reading, RESULT_COLUMNS[:2], add=add_columns, own=_own_cells(editing, reading))
    names = editing.names_for(sheet_names())
    from_1904 = editing.workbook.counts_from_1904
    results = ranking_in_place(ranking, reading, model, names, columns.columns, counts_from_1904=from_1904)
    content, findings = _written(editing, reading, columns, results, names)
    return WrittenInto(replace_content(_path(reading), reading.sha256, content), findings)


def _as_read(reading: Reading) -> bytes:
    """The file as it was read; raises FileChangedError where it is another one by now."""
    content = read_content(_path(reading))
    if sha256_of(content) != reading.sha256:
        raise FileChangedError(
            f"{reading.name} was changed by somebody else since it was read; nothing was written. "
            "Run the command again."
        )
    return content


def _editing(reading: Reading, content: bytes) -> PackageEditor:
    if reading.places is None:
        raise _no_workbook(reading)
    return PackageEditor(content, reading.name, inspected=True)


def _own_cells(editing: PackageEditor, reading: Reading) -> OwnCells:
    return OwnCells.of(editing, epics_of(reading)[1].sheet)


def _path(reading: Reading) -> Path:
    if reading.path is None:
        raise _no_workbook(reading)
    return reading.path


def _no_workbook(reading: Reading) -> WrongUseError:
    return WrongUseError(f"{reading.name} is not a workbook, so nothing can be written into it; write a new one.")


def _written(
    editing: PackageEditor, reading: Reading, columns: ResultColumns, results: InPlaceResults, names: dict[str, str]
) -> tuple[bytes, tuple[Finding, ...]]:
    names, notes = {name: names[name] for name in results.sheets}, notes_on_results(editing)
    typed = remarks_on_results(editing, known_record(editing), results.shown)
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
    add_base(editing, record_of(editing, fresh, remarked, columns.columns))
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
        key = (beside.style if beside else rows.style_for(row, edge), _FORMATS.get(added[column], "General"))
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
