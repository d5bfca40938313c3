"""A workbook as it is merged: tables of cells by identity and column, with the place of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from portfolio.merge.cell_content import Content
from portfolio.merge.result_record import Written

CellKey = tuple[str, str]
"""A cell by the identities of its row and its column."""
KEY_HEADING = "Portfolio key"
KEY = "=portfoliokey"
"""The hidden column that tells epics without an ID apart, whatever happens to their titles; its cells are not merged."""
RESULT_KIND = "result"
"""The kind of columns beside the epics that results are written to."""
LINK_KIND = "links"
"""The kind of columns beside the epics in which other epics are named."""
HEADING_ROW = ""
"""The identity of the header row, which only comments refer to."""


@dataclass(frozen=True)
class ColumnAt:
    """A column: its heading, its number on the sheet, and what kind of cells it holds where it is a known one."""

    heading: str
    number: int = 0
    kind: str = ""


@dataclass(frozen=True)
class RowAt:
    """A row: its number on the sheet, its ID or name as it is written, its title and its hidden key where it has them."""

    number: int = 0
    name: str = ""
    title: str = ""
    key: str = ""
    copy_of: str = ""
    """The row whose identity it has too: somebody copied a row."""

    @property
    def label(self) -> str:
        """What people call it: ID and title."""
        return self.name if self.title in ("", self.name) else f"{self.name} {self.title}"


@dataclass(frozen=True)
class Comment:
    """What somebody wrote beside a cell."""

    author: str
    text: str

    def is_said_in(self, comments: Iterable[Comment]) -> bool:
        """Whether others say it too; programs rename authors and break lines anew, so the words are what counts."""
        words = " ".join(self.text.split())
        return any(words in " ".join(comment.text.split()) for comment in comments)


@dataclass
class Table:
    """One input sheet: rows and columns by identity; an empty cell is one that is not there."""

    name: str
    title: str = ""
    header: int = 0
    last: int = 0
    """The last row and the first free column on the sheet."""
    width: int = 0
    columns: dict[str, ColumnAt] = field(default_factory=dict)
    rows: dict[str, RowAt] = field(default_factory=dict)
    cells: dict[CellKey, Content] = field(default_factory=dict)
    comments: dict[CellKey, tuple[Comment, ...]] = field(default_factory=dict)
    ambiguous: dict[str, str] = field(default_factory=dict)
    """Columns that are there twice: the second one, and the one that it repeats."""


@dataclass
class Contents:
    """Everything of a workbook that is merged, and what stands around it."""

    tables: dict[str, Table] = field(default_factory=dict)
    outside: dict[str, dict[tuple[int, int], Content]] = field(default_factory=dict)
    """Cells that belong to no table, by sheet."""
    outside_comments: dict[str, dict[tuple[int, int], tuple[Comment, ...]]] = field(default_factory=dict)
    author: str = ""
    written: Written = field(default_factory=Written)
    """What stood on result sheets when they were written, where that is known."""
    named_in: dict[str, dict[int, tuple[int, str]]] = field(default_factory=dict)
    """Columns outside the tables in which records are named, by sheet, each with its header row and heading."""


@dataclass(frozen=True)
class Layout:
    """Where the rows and columns of a table stand on their sheet."""

    name: str
    header: int
    columns: Mapping[int, str]
    rows: Mapping[int, str]

    @cached_property
    def first(self) -> int:
        """The first row of the table."""
        return min(self.rows, default=self.header + 1)

    @cached_property
    def last(self) -> int:
        """The last row of the table."""
        return max(self.rows, default=self.header + 1)


def layouts(tables: Mapping[str, Table]) -> dict[str, Layout]:
    """The layout of each table by the title of its sheet, without regard to case."""
    return {
        table.title.casefold(): Layout(
            name,
            table.header,
            {column.number: identity for identity, column in table.columns.items()},
            {row.number: identity for identity, row in table.rows.items()},
        )
        for name, table in tables.items()
    }
