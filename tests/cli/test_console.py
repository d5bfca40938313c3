"""Long tables are printed in a fraction of the time, and look as all others do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio.cli import console
from portfolio.cli.console import PIPED_WIDTH, as_cells, blank_table, show


def table_of(name: str, number: Callable[[int], str], **column: object) -> Table:
    """Sixty rows of a name and a number."""
    table = blank_table("What there is")
    table.caption = "And what it means, in a sentence that is longer than the table is wide."
    table.add_column("Name", overflow="fold")
    table.add_column("A number, 85%", justify="right", **column)  # type: ignore[arg-type]
    for row in range(60):
        table.add_row(*as_cells([name[: 3 + row % len(name)].rstrip(" "), number(row)]))
    return table


def styled() -> Table:
    """A table in which words of one cell are set apart."""
    table = table_of("Epic", str)
    table.add_row(Text("Total", style="bold"), "60")
    return table


PLAIN = (
    partial(table_of, "Portal for customers", str),
    partial(table_of, "顧客ポータル und größer", lambda row: f"{row * 7919:,}"),
    partial(table_of, "Epic", lambda row: "" if row % 3 else "<1%", no_wrap=True),
)
NOT_PLAIN = (
    partial(table_of, "A name that is wider than any terminal ever is " * 5, str),
    partial(table_of, "Two\nlines", str),
    partial(table_of, "Epic", lambda row: f"{row} "),
    styled,
)


@pytest.mark.parametrize("make", PLAIN + NOT_PLAIN)
@pytest.mark.parametrize("is_terminal", [False, True])
def test_a_long_table_looks_as_rich_prints_it(
    make: Callable[[], Table], is_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever it holds, to a terminal and to a pipe."""
    monkeypatch.setenv("COLUMNS", "90")
    monkeypatch.setattr(console, "Console", partial(Console, force_terminal=is_terminal, color_system="standard"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    show(make())
    shown = capsys.readouterr().out
    plain = Console(width=None if is_terminal else PIPED_WIDTH, highlight=False, force_terminal=is_terminal,
                    color_system="standard")  # fmt: skip
    plain.print(make())
    assert shown == capsys.readouterr().out


@pytest.mark.parametrize("make", PLAIN)
def test_a_long_table_of_words_is_not_left_to_rich(make: Callable[[], Table], monkeypatch: pytest.MonkeyPatch) -> None:
    """Rich, which takes a millisecond for each cell, lays out one row of it."""
    laid_out: list[int] = []
    printed = Console.print

    def noted(self: Console, table: Table) -> None:
        laid_out.append(table.row_count)
        printed(self, table)

    monkeypatch.setattr(Console, "print", noted)
    show(make())
    assert laid_out == [1]
