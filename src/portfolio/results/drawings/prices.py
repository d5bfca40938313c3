"""Prices as a drawing: a bar for each, full as far as it is known, light as far as it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.results.drawings.axis import Axis
from portfolio.tabular.svg import Markup, cut, element, label, svg, tip

WIDTH, ROW, BAR = 1000.0, 28.0, 18.0
NAMES, WORDS = 400.0, 190.0
"""How wide the names at the left and the words at the right are."""
TEXT = 14.0


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
    return svg(WIDTH, ROW * len(bars) + 8, spoken, *_rows(bars, axis), class_="chart prices")


def _rows(bars: Sequence[PriceBar], axis: Axis) -> Iterator[Markup]:
    for place, bar in enumerate(bars):
        top, sure, end = ROW * place + 4, axis.at(bar.known), axis.at(bar.at_most)
        light = [element("rect", class_="may-be", x=sure, y=top, width=end - sure, height=BAR, rx=2)]
        yield element(
            "g",
            tip(f"{bar.label}: {bar.words}"),
            label(NAMES - 12, top + 14, cut(bar.label, NAMES - 20, TEXT), anchor="end"),
            element("rect", class_="shape", x=axis.start, y=top, width=max(sure - axis.start, 1.0), height=BAR, rx=2),
            *(light if end > sure else []),
            label(max(end, axis.start) + 10, top + 14, bar.words, class_="label figure"),
            class_="price",
        )
