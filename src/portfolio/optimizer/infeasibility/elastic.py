"""An elastic program: the same formulation in which some rows may give, at a cost for each unit by which they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from portfolio.domain.tolerance import ROUNDING
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.optimizer.row import Row
from portfolio.optimizer.solver import Limits, solve
from portfolio.options import Floats, Ints

MOST_NODES = 300
"""How long the best plan within the least breach is looked for, in nodes: the same on every machine."""


@dataclass(frozen=True)
class ElasticColumn:
    """A column that lets rows give: how it enters them, and what one of it costs; `whole` ones are 0 or 1."""

    rows: Ints
    coefficients: Floats
    cost: float
    whole: bool = False


@dataclass(frozen=True)
class ElasticSolution:
    """The cheapest way to let a formulation have a plan: its columns, how much of each elastic column, the cost; proven or not."""

    columns: Floats
    amounts: Floats
    total: float
    proven: bool


def minimize_violation(
    formulation: Formulation,
    extras: Sequence[ElasticColumn],
    seconds: float,
    cost: Floats | None = None,
    cancel: CancelToken | None = None,
) -> ElasticSolution | None:
    """The least cost at which a plan is possible, and among the plans of that cost one that is worth most.

    `cost` is what the formulation's own columns cost, by default nothing. None if no plan is possible however much they
    give, or if none was found in the time.
    """
    program = _elastic(formulation, extras, np.zeros(formulation.columns) if cost is None else -cost)
    first = solve(program, Limits(seconds=seconds), cancel=cancel)
    if first.columns is None:
        return None
    total = float(-(program.objective * first.columns).sum())
    chosen = _worth_most(formulation, extras, program, total, first.columns, seconds, cancel)
    total = float(-(program.objective * chosen).sum())
    wholes = sum(extra.whole for extra in extras)
    binaries = len(formulation.options)
    amounts = np.concatenate([chosen[binaries : binaries + wholes], chosen[formulation.columns + wholes :]])
    own = np.concatenate([chosen[:binaries], chosen[binaries + wholes : formulation.columns + wholes]])
    own[:binaries] = np.round(own[:binaries])
    order = np.argsort(np.array([not extra.whole for extra in extras], dtype=bool), kind="stable")
    unsorted = np.zeros(len(extras))
    unsorted[order] = amounts
    return ElasticSolution(own, unsorted, total, first.termination == "gap reached")


def _worth_most(
    formulation: Formulation,
    extras: Sequence[ElasticColumn],
    program: Formulation,
    total: float,
    known: Floats,
    seconds: float,
    cancel: CancelToken | None,
) -> Floats:
    """Among the plans that cost no more, the columns of one that is worth most, as far as a short search finds it."""
    costly = np.flatnonzero(program.objective)
    ceiling = Row(costly, -program.objective[costly], at_most=total + ROUNDING * max(1.0, total))
    free = _elastic(formulation, extras, formulation.objective, free=True)
    worth = replace(program.with_rows([ceiling], "Least breach"), objective=free.objective)
    best = solve(worth, Limits(seconds=seconds / 2, nodes=MOST_NODES), cancel=cancel, start=known)
    return known if best.columns is None else best.columns


def _elastic(
    formulation: Formulation, extras: Sequence[ElasticColumn], objective: Floats, *, free: bool = False
) -> Formulation:
    """The formulation with its elastic columns: whole ones after the options, the others at the end."""
    wholes = [extra for extra in extras if extra.whole]
    parts = [extra for extra in extras if not extra.whole]
    binaries, columns = len(formulation.options), formulation.columns
    own = np.where(formulation.column < binaries, formulation.column, formulation.column + len(wholes))
    numbered = [
        *((binaries + number, extra) for number, extra in enumerate(wholes)),
        *((columns + len(wholes) + number, extra) for number, extra in enumerate(parts)),
    ]
    row = np.concatenate([formulation.row, *(extra.rows for _, extra in numbered)]).astype(np.int64)
    column = np.concatenate([own, *(np.full(len(extra.rows), number) for number, extra in numbered)]).astype(np.int64)
    coefficient = np.concatenate([formulation.coefficient, *(extra.coefficients for _, extra in numbered)])
    order = np.lexsort((column, row))

    def joined(before: Floats, whole: Sequence[float], part: Sequence[float]) -> Floats:
        return np.concatenate([before[:binaries], np.array(whole), before[binaries:], np.array(part)]).astype(
            np.float64
        )

    cost = 0.0 if free else 1.0
    return replace(
        formulation,
        kind=np.concatenate(
            [
                formulation.kind[:binaries],
                np.full(len(wholes), ColumnKind.WAIVER, dtype=np.int8),
                formulation.kind[binaries:],
                np.full(len(parts), ColumnKind.RELAXATION, dtype=np.int8),
            ]
        ),
        objective=joined(objective, [-cost * extra.cost for extra in wholes], [-cost * extra.cost for extra in parts]),
        lower=joined(formulation.lower, [0.0] * len(wholes), [0.0] * len(parts)),
        upper=joined(formulation.upper, [1.0] * len(wholes), [np.inf] * len(parts)),
        first=np.searchsorted(row[order], np.arange(formulation.rows + 1)),
        column=column[order],
        coefficient=coefficient[order],
    )
