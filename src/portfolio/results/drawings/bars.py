"""Small bars within tables: a score as a part of the highest, a guardrail between its limits, periods in which something is done."""

from __future__ import annotations

from portfolio.tabular.svg import Markup, element, svg

SCORE_WIDTH, SCORE_HEIGHT = 72.0, 10.0
BULLET_WIDTH, BULLET_HEIGHT = 220.0, 20.0
PERIOD_WIDTH, PERIOD_HEIGHT = 14.0, 12.0
WIDEST = 168.0
"""A row of periods is at most so wide."""


def score_svg(share: float) -> Markup:
    """A bar as long as a score is of the highest."""
    track = element("rect", class_="track", x=0, y=0, width=SCORE_WIDTH, height=SCORE_HEIGHT, rx=2)
    bar = element("rect", class_="shape", x=0, y=0, width=SCORE_WIDTH * share, height=SCORE_HEIGHT, rx=2)
    return svg(SCORE_WIDTH, SCORE_HEIGHT, "", track, bar, class_="score")


def bullet_svg(used: float, at_least: float | None, at_most: float | None, standing: str) -> Markup:
    """What is used as a bar, what is allowed as the ground behind it, each limit as a line; all as shares of the whole length."""
    low, high = (at_least or 0.0) * BULLET_WIDTH, (1.0 if at_most is None else at_most) * BULLET_WIDTH
    marks = [
        element("line", class_="limit", x1=place * BULLET_WIDTH, y1=1, x2=place * BULLET_WIDTH, y2=BULLET_HEIGHT - 1)
        for place in (at_least, at_most)
        if place is not None
    ]
    return svg(
        BULLET_WIDTH,
        BULLET_HEIGHT,
        "",
        element("rect", class_="track", x=0, y=3, width=BULLET_WIDTH, height=BULLET_HEIGHT - 6),
        element("rect", class_="allowed", x=low, y=3, width=max(high - low, 0.0), height=BULLET_HEIGHT - 6),
        element("rect", class_="shape", x=0, y=7, width=min(used, 1.0) * BULLET_WIDTH, height=BULLET_HEIGHT - 14),
        *marks,
        class_=f"bullet bullet-{standing.split()[0]}",
    )


def periods_svg(first: int, last: int, periods: int, *, forecast: bool) -> Markup:
    """The periods as a row, those in which something is done filled."""
    width = min(PERIOD_WIDTH, WIDEST / max(periods, 1))
    faint = " span-forecast" if forecast else ""
    cells = [
        element("rect", class_="track", x=width * place, y=0, width=max(width - 1.5, 0.5), height=PERIOD_HEIGHT)
        for place in range(periods)
    ]
    span = element(
        "rect",
        class_=f"shape{faint}",
        x=width * first,
        y=0,
        width=width * (last - first + 1) - 1.5,
        height=PERIOD_HEIGHT,
    )
    return svg(width * periods, PERIOD_HEIGHT, "", *cells, span, class_="span")
