"""A merge as JSON: every change, conflict and finding, in the same order every time."""

from __future__ import annotations

from datetime import date

from portfolio.merge.cell_content import Content
from portfolio.merge.merge_copies import Merge
from portfolio.merge.merged import CellChange, Conflict, Option, RowChange

_Names = dict[tuple[str, str], str]


def as_json(merge: Merge) -> dict[str, object]:
    """What a merge is in JSON."""
    merged, names = merge.merged, merge.names
    return {
        "format": 1,
        "base": merge.path.name,
        "returned": [{"file": copy.file, "author": copy.author, "base": copy.base} for copy in merge.returned],
        "changes": [_change(change, names) for change in merged.changes],
        "conflicts": [_conflict(conflict, names) for conflict in merged.conflicts],
        "added": [_row(row, names) for row in merged.added],
        "removed": [_row(row, names) for row in merged.removed],
        "columns": [
            {"sheet": column.sheet, "column": column.heading, "files": list(column.files)} for column in merged.columns
        ],
        "comments": [
            {
                "sheet": new.sheet,
                "id": names.get((new.sheet, new.row), ""),
                "column": new.heading,
                "author": new.comment.author,
                "text": new.comment.text,
                "file": new.file,
            }
            for new in merged.comments
        ],
        "findings": [finding.as_json() for finding in merged.findings],
    }


def _change(change: CellChange, names: _Names) -> dict[str, object]:
    return {
        "sheet": change.sheet,
        "id": names.get((change.sheet, change.row), change.label),
        "column": change.heading,
        "before": _value(change.before),
        "after": _value(change.after),
        "files": list(change.files),
        "status": change.status,
    }


def _conflict(conflict: Conflict, names: _Names) -> dict[str, object]:
    return {
        "kind": conflict.kind,
        "sheet": conflict.sheet,
        "id": names.get((conflict.sheet, conflict.row), conflict.label),
        "column": conflict.heading,
        "before": _value(conflict.before),
        "now": _value(conflict.now),
        "options": [_option(option) for option in conflict.options],
    }


def _option(option: Option) -> dict[str, object]:
    found: dict[str, object] = {"file": option.file, "author": option.author, "action": option.action}
    if option.action == "set":
        found["value"] = _value(option.content)
    elif option.action in ("add", "keep"):
        found["values"] = {column: _value(content) for column, content in option.cells}
    else:
        found["rows"] = list(option.rows)
    return found


def _row(row: RowChange, names: _Names) -> dict[str, object]:
    return {
        "sheet": row.sheet,
        "id": names.get((row.sheet, row.row), row.label),
        "files": list(row.files),
        "status": row.status,
    }


def _value(content: Content | None) -> object:
    """A cell as JSON: numbers, texts, yes and no, dates as 2027-01-04, formulas with their equals sign."""
    if content is None:
        return None
    return str(content) if content.kind == "formula" or isinstance(content.value, date) else content.value
