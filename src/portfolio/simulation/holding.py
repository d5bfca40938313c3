"""Plans that hold: which candidate to choose by mean, by its worst futures or by its dates, and how sure that choice is."""

from __future__ import annotations

import math

import numpy as np

from portfolio.options import Floats
from portfolio.simulation.candidates import Choices, first_best
from portfolio.simulation.statistics import WORST, Sample, in_order

BATCHES = 20
"""Parts of the second draws that the gap is measured in."""
T95 = {1: 6.313751514675, 19: 1.729132811521}
"""What Student's t stays below with 95 %, by degrees of freedom."""
DATES_KEPT = 0.85
"""How sure the least sure date has to be, unless something else is asked for."""


def worst_means(choices: Choices, share: float = WORST) -> Floats:
    """The mean of the worst share of draws of each candidate."""
    columns = choices.value.T
    return np.array([Sample(column, choices.chance).worst_mean(share) for column in columns])


def choose_by_mean(choices: Choices) -> int:
    """The candidate with the best mean; ties: the better worst draws, then the earlier one."""
    return _best(choices.means, worst_means(choices))


def choose_by_worst(choices: Choices) -> int:
    """The candidate whose worst draws are best."""
    return first_best(worst_means(choices))


def choose_by_dates(choices: Choices, least: float = DATES_KEPT) -> int | None:
    """The candidate with the best mean among those that keep their dates so surely; None where none does."""
    kept = choices.dates >= least - 1e-9
    if not kept.any():
        return None
    return _best(np.where(kept, choices.means, -np.inf), worst_means(choices))


def _best(figures: Floats, then: Floats) -> int:
    top = float(np.max(figures))
    equal = figures >= top - 1e-9 * max(1.0, abs(top))
    return first_best(np.where(equal, then, -1e300))


def frontier(means: Floats, other: Floats) -> list[int]:
    """The candidates that none matches on both figures and beats on one."""
    kept = []
    for one in range(len(means)):
        matched = (means >= means[one]) & (other >= other[one])
        if not (matched & ((means > means[one]) | (other > other[one]))).any():
            kept.append(one)
    return kept


def gap_of(value: Floats, chosen: int, batches: int = BATCHES) -> float | None:
    """By how much the chosen candidate is below the best one at most, with 95 %: from batches of draws it was not chosen on.

    None where there are fewer draws than batches.
    """
    if len(value) < batches:
        return None
    gaps = []
    for part in np.array_split(value, batches):
        means = in_order(part) / len(part)
        gaps.append(float(np.max(means) - means[chosen]))
    return float(np.mean(gaps) + T95[batches - 1] * np.std(gaps, ddof=1) / math.sqrt(batches))
