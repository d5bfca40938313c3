"""One sheet while it is merged: its base, what each copy changed in it, and what has been decided so far."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.domain import Finding
from portfolio.merge.cell_content import Content
from portfolio.merge.copy_differences import Differences
from portfolio.merge.merged import Action, CellChange, Conflict, Edits, Merged, Option
from portfolio.merge.workbook_contents import Table


class SheetMerge:
    """The merge of one sheet; `labels` and `headings` say what people call its rows and columns."""

    def __init__(self, merged: Merged, base: Table, changed: Sequence[Differences]) -> None:
        self.merged, self.base, self.changed = merged, base, changed
        self.edits = merged.edits.setdefault(base.name, Edits())
        self.labels = {name: row.label for diff in reversed(changed) for name, row in diff.now.rows.items()}
        self.labels |= {name: row.label for diff in reversed(changed) for name, row in diff.before.rows.items()}
        self.labels |= {name: row.label for name, row in base.rows.items()}
        self.headings = {
            name: column.heading for diff in reversed(changed) for name, column in diff.now.columns.items()
        }
        self.headings |= {name: column.heading for name, column in base.columns.items()}

    def has_row(self, row: str) -> bool:
        """Whether the sheet has a row after the merge."""
        return row in self.base.rows or row in self.edits.rows_added

    def has_column(self, column: str) -> bool:
        """Whether the sheet has a column after the merge."""
        return column in self.base.columns or column in self.edits.columns_added

    def with_cells(self, diff: Differences, action: Action, cells: tuple[tuple[str, Content], ...]) -> Option:
        """What a copy says about a whole row, with the columns as people call them."""
        headings = tuple(self.headings.get(column, column.lstrip("=")) for column, _ in cells)
        return Option(diff.copy.file, diff.copy.author, action, cells=cells, headings=headings)

    def note(self, diff: Differences, what: str, rule: str, fix: str) -> None:
        """Remembers what could not be merged, or was understood otherwise than it looks."""
        place = f"{diff.copy.file}, {diff.now.title or diff.now.name}"
        self.merged.findings.append(Finding("warning", place, what, rule, fix))

    def ask(self, conflict: Conflict) -> None:
        """Leaves something to choose; a cell is listed among the changes too, once for each opinion."""
        self.merged.conflicts.append(conflict)
        place = (conflict.sheet, conflict.row, conflict.column, conflict.label, conflict.heading)
        for option in conflict.options if conflict.column else ():
            change = CellChange(*place, conflict.before, option.content, (option.file,), "conflict")
            self.merged.changes.append(change)
