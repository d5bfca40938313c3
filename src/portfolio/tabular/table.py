"""A table declared as data: its columns with type, unit and meaning, and the key that tells its rows apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Kind = Literal["text", "number", "whole", "yes/no", "date", "period"]
"""What the cells of a column hold; a period is a label that has its place among others."""
Row = Mapping[str, object]
ABBREVIATIONS = {"id": "ID", "wsjf": "WSJF", "cd3": "CD3", "wip": "WIP", "mvp": "MVP", "capex": "CapEx", "opex": "OpEx"}


@dataclass(frozen=True)
class Column:
    """One column: its name in programs and files, what it holds, in which unit, and what that means.

    `refers_to` is the key of another table that it names a row of, where it is not called like that key itself.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    refers_to: str = ""

    @property
    def heading(self) -> str:
        """The name as people read it."""
        words = [ABBREVIATIONS.get(word, word) for word in self.name.split("_")]
        return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


@dataclass(frozen=True)
class Table:
    """One table: a row for each thing of one kind, told apart by its key.

    `shown` names the columns of a short view, in their order; without it, all are. `has_all` says that everything of its
    kind has a row, so that other tables of the same result may refer to it.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    shown: tuple[str, ...] = ()
    has_all: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    def filled(
        self, rows: Callable[[], Iterable[Row]], periods: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> FilledTable:
        """The table with its rows, which are made when they are asked for; `periods` are the labels of its period columns."""
        return FilledTable(self, rows, periods)


@dataclass(frozen=True)
class FilledTable:
    """A table with its rows."""

    table: Table
    made: Callable[[], Iterable[Row]]
    periods: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Each row in the order of the columns, None where something is absent."""
        names = self.table.names
        return (tuple(row.get(name) for name in names) for row in self.made())
