"""Advice on a way of working, in tables: what binds and how that is seen, then what helps and what it takes."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from portfolio.cli.console import as_cells, blank_table, show
from portfolio.results.advice import Advice


def show_advice(advice: Advice) -> None:
    """Prints what binds, the patterns for it, and what is better left alone."""
    parts: list[Table | str] = [advice.headline]
    if advice.binding:
        parts += [_binding(advice), *_patterns(advice)]
    show(*parts, "\n\n".join(advice.closing))


def _binding(advice: Advice) -> Table:
    table = blank_table("What binds, and how that is seen")
    for heading in ("Constraint", "Seen by", "What was seen"):
        table.add_column(heading, overflow="fold")
    for one in advice.binding:
        for number, seen in enumerate(one.evidence):
            table.add_row(*as_cells(["" if number else one.constraint.name, seen.source, seen.seen]))
    return table


def _patterns(advice: Advice) -> Iterator[Table | str]:
    yield "What helps, and which parts of a model are enough"
    for one in advice.advised:
        table = blank_table(one.pattern.name)
        table.show_header = False
        table.add_column("", no_wrap=True)
        table.add_column("", overflow="fold")
        for heading, said in one.lines:
            table.add_row(*as_cells([heading, said]))
        yield table
