"""Minimum and maximum shares that only an empty plan meets, in the whole plan or in a part of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding
from portfolio.domain.tolerance import ROUNDING
from portfolio.domain.wording import place_words
from portfolio.guardrails import Limit
from portfolio.guardrails.grouping import Groups
from portfolio.guardrails.limits import mix
from portfolio.guardrails.measure import Amounts, amounts


def empty_floor(situation: Situation) -> Iterator[FieldFinding]:
    """A floor of what is selected, where no epic that may start counts for it: 0 % of something is never enough."""
    for index, limit in _shares(situation):
        if limit.at_least:
            everything, counted = _counted(situation, limit)
            groups = Groups(situation.portfolio, limit.per)
            hopeless = _sums(everything, groups) * (_sums(counted, groups) <= 0) > 0
            yield from _problems(groups, hopeless, index, limit, "at_least")


def full_ceiling(situation: Situation) -> Iterator[FieldFinding]:
    """A ceiling below 100 % of what is selected, where every epic counts for it: they are always 100 %."""
    for index, limit in _shares(situation):
        if limit.at_most is not None and limit.at_most < 1:
            everything, counted = _counted(situation, limit)
            groups = Groups(situation.portfolio, limit.per)
            total, part = _sums(everything, groups), _sums(counted, groups)
            hopeless = (total > 0) & (part >= total * (1 - ROUNDING))
            yield from _problems(groups, hopeless, index, limit, "at_most")


def _shares(situation: Situation) -> list[tuple[int, Limit]]:
    limits = enumerate(mix(situation.portfolio))
    return [(index, limit) for index, limit in limits if limit.of == "selected" and limit.enforce == "hard"]


def _counted(situation: Situation, limit: Limit) -> tuple[Amounts, Amounts]:
    """What all options that may start add to each group, and the part of it that the share counts."""
    options, groups = situation.options, Groups(situation.portfolio, limit.per)
    found = []
    for where in ({}, limit.where):
        added = amounts(options, limit.measure, where, groups)
        keep = situation.allowed[added.option]
        found.append(Amounts(added.group[keep], added.option[keep], added.amount[keep]))
    return found[0], found[1]


def _sums(added: Amounts, groups: Groups) -> NDArray[np.float64]:
    return np.bincount(added.group, weights=added.amount, minlength=groups.count).astype(np.float64)


def _problems(
    groups: Groups, hopeless: NDArray[np.bool_], index: int, limit: Limit, field: str
) -> Iterator[FieldFinding]:
    """One finding for a guardrail, with the places in which nothing can start."""
    if not hopeless.any():
        return
    floor = field == "at_least"
    level = f"{(limit.at_least if floor else limit.at_most) or 0:.0%}"
    places = [place_words("", groups.places()[group]).strip() for group in np.flatnonzero(hopeless)[:3]]
    where = "" if hopeless.all() else f" {', '.join(places)}"
    what = f"{limit.name} asks for {'at least' if floor else 'at most'} {level} of what is selected{where}, and "
    what += "no epic that may start counts for it." if floor else "every epic that may start counts for it."
    rule = f"Only a plan without any {limit.measure}{where} meets it."
    side = "At least" if floor else "At most"
    fix = f"Look at Where and at the epics' attributes, change {side}, or measure it against capacity or budget."
    yield FieldFinding(("guardrails", index, field), what, rule, fix, "warning")
