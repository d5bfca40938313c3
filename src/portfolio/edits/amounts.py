"""Changes of figures: set to a value, scaled by a factor, grown by an amount."""

from __future__ import annotations

import math
from collections.abc import Callable

from portfolio.domain.json_form import Json, Raw, json_form
from portfolio.domain.spelling import plain, shown
from portfolio.edits.draft import Draft
from portfolio.edits.figure_names import Unknown
from portfolio.edits.figures import LEVELS, Figure, find, link_ends
from portfolio.edits.scenario import ScenarioLine, Value


def set_figure(draft: Draft, line: ScenarioLine) -> None:
    """Gives every figure that a name means a value."""
    if line.value is None:
        raise Unknown(f"{line} has no value.", "`set` needs a value.", "Give one, or relax it instead.")
    for figure in _levels(draft, find(draft.raw, line.name), line):
        if figure.whole == "dependency":
            named = isinstance(line.value, str)
            inner = Figure((*figure.path, "type" if named else "lag_periods"), figure.label, None)
            draft.put(line, inner, line.value)
        elif figure.entry is None:
            raise _whole(figure, line)
        else:
            draft.put(line, figure, _read(figure, line.value))


def _read(figure: Figure, value: Value) -> Json:
    """A value as its field takes it: whole numbers without decimals, words as text."""
    kind = figure.entry.kind if figure.entry is not None else "number"
    if kind in {"text", "word"} and not isinstance(value, bool):
        return f"{value:.12g}" if isinstance(value, float) else str(value)
    form: Json = json_form(value)
    return form


def scale(draft: Draft, line: ScenarioLine) -> None:
    """Multiplies every figure that a name means by a factor."""
    factor = number_of(line, "A figure is scaled by a factor or a percentage.", "Write for example 80% or 1.2.")
    _reckon(draft, line, lambda before: before * factor)


def add(draft: Draft, line: ScenarioLine) -> None:
    """Adds to every figure that a name means, or adds a dependency."""
    head, _, rest = line.name.partition(" of ")
    if plain(head) == "dependency":
        return _add_link(draft, line, rest)
    amount = number_of(line, "A figure grows by a number.", "Write for example 10, or -10 to take away.")
    return _reckon(draft, line, lambda before: before + amount)


def _add_link(draft: Draft, line: ScenarioLine, rest: str) -> None:
    successor, predecessor = link_ends(draft.raw, rest)
    link: Raw = {"predecessor": predecessor, "successor": successor}
    if isinstance(line.value, str):
        link["type"] = line.value
    elif line.value is not None:
        link["lag_periods"] = json_form(line.value)
    draft.append(line, "dependencies", f"Dependency of {successor} on {predecessor}", link)


def _reckon(draft: Draft, line: ScenarioLine, sum_of: Callable[[float], float]) -> None:
    """Computes every figure that a name means anew; whole numbers are rounded to the nearest."""
    for figure in _levels(draft, find(draft.raw, line.name), line):
        if figure.entry is None:
            raise _whole(figure, line)
        before = draft.get(figure.path)
        if before is None:
            raise Unknown(
                f"{figure.label} is not given.",
                "Only a figure that has a value can be scaled or added to.",
                "Set it instead.",
            )
        if isinstance(before, bool) or not isinstance(before, int | float):
            raise Unknown(
                f"{figure.label} is {shown(before)}.", "Only a number can be scaled or added to.", "Set it instead."
            )
        draft.put(line, figure, rounded(figure, sum_of(float(before))))


def rounded(figure: Figure, number: float) -> float:
    """A number without the last digits, which computing made up."""
    if figure.entry is not None and figure.entry.kind == "whole":
        return math.floor(number + 0.5)
    return json_form(float(f"{number:.12g}"))


def _levels(draft: Draft, figures: list[Figure], line: ScenarioLine) -> list[Figure]:
    """A guardrail that is named as a whole means its level, if it has only one."""
    levels = []
    for figure in figures:
        if figure.whole != "guardrail":
            levels.append(figure)
            continue
        sides = [level for level in LEVELS if draft.get((*figure.path, level)) is not None]
        if len(sides) != 1:
            raise Unknown(
                f"{figure.label} has {'two levels' if sides else 'no level'}.",
                f"To {line.verb} one, it has to be said which.",
                f"Write at least of {figure.label} or at most of {figure.label}.",
            )
        levels += find(draft.raw, f"{sides[0]} of {figure.label}")
    return levels


def _whole(figure: Figure, line: ScenarioLine) -> Unknown:
    example = f"Write for example benefit per week of {figure.label}, or lock or ban it."
    fix = example if figure.whole == "epic" else f"Relax it, or write at most of {figure.label}."
    return Unknown(f"{figure.label} is not a figure.", f"Only figures are changed by {line.verb}.", fix)


def number_of(line: ScenarioLine, rule: str, fix: str) -> float:
    """The number that a change is by; raises Unknown where there is none."""
    value = line.value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        what = f"{line} has no value." if value is None else f"{shown(value)} is not a number."
        raise Unknown(what, rule, fix)
    return float(value)
