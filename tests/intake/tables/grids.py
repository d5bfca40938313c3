"""Grids for tests, as a sheet gives them: blank text where nothing stands, numbers as floats."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.intake.tables.grid import Grid


def grid(*rows: Sequence[object], name: str = "Sheet") -> Grid:
    """A sheet with these rows from its first cell on."""
    width = max(map(len, rows))
    cells = [
        [
            "" if cell is None else float(cell) if type(cell) is int else cell
            for cell in [*row, *[None] * (width - len(row))]
        ]
        for row in rows
    ]
    return Grid(name, cells, 1, 1, {})
