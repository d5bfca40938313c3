"""What changed, in tables: the changes themselves, then the ranking; what it does to the plan is in `plan_effect`."""

from __future__ import annotations

from collections import Counter

from rich.table import Table
from rich.text import Text

from portfolio.analysis.difference import Change, Difference, RankLine
from portfolio.cli.console import as_cells, blank_table, figure, headed, show, whole
from portfolio.cli.tables.plan_difference import effect_tables
from portfolio.domain import Finding, Portfolio
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.results.entry_words import both_words, record_words
from portfolio.scoring import Ranking

MOST_PASSED = 10
"""Epics that only others moved, shown at most; the rest is counted."""
WHERE = {"setting": "settings", "capacity": "capacity",
         "budget": "budget", "dependency": "dependencies", "guardrail": "guardrails"}  # fmt: skip


def show_difference(
    difference: Difference, before: Portfolio | None, after: Portfolio | None, words: Vocabulary
) -> None:
    """Prints the whole difference, from the changes to what they do to the plan."""
    if difference.changes is None or before is None or after is None:
        show(f"{difference.a} and {difference.b} cannot be compared before the errors are mended.")
        return
    parts: list[Table | str] = ["No difference."]
    if difference.changes:
        parts = [_summary(difference, difference.changes, words), _changes_table(difference, difference.changes, words)]
    if difference.ranking is None:
        parts.append("Ranking and plan are not compared before the errors are mended.")
    elif difference.ranking and difference.rankings is not None:
        parts.append(_ranking_table(difference, difference.ranking, difference.rankings, words))
    elif difference.changes:
        parts.append("The ranking stays as it is.")
    if difference.plan is not None:
        parts += effect_tables(difference.plan, (difference.a, difference.b), before, after, words)
    elif difference.changes and difference.ranking is not None and not (before.can_plan and after.can_plan):
        name = difference.a if not before.can_plan else difference.b
        parts.append(f"Plans are not compared: {name} has no {words.value_stream.many} with capacity.")
    show(*parts)


def worth_saying(difference: Difference) -> list[Finding]:
    """Every error, and the warnings that only the second portfolio has."""
    told = Counter((finding.message, finding.fix) for finding in difference.findings if _is_of(finding, difference.a))
    return [
        finding
        for finding in difference.findings
        if finding.severity == "error" or (_is_of(finding, difference.b) and not told[finding.message, finding.fix])
    ]


def _is_of(finding: Finding, file: str) -> bool:
    return finding.place == file or finding.place.startswith(f"{file}, ")


def _where(kind: str, words: Vocabulary) -> str:
    """What changed, in the words of the operating model."""
    return {"epic": words.epic.many, "value stream": words.value_stream.many, **WHERE}[kind]


def _summary(difference: Difference, changes: tuple[Change, ...], words: Vocabulary) -> str:
    counts = Counter(change.kind for change in changes)
    told = ", ".join(f"{count} in {_where(kind, words)}" for kind, count in counts.items())
    word = "change" if len(changes) == 1 else "changes"
    return f"From {difference.a} to {difference.b}: {len(changes)} {word} ({told})."


def _changes_table(difference: Difference, changes: tuple[Change, ...], words: Vocabulary) -> Table:
    table = blank_table("Changes")
    for heading in ("", "What", "Field", "Before", "After", "In A", "In B"):
        table.add_column(heading, overflow="fold")
    last = ""
    for change in changes:
        kind = headed(_where(change.kind, words))
        table.add_row(*as_cells(["" if kind == last else kind, *_cells(change)]))
        last = kind
    table.caption = Text(f"A is {difference.a}, B is {difference.b}.")
    return table


def _cells(change: Change) -> list[str]:
    places = [change.place_a or "-", change.place_b or "-"]
    if change.field is None:
        told = record_words(change.before if change.after is None else change.after)
        sides = ["-", told] if change.change == "added" else [told, "-"]
        return [change.label, change.change, *sides, *places]
    heading = f"{change.heading}, renamed" if change.change == "renamed" else change.heading
    what = "" if change.kind == "setting" else change.label
    return [what, heading, *both_words(change.before, change.after, change.shares), *places]


def _ranking_table(
    difference: Difference, lines: tuple[RankLine, ...], rankings: tuple[Ranking, Ranking], words: Vocabulary
) -> Table:
    """Epics with a new score, new and vanished ones, and the first few of those that only others moved."""
    methods = [ranking.method.upper() for ranking in rankings]
    table = blank_table("Effect on the ranking")
    for heading in ("Before", "After"):
        table.add_column(heading, justify="right")
    table.add_column(headed(words.epic.one), overflow="fold")
    for heading in (f"{methods[0]} before", f"{methods[1]} after", "By its own score", "By the others"):
        table.add_column(heading, justify="right")
    passed = [line for line in lines if line.change == "changed" and not line.own_score_changed]
    widest = sorted(passed, key=lambda line: -abs(line.by_others or 0))[:MOST_PASSED]
    for line in lines:
        if line in passed and line not in widest:
            continue
        scores = [line.wsjf_before if methods[0] == "WSJF" else line.cd3_before,
                  line.wsjf_after if methods[1] == "WSJF" else line.cd3_after]  # fmt: skip
        label = f"{line.id} {line.title}" if line.title and line.title != line.id else line.id
        table.add_row(
            *as_cells([whole(line.rank_before), whole(line.rank_after), label, *(figure(s, 2) for s in scores)]),
            *_moves(line),
        )
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


def _arrow(places: int | None) -> Text:
    if places is None:
        return Text("changed")
    if not places:
        return Text("0")
    return Text(f"{'▲' if places > 0 else '▼'}{abs(places)}", style="green" if places > 0 else "red")
