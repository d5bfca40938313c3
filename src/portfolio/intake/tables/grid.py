"""The cells of one sheet as they stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet; row and column of the first cell count from 1."""

    name: str
    rows: list[list[Any]]
    top: int
    left: int
    odd_cells: dict[tuple[int, int], str]
    """Cells that look empty but hold an error or a formula that was never calculated."""
