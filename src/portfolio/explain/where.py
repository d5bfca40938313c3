"""Where things stand in the user's file: a finding about the plan as a whole, and the cells that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portfolio.domain.finding import Path

MOST_NAMED = 4
"""Cells named in a sentence at most."""


@dataclass(frozen=True)
class Where:
    """The file's name, and for each field of the portfolio the place it was read from, `portfolio.xlsx, Epics!F12`."""

    file: str
    place: Callable[[Path], str]

    def cell(self, path: Path) -> str | None:
        """`Epics!F12`, or the field's path in JSON; None where the file does not say it anywhere."""
        found = self.place(path).removeprefix(f"{self.file}, ")
        return found if "!" in found or "." in found.removeprefix(self.file) or "_" in found else None

    def cells(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """The cells of several fields, each once."""
        return tuple(dict.fromkeys(cell for path in paths if (cell := self.cell(path)) is not None))

    def named(self, paths: Iterable[Path]) -> str:
        """The cells in brackets after a word, or nothing."""
        cells = self.cells(paths)
        more = ", ..." if len(cells) > MOST_NAMED else ""
        return f" ({', '.join(cells[:MOST_NAMED])}{more})" if cells else ""
