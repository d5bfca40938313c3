"""What lies between two plans, in tables: worth, whether the old plan still holds, epics, capacity and guardrails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.table import Table
from rich.text import Text

from portfolio.analysis.difference import Difference, OldPlan, PlanEffect
from portfolio.cli.console import as_cells, blank_table, figure, headed
from portfolio.domain import Portfolio
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.results.answer import GuardrailLine
from portfolio.results.claim import claim_words
from portfolio.results.wording import amount, place_words, span_words

SIGNS = {"started": ("+", "green"), "moved": ("~", "yellow"), "dropped": ("-", "red")}
OF_ONE = {"epic", "predecessor", "exclusive group", "together group"}
"""Places of rules that have no amount of their own."""


def effect_tables(
    difference: Difference, effect: PlanEffect, before: Portfolio, after: Portfolio, words: Vocabulary
) -> list[Table | str]:
    """The effect on the plan, from what it is worth to which guardrails stand otherwise."""
    names = difference.a, difference.b
    parts: list[Table | str] = [_totals(effect, before, after), _claims(effect, *names)]
    if effect.old_plan is not None:
        parts.append(_old_plan(effect.old_plan, effect.unit, *names))
    if effect.before.value is None or effect.after.value is None:
        return parts
    same = f"The same {words.epic.many} start at the same times."
    parts.append(_epics(effect, words) if effect.epics else same)
    parts.append(_streams(effect, after, words))
    if effect.guardrails:
        parts.append(_guardrails(effect))
    return parts


def _totals(effect: PlanEffect, before: Portfolio, after: Portfolio) -> Table:
    table = blank_table("Effect on the plan")
    table.add_column("")
    for heading in ("Before", "After", "Difference"):
        table.add_column(heading, justify="right")
    same_money = before.currency == after.currency
    rows = (
        ("Value", effect.value.before, effect.value.after, effect.unit, before.value_unit == after.value_unit),
        ("Delay cost", effect.delay_cost.before, effect.delay_cost.after, effect.unit,
         before.value_unit == after.value_unit),
        ("Spend", effect.spend.before, effect.spend.after, after.currency or "money", same_money),
    )  # fmt: skip
    for name, old, new, unit, comparable in rows:
        shown = "-" if old is None or new is None or not comparable else signed(new - old)
        table.add_row(*as_cells([f"{name}, {unit}", figure(old), figure(new), shown]))
    return table


def signed(number: float) -> str:
    """A difference with its sign."""
    shown = figure(round(number, 6))
    return shown if shown == "0" or shown.startswith("-") else f"+{shown}"


def _claims(effect: PlanEffect, a: str, b: str) -> str:
    """Both claims, and what may be read into the difference in value."""
    claims = f"{a}: {claim_words(effect.before)}. {b}: {claim_words(effect.after)}."
    value = effect.value
    if value.difference is None:
        missing = value.before is None or value.after is None
        return claims if missing else f"{claims}\nThe two values are in different units."
    if value.at_least is None or value.at_most is None or value.within_gap is None:
        return f"{claims}\nHow much of the difference in value the gaps explain is not known."
    span = f"{signed(value.at_least)} to {signed(value.at_most)} {effect.unit}"
    if value.within_gap:
        return (
            f"{claims}\nThe difference in value is within the gaps, which leave {span} open: "
            "neither it nor what starts otherwise is to be read as an effect of the change."
        )
    if value.at_least == value.at_most:
        return f"{claims}\nNeither gap leaves anything open: the change makes the best plan worth {signed(value.difference)} {effect.unit}."
    return (
        f"{claims}\nWhatever the gaps hide, the change makes the best plan worth {span}; "
        "differences within that are not to be read as an effect."
    )


def _old_plan(old: OldPlan, unit: str, a: str, b: str) -> str:
    """Whether the plan that was made still holds, which is what meetings ask."""
    hard = [line for line in old.broken if line.enforce == "hard"]
    soft = [line for line in old.broken if line.enforce == "soft"]
    if old.value is not None:
        lines = [f"The plan of {a} still holds in {b}, where it is worth {amount(old.value, unit)}."]
    else:
        lines = [f"The plan of {a} no longer holds in {b}. It breaks: {_listed(hard)}."]
    if old.left_out:
        told = "; ".join(f"{name}: {reason}" for name, reason in old.left_out.items())
        lines.append(f"Left out of it: {told}.")
    if soft:
        lines.append(f"It breaches at their price: {_listed(soft)}.")
    return "\n".join(lines)


def _listed(lines: Iterable[GuardrailLine]) -> str:
    return "; ".join(_broken(line) for line in lines)


def _broken(line: GuardrailLine) -> str:
    words = place_words(line.name, line.place)
    if OF_ONE & set(line.place):
        return words
    limits = [
        f"{word} {_level(level, line)}"
        for word, level in (("at least", line.at_least), ("at most", line.at_most))
        if level is not None
    ]
    return f"{words} ({_level(line.used, line)}, {' and '.join(limits)})"


def _level(number: float, line: GuardrailLine) -> str:
    return f"{number:.1%}" if line.unit.startswith("share") else figure(number)


def _epics(effect: PlanEffect, words: Vocabulary) -> Table:
    table = blank_table(f"{headed(words.epic.many)} that start, move or wait now")
    table.add_column("")
    for heading in (headed(words.epic.one), "Before", "After"):
        table.add_column(heading, overflow="fold")
    table.add_column(f"Value, {effect.unit}", justify="right")
    table.add_column("Why", overflow="fold")
    for line in effect.epics:
        sign, colour = SIGNS[line.change]
        label = f"{line.id} {line.title}" if line.title and line.title != line.id else line.id
        why = line.reason.removeprefix("Waits: ") if line.change == "dropped" else line.reason.split(":")[0]
        table.add_row(
            Text(sign, style=colour),
            *as_cells(
                [
                    label,
                    span_words(line.start_before, line.finish_before),
                    span_words(line.start_after, line.finish_after),
                    signed(line.value_after - line.value_before),
                    why,
                ]
            ),
        )
    table.caption = Text("+ starts now, ~ at another time, - waits now.")
    return table


def _streams(effect: PlanEffect, after: Portfolio, words: Vocabulary) -> Table:
    names = {stream.id: stream.title for stream in after.value_streams}
    table = blank_table(f"Capacity used over all {words.period.many}")
    table.add_column(headed(words.value_stream.one), overflow="fold")
    for heading in ("Before", "After"):
        table.add_column(heading, justify="right")
    for use in effect.value_streams:
        table.add_row(
            *as_cells(
                [
                    names.get(use.id, use.id),
                    _use(use.effort_before, use.capacity_before),
                    _use(use.effort_after, use.capacity_after),
                ]
            )
        )
    return table


def _use(effort: float | None, capacity: float | None) -> str:
    if effort is None or capacity is None:
        return "-"
    return f"{effort / capacity if capacity else 0.0:.0%} ({figure(effort)} of {figure(capacity)})"


def _guardrails(effect: PlanEffect) -> Table:
    """Guardrails that stand otherwise than before, with all places where they do in one line."""
    table = blank_table("Guardrails that stand otherwise")
    for heading in ("Guardrail", "Before", "After", "Where"):
        table.add_column(heading, overflow="fold")
    places: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
    for move in effect.guardrails:
        before, after = move.before or "not there", move.after or "not there"
        places.setdefault((move.name, before, after), []).append(move.place)
    for key, where in places.items():
        told = "; ".join(", ".join(place.values()) for place in where if place)
        table.add_row(*as_cells([*key, told]))
    return table
