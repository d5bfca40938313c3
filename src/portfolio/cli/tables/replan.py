"""What a stable re-plan kept and changed, in sentences and a table."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import as_cells, blank_table, show
from portfolio.cli.tables.plan_difference import COLOURS
from portfolio.domain.wording import signed
from portfolio.results.replan_report import ReplanReport


def show_replan_report(report: ReplanReport) -> None:
    """Prints what changed against the agreed plan, and what keeping the rest cost."""
    show("\n".join(report.sentences()), *([_changes(report)] if report.effect.epics else []))


def _changes(report: ReplanReport) -> Table:
    table = blank_table("Changes to what was agreed")
    table.add_column("")
    for heading in (report.answer.model.vocabulary.epic.headed, "Agreed", "Now"):
        table.add_column(heading, overflow="fold")
    table.add_column(f"Value, {report.effect.unit}", justify="right")
    for line in report.effect.epics:
        cells = as_cells([line.label, line.before, line.after, signed(line.gain)])
        table.add_row(Text(line.sign, style=COLOURS[line.change]), *cells)
    table.caption = Text("+ starts now, ~ at another time, - waits now.")
    return table
