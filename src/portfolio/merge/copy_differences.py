"""What one returned copy changed in one sheet, compared with the base that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio.merge.cell_content import Content, is_result, same
from portfolio.merge.workbook_contents import HEADING_ROW, KEY, RESULT_KIND, CellKey, Comment, RowAt, Table

EXTRACT_ROWS = 5
"""A copy that lacks more rows than it has, and at least so many, may be an extract: its rows are not taken as removed."""


@dataclass(frozen=True)
class Copy:
    """A returned copy: who sent it, what it was made from, and what it is now, with the identities of the base."""

    file: str
    author: str
    before: Mapping[str, Table]
    now: Mapping[str, Table]


@dataclass
class Differences:
    """What a copy changed in one sheet."""

    copy: Copy
    before: Table
    now: Table
    cells: dict[CellKey, tuple[Content | None, Content | None]] = field(default_factory=dict)
    """Content before and after; in rows that were there, and in those that are new."""
    second: dict[CellKey, Content] = field(default_factory=dict)
    """What differs in a second column of the same meaning."""
    added: dict[str, RowAt] = field(default_factory=dict)
    copied: dict[str, RowAt] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    columns_added: dict[str, str] = field(default_factory=dict)
    columns_removed: list[str] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    comments: dict[CellKey, tuple[Comment, ...]] = field(default_factory=dict)
    comments_gone: list[CellKey] = field(default_factory=list)
    emptied: list[CellKey] = field(default_factory=list)
    """Results that were emptied: no wish of its own, but a difference."""

    @property
    def is_extract(self) -> bool:
        """Whether most rows are missing."""
        return len(self.removed) >= EXTRACT_ROWS and len(self.removed) > len(self.before.rows) - len(self.removed)

    def row_cells(self, row: str) -> tuple[tuple[str, Content], ...]:
        """A row as it stands in the copy."""
        held = ((column, self.now.cells.get((row, column))) for column in self.now.columns)
        return tuple((column, content) for column, content in held if content is not None and not is_result(content))


def differences(copy: Copy, before: Table, now: Table) -> Differences:
    """Compares one sheet of a copy with what it was made from."""
    found = Differences(copy, before, now)
    _columns(found)
    _rows(found)
    _cells(found)
    for key, said in now.comments.items():
        new = tuple(comment for comment in said if not comment.is_said_in(before.comments.get(key, ())))
        if new:
            found.comments[key] = new
    found.comments_gone = [
        key
        for key, said in before.comments.items()
        if (key[0] in now.rows or key[0] == HEADING_ROW)
        and not all(comment.is_said_in(now.comments.get(key, ())) for comment in said)
    ]
    return found


def _columns(found: Differences) -> None:
    before, now = found.before, found.now
    for identity, column in now.columns.items():
        if identity not in before.columns and identity not in now.ambiguous and _is_theirs(now, identity):
            found.columns_added[identity] = column.heading
        elif identity in before.columns and column.heading != before.columns[identity].heading:
            found.headings[identity] = column.heading
    found.columns_removed = [identity for identity in before.columns if identity not in now.columns and identity != KEY]


def _is_theirs(table: Table, column: str) -> bool:
    """Whether a column holds anything but what this program writes beside the epics."""
    if column == KEY or table.columns[column].kind != RESULT_KIND:
        return column != KEY
    held = (content for (_, place), content in table.cells.items() if place == column)
    return any(not is_result(content) for content in held)


def _rows(found: Differences) -> None:
    for identity, row in found.now.rows.items():
        if identity not in found.before.rows:
            (found.copied if row.copy_of else found.added)[identity] = row
    found.removed = [identity for identity in found.before.rows if identity not in found.now.rows]


def _cells(found: Differences) -> None:
    before, now = found.before, found.now
    for key in {**before.cells, **now.cells}:
        row, column = key
        if row not in now.rows or column not in now.columns or row in found.copied:
            continue
        old, new = before.cells.get(key), now.cells.get(key)
        if is_result(new):
            continue
        if is_result(old) and new is None:
            found.emptied.append(key)
            continue
        if column in now.ambiguous:
            first = (row, now.ambiguous[column])
            if new is not None and not same(before.cells.get(first), new):
                found.second[first] = new
        elif not same(old, new):
            found.cells[key] = (old, new)
