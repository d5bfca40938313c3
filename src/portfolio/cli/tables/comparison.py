"""Plans beside each other, in tables: figures, epics that differ, guardrails that stand otherwise; and frontiers."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import as_cells, blank_table, figure, show, whole
from portfolio.cli.tables.plan_difference import COLOURS
from portfolio.domain.wording import signed
from portfolio.results.alternative import Alternative
from portfolio.results.claim import gap_words
from portfolio.results.comparison import ComparedFigure, Comparison
from portfolio.results.frontier import Frontier
from portfolio.results.plan_difference import SIGNS

MOST_BAR = 30
"""Characters of the longest bar."""


def show_comparison(comparison: Comparison) -> None:
    """Prints alternatives side by side, then what each of them changes against the first."""
    parts: list[Table | str] = [_changes(one) for one in comparison.others if one.edits]
    parts.append(_figures(comparison))
    parts.append("\n".join(one.claim_against(comparison.base.name) for one in comparison.others))
    epics = _epics(comparison)
    if epics is not None or any(one.answer.plan is not None for one in comparison.others):
        parts.append(epics or f"The same {comparison.words.epic.many} start at the same times.")
    guardrails = _guardrails(comparison)
    show(*parts, *([guardrails] if guardrails is not None else []))


def _changes(one: Alternative) -> str:
    return f"{one.name}: {'; '.join(map(str, one.lines))}. {one.rights_words}".rstrip()


def _figures(comparison: Comparison) -> Table:
    table = blank_table("Side by side")
    table.add_column("")
    for one in comparison.alternatives:
        table.add_column(Text(one.name), justify="right", overflow="fold")
    value = comparison.outcome_figures[0]
    worth = [
        (value.heading, _cells(value)),
        ("Against the first", ["-" if gain is None else signed(gain) for gain in comparison.gains]),
        ("At most below the best", [gap_words(one.answer.outcome) for one in comparison.alternatives]),
    ]
    rows = [
        *(worth if comparison.shows_value else []),
        *((f"  {line.part}" if line.part else line.heading, _cells(line)) for line in comparison.plan_figures),
    ]
    for heading, cells in rows:
        table.add_row(*as_cells([heading, *cells]))
    return table


def _cells(line: ComparedFigure) -> list[str]:
    """A figure of every alternative as the terminal shows it."""
    numbers = [value for value in line.values if not isinstance(value, str)]
    return [_share(number) if line.kind == "share" else figure(number) for number in numbers]


def _share(number: float | None) -> str:
    return "-" if number is None else f"{number:.0%}"


def _epics(comparison: Comparison) -> Table | None:
    """The epics that start, move or wait in any alternative otherwise than in the first."""
    epics = comparison.changed_epics
    if not epics:
        return None
    word = comparison.words.epic
    table = blank_table(f"{word.many_headed} that start, move or wait")
    table.add_column(word.headed, overflow="fold")
    for one in comparison.alternatives:
        table.add_column(Text(one.name), overflow="fold")
    for epic in epics:
        first, *spans = [span or "waits" for span in epic.spans]
        table.add_row(Text(epic.label), Text(first), *map(_cell, spans, epic.signs[1:]))
    table.caption = Text(comparison.legend)
    return table


def _cell(span: str, sign: str) -> Text:
    colour = next((COLOURS[change] for change, known in SIGNS.items() if known == sign), "")
    return Text(f"{sign} {span}" if sign else "", style=colour)


def _guardrails(comparison: Comparison) -> Table | None:
    moves = [(one.name, move) for one in comparison.others if one.effect for move in one.effect.guardrail_moves]
    if not moves:
        return None
    table = blank_table("Guardrails that stand otherwise")
    for heading in ("In", "Guardrail", comparison.base.name, "There", "Where"):
        table.add_column(Text(heading), overflow="fold")
    for name, move in moves:
        table.add_row(*as_cells([name, move.name, move.before, move.after, move.where]))
    return table


def show_frontier(frontier: Frontier) -> None:
    """Prints a row for each step of a frontier, with a bar as long as its value."""
    portfolio = frontier.portfolio
    table = blank_table(f"What {frontier.figure} is worth")
    table.add_column(Text(frontier.figure), justify="right", overflow="fold")
    for heading in (f"Value, {portfolio.value_unit}", "Gain", "At most below the best",
                    f"Spend, {portfolio.money_unit}", "Capacity used", frontier.words.epic.many_headed):  # fmt: skip
        table.add_column(heading, justify="right")
    table.add_column("")
    longest = max((step.outcome.value for step in frontier.steps if step.outcome.value is not None), default=0.0)
    for step, gain in zip(frontier.steps, frontier.gains(), strict=True):
        one, value = step.alternative, step.outcome.value
        bar = round(MOST_BAR * value / longest) if value is not None and value > 0 and longest > 0 else 0
        cells = [
            frontier.label(step),
            figure(value),
            "" if gain is None else signed(gain),
            gap_words(step.outcome),
            figure(one.spend),
            _share(one.utilisation),
            whole(one.started),
        ]
        table.add_row(*as_cells(cells), Text("█" * bar, style="cyan"))
    table.caption = Text(frontier.direction_words) if frontier.direction else None
    show(table)
