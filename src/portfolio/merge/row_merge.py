"""Merges added, removed and copied rows: what all copies agree on is taken, the rest is left to choose."""

from __future__ import annotations

from portfolio.merge.cell_content import same
from portfolio.merge.copy_differences import Differences
from portfolio.merge.merged import Conflict, ConflictKind, Option, RowChange, Status
from portfolio.merge.sheet_merge import SheetMerge
from portfolio.merge.workbook_contents import HEADING_ROW


def merge_rows(sheet: SheetMerge) -> None:
    """Decides about whole rows."""
    _added(sheet)
    _removed(sheet)
    _copied(sheet)
    _edited_but_gone(sheet)


def _added(sheet: SheetMerge) -> None:
    rows: dict[str, list[Differences]] = {}
    for diff in sheet.changed:
        for row in diff.added:
            rows.setdefault(row, []).append(diff)
    for row, diffs in rows.items():
        is_new = row not in sheet.base.rows
        if is_new:
            sheet.edits.rows_added[row] = diffs[0].added[row]
        status: Status = "applied" if is_new else "already there"
        files = tuple(diff.copy.file for diff in diffs)
        sheet.merged.added.append(RowChange(sheet.base.name, row, sheet.labels[row], files, status))


def _removed(sheet: SheetMerge) -> None:
    removers: dict[str, list[Differences]] = {}
    for diff in sheet.changed:
        rows = tuple(row for row in diff.removed if row in sheet.base.rows)
        if diff.is_extract and rows:
            option = Option(diff.copy.file, diff.copy.author, "remove", rows=rows)
            _ask(sheet, "many_removed", "", f"{len(rows)} rows", [option])
        for row in diff.removed if not diff.is_extract else ():
            removers.setdefault(row, []).append(diff)
    for row, diffs in removers.items():
        status = _remove(sheet, row, diffs)
        files = tuple(diff.copy.file for diff in diffs)
        sheet.merged.removed.append(RowChange(sheet.base.name, row, sheet.labels[row], files, status))


def _remove(sheet: SheetMerge, row: str, removers: list[Differences]) -> Status:
    if row not in sheet.base.rows:
        return "already there"
    if _is_edited(sheet, row, removers):
        options = [Option(diff.copy.file, diff.copy.author, "remove", rows=(row,)) for diff in removers]
        options += [option for diff in sheet.changed for option in _keeping(sheet, diff, row)]
        _ask(sheet, "delete_edit", row, sheet.labels[row], options)
        return "conflict"
    sheet.edits.rows_removed.append(row)
    return "applied"


def _keeping(sheet: SheetMerge, diff: Differences, row: str) -> list[Option]:
    """What a copy says that edited a row which another one removed; its edits are merged like all others."""
    edited = tuple(
        (column, new) for (place, column), (_, new) in diff.cells.items() if place == row and new is not None
    )
    touched = any(place == row for place, _ in (*diff.cells, *diff.second, *diff.comments))
    return [sheet.with_cells(diff, "keep", edited)] if touched else []


def _is_edited(sheet: SheetMerge, row: str, removers: list[Differences]) -> bool:
    """Whether another copy, or the base itself, has something new in a row that was removed."""
    in_copies = any(key[0] == row for diff in sheet.changed for key in (*diff.cells, *diff.second, *diff.comments))
    return in_copies or any(
        not same(sheet.base.cells.get((row, column)), diff.before.cells.get((row, column)))
        for diff in removers
        for column in {*sheet.base.columns, *diff.before.columns}
    )


def _copied(sheet: SheetMerge) -> None:
    """Rows with the identity of another one; each is offered as a row of its own."""
    for diff in sheet.changed:
        for row, copied in diff.copied.items():
            option = sheet.with_cells(diff, "add", diff.row_cells(row))
            _ask(sheet, "duplicate_id", row, sheet.labels.get(copied.copy_of) or copied.label, [option])


def _edited_but_gone(sheet: SheetMerge) -> None:
    """Rows that the base does not have any more, although a copy edited them."""
    rows: dict[str, list[Option]] = {}
    for diff in sheet.changed:
        for row in dict.fromkeys(row for row, _ in (*diff.cells, *diff.second, *diff.comments)):
            if row != HEADING_ROW and row in diff.before.rows and row not in sheet.base.rows:
                option = sheet.with_cells(diff, "add", diff.row_cells(row))
                rows.setdefault(row, []).append(option)
    for row, options in rows.items():
        _ask(sheet, "delete_edit", row, sheet.labels[row], options)


def _ask(sheet: SheetMerge, kind: ConflictKind, row: str, label: str, options: list[Option]) -> None:
    sheet.ask(Conflict(kind, sheet.base.name, row, "", label, "", None, None, tuple(options)))
