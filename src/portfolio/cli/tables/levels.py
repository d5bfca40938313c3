"""The table of other levels: parents and parts of the planned work, with their sums."""

from __future__ import annotations

from rich.table import Table

from portfolio.cli.console import as_cells, blank_table, figure
from portfolio.results.answer import Answer
from portfolio.results.levels import HEADINGS


def levels_table(answer: Answer) -> Table:
    """A row for each item of another level than the planned one, under the name of the planned one."""
    levels = answer.model.levels
    table = blank_table(f"Other levels than {levels.planned}, which is planned" if levels else "Other levels")
    money = ["spend"] if answer.shows_money else []
    keys = ["level", "label", "planned", "effort", *money, "start", "finish"]
    for key in keys:
        table.add_column(
            HEADINGS[key], justify="right" if key in {"planned", "effort", "spend"} else "left", overflow="fold"
        )
    for line in answer.levels:
        amounts = [figure(getattr(line, key)) for key in ("effort", *money)]
        table.add_row(
            *as_cells([line.level, line.label, f"{line.planned} of {line.parts}"]),
            *as_cells([*amounts, line.start or "-", line.finish or "-"]),
        )
    return table
