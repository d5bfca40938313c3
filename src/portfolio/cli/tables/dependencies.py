"""The table of dependencies, oldest first."""

from __future__ import annotations

from rich.table import Table

from portfolio.cli.console import as_cells, blank_table, figure
from portfolio.results.answer import Answer
from portfolio.results.dependencies import HEADINGS


def dependencies_table(answer: Answer) -> Table:
    """A row for each dependency: who waits for whom, since when, for when it is needed and when it is done."""
    table = blank_table("What waits for what, oldest first")
    for key, heading in HEADINGS.items():
        table.add_column(heading, justify="right" if key == "weeks" else "left", overflow="fold")
    for line in answer.dependencies:
        raised = "not dated" if line.raised_on is None else str(line.raised_on)
        cells = [line.successor, line.predecessor, " after ".join(line.streams), raised]
        table.add_row(*as_cells([*cells, figure(line.weeks, 0), line.wanted or "waits", line.resolved or "waits"]))
    return table
