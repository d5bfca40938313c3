"""Figures of many draws with their errors: percentiles, what can be counted on, the mean of the worst, chances."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.options import Floats
from portfolio.results.intervals import Z95, Interval

ENOUGH = 1e-9
"""How far a sum of chances may miss the share that is asked for."""
WORST = 0.1
"""The share of draws whose mean is shown as the worst ones."""


def in_order(rows: Floats) -> Floats:
    """The sum of rows, added one after the other, so that it is the same on any machine."""
    if not len(rows):
        return np.zeros(rows.shape[1:])
    return np.asarray(np.add.accumulate(rows, axis=0)[-1], dtype=np.float64)


@dataclass(frozen=True)
class Sample:
    """Figures of draws with the chance of each; the chances need not add up to 1."""

    values: Floats
    chances: Floats

    @cached_property
    def _in_order(self) -> tuple[Floats, Floats]:
        """The figures in ascending order with their chances; equal chances need not be put in order, which takes far longer."""
        if not len(self.chances) or self.chances.min() == self.chances.max():
            return np.sort(self.values), self.chances
        order = np.argsort(self.values, kind="stable")
        return self.values[order], self.chances[order]

    @property
    def _sorted(self) -> Floats:
        return self._in_order[0]

    @cached_property
    def _reached(self) -> Floats:
        """For each figure in ascending order the share of draws that is at most it."""
        reached = np.cumsum(self._in_order[1])
        return np.asarray(reached / reached[-1], dtype=np.float64)

    @property
    def mean(self) -> float:
        """The mean of all draws."""
        return float(in_order(self.values * self.chances) / in_order(self.chances))

    @property
    def standard_error(self) -> float:
        """How far the mean is off as a rule, for draws of equal chance."""
        count = len(self.values)
        return float(np.std(self.values, ddof=1) / math.sqrt(count)) if count > 1 else 0.0

    def percentile(self, share: float) -> float:
        """The smallest figure that at least this share of draws does not exceed."""
        place = int(np.searchsorted(self._reached, share - ENOUGH))
        return float(self._sorted[min(place, len(self._sorted) - 1)])

    def count_on(self, share: float) -> float:
        """The largest figure that at least this share of draws reaches."""
        before = np.concatenate([[0.0], self._reached[:-1]])
        place = int(np.searchsorted(before, 1 - share + ENOUGH, side="right")) - 1
        return float(self._sorted[max(place, 0)])

    def worst_mean(self, share: float = WORST) -> float:
        """The mean of the worst share of draws, the last of them counted in part."""
        weight = self._in_order[1] / in_order(self.chances)
        before = np.concatenate([[0.0], np.cumsum(weight)[:-1]])
        counted = np.clip(share - before, 0.0, weight)
        return float(in_order(self._sorted * counted) / in_order(counted))

    def percentile_interval(self, share: float) -> Interval:
        """Between which figures the percentile lies in 95 of 100 studies, for draws of equal chance."""
        count = len(self.values)
        half = Z95 * math.sqrt(count * share * (1 - share))
        low = min(max(math.floor(count * share - half), 1), count)
        high = min(max(math.ceil(count * share + half), 1), count)
        return float(self._sorted[low - 1]), float(self._sorted[high - 1])
