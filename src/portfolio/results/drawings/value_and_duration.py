"""Cost of delay against duration as a drawing: a point for each epic, and lines along which their ratio is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from portfolio.domain.wording import figure
from portfolio.results.drawings.axis import Axis, beyond
from portfolio.results.ratio_points import Point, RatioLine
from portfolio.tabular.svg import Markup, element, label, svg, tip

WIDTH, HEIGHT = 1000.0, 540.0
LEFT, TOP, RIGHT, BOTTOM = 84.0, 34.0, 40.0, 52.0
SIZE, RING = 5.5, 10.0
BESIDE, ABOVE = 11.0, 9.0
"""How far points that lie on each other are drawn apart."""
COLUMNS, ROWS = (0, 1, -1, 2, -2), (0, -1, 1)
"""Where the second, the third and so on are drawn, until there is no place left."""
LETTER = 8.6
"""How wide a letter of a point's name is at most."""
LONGEST, LINE = 12, 14.0
"""Letters of a point's name that are shown, and how high it is."""
SHAPES = (
    "M{x0:g} {y:g} a{r:g} {r:g} 0 1 0 {d:g} 0 a{r:g} {r:g} 0 1 0 -{d:g} 0 Z",
    "M{x0:g} {y0:g} h{d:g} v{d:g} h-{d:g} Z",
    "M{x:g} {yt:g} L{x1:g} {yb:g} L{x0:g} {yb:g} Z",
    "M{x:g} {yt:g} L{xr:g} {y:g} L{x:g} {yb2:g} L{xl:g} {y:g} Z",
)
"""Circle, square, triangle and diamond: colour alone says nothing."""
HUES = 6


def value_and_duration_svg(
    points: Sequence[Point], lines: Sequence[RatioLine], horizons: Sequence[str], axes: tuple[str, str, str]
) -> Markup:
    """The drawing; `axes` are what lies across, upwards, and what their ratio is called."""
    across = Axis(0.0, beyond(max(point.duration for point in points)), LEFT, WIDTH - RIGHT)
    upwards = Axis(0.0, beyond(max(point.cost_of_delay for point in points)), HEIGHT - BOTTOM, TOP)
    return svg(
        WIDTH,
        HEIGHT,
        f"{axes[1]} against {axes[0]}",
        *_frame(across, upwards, axes),
        *_lines(across, upwards, lines, axes[2]),
        *_points(across, upwards, points, horizons),
        class_="chart points",
    )


def legend_svg(place: int) -> Markup:
    """The sign of a horizon, for the words beside it."""
    return svg(
        16, 16, "", element("path", class_=f"point hue-{place % HUES + 1}", d=_shape(place, 8, 8)), class_="sign"
    )


def _frame(across: Axis, upwards: Axis, axes: tuple[str, str, str]) -> Iterator[Markup]:
    for at, words in across.ticks:
        yield element("line", class_="grid", x1=at, y1=upwards.end, x2=at, y2=upwards.start)
        yield label(at, upwards.start + 20, words, class_="label tick", anchor="middle")
    for at, words in upwards.ticks:
        yield element("line", class_="grid", x1=across.start, y1=at, x2=across.end, y2=at)
        yield label(across.start - 8, at + 4, words, class_="label tick", anchor="end")
    yield label(across.end, upwards.start + 42, axes[0], class_="label axis", anchor="end")
    yield label(4, 16, axes[1], class_="label axis")


def _lines(across: Axis, upwards: Axis, lines: Sequence[RatioLine], ratio: str) -> Iterator[Markup]:
    """Straight lines from the corner, each to the edge that it meets first."""
    for line in lines:
        end = min(across.high, upwards.high / line.ratio)
        at, up = across.at(end), upwards.at(end * line.ratio)
        yield element("line", class_="ratio", x1=across.at(0), y1=upwards.at(0), x2=at, y2=up)
        top = up <= upwards.end + 1
        words = f"{ratio} {line.words}"
        yield label(
            at - 4 if not top else at, up - 6, words, class_="label ratio-label", anchor="middle" if top else "end"
        )


def _points(across: Axis, upwards: Axis, points: Sequence[Point], horizons: Sequence[str]) -> Iterator[Markup]:
    """The points, the best-ranked last so that they lie on top; a name stands where there is room for it."""
    there: Counter[tuple[float, float]] = Counter()
    places = []
    for point in points:
        key = (point.duration, point.cost_of_delay)
        turn, there[key] = there[key], there[key] + 1
        at = across.at(point.duration) + BESIDE * COLUMNS[turn % len(COLUMNS)]
        up = upwards.at(point.cost_of_delay) + ABOVE * ROWS[turn // len(COLUMNS) % len(ROWS)]
        places.append((at, up))
    taken = [(at - RING, at + RING, up) for at, up in places]
    drawn = [_point(point, *place, horizons, taken) for point, place in zip(points, places, strict=True)]
    yield from reversed(drawn)


def _point(
    point: Point, at: float, up: float, horizons: Sequence[str], taken: list[tuple[float, float, float]]
) -> Markup:
    place = horizons.index(point.horizon) if point.horizon in horizons else len(horizons)
    said = f"{point.label}: {figure(point.cost_of_delay)} / {figure(point.duration)} = {figure(point.ratio)}"
    parts = [tip(said), element("path", class_=f"point hue-{place % HUES + 1}", d=_shape(place, at, up))]
    if point.starts:
        parts.append(element("circle", class_="ring", cx=at, cy=up, r=RING))
    name = point.id if len(point.id) <= LONGEST else f"{point.id[: LONGEST - 1]}…"
    left = at + RING + 2
    right = left + LETTER * len(name)
    if right < WIDTH and all(right < start or left > end or abs(up - level) > LINE for start, end, level in taken):
        taken.append((left, right, up))
        parts.append(label(left, up + 4, name, class_="label point-label"))
    return element("g", *parts, class_="epic", data_epic=point.id)


def _shape(place: int, at: float, up: float) -> str:
    size = SIZE
    return SHAPES[place % len(SHAPES)].format(
        x=at, y=up, r=size, d=2 * size, x0=at - size, x1=at + size, y0=up - size, yt=up - size * 1.2, yb=up + size,
        xl=at - size * 1.2, xr=at + size * 1.2, yb2=up + size * 1.2,
    )  # fmt: skip
