"""What closing a period made of a portfolio, in tables."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import as_cells, blank_table, figure, headed, show
from portfolio.results.closing import ClosedPeriod, Closing


def show_closing(closing: Closing) -> None:
    """Prints what came of every epic of each period, what was used and spent, and what is done."""
    parts: list[Table | str] = [closing.headline]
    for period in closing.closed:
        if period.epics:
            parts.append(_epics(closing, period))
        parts.append(_streams(closing, period))
    if closing.done:
        parts.append(_done(closing))
    if closing.added:
        proposed = (
            f"{' and '.join(closing.added)} {'is' if len(closing.added) == 1 else 'are'} added, as the period before"
        )
        parts.append(f"{proposed}: look at capacity and budget.")
    show(*parts, "\n".join(closing.sums()), *filter(None, [closing.rights]))


def _epics(closing: Closing, period: ClosedPeriod) -> Table:
    table = blank_table(f"{period.label}, {period.first_day} to {period.last_day}")
    for heading in (closing.words.epic.headed, "What came of it"):
        table.add_column(heading, overflow="fold")
    for heading in ("Effort planned", "Done", "Left", f"Spent, {closing.before.money_unit}"):
        table.add_column(heading, justify="right")
    for line in period.epics:
        words = f"{line.outcome}, late" if line.late else line.outcome
        figures = (line.planned, line.effort_done, line.effort_left, line.spent)
        table.add_row(*as_cells([line.label, words, *map(figure, figures)]))
    return table


def _streams(closing: Closing, period: ClosedPeriod) -> Table:
    table = blank_table(f"Used and spent in {period.label}")
    table.add_column(headed(closing.words.value_stream.one), overflow="fold")
    for heading in ("Capacity", "Effort done", f"Budget, {closing.before.money_unit}", "Spent", "Left"):
        table.add_column(Text(heading), justify="right")
    for line in period.value_streams:
        cells = (line.capacity, line.effort, line.budget, line.spent, line.left)
        table.add_row(*as_cells([line.title, *("-" if cell is None else figure(cell) for cell in cells)]))
    return table


def _done(closing: Closing) -> Table:
    table = blank_table("Done: planned against actual")
    table.add_column(closing.words.epic.headed, overflow="fold")
    for heading in ("Agreed", "Actual", "Effort planned", "Effort", "Spend planned", "Spend"):
        table.add_column(heading, justify="right", overflow="fold")
    for line in closing.done:
        days = (f"{line.agreed_start} to {line.agreed_finish}", f"{line.started} to {line.finished}")
        figures = (line.effort_planned, line.effort_done, line.spend_planned, line.spend)
        table.add_row(*as_cells([f"{line.id} {line.title or ''}".strip(), *days, *map(figure, figures)]))
    return table
