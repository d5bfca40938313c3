"""The table of outcomes: what the plan puts into each objective."""

from __future__ import annotations

from rich.table import Table

from portfolio.cli.console import as_cells, blank_table
from portfolio.results.answer import Answer
from portfolio.results.by_outcome import HEADINGS, NONE


def outcome_table(answer: Answer) -> Table:
    """A row for each objective with its share of what the plan does, and of what it spends where anything costs money."""
    table = blank_table("What the plan is for")
    keys = ["effort_share", *(["spend_share"] if answer.shows_money else [])]
    for heading in (HEADINGS["outcome"], HEADINGS["key_results"]):
        table.add_column(heading, overflow="fold")
    for heading in (answer.model.vocabulary.epic.many_headed, *(HEADINGS[key] for key in keys)):
        table.add_column(heading, justify="right")
    for line in answer.by_outcome:
        shares = [getattr(line, key) for key in keys]
        table.add_row(
            *as_cells([line.outcome or NONE, "; ".join(line.key_results), f"{line.planned} of {line.epics}"]),
            *("-" if share is None else f"{share:.0%}" for share in shares),
        )
    return table
