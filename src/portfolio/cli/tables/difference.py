"""What changed, in tables: the changes themselves, then the ranking; what it does to the plan is in `plan_difference`."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import as_cells, blank_table, figure, headed, show, whole
from portfolio.cli.tables.plan_difference import effect_tables
from portfolio.results.difference import Difference, DifferenceLine, RankLine
from portfolio.scoring import Ranking

MOST_PASSED = 10
"""Epics that only others moved, shown at most; the rest is counted."""


def show_difference(difference: Difference) -> None:
    """Prints the whole difference, from the changes to what they do to the plan."""
    parts: list[Table | str] = [difference.summary]
    if difference.changes:
        parts.append(_changes_table(difference, difference.changes))
    if difference.ranking and difference.rankings is not None:
        parts.append(_ranking_table(difference, difference.ranking, difference.rankings))
    parts += filter(None, [difference.ranking_note])
    if difference.plan is not None and difference.before is not None and difference.after is not None:
        names = difference.a, difference.b
        parts += effect_tables(difference.plan, names, difference.before, difference.after, difference.words)
    show(*parts, *filter(None, [difference.plan_note, difference.rights]))


def _changes_table(difference: Difference, changes: tuple[DifferenceLine, ...]) -> Table:
    table = blank_table("Changes")
    for heading in ("", "What", "Field", "Before", "After", "In A", "In B"):
        table.add_column(heading, overflow="fold")
    last = ""
    for line in changes:
        kind = headed(difference.kind_words(line.kind))
        places = line.place_a or "-", line.place_b or "-"
        table.add_row(*as_cells(["" if kind == last else kind, line.what, line.how, *line.sides, *places]))
        last = kind
    table.caption = Text(f"A is {difference.a}, B is {difference.b}.")
    return table


def _ranking_table(difference: Difference, lines: tuple[RankLine, ...], rankings: tuple[Ranking, Ranking]) -> Table:
    """Epics with a new score, new and vanished ones, and the first few of those that only others moved."""
    before, after = (ranking.method.upper() for ranking in rankings)
    table = blank_table("Effect on the ranking")
    for heading in ("Before", "After"):
        table.add_column(heading, justify="right")
    table.add_column(difference.words.epic.headed, overflow="fold")
    for heading in (f"{before} before", f"{after} after", "By its own score", "By the others"):
        table.add_column(heading, justify="right")
    passed = [line for line in lines if line.only_passed]
    widest = sorted(passed, key=lambda line: -abs(line.by_others or 0))[:MOST_PASSED]
    for line in lines:
        if line in passed and line not in widest:
            continue
        scores = [figure(score, 2) for score in line.scores(*rankings)]
        table.add_row(*as_cells([whole(line.rank_before), whole(line.rank_after), line.label, *scores]), *_moves(line))
    hidden = len(passed) - len(widest)
    table.caption = Text(f"{hidden} more move because others do; --json lists them.") if hidden else None
    if not difference.changes:
        table.caption = Text("Equal scores rank in the order of the rows, and that differs.")
    return table


def _moves(line: RankLine) -> tuple[Text, Text]:
    if line.change != "changed":
        return Text(line.change), Text("")
    if not line.own_score_changed:
        return Text("unchanged"), _arrow(line.by_others)
    return _arrow(line.by_own_score), _arrow(line.by_others)


def _arrow(ranks: int | None) -> Text:
    if ranks is None:
        return Text("changed")
    if not ranks:
        return Text("0")
    return Text(f"{'▲' if ranks > 0 else '▼'}{abs(ranks)}", style="green" if ranks > 0 else "red")
