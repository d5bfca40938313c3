"""The terminal: tables and sentences as every command prints them."""

from __future__ import annotations

import sys

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio.domain.wording import rounded

PIPED_WIDTH = 140
"""Columns where standard output is no terminal: wide enough that nothing is cut."""


def show(*tables: Table | str) -> None:
    """Prints tables and sentences with a blank line between them."""
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False)
    for number, table in enumerate(tables):
        if number:
            console.print()
        console.print(table, markup=False) if isinstance(table, str) else console.print(table)


def blank_table(title: str) -> Table:
    """An empty table as every command shows them."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )


def headed(noun: str) -> str:
    """A word of the operating model as a heading."""
    return noun[:1].upper() + noun[1:]


def as_cells(cells: list[str]) -> list[Text]:
    """Users' words are text, never markup."""
    return [Text(cell) for cell in cells]


def whole(number: int | None) -> str:
    """A whole number, or a dash where there is none."""
    return "-" if number is None else str(number)


def figure(number: float | None, digits: int = 0) -> str:
    """A figure without needless digits, or a dash where there is none."""
    return "-" if number is None else rounded(number, digits)
