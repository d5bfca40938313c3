"""What lies between two plans, in tables: worth, whether the old plan still holds, epics, capacity and guardrails."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import as_cells, blank_table, figure, headed
from portfolio.domain import Portfolio
from portfolio.domain.wording import signed
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.results.plan_difference import PlanEffect

COLOURS = {"started": "green", "moved": "yellow", "dropped": "red"}
"""How the sign of an epic looks that starts, moves or waits."""


def effect_tables(
    effect: PlanEffect, names: tuple[str, str], before: Portfolio, after: Portfolio, words: Vocabulary
) -> list[Table | str]:
    """The effect on the plan of the second of two portfolios, from what it is worth to which guardrails stand otherwise."""
    parts: list[Table | str] = [_totals(effect, before, after), effect.claims(*names)]
    if effect.old_plan is not None:
        parts.append("\n".join(effect.old_plan.sentences(effect.unit, *names)))
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
    for total in effect.totals(before, after):
        table.add_row(*as_cells([total.heading, figure(total.before), figure(total.after), total.difference]))
    return table


def _epics(effect: PlanEffect, words: Vocabulary) -> Table:
    table = blank_table(f"{headed(words.epic.many)} that start, move or wait now")
    table.add_column("")
    for heading in (headed(words.epic.one), "Before", "After"):
        table.add_column(heading, overflow="fold")
    table.add_column(f"Value, {effect.unit}", justify="right")
    table.add_column("Why", overflow="fold")
    for line in effect.epics:
        table.add_row(
            Text(line.sign, style=COLOURS[line.change]),
            *as_cells([line.label, line.before, line.after, signed(line.gain), line.why]),
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
        table.add_row(*as_cells([names.get(use.id, use.id), use.before, use.after]))
    return table


def _guardrails(effect: PlanEffect) -> Table:
    """Guardrails that stand otherwise than before, with all places where they do in one line."""
    table = blank_table("Guardrails that stand otherwise")
    for heading in ("Guardrail", "Before", "After", "Where"):
        table.add_column(heading, overflow="fold")
    for move in effect.guardrail_moves:
        table.add_row(*as_cells([move.name, move.before, move.after, move.where]))
    return table
