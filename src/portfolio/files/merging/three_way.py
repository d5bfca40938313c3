"""The merge itself: a cell takes what the copies that changed it agree on; where they do not, it is left to choose.

For each cell, a change is what a copy holds other than the base that the copy was made from. If all changes of a cell are
the same, and the base still holds what they were made from, the change is applied. Otherwise it is a conflict: the base
keeps what it has, and every opinion is kept with its author. So no edit is lost, and none wins by coming last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portfolio.domain import Finding
from portfolio.files.merging.agreement import Opinion, cell_changes, settle_cell
from portfolio.files.merging.content import same
from portfolio.files.merging.contents import HEADING_ROW, Table
from portfolio.files.merging.differences import Copy, Differences, differences
from portfolio.files.merging.merged import Change, Conflict, Edits, Merged, NewColumn, NewComment, Option, RowChange

ID_COLUMN = "id"
KEPT = "Only what is in a table by identity can be merged."


def three_way(base: Mapping[str, Table], copies: Sequence[Copy]) -> Merged:
    """Merges any number of returned copies into the base; their order makes no difference."""
    merged = Merged()
    copies = sorted(copies, key=lambda copy: copy.file)
    for name in dict.fromkeys([*base, *(name for copy in copies for name in [*copy.before, *copy.now])]):
        changed = _sheet_differences(merged, name, base, copies)
        if name in base:
            _SheetMerge(merged, base[name], changed).run()
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
                    f"The sheet {before.title or name}, or its header row, is not there any more.",
                    "A missing sheet is no change of its cells.",
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


class _SheetMerge:
    """The merge of one sheet."""

    def __init__(self, merged: Merged, base: Table, changed: Sequence[Differences]) -> None:
        self.merged, self.base, self.changed = merged, base, changed
        self.edits = merged.edits.setdefault(base.name, Edits())
        self.labels = {name: row.label for diff in reversed(changed) for name, row in diff.now.rows.items()}
        self.labels |= {name: row.label for name, row in base.rows.items()}
        self.headings = {
            name: column.heading for diff in reversed(changed) for name, column in diff.now.columns.items()
        }
        self.headings |= {name: column.heading for name, column in base.columns.items()}

    def run(self) -> None:
        """Columns first, then rows, then cells, then comments."""
        self._columns()
        self._added()
        self._removed()
        self._copied()
        self._cells()
        self._collisions()
        self._comments()

    def _columns(self) -> None:
        added: dict[str, list[str]] = {}
        for diff in self.changed:
            place = f"{diff.copy.file}, {diff.now.title or diff.now.name}"
            for column in diff.columns_added:
                if column not in self.base.columns:
                    added.setdefault(column, []).append(diff.copy.file)
            for column in diff.columns_removed:
                _note(
                    self.merged,
                    place,
                    f"There is no column {self.headings.get(column, column)} any more.",
                    "A missing column is no change of its cells.",
                    "Its values are kept; delete it in the base, if that is meant.",
                )
            for column, heading in diff.headings.items():
                old = self.headings.get(column, column)
                if column in self.base.columns and heading != old:
                    _note(
                        self.merged,
                        place,
                        f"The column {old} is called {heading}.",
                        "The headings are those of the base.",
                        f"Rename it in the base, if {heading} is meant.",
                    )
        for column, files in added.items():
            self.edits.columns_added[column] = self.headings[column]
            self.merged.columns.append(NewColumn(self.base.name, column, self.headings[column], tuple(files)))

    def _added(self) -> None:
        rows: dict[str, list[Differences]] = {}
        for diff in self.changed:
            for row in diff.added:
                rows.setdefault(row, []).append(diff)
        for row, diffs in rows.items():
            files = tuple(diff.copy.file for diff in diffs)
            is_new = row not in self.base.rows
            if is_new:
                self.edits.rows_added[row] = diffs[0].added[row]
            self.merged.added.append(
                RowChange(self.base.name, row, self.labels[row], files, "applied" if is_new else "already there")
            )

    def _removed(self) -> None:
        for diff in self.changed:
            rows = tuple(row for row in diff.removed if row in self.base.rows)
            if diff.is_extract and rows:
                option = Option(diff.copy.file, diff.copy.author, "remove", rows=rows)
                label = f"{len(rows)} rows"
                self.merged.conflicts.append(
                    Conflict("many_removed", self.base.name, "", "", label, "", None, None, (option,))
                )
        removers: dict[str, list[Differences]] = {}
        for diff in self.changed:
            for row in diff.removed if not diff.is_extract else ():
                removers.setdefault(row, []).append(diff)
        for row, diffs in removers.items():
            self._remove(row, diffs)

    def _remove(self, row: str, removers: list[Differences]) -> None:
        files = tuple(diff.copy.file for diff in removers)
        if row not in self.base.rows:
            status = "already there"
        elif self._is_edited(row, removers):
            status = "conflict"
            options = tuple(Option(diff.copy.file, diff.copy.author, "remove", rows=(row,)) for diff in removers)
            self.merged.conflicts.append(
                Conflict("delete_edit", self.base.name, row, "", self.labels[row], "", None, None, options)
            )
        else:
            status = "applied"
            self.edits.rows_removed.append(row)
        self.merged.removed.append(
            RowChange(self.base.name, row, self.labels.get(row) or removers[0].before.rows[row].label, files, status)  # type: ignore[arg-type]
        )

    def _is_edited(self, row: str, removers: list[Differences]) -> bool:
        """Whether another copy, or the base itself, has something new in a row that was removed."""
        in_copies = any(key[0] == row for diff in self.changed for key in (*diff.cells, *diff.second, *diff.comments))
        return in_copies or any(
            not same(self.base.cells.get((row, column)), diff.before.cells.get((row, column)))
            for diff in removers
            for column in {*self.base.columns, *diff.before.columns}
        )

    def _copied(self) -> None:
        for diff in self.changed:
            for row, copied in diff.copied.items():
                option = Option(diff.copy.file, diff.copy.author, "add", cells=diff.row_cells(row))
                label = self.labels.get(copied.copy_of) or copied.label
                self.merged.conflicts.append(
                    Conflict("duplicate_id", self.base.name, row, "", label, "", None, None, (option,))
                )

    def _cells(self) -> None:
        for (row, column), opinions in cell_changes(self.changed).items():
            label, heading = self.labels.get(row, row), self.headings.get(column, column)
            if row not in self.base.rows and row not in self.edits.rows_added:
                continue
            settled = settle_cell(self.base, (row, column), opinions, label, heading)
            is_known = column in self.base.columns or column in self.edits.columns_added
            if isinstance(settled, Conflict) or not is_known:
                conflict = settled if isinstance(settled, Conflict) else self._without_column(settled, opinions)
                self._refuse(conflict)
                continue
            self.merged.changes.append(settled)
            if settled.status == "applied":
                self.edits.cells[row, column] = settled.after
        self._edited_but_gone()

    def _without_column(self, change: Change, opinions: Sequence[Opinion]) -> Conflict:
        options = tuple(Option(diff.copy.file, diff.copy.author, content=change.after) for diff, *_ in opinions)
        return Conflict(
            "removed_column",
            change.sheet,
            change.row,
            change.column,
            change.label,
            change.heading,
            change.before,
            None,
            options,
        )

    def _refuse(self, conflict: Conflict) -> None:
        self.merged.conflicts.append(conflict)
        for option in conflict.options:
            self.merged.changes.append(
                Change(
                    conflict.sheet,
                    conflict.row,
                    conflict.column,
                    conflict.label,
                    conflict.heading,
                    conflict.before,
                    option.content,
                    (option.file,),
                    "conflict",
                )
            )

    def _edited_but_gone(self) -> None:
        """Rows that the base does not have any more, although a copy edited them."""
        rows: dict[str, list[Option]] = {}
        for diff in self.changed:
            touched = dict.fromkeys(row for row, _ in (*diff.cells, *diff.second, *diff.comments))
            for row in touched:
                if row != HEADING_ROW and row in diff.before.rows and row not in self.base.rows:
                    option = Option(diff.copy.file, diff.copy.author, "add", cells=diff.row_cells(row))
                    rows.setdefault(row, []).append(option)
        for row, options in rows.items():
            label = self.labels.get(row, row)
            self.merged.conflicts.append(
                Conflict("delete_edit", self.base.name, row, "", label, "", None, None, tuple(options))
            )

    def _collisions(self) -> None:
        """Two rows must not end up with one ID: a changed ID that another row has, or gets, is left to choose."""
        if ID_COLUMN not in self.base.columns:
            return
        rows = [row for row in (*self.base.rows, *self.edits.rows_added) if row not in self.edits.rows_removed]
        owners: dict[str, list[str]] = {}
        for row in rows:
            key = (row, ID_COLUMN)
            held = self.edits.cells[key] if key in self.edits.cells else self.base.cells.get(key)
            if held is not None:
                owners.setdefault(held.text.casefold(), []).append(row)
        crowded = {row for several in owners.values() if len(several) > 1 for row in several}
        for change in [change for change in self.merged.changes if change.sheet == self.base.name]:
            is_changed = change.column == ID_COLUMN and change.status == "applied" and change.row in self.base.rows
            if is_changed and change.row in crowded:
                self.merged.changes.remove(change)
                del self.edits.cells[change.row, ID_COLUMN]
                authors = {diff.copy.file: diff.copy.author for diff in self.changed}
                options = tuple(Option(file, authors[file], content=change.after) for file in change.files)
                self._refuse(
                    Conflict(
                        "changed_id",
                        change.sheet,
                        change.row,
                        ID_COLUMN,
                        change.label,
                        change.heading,
                        change.before,
                        change.before,
                        options,
                    )
                )

    def _comments(self) -> None:
        seen = set()
        for diff in self.changed:
            place = f"{diff.copy.file}, {diff.now.title or diff.now.name}"
            for (row, column), said in diff.comments.items():
                for comment in said:
                    there = self.base.comments.get((row, column), ())
                    known = (row, column, comment) in seen or any(comment.text in old.text for old in there)
                    seen.add((row, column, comment))
                    if known:
                        continue
                    has_row = row in self.base.rows or row in self.edits.rows_added or row == HEADING_ROW
                    if has_row and (column in self.base.columns or column in self.edits.columns_added):
                        carried = NewComment(self.base.name, row, column, comment, diff.copy.file)
                        self.edits.comments.append(carried)
                        self.merged.comments.append(carried)
                    else:
                        _note(
                            self.merged,
                            place,
                            f'Not merged: the comment "{comment.text}" of {comment.author}.',
                            "Its cell is not in the base.",
                            "Copy it by hand, if it is wanted.",
                        )
            for row, column in diff.comments_gone:
                where = f"{self.labels.get(row, row)}, {self.headings.get(column, column)}".strip(", ")
                _note(
                    self.merged,
                    place,
                    f"A comment at {where} is not there any more, or reads otherwise.",
                    "Comments are carried over, never removed.",
                    "Delete it in the base, if that is meant.",
                )
