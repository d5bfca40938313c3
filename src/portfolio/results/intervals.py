"""The interval of a share: how sure a count is."""

from __future__ import annotations

import math

Z95 = 1.959963984540054
"""A normal number stays within so many standard deviations in 95 of 100 draws."""
Interval = tuple[float, float]


def wilson(share: float, count: float) -> Interval:
    """The interval that holds a share in 95 of 100 studies, of which so many draws saw this one (Wilson 1927)."""
    square = Z95 * Z95
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = Z95 * math.sqrt(share * (1 - share) / count + square / (4 * count * count)) / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)
