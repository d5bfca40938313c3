"""Explanations on the screen: the full answer about some epics, or one line about each."""

from __future__ import annotations

from rich.table import Table

from portfolio.cli.console import as_cells, blank_table, headed, show, whole
from portfolio.results.answer import Answer
from portfolio.results.explanations import Explained


def show_explained(explained: Explained) -> None:
    """Prints the full answer about some epics, or one line about each."""
    epics = ["\n".join([epic.label, *(f"  {sentence}" for sentence in epic.sentences)]) for epic in explained.epics]
    lines = [_one_line_each(explained.answer)] if not epics and explained.answer.plan is not None else []
    show(explained.headline, *epics, *lines)


def _one_line_each(answer: Answer) -> Table:
    epics = {epic.id: epic for epic in answer.portfolio.epics}
    word = answer.model.vocabulary.epic.one
    table = blank_table(f"Every {word}, and why")
    table.add_column("Rank", justify="right")
    table.add_column(headed(word), overflow="fold")
    table.add_column("Reason", overflow="fold")
    for line in answer.epics:
        table.add_row(*as_cells([whole(line.rank), epics[line.id].label, line.reason]))
    return table
