"""Clashes: a smallest set of guardrails that no plan can keep together.

Junker's QuickXplain: split the suspects in halves and keep only what is needed for the clash to remain. First whole
guardrails are suspects, then the places of those limits that take part.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from portfolio.guardrails.rule import Rule
from portfolio.optimizer.formulation import Formulation, RowSource
from portfolio.optimizer.row import Row
from portfolio.optimizer.solver import Limits, solve
from portfolio.options import Ints

Rows = NDArray[np.intp]
Clashes = Callable[[Sequence[Rows]], bool]

AT_LEAST_ONE = "At least one epic starts"


def clash(formulation: Formulation, seconds: float = 20.0) -> list[RowSource]:
    """A set of guardrails, each with its place, that clash: dropping any one of them ends this clash.

    Within the seconds given the set is irreducible; when they run out, what is left of the suspects is returned, which
    still clash. Returns nothing if the guardrails do not clash.
    """
    rows = _clash(formulation, np.zeros(formulation.rows, dtype=bool), time.monotonic() + seconds)
    return [formulation.sources[int(members[0])] for members in rows]


def infeasible_subsets(formulation: Formulation, seconds: float = 20.0) -> list[list[RowSource]]:
    """Clashes that share no member, one after the other, until a plan would be possible without all of them.

    A plan needs something of each of them to give. Returns nothing if the guardrails do not clash.
    """
    ends = time.monotonic() + seconds
    gone, clashes = np.zeros(formulation.rows, dtype=bool), []
    while rows := _clash(formulation, gone, ends):
        clashes.append([formulation.sources[int(members[0])] for members in rows])
        gone[np.concatenate(rows)] = True
    return clashes


def _clash(formulation: Formulation, gone: NDArray[np.bool_], ends: float) -> list[Rows]:
    """The rows of an irreducible clash among those that are not gone, a member for each guardrail and place."""
    owner = np.array([source.guardrail for source in formulation.sources], dtype=np.int64)
    fixed = np.array([_always_true(formulation, source) for source in formulation.sources], dtype=bool)
    free = ~fixed & ~gone

    def rows_clash(groups: Sequence[Rows]) -> bool:
        keep = fixed.copy()
        for rows in groups:
            keep[rows] = True
        left = ends - time.monotonic()
        return left > 0 and _impossible(formulation, keep, left)

    guardrails = [np.flatnonzero((owner == index) & free) for index in dict.fromkeys(owner[free].tolist())]
    places = _by_place(formulation, _smallest(guardrails, rows_clash))
    return _smallest(places, rows_clash)


def nothing_can_start(formulation: Formulation, seconds: float = 20.0) -> list[RowSource]:
    """The guardrails that keep every epic of any value from starting, as a clash with starting at least one."""
    return clash_with(formulation, np.flatnonzero(formulation.objective[: len(formulation.options)] > 0), seconds)


def clash_with(formulation: Formulation, options: Ints, seconds: float = 20.0) -> list[RowSource]:
    """What clashes with choosing at least one of these options; nothing if one of them can be in a plan."""
    floor = formulation.with_rows([Row(options, np.ones(len(options)), at_least=1.0)], AT_LEAST_ONE)
    return clash(floor, seconds)


def _always_true(formulation: Formulation, source: RowSource) -> bool:
    """Rows that are no choice of anybody's: an epic is done once, shifted budgets do not grow, the question itself."""
    if source.guardrail < 0:
        return True
    guardrail = formulation.guardrails[source.guardrail]
    return isinstance(guardrail, Rule) and guardrail.fixed


def _by_place(formulation: Formulation, guardrails: Sequence[Rows]) -> list[Rows]:
    """The rows of one guardrail in one place belong together: a dependency has a row for each period."""
    groups: dict[tuple[int, str], list[int]] = {}
    for row in (int(row) for rows in guardrails for row in rows):
        source = formulation.sources[row]
        groups.setdefault((source.guardrail, str(dict(source.place))), []).append(row)
    return [np.array(rows) for rows in groups.values()]


def _impossible(formulation: Formulation, keep: NDArray[np.bool_], seconds: float) -> bool:
    part = replace(formulation.keeping(keep), objective=np.zeros(formulation.columns))
    return solve(part, Limits(seconds=seconds, any_solution=True)).termination == "infeasible"


def _smallest(suspects: Sequence[Rows], clash: Clashes) -> list[Rows]:
    """QuickXplain: a subset of the suspects that clashes and no proper subset of which does."""
    if clash([]) or not suspects or not clash(suspects):
        return []
    return _needed([], False, list(suspects), clash)


def _needed(background: list[Rows], changed: bool, suspects: list[Rows], clash: Clashes) -> list[Rows]:
    if changed and clash(background):
        return []
    if len(suspects) == 1:
        return suspects
    middle = len(suspects) // 2
    first, second = suspects[:middle], suspects[middle:]
    from_second = _needed([*background, *first], bool(first), second, clash)
    from_first = _needed([*background, *from_second], bool(from_second), first, clash)
    return [*from_first, *from_second]
