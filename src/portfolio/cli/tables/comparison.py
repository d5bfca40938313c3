"""Plans beside each other, in tables: figures, epics that differ, guardrails that stand otherwise; and frontiers."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from portfolio.analysis.comparison import Alternative, Comparison
from portfolio.analysis.difference import PlanEffect
from portfolio.analysis.frontier import Frontier
from portfolio.cli.console import as_cells, blank_table, figure, headed, show, whole
from portfolio.cli.tables.plan_difference import SIGNS, signed
from portfolio.optimizer.outcome import Outcome
from portfolio.results.claim import claim_words
from portfolio.results.wording import span_words

MOST_BAR = 30
"""Characters of the longest bar."""


def show_comparison(told: Comparison) -> None:
    """Prints alternatives side by side, then what each of them changes against the first."""
    parts: list[Table | str] = [_changes(one) for one in told.others if one.edits]
    parts.append(_figures(told))
    parts.append("\n".join(_claim(one, told.base) for one in told.others))
    epics = _epics(told)
    many = told.base.answer.model.vocabulary.epic.many
    parts.append(epics if epics is not None else f"The same {many} start at the same times.")
    guardrails = _guardrails(told)
    show(*parts, *([guardrails] if guardrails is not None else []))


def _changes(one: Alternative) -> str:
    lines = dict.fromkeys(edit.line for edit in one.edits)
    return f"{one.name}: {'; '.join(map(str, lines))}."


def _figures(told: Comparison) -> Table:
    portfolio, many = told.base.answer.portfolio, told.base.answer.model.vocabulary.epic.many
    table = blank_table("Side by side")
    table.add_column("")
    for one in told.alternatives:
        table.add_column(Text(one.name), justify="right", overflow="fold")
    every = told.alternatives
    values = [one.answer.outcome.value for one in every]
    rows: list[tuple[str, Iterable[str]]] = [
        (f"Value, {portfolio.value_unit}", map(figure, values)),
        ("Against the first", [_against(value, values[0]) for value in values]),
        ("At most below the best", [_gap(one.answer.outcome) for one in every]),
        (f"Spend, {portfolio.currency or 'money'}", [figure(one.spend) for one in every]),
        (f"{headed(many)} that start", [whole(one.started) for one in every]),
        ("Capacity used", [_share(one.utilisation) for one in every]),
    ]
    titles = {use.id: use.title for one in every for use in one.uses}
    for name, title in titles.items():
        shares = [{use.id: use.share for use in one.uses}.get(name) for one in every]
        rows.append((f"  {title}", map(_share, shares)))
    rows.append(("Guardrails at their limit", [whole(one.binding) for one in every]))
    rows.append(("Guardrails broken", [whole(one.broken) for one in every]))
    for heading, cells in rows:
        table.add_row(*as_cells([heading, *cells]))
    return table


def _against(value: float | None, first: float | None) -> str:
    return "-" if value is None or first is None else signed(value - first)


def _gap(outcome: Outcome) -> str:
    if outcome.value is None:
        return outcome.claim
    return "not known" if outcome.gap is None else f"{outcome.gap:.2%}"


def _share(number: float | None) -> str:
    return "-" if number is None else f"{number:.0%}"


def _claim(one: Alternative, base: Alternative) -> str:
    """What may be read into the difference in value to the first alternative."""
    told = f"{one.name}: {claim_words(one.answer.outcome)}"
    if one.effect is None or one.effect.value.difference is None:
        return f"{told}."
    value, unit = one.effect.value, one.effect.unit
    if value.at_least is None and value.at_most is None:
        worth = f"{one.name} is worth {signed(value.difference or 0.0)} {unit} against {base.name}"
        return f"{worth}. Nothing is known of how far either lies below the best possible."
    if value.at_least is None or value.at_most is None:
        return f"{told}. How far the best plans lie apart is not known."
    if value.at_least == value.at_most:
        return f"{told}. The best plan is worth {signed(value.at_least)} {unit} against {base.name}."
    span = f"{signed(value.at_least)} to {signed(value.at_most)} {unit}"
    if value.within_gap:
        return f"{told}. Against {base.name} the gaps leave {span} open: no effect that could be relied on."
    return f"{told}. The best plan is worth {span} against {base.name}, whatever the gaps hide."


def _epics(told: Comparison) -> Table | None:
    """The epics that start, move or wait in any alternative otherwise than in the first."""
    effects = [(one, one.effect) for one in told.others if one.effect is not None]
    ids = dict.fromkeys(line.id for _, effect in effects for line in effect.epics)
    if not ids:
        return None
    titles = {line.id: line.title for _, effect in effects for line in effect.epics}
    spans = {line.id: span_words(line.start, line.finish) for line in told.base.answer.epics}
    word = told.base.answer.model.vocabulary.epic
    table = blank_table(f"{headed(word.many)} that start, move or wait")
    table.add_column(headed(word.one), overflow="fold")
    table.add_column(Text(told.base.name), overflow="fold")
    for one, _ in effects:
        table.add_column(Text(one.name), overflow="fold")
    for name in ids:
        title = titles[name]
        label = f"{name} {title}" if title and title != name else name
        first = spans.get(name) or next(_before(effect, name) for _, effect in effects if _has(effect, name))
        table.add_row(Text(label), Text(first), *(_cell(effect, name) for _, effect in effects))
    table.caption = Text(f"+ starts, ~ at another time, - waits, each against {told.base.name}.")
    return table


def _has(effect: PlanEffect, name: str) -> bool:
    return any(line.id == name for line in effect.epics)


def _before(effect: PlanEffect, name: str) -> str:
    return next(span_words(line.start_before, line.finish_before) for line in effect.epics if line.id == name)


def _cell(effect: PlanEffect, name: str) -> Text:
    line = next((line for line in effect.epics if line.id == name), None)
    if line is None:
        return Text("")
    sign, colour = SIGNS[line.change]
    return Text(f"{sign} {span_words(line.start_after, line.finish_after)}", style=colour)


def _guardrails(told: Comparison) -> Table | None:
    moves = [(one.name, move) for one in told.others if one.effect for move in one.effect.guardrails]
    if not moves:
        return None
    table = blank_table("Guardrails that stand otherwise")
    for heading in ("In", "Guardrail", told.base.name, "There", "Where"):
        table.add_column(Text(heading), overflow="fold")
    places: dict[tuple[str, str, str, str], list[str]] = {}
    for name, move in moves:
        key = (name, move.name, str(move.before or "not there"), str(move.after or "not there"))
        places.setdefault(key, []).append(", ".join(move.place.values()))
    for key, where in places.items():
        table.add_row(*as_cells([*key, "; ".join(place for place in where if place)]))
    return table


def show_frontier(told: Frontier) -> None:
    """Prints a row for each step of a frontier, with a bar as long as its value."""
    answer = told.steps[0].alternative.answer
    portfolio = answer.portfolio
    table = blank_table(f"What {told.figure} is worth")
    table.add_column(Text(told.figure), justify="right", overflow="fold")
    for heading in (f"Value, {portfolio.value_unit}", "Gain", "At most below the best",
                    f"Spend, {portfolio.currency or 'money'}", "Capacity used", headed(answer.model.vocabulary.epic.many)):  # fmt: skip
        table.add_column(heading, justify="right")
    table.add_column("")
    values = [step.outcome.value for step in told.steps]
    longest = max((value for value in values if value is not None), default=0.0)
    for step, gain in zip(told.steps, told.gains(), strict=True):
        one, value = step.alternative, step.outcome.value
        bar = round(MOST_BAR * value / longest) if value is not None and value > 0 and longest > 0 else 0
        cells = [
            told.label(step),
            figure(value),
            "" if gain is None else signed(gain),
            _gap(step.outcome),
            figure(one.spend),
            _share(one.utilisation),
            whole(one.started),
        ]
        table.add_row(*as_cells(cells), Text("█" * bar, style="cyan"))
    shown = {
        1: "A higher step never allows less than a lower one.",
        -1: "A lower step never allows less than a higher one.",
    }
    table.caption = Text(shown[told.direction]) if told.direction else None
    show(table)
