"""Prices as a drawing: a bar for each, full as far as it is known, light as far as it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.results.drawings.axis import Axis
from portfolio.results.drawings.named_bars import WIDTH, bar, named_bar, named_bars
from portfolio.tabular.svg import Markup

NAMES, WORDS = 400.0, 190.0
"""How wide the names at the left and the words at the right are."""


@dataclass(frozen=True)
class PriceBar:
    """One price: how much of it is known, how much it may be at most, and both in words."""

    label: str
    known: float
    at_most: float
    words: str


def prices_svg(bars: Sequence[PriceBar], spoken: str) -> Markup:
    """The drawing, from the first bar down."""
    axis = Axis(0.0, max((bar.at_most for bar in bars), default=0.0) or 1.0, NAMES, WIDTH - WORDS)
    return named_bars(_rows(bars, axis), len(bars), spoken, "prices")


def _rows(bars: Sequence[PriceBar], axis: Axis) -> Iterator[Markup]:
    for place, one in enumerate(bars):
        sure, end = axis.at(one.known), axis.at(one.at_most)
        drawn = [bar(place, axis.start, sure), *([bar(place, sure, end, "may-be", 0.0)] if end > sure else [])]
        yield named_bar(place, NAMES, one.label, one.words, max(end, axis.start) + 10, *drawn, class_="price")
