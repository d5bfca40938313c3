"""Locates findings in the user's file: where one about the plan as a whole stands, and the cells that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portfolio.domain.finding import Path

MOST_NAMED = 4
"""Cells named in a sentence at most."""


@dataclass(frozen=True)
class CellLocator:
    """The file's name, and for each field of the portfolio its cell, or its path in JSON; None where it stands nowhere."""

    file: str
    cell: Callable[[Path], str | None]
    in_file: bool = True
    """Whether there is a file at all; otherwise a place says where something stands without naming one."""

    def place(self, path: Path) -> str:
        """The place of a finding about a field: `portfolio.xlsx, Epics!F12`, or the file."""
        cell = self.cell(path)
        if cell is None:
            return self.file
        return f"{self.file}, {cell}" if self.in_file else cell

    def cells(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """The cells of several fields, each once."""
        return tuple(dict.fromkeys(cell for path in paths if (cell := self.cell(path)) is not None))

    def named(self, paths: Iterable[Path]) -> str:
        """The cells in brackets after a word, or nothing."""
        cells = self.cells(paths)
        more = ", ..." if len(cells) > MOST_NAMED else ""
        return f" ({', '.join(cells[:MOST_NAMED])}{more})" if cells else ""
