"""The changes of a repair: figures raised, levels moved, rules dropped by what a plan needs and no further."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np

from portfolio.domain.finding import Path
from portfolio.domain.tolerance import ROUNDING
from portfolio.edits.change import Change
from portfolio.guardrails import Limit, Rule
from portfolio.guardrails.level import Level
from portfolio.guardrails.limits import mix
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.tolerances import WHOLE
from portfolio.options import Options

SHARE_STEPS, AMOUNT_DIGITS = 1000, 9
"""Shares are changed to a tenth of a percent, amounts are rounded to so many digits; both away from the limit."""


def figure_changes(formulation: Formulation, breaches: Mapping[int, float]) -> Iterator[Change]:
    """More capacity, budget or WIP limit, by as much as rows (by number) are broken; a limit of all periods once."""
    portfolio = formulation.options.portfolio
    needed: dict[Path, tuple[Level, float]] = {}
    for row, breach in breaches.items():
        source = formulation.sources[row]
        limit = cast("Limit", formulation.guardrails[source.guardrail])
        if limit.line is None:
            level = limit.level_at(portfolio, source.place)
            if breach > needed.get(level.paths[0], (level, 0.0))[1]:
                needed[level.paths[0]] = (level, breach)
    for _, (level, breach) in sorted(needed.items(), key=lambda need: str(need[0])):
        more = outward(breach)
        yield level.moved_to((level.figure or 0.0) + (math.ceil(more - WHOLE) if level.unit == "epics" else more))


def level_changes(options: Options) -> Iterator[Change]:
    """Levels of the sheet Guardrails, moved to what a plan (by its options) uses wherever one of their places is broken."""
    nothing = np.zeros(0)
    for limit in mix(options.portfolio):
        broken = [status for status in limit.status(options, nothing) if not status.met]
        for level in limit.levels(options.portfolio) if limit.enforce == "hard" else ():
            used = [status.used for status in broken if level.sign * (status.used - (level.figure or 0.0)) > 0]
            if used:
                furthest = max(used) if level.sign > 0 else min(used)
                yield level.moved_to(_share_outward(furthest, level.sign) if limit.of else outward(furthest))


def rule_changes(formulation: Formulation, rows: Sequence[int]) -> list[Change]:
    """The rules dropped that these rows (by number) belong to, each once."""
    guardrails = dict.fromkeys(formulation.sources[row].guardrail for row in rows)
    rules = [cast("Rule", formulation.guardrails[number]) for number in guardrails]
    return [rule.dropped(formulation.options.portfolio) for rule in rules]


def outward(amount: float) -> float:
    """An amount without the digits that rounding left behind."""
    return float(f"{amount:.{AMOUNT_DIGITS}g}")


def _share_outward(share: float, sign: int) -> float | None:
    """A share to the next step that is enough; none at all where it would have to be more than everything."""
    if share > 1 + ROUNDING:
        return None
    steps = share * SHARE_STEPS
    return (math.ceil(steps - WHOLE) if sign > 0 else math.floor(steps + WHOLE)) / SHARE_STEPS
