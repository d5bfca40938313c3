"""Rows of a compiled table: what belongs together lies together, and a part of the program is handed a row, not thirty arrays."""

from __future__ import annotations

from typing import NewType, Protocol, TypeVar, cast, get_type_hints, overload

import numpy as np

from portfolio.options import Floats

Row_co = TypeVar("Row_co", covariant=True)
Place = NewType("Place", int)
"""The number of a row, never below 0, so that no compiled look-up asks whether it counts from the end."""
_CELLS = {float: "f8", int: "i8", bool: "?", Place: "u4"}


class Rows(Protocol[Row_co]):
    """A table whose rows are what a class declares: a row by its number, a column by its name."""

    def __len__(self) -> int:
        """How many rows there are."""

    @overload
    def __getitem__(self, place: int) -> Row_co: ...

    @overload
    def __getitem__(self, place: str) -> Floats: ...

    def copy(self) -> Rows[Row_co]:
        """The same rows by themselves."""


def rows_of(kind: type[Row_co], count: int, **columns: object) -> Rows[Row_co]:
    """As many rows of a kind, zero in every column that is not given."""
    cells = [(name, _CELLS[cell]) for name, cell in get_type_hints(kind).items()]
    table = np.zeros(count, dtype=np.dtype(cells, align=True)).view(np.recarray)
    for name, values in columns.items():
        table[name] = values
    return cast("Rows[Row_co]", table)
