"""The result of a merge: what changes, what is left to choose, and what could not be merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from portfolio.domain import Finding
from portfolio.merge.cell_content import Content
from portfolio.merge.workbook_contents import CellKey, Comment, RowAt

ConflictKind = Literal[
    "value",
    "delete_edit",
    "many_removed",
    "duplicate_id",
    "changed_id",
    "type",
    "formula_overwritten",
    "header_ambiguous",
    "removed_column",
]
Action = Literal["set", "remove", "add", "keep"]
Status = Literal["applied", "conflict", "already there", "not merged"]


@dataclass(frozen=True)
class Option:
    """What one returned copy says in a conflict: a cell's content, rows to remove, a row to add, or to keep a row."""

    file: str
    author: str
    action: Action = "set"
    content: Content | None = None
    rows: tuple[str, ...] = ()
    cells: tuple[tuple[str, Content], ...] = ()
    headings: tuple[str, ...] = ()
    """What people call the columns of these cells."""

    @property
    def words(self) -> str:
        """As people read it."""
        if self.action == "remove":
            return "remove the row" if len(self.rows) == 1 else f"remove these {len(self.rows)} rows"
        headings = self.headings or [column.lstrip("=") for column, _ in self.cells]
        said = "; ".join(f"{heading}: {cell[1]}" for heading, cell in zip(headings, self.cells, strict=False))
        if self.action == "keep":
            return f"keep the row, edited: {said}" if said else "keep the row, edited"
        if self.action == "add":
            return said
        return "" if self.content is None else str(self.content)


@dataclass(frozen=True)
class Conflict:
    """One place where the copies, or a copy and the base, do not agree; the base's own content stays until one chooses.

    Column is empty where it is about a whole row, row where it is about several.
    """

    kind: ConflictKind
    sheet: str
    row: str
    column: str
    label: str
    heading: str
    before: Content | None
    now: Content | None
    options: tuple[Option, ...]


@dataclass(frozen=True)
class CellChange:
    """One cell that returned copies have otherwise, and what became of it."""

    sheet: str
    row: str
    column: str
    label: str
    heading: str
    before: Content | None
    after: Content | None
    files: tuple[str, ...]
    status: Status


@dataclass(frozen=True)
class RowChange:
    """A row that returned copies added or removed."""

    sheet: str
    row: str
    label: str
    files: tuple[str, ...]
    status: Status


@dataclass(frozen=True)
class NewColumn:
    """A column that returned copies added."""

    sheet: str
    column: str
    heading: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class NewComment:
    """A comment that is carried over from a returned copy."""

    sheet: str
    row: str
    column: str
    label: str
    heading: str
    comment: Comment
    file: str


@dataclass(frozen=True)
class Renamed:
    """A name that was changed, with the files that say so."""

    kind: str
    before: str
    after: str
    files: tuple[str, ...]


@dataclass
class Edits:
    """What is to be written into one sheet of the base."""

    cells: dict[CellKey, Content | None] = field(default_factory=dict)
    rows_added: dict[str, RowAt] = field(default_factory=dict)
    rows_removed: list[str] = field(default_factory=list)
    columns_added: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    """Columns that get another heading."""
    comments: list[NewComment] = field(default_factory=list)


@dataclass
class Merged:
    """A merge as a whole."""

    edits: dict[str, Edits] = field(default_factory=dict)
    changes: list[CellChange] = field(default_factory=list)
    added: list[RowChange] = field(default_factory=list)
    removed: list[RowChange] = field(default_factory=list)
    columns: list[NewColumn] = field(default_factory=list)
    comments: list[NewComment] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
