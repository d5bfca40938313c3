"""The repair table, for a portfolio that has no plan: the least change that would make one possible, in each unit."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import blank_table, figure
from portfolio.results.answer import Answer
from portfolio.results.impossible import Impossible, RepairLine


def repair_tables(answer: Answer) -> list[Table]:
    """What would make a plan possible where none is, and nothing where one is."""
    found = answer.impossible
    return [_repair_table(answer, found)] if found is not None and found.repairs else []


def _repair_table(answer: Answer, impossible: Impossible) -> Table:
    """What would make a plan possible, a line for each change, the repair with the fewest changes first."""
    table = blank_table("What would make a plan possible: any one of these")
    table.add_column("Change only")
    table.add_column("Breach", justify="right")
    table.add_column("Change", overflow="fold")
    for repair in impossible.repairs:
        for number, line in enumerate(repair.changes):
            first = (repair.what_gives(answer.model.vocabulary), _total(repair, answer)) if number == 0 else ("", "")
            table.add_row(*map(Text, first), Text(line.change))
    told = "Each was tried: once it is made, there is a plan that keeps every guardrail."
    table.caption = Text(f"{told} {answer.rights_words(*impossible.decisions)}".strip())
    return table


def _total(repair: RepairLine, answer: Answer) -> str:
    """The total breach with its unit; a sum of shares says nothing by itself."""
    if not repair.adds_up:
        return ""
    unit = repair.breach_unit(answer.portfolio.currency, answer.model.vocabulary)
    return f"{'' if repair.proven else 'at most '}{figure(repair.total)} {unit}"
