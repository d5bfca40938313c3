"""The merge itself: a cell takes what the copies that changed it agree on; where they do not, it is left to choose.

For each cell, a change is what a copy holds other than the base that the copy was made from. If all changes of a cell are
the same, and the base still holds what they were made from, the change is applied. Otherwise it is a conflict: the base
keeps what it has, and every opinion is kept with its author. So no edit is lost, and none wins by coming last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portfolio.domain import Finding
from portfolio.domain.wording import first_of
from portfolio.merge.cell_merge import Opinion, cell_changes, settle_cell
from portfolio.merge.copy_differences import Copy, Differences, differences
from portfolio.merge.followed_names import BY_PERIOD, follow, heading_change
from portfolio.merge.merged import CellChange, Conflict, Merged, NewColumn, NewComment, Option
from portfolio.merge.row_merge import merge_rows
from portfolio.merge.sheet_merge import SheetMerge
from portfolio.merge.workbook_contents import HEADING_ROW, CellKey, Comment, Table

ID_COLUMN = "id"
MOST_NAMED = 5
KEPT = "Only what is in a table by identity can be merged."


def three_way(base: Mapping[str, Table], copies: Sequence[Copy]) -> Merged:
    """Merges any number of returned copies into the base; their order makes no difference."""
    merged = Merged()
    copies = sorted(copies, key=lambda copy: copy.file)
    for name in dict.fromkeys([*base, *(name for copy in copies for name in [*copy.before, *copy.now])]):
        changed = _sheet_differences(merged, name, base, copies)
        if name in base:
            _merge_sheet(SheetMerge(merged, base[name], changed))
    follow(merged, base)
    return merged


def _sheet_differences(
    merged: Merged, name: str, base: Mapping[str, Table], copies: Sequence[Copy]
) -> list[Differences]:
    """What each copy changed in a sheet; a sheet that is not on both sides is a finding."""
    found = []
    for copy in copies:
        before, now = copy.before.get(name), copy.now.get(name)
        if now is None:
            if before is not None and name in base:
                _note(
                    merged,
                    copy.file,
                    f"The sheet {before.title or name}, or its header row, no longer exists.",
                    "A missing sheet does not count as a change of its cells.",
                    "What it held is kept; remove it in the base, if that is meant.",
                )
            continue
        changed = differences(copy, before or Table(name), now)
        if name in base:
            found.append(changed)
        elif before is None or changed.cells or changed.added or changed.removed:
            _note(
                merged,
                f"{copy.file}, {now.title or name}",
                f"Not merged: the base has no sheet {name}.",
                KEPT,
                "Copy the sheet into the base, if it is wanted.",
            )
    return found


def _note(merged: Merged, place: str, what: str, rule: str, fix: str) -> None:
    merged.findings.append(Finding("warning", place, what, rule, fix))


def _merge_sheet(sheet: SheetMerge) -> None:
    """Columns first, then rows, then cells, then comments."""
    _columns(sheet)
    merge_rows(sheet)
    _cells(sheet)
    if ID_COLUMN in sheet.base.columns:
        _collisions(sheet)
    said: dict[CellKey, list[Comment]] = {}
    for diff in sheet.changed:
        _comments(sheet, diff, said)


def _columns(sheet: SheetMerge) -> None:
    added: dict[str, list[str]] = {}
    for diff in sheet.changed:
        for column in diff.columns_added:
            if column not in sheet.base.columns:
                added.setdefault(column, []).append(diff.copy.file)
        for column in diff.columns_removed:
            sheet.note(
                diff,
                f"There is no column {sheet.headings.get(column, diff.before.columns[column].heading)} any more.",
                "A missing column does not count as a change of its cells.",
                "Its values are kept; delete it in the base, if that is meant.",
            )
        for column, heading in diff.headings.items():
            old = sheet.headings[column]
            if column in sheet.base.columns and heading != old and not _is_renamed(sheet, column):
                what = f"The column {old} is called {heading}."
                fix = f"Rename it in the base, if {heading} is meant."
                sheet.note(diff, what, "The headings are those of the base.", fix)
    for column, files in added.items():
        sheet.edits.columns_added[column] = sheet.headings[column]
        sheet.merged.columns.append(NewColumn(sheet.base.name, column, sheet.headings[column], tuple(files)))


def _is_renamed(sheet: SheetMerge, column: str) -> bool:
    """Whether a period gets another label, which all copies that change it agree on; then it is a change like others."""
    said = {diff.headings[column] for diff in sheet.changed if column in diff.headings}
    is_period = sheet.base.name in BY_PERIOD and column.startswith("=")
    if not is_period or len(said) != 1:
        return False
    (heading,) = said
    if column not in sheet.edits.headings:
        files = tuple(diff.copy.file for diff in sheet.changed if column in diff.headings)
        sheet.edits.headings[column] = heading
        sheet.merged.changes.append(heading_change(sheet.base, column, heading, files))
    return True


def _cells(sheet: SheetMerge) -> None:
    for diff in sheet.changed:
        if diff.emptied:
            names = [
                f"{sheet.labels.get(row, row)}, {sheet.headings.get(column, column)}" for row, column in diff.emptied
            ]
            what = f"Emptied: the results {first_of(names, MOST_NAMED, '; ')}."
            sheet.note(diff, what, "Results follow from the inputs, so they are kept.", "Change what they follow from.")
    for (row, column), opinions in cell_changes(sheet.changed).items():
        if not sheet.has_row(row):
            continue
        label, heading = sheet.labels[row], sheet.headings[column]
        settled = settle_cell(sheet.base, (row, column), opinions, label, heading)
        if isinstance(settled, CellChange) and not sheet.has_column(column):
            settled = _without_column(settled, opinions)
        if isinstance(settled, Conflict):
            sheet.ask(settled)
            continue
        sheet.merged.changes.append(settled)
        if settled.status == "applied":
            sheet.edits.cells[row, column] = settled.after


def _without_column(change: CellChange, opinions: Sequence[Opinion]) -> Conflict:
    options = tuple(Option(diff.copy.file, diff.copy.author, content=change.after) for diff, *_ in opinions)
    place = (change.sheet, change.row, change.column, change.label, change.heading)
    return Conflict("removed_column", *place, change.before, None, options)


def _collisions(sheet: SheetMerge) -> None:
    """Two rows must not end up with one ID: a changed ID that another row has, or gets, is left to choose."""
    owners: dict[str, list[str]] = {}
    for row in (*sheet.base.rows, *sheet.edits.rows_added):
        key = (row, ID_COLUMN)
        held = sheet.edits.cells[key] if key in sheet.edits.cells else sheet.base.cells.get(key)
        if held is not None and row not in sheet.edits.rows_removed:
            owners.setdefault(held.text.casefold(), []).append(row)
    crowded = {row for several in owners.values() if len(several) > 1 for row in several}
    authors = {diff.copy.file: diff.copy.author for diff in sheet.changed}
    for change in list(sheet.merged.changes) if crowded else ():
        is_here = change.sheet == sheet.base.name and change.column == ID_COLUMN and change.row in crowded
        if is_here and change.status == "applied" and change.row in sheet.base.rows:
            sheet.merged.changes.remove(change)
            del sheet.edits.cells[change.row, ID_COLUMN]
            options = tuple(Option(file, authors[file], content=change.after) for file in change.files)
            place = (change.sheet, change.row, ID_COLUMN, change.label, change.heading)
            sheet.ask(Conflict("changed_id", *place, change.before, change.before, options))


def _comments(sheet: SheetMerge, diff: Differences, known: dict[CellKey, list[Comment]]) -> None:
    for (row, column), said in diff.comments.items():
        there = known.setdefault((row, column), [*sheet.base.comments.get((row, column), ())])
        label, heading = sheet.labels.get(row, ""), sheet.headings.get(column, column)
        for comment in said:
            carried = NewComment(sheet.base.name, row, column, label, heading, comment, diff.copy.file)
            if comment.is_said_in(there):
                continue
            there.append(comment)
            if (sheet.has_row(row) or row == HEADING_ROW) and sheet.has_column(column):
                sheet.edits.comments.append(carried)
                sheet.merged.comments.append(carried)
            else:
                what = f'Not merged: the comment "{comment.text}" of {comment.author or diff.copy.file}.'
                sheet.note(diff, what, "Its cell is not in the base.", "Copy it by hand, if it is wanted.")
    if diff.comments_gone:
        row, column = diff.comments_gone[0]
        where = f"{sheet.labels.get(row, '')}, {sheet.headings.get(column, column)}".strip(", ")
        more = f" and {len(diff.comments_gone) - 1} more" if len(diff.comments_gone) > 1 else ""
        what = f"The comment at {where}{more} no longer exists, or its text has changed."
        sheet.note(diff, what, "Comments are carried over, never removed.", "Delete it in the base, if that is meant.")
