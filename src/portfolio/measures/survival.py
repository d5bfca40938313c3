"""How long things take, when some of them are not over yet: the product-limit estimate with late entry, and its percentiles.

What is still open is known to take longer than it has so far. Leaving it out makes everything look faster than it is.

Source: Kaplan, Meier (1958), Nonparametric estimation from incomplete observations; late entry as in Klein, Moeschberger.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portfolio.results.flow.spread import Spread

Floats = NDArray[np.float64]
Numbers = NDArray[np.number]
ROUNDING = 1e-9
FEWEST = 5
"""Percentiles need so many that are over."""


@dataclass(frozen=True)
class Survival:
    """The share of things that take longer than each time at which one was over."""

    times: Numbers
    share: Floats
    over: int
    """How many were over."""
    longest: float
    """The longest time that anything has taken so far; 0 where there is nothing."""
    too_short: bool
    """Whether the estimate fell to 0 while older things were still to be seen: the window is too short to say anything."""

    def percentile(self, share: float) -> float | None:
        """The shortest time within which at least that share is over; None where that is more than the longest one."""
        reached = np.flatnonzero(1 - self.share >= share - ROUNDING)
        return float(self.times[reached[0]]) if len(reached) and not self.too_short else None


def survival(entry: Numbers, reached: Numbers, over: NDArray[np.bool_]) -> Survival:
    """The product-limit estimate: each thing is seen from `entry` on, and took `reached` if it is `over`, else longer.

    At each time at which something was over, the share that takes longer falls by those that were, among those seen then:
    entry < time <= reached.
    """
    seen = reached > entry
    entry, reached, over = entry[seen], reached[seen], over[seen]
    if not len(reached):
        return Survival(np.zeros(0), np.zeros(0), 0, 0.0, too_short=False)
    times, ended = np.unique(reached[over], return_counts=True)
    at_risk = np.searchsorted(np.sort(entry), times, side="left") - np.searchsorted(
        np.sort(reached), times, side="left"
    )
    share = np.cumprod(1 - ended / at_risk) if len(times) else np.zeros(0)
    share = np.where(share < ROUNDING * ROUNDING, 0.0, share)
    gone = np.flatnonzero(share == 0)
    too_short = bool(len(gone)) and bool((reached > times[gone[0]]).any())
    return Survival(times, share, int(over.sum()), float(reached.max()), too_short)


def spread(found: Survival) -> Spread:
    """The median and the time within which 85 % are over, if enough were over to say so."""
    if found.over < FEWEST or found.too_short:
        return Spread()
    p50, p85 = found.percentile(0.5), found.percentile(0.85)
    return Spread(p50, p85, found.longest if p50 is None or p85 is None else None)


def plain_percentile(values: Numbers, share: float) -> float | None:
    """The smallest value with at least that share of the values at or below it; None where there are too few."""
    if len(values) < FEWEST:
        return None
    place = max(0, math.ceil(len(values) * share - ROUNDING) - 1)
    return float(np.sort(values)[place])
