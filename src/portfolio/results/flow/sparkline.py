"""A row of figures as small bars, so that a trend is seen at a glance; each row has a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

BARS = "▁▂▃▄▅▆▇█"
MOST = 40
"""More figures than that are thinned out."""


def sparkline(values: Sequence[float | None], most: int = MOST) -> str:
    """The figures as bars from 0 to their largest; a dot where there is none. Many are shown as means of neighbours."""
    values = thinned(values, most)
    top = max((value for value in values if value is not None), default=0)
    if top <= 0:
        return "".join("·" if value is None else BARS[0] for value in values)
    return "".join("·" if value is None else BARS[round(value / top * (len(BARS) - 1))] for value in values)


def thinned(values: Sequence[float | None], most: int) -> list[float | None]:
    """At most so many figures, each the mean of neighbours."""
    if len(values) <= most:
        return list(values)
    edges = [round(place * len(values) / most) for place in range(most + 1)]
    parts = [[one for one in values[first:last] if one is not None] for first, last in pairwise(edges)]
    return [sum(part) / len(part) if part else None for part in parts]
