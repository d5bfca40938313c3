"""Axes of drawings: round figures at even distances, and where on the paper a figure lies."""

from __future__ import annotations

import math
from dataclasses import dataclass

from portfolio.domain.wording import figure

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""First digits of a round distance."""
MOST_TICKS = 6


@dataclass(frozen=True)
class Axis:
    """From which figure to which, and where both lie on the paper."""

    low: float
    high: float
    start: float
    end: float

    def at(self, number: float) -> float:
        """Where a figure lies."""
        span = self.high - self.low
        share = (number - self.low) / span if span else 0.5
        return self.start + (self.end - self.start) * share

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Round figures on the axis: where each lies, and its words."""
        step = round_step((self.high - self.low) / MOST_TICKS)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [(self.at(turn * step), figure(round(turn * step, 12) + 0.0)) for turn in range(first, last + 1)]


def round_step(distance: float) -> float:
    """The smallest round figure that is not below a distance."""
    if distance <= 0 or not math.isfinite(distance):
        return 1.0
    power = 10.0 ** math.floor(math.log10(distance))
    return next(step * power for step in STEPS if step * power >= distance * (1 - 1e-9))


def beyond(number: float) -> float:
    """A round figure a little beyond a number, for the end of an axis."""
    step = round_step(number / MOST_TICKS)
    return step * math.ceil(number * 1.02 / step) if number > 0 else 1.0
