"""Counts what became of each epic in many draws: kept dates, and the days on which it is done. Compiled."""

from __future__ import annotations

import math

from portfolio.optimizer.execution.compilation import compiled_lean
from portfolio.options import Floats

IN_TIME = 1e-7
"""Weeks within which a moment still is the one that was planned."""
DAY = 1e-6
"""Days by which a moment may miss a whole one."""


@compiled_lean
def count_kept(moments: Floats, target: Floats, chance: Floats, counted: Floats) -> None:
    """Adds, for each epic, the chances of the draws in which a moment is no later than its target."""
    for draw in range(len(chance)):
        for epic in range(len(target)):
            counted[epic] += chance[draw] if moments[draw, epic] <= target[epic] + IN_TIME else 0.0


@compiled_lean
def count_dates(done: Floats, dates: Floats, chance: Floats) -> float:
    """The chance of the draws in which every epic that has a date keeps it."""
    kept = 0.0
    for draw in range(len(chance)):
        keeps = True
        for epic in range(len(dates)):
            if done[draw, epic] > dates[epic] + IN_TIME:
                keeps = False
                break
        if keeps:
            kept += chance[draw]
    return kept


@compiled_lean
def count_days(done: Floats, chance: Floats, days: Floats) -> None:
    """Adds, for each epic, the chances to be done on each day; the last column is for what is not done."""
    last = days.shape[1] - 1
    for epic in range(days.shape[0]):
        for draw in range(len(chance)):
            is_done = done[draw, epic] < math.inf
            day = math.ceil(7.0 * (done[draw, epic] if is_done else 0.0) - DAY)
            days[epic, min(last - 1, day) if is_done else last] += chance[draw]


@compiled_lean
def add_rows(rows: Floats, chance: Floats, added: Floats) -> None:
    """Adds rows of figures in their order, each as often as its chance."""
    for draw in range(len(chance)):
        for column in range(len(added)):
            added[column] += rows[draw, column] * chance[draw]
