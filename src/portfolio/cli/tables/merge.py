"""A merge as tables for people: every change with who made it, and what is left to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import blank_table, show
from portfolio.engine.merge import conflict_words

if TYPE_CHECKING:
    from portfolio.engine.merge import Merge


def show_merge(merge: Merge) -> None:
    """Prints what changes, what is left to choose, and a sentence that counts both."""
    parts: list[Table | str] = [_summary(merge)]
    merged = merge.merged
    settled = any(change.status != "conflict" for change in merged.changes)
    if settled or merged.added or merged.removed or merged.columns or merged.comments:
        parts.append(_changes(merge))
    if merged.conflicts:
        parts.append(_conflicts(merge))
    show(*parts)


def _summary(merge: Merge) -> str:
    merged = merge.merged
    applied = sum(change.status == "applied" for change in merged.changes)
    counts = [
        _count(applied, "change"),
        *([_count(len(merged.added), "row") + " added"] if merged.added else []),
        *(
            [_count(sum(row.status == "applied" for row in merged.removed), "row") + " removed"]
            if merged.removed
            else []
        ),
        *([_count(len(merged.columns), "column") + " added"] if merged.columns else []),
        *([_count(len(merged.comments), "comment")] if merged.comments else []),
        _count(len(merged.conflicts), "conflict"),
    ]
    copies = _count(len(merge.returned), "returned copy", "returned copies")
    return f"{merge.path.name} and {copies}: {', '.join(counts)}."


def _count(number: int, word: str, several: str = "") -> str:
    return f"{number or 'no'} {word if number == 1 else several or word + 's'}"


def _changes(merge: Merge) -> Table:
    merged = merge.merged
    table = blank_table("Changes")
    for heading in ("File", "Sheet", "Row", "Column", "Before", "After", ""):
        table.add_column(heading, overflow="fold")
    for line in merged.added:
        _line(table, line.files, line.sheet, line.label, "", "", "a new row", line.status)
    for line in merged.removed:
        _line(table, line.files, line.sheet, line.label, "", "", "removed", line.status)
    for column in merged.columns:
        _line(table, column.files, column.sheet, "", column.heading, "", "a new column", "applied")
    for change in merged.changes:
        if change.status == "conflict":
            continue
        before, after = _shown(change.before), _shown(change.after)
        _line(table, change.files, change.sheet, change.label, change.heading, before, after, change.status)
    for new in merged.comments:
        text = f"comment of {new.comment.author or new.file}: {new.comment.text}"
        _line(table, (new.file,), new.sheet, new.label, new.heading, "", text, "applied")
    return table


def _line(
    table: Table, files: tuple[str, ...], sheet: str, row: str, column: str, before: str, after: str, status: str
) -> None:
    table.add_row(*(Text(cell) for cell in (", ".join(files), sheet, row, column, before, after, status)))


def _conflicts(merge: Merge) -> Table:
    table = blank_table("Conflicts, left to choose")
    for heading in ("Sheet", "Row", "Column", "What", "Sent out", "In the base now", "Who says what"):
        table.add_column(heading, overflow="fold")
    for conflict in merge.merged.conflicts:
        said = "\n".join(f"{option.file}: {option.words or '(empty)'}" for option in conflict.options)
        cells = (conflict.sheet, conflict.label, conflict.heading, conflict_words(conflict))
        table.add_row(*(Text(cell) for cell in (*cells, _shown(conflict.before), _shown(conflict.now), said)))
    return table


def _shown(content: object) -> str:
    return "" if content is None else str(content)
