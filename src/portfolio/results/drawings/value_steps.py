"""Value step by step as a drawing: from one plan's value to the other's, a bar for each epic that makes a difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.results.drawings.axis import Axis
from portfolio.results.drawings.named_bars import WIDTH, bar, named_bar, named_bars
from portfolio.tabular.svg import Markup

NAMES, WORDS = 330.0, 110.0
"""How wide the names at the left and the figures at the right are."""


@dataclass(frozen=True)
class ValueStep:
    """One step from the value of one plan to that of the other: from where to where it leads."""

    label: str
    kind: str
    low: float
    high: float
    gain: float
    words: str


def value_steps_svg(steps: Sequence[ValueStep]) -> Markup:
    """The drawing; the bars of the two plans begin at a figure near the smaller one, so that steps can be seen."""
    axis = Axis(base_of(steps), max(step.high for step in steps), NAMES, WIDTH - WORDS)
    return named_bars(_rows(steps, axis), len(steps), "Value step by step", "steps")


def base_of(steps: Sequence[ValueStep]) -> float:
    """Where bars begin: at 0, or below all levels where these are close together."""
    levels = [level for step in steps for level in ((step.high,) if step.kind == "total" else (step.low, step.high))]
    low, high = min(levels), max(levels)
    return low - (high - low) * 0.5 if low > 0 and high - low < low else min(0.0, low)


def _rows(steps: Sequence[ValueStep], axis: Axis) -> Iterator[Markup]:
    for place, step in enumerate(steps):
        start, end = axis.at(axis.low if step.kind == "total" else step.low), axis.at(step.high)
        kind = step.kind if step.kind == "total" else "gain" if step.gain >= 0 else "loss"
        drawn, words_at = bar(place, start, end), WIDTH - WORDS + 12
        yield named_bar(place, NAMES, step.label, step.words, words_at, drawn, class_=f"step step-{kind}")
