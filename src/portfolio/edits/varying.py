"""Varying one figure step by step: `budget 80%..120% by 5%`."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from portfolio.domain.json_form import Raw, record_form
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.spelling import shown
from portfolio.domain.tolerance import ROUNDING
from portfolio.edits.figure_names import Unknown
from portfolio.edits.figures import LEVELS, Figure, find
from portfolio.edits.loosening import has_floor
from portfolio.edits.scenario import Scenario, ScenarioLine, Verb

NUMBER = r"([+-]?\d+(?:\.\d+)?)\s*(%?)"
RANGE = re.compile(rf"(?P<name>.+?)\s+{NUMBER}\s*\.\.\s*{NUMBER}\s+by\s+{NUMBER}", re.IGNORECASE)
MOST_STEPS = 101
EXAMPLE = "budget 80%..120% by 5%"


@dataclass(frozen=True)
class Variation:
    """One figure and its steps in rising order; percentages of an amount scale it, everything else sets it.

    `direction` is 1 where a higher step certainly never allows less than a lower one, -1 the other way round, else 0.
    """

    name: str
    percent: bool
    steps: tuple[float, ...]
    scenarios: tuple[Scenario, ...]
    direction: int


def variation(portfolio: Portfolio, text: str, place: str = "") -> Variation:
    """Reads what is to be varied; raises Unknown where it is not written so or names nothing that has a number."""
    match = RANGE.fullmatch(" ".join(text.split()))
    if match is None:
        raise Unknown(
            f"{shown(text)} is not a range.", "It is written NAME FROM..TO by STEP.", f"Write for example {EXAMPLE}."
        )
    first, last, step = (float(match[group]) for group in (2, 4, 6))
    if len({match[group] for group in (3, 5, 7)}) > 1:
        raise Unknown(
            f"{shown(text)} mixes percentages and amounts.",
            "FROM, TO and STEP are all percentages or all amounts.",
            f"Write {EXAMPLE}.",
        )
    if step <= 0 or last < first:
        raise Unknown(
            f"{shown(text)} never reaches TO.", "TO is not below FROM, and STEP is above 0.", f"Write {EXAMPLE}."
        )
    count = math.floor((last - first) / step + ROUNDING) + 1
    if count > MOST_STEPS:
        raise Unknown(f"{shown(text)} has {count:,} steps.", f"At most {MOST_STEPS} are planned.", "Take larger steps.")
    percent = match[3] == "%"
    amounts = tuple(float(f"{(first + turn * step) / (100 if percent else 1):.12g}") for turn in range(count))
    raw: Raw = record_form(portfolio)
    figures = find(raw, match["name"])
    scales = percent and not all(_is_share(raw, figure) for figure in figures)
    verb: Verb = "scale" if scales else "set"
    scenarios = tuple(
        Scenario(f"{match['name']} {_label(amount, percent)}", (ScenarioLine(verb, match["name"], amount, place),), place)
        for amount in amounts
    )  # fmt: skip
    return Variation(match["name"], percent, amounts, scenarios, _direction(portfolio, raw, figures))


def _label(amount: float, percent: bool) -> str:
    return f"{amount * 100:.12g}%" if percent else f"{amount:.12g}"


def _is_share(raw: Raw, figure: Figure) -> bool:
    """Whether a figure is itself a share, so that a percentage is what it becomes."""
    if figure.path[0] == "guardrails":
        return raw["guardrails"][figure.path[1]].get("of") is not None
    return figure.entry is not None and figure.entry.kind == "share"


def _direction(portfolio: Portfolio, raw: Raw, figures: list[Figure]) -> int:
    """Which way allows more, where that is certain: no floor may be a share of what varies."""
    directions = {_looser(raw, figure) for figure in figures}
    if len(directions) != 1:
        return 0
    return 0 if any(has_floor(portfolio, figure.field) for figure in figures) else directions.pop()


def _looser(raw: Raw, figure: Figure) -> int:
    if figure.whole != "guardrail":
        return figure.looser
    sides = [level for level in LEVELS if raw["guardrails"][figure.path[1]].get(level) is not None]
    return 0 if len(sides) != 1 else 1 if sides[0] == "at_most" else -1
