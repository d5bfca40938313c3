"""Tightens the relaxation: solves it, adds the cuts that its solution breaks, and repeats while the bound comes down."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from portfolio.optimizer.cuts.knapsack import Knapsack, knapsacks
from portfolio.optimizer.cuts.separation import find_cut
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.row import Row
from portfolio.optimizer.solver import Relaxation
from portfolio.options import Floats

MOST_ROUNDS = 40
"""Rounds with knapsacks of one width."""
WIDEST = 2
"""Periods in a knapsack at most; wider ones gain little for the time they take."""
LOOK_BACK, LEAST_GAIN = 3, 2e-4
"""Tightening ends when this many rounds together lower the bound by less than this share."""
TIGHT = 1e-6
CUT = "Cut"
"""What these rows are called."""


@dataclass(frozen=True)
class TightenedProgram:
    """The formulation with the cuts that hold its relaxation back, and the relaxation's bound; infinite if unsolved."""

    formulation: Formulation
    bound: float


def tighten_relaxation(
    formulation: Formulation,
    ends: float,
    cancel: CancelToken,
    on_bound: Callable[[float], None] = lambda _: None,
    widest: int = WIDEST,
) -> TightenedProgram:
    """Adds cuts round by round until they gain little, time is over, or it is interrupted; `on_bound` hears each bound.

    `widest` is the number of periods in a knapsack at most.

    Rounds are counted, so the same formulation gets the same cuts wherever time is not what ends them.
    """
    relaxation, cuts = Relaxation(formulation, cancel), list[Row]()
    if not relaxation.solve(ends):
        return TightenedProgram(formulation, np.inf)
    on_bound(relaxation.bound)
    for periods in range(1, widest + 1):
        sources, bounds = knapsacks(formulation, periods), [relaxation.bound]
        while not _gains_little(bounds):
            broken = _broken_cuts(sources, relaxation.columns, ends, cancel)
            if not broken:
                break
            relaxation.add(broken)
            cuts += broken
            if not relaxation.solve(ends):
                break
            bounds.append(relaxation.bound)
            on_bound(relaxation.bound)
    return TightenedProgram(formulation.with_rows(_tight(cuts, relaxation.columns), CUT), relaxation.bound)


def _broken_cuts(sources: Sequence[Knapsack], columns: Floats, ends: float, cancel: CancelToken) -> list[Row]:
    broken = []
    for knapsack in sources:
        if time.monotonic() >= ends or cancel.raised.is_set():
            break
        cut = find_cut(knapsack, columns)
        if cut is not None:
            broken.append(cut)
    return broken


def _gains_little(bounds: Sequence[float]) -> bool:
    if len(bounds) <= LOOK_BACK:
        return False
    return len(bounds) > MOST_ROUNDS or bounds[-1 - LOOK_BACK] - bounds[-1] <= LEAST_GAIN * abs(bounds[-1])


def _tight(cuts: list[Row], columns: Floats) -> list[Row]:
    """The cuts that hold the relaxation where it is."""
    return [cut for cut in cuts if float(cut.coefficients @ columns[cut.columns]) >= cut.at_most - TIGHT]
