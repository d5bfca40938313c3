"""The terminal: tables and sentences as every command prints them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from copy import copy

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio.domain.wording import rounded

PIPED_WIDTH = 140
"""Columns where standard output is no terminal: wide enough that nothing is cut."""
MANY_ROWS = 20
"""Rows from which on a table is long: rich takes about a millisecond for each cell of it."""


def show(*tables: Table | str) -> None:
    """Prints tables and sentences with a blank line between them."""
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False)
    for number, table in enumerate(tables):
        if number:
            console.print()
        if isinstance(table, str):
            console.print(table, markup=False)
            continue
        lines = _quick_lines(console, table)
        if lines is None:
            console.print(table)
        else:
            console.file.write(lines)


def _quick_lines(console: Console, table: Table) -> str | None:
    """A long table of plain words as rich prints it, in a tenth of the time; None where rich itself has to print it.

    Rich lays out the headings and one row of the widest cells. Where that row comes out whole, all others fit as well.
    """
    if table.row_count < MANY_ROWS or console.legacy_windows:
        return None
    if not all(_is_plain(cell) for column in table.columns for cell in column.cells):
        return None
    columns = [[str(cell) for cell in column.cells] for column in table.columns]
    widest = [max(cells, key=cell_len) for cells in columns]
    widths = [max(cell_len(cell), cell_len(str(one.header))) for cell, one in zip(widest, table.columns, strict=True)]
    ways = [column.justify == "right" for column in table.columns]
    lines = _laid_out(console, table, widest).splitlines(keepends=True)
    row = _row(widest, widths, ways)
    if lines.count(row) != 1:
        return None
    place = lines.index(row)
    rows = [_row(cells, widths, ways) for cells in zip(*columns, strict=True)]
    return "".join([*lines[:place], *rows, *lines[place + 1 :]])


def _laid_out(console: Console, table: Table, cells: list[str]) -> str:
    """The same table with one row, as rich prints it."""
    alone = copy(table)
    alone.columns, alone.rows = [column.copy() for column in table.columns], []
    alone.add_row(*as_cells(cells))
    with console.capture() as captured:
        console.print(alone)
    return captured.get()


def _row(cells: Iterable[str], widths: list[int], to_the_right: list[bool]) -> str:
    """A line of a table whose cells fit."""
    padded = []
    for cell, width, right in zip(cells, widths, to_the_right, strict=True):
        blank = " " * (width - cell_len(cell))
        padded.append(blank + cell if right else cell + blank)
    return f" {'   '.join(padded)} \n"


def _is_plain(cell: object) -> bool:
    """Whether a cell is nothing but words on one line, without blanks around them."""
    if not isinstance(cell, Text) or cell.spans or cell.style:
        return False
    return cell.plain.isprintable() and cell.plain == cell.plain.strip()


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
