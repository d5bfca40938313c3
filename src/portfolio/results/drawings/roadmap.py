"""The roadmap as a drawing: lanes over periods, bars with their names, arrows between what waits for each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.results.roadmap import RoadmapBar, RoadmapLane, RoadmapLink, RoadmapMark, RoadmapPeriod
from portfolio.tabular.svg import Markup, cut, element, label, svg, tip, together

WIDTH, LEAST_COLUMN = 1200.0, 120.0
"""How wide a roadmap is, unless its periods need more."""
GUTTER = 14.0
"""Between two columns, where arrows run."""
HEADER, LANE, ROW, BAR, MARK_ROW, MARK = 48.0, 32.0, 32.0, 26.0, 24.0, 20.0
"""Heights: the periods' names, a lane's name, a row with its bar, a row of marks with its mark."""
TEXT = 14.0
"""How large letters are; the stylesheet says the same."""
DIGIT = 0.64
"""How wide a digit is at most, as a part of its size."""
DIAMOND = 6.0


@dataclass(frozen=True)
class _Grid:
    """Where columns are."""

    periods: int
    column: float

    def left(self, period: int) -> float:
        """Where a period's bars begin."""
        return self.column * period + GUTTER / 2

    def width(self, first: int, last: int) -> float:
        """How wide a bar over these periods is."""
        return self.column * (last - first + 1) - GUTTER

    def right(self, period: int) -> float:
        """Where a period's bars end."""
        return self.column * (period + 1) - GUTTER / 2


@dataclass(frozen=True)
class _Place:
    """Where a bar was drawn: its edges and the middle of its height."""

    left: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Where arrows come in and go out."""
        return self.top + BAR / 2


def roadmap_svg(periods: Sequence[RoadmapPeriod], lanes: Sequence[RoadmapLane], links: Sequence[RoadmapLink]) -> Markup:
    """The whole roadmap; each bar has its epic's ID as `data-epic`."""
    grid = _Grid(len(periods), max(LEAST_COLUMN, WIDTH / max(len(periods), 1)))
    width, top = grid.column * max(len(periods), 1), HEADER
    grounds: list[Markup] = []
    bars: list[Markup] = []
    places: dict[str, _Place] = {}
    for number, lane in enumerate(lanes):
        height = _height(lane)
        grounds.append(element("rect", class_=f"lane lane-{number % 2}", x=0, y=top, width=width, height=height))
        bars.append(label(GUTTER / 2, top + 21, cut(lane.title, width - GUTTER, TEXT), class_="label lane-title"))
        for bar in lane.bars:
            at = top + LANE + ROW * bar.row
            if bar.first is not None and bar.last is not None:
                places[bar.epic] = _Place(grid.left(bar.first), grid.right(bar.last), at)
        bars += _lane(lane, top + LANE, grid)
        top += height
    columns = [_column(period, place, grid) for place, period in enumerate(periods)]
    arrows = [_arrow(link, places[link.predecessor], places[link.successor]) for link in links]
    return svg(width, top, "Roadmap", *columns, *grounds, *_grid(grid, top), *arrows, *bars, class_="roadmap")


def _height(lane: RoadmapLane) -> float:
    return LANE + ROW * lane.rows + MARK_ROW * lane.mark_rows + 6


def _column(period: RoadmapPeriod, place: int, grid: _Grid) -> Markup:
    """The name of a period and its days."""
    days = f"{period.first_day} to {period.last_day}" if period.first_day and period.last_day else ""
    room = grid.column - GUTTER
    said = days if DIGIT * TEXT * len(days) <= room else f"from {period.first_day}"
    return element(
        "g",
        tip(f"{period.label} {days}".strip()),
        label(grid.left(place), 19, cut(period.label, room, TEXT), class_="label period"),
        label(grid.left(place), 38, cut(said, room, TEXT), class_="label days"),
        class_="column",
    )


def _grid(grid: _Grid, bottom: float) -> Iterator[Markup]:
    """A line between any two periods."""
    for place in range(1, grid.periods):
        across = grid.column * place
        yield element("line", class_="grid", x1=across, y1=HEADER - 6, x2=across, y2=bottom)


def _lane(lane: RoadmapLane, top: float, grid: _Grid) -> Iterator[Markup]:
    for bar in lane.bars:
        yield _bar(bar, top + ROW * bar.row, grid)
    for mark in lane.marks:
        yield _mark(mark, top + ROW * lane.rows + MARK_ROW * mark.row, grid)


def _bar(bar: RoadmapBar, top: float, grid: _Grid) -> Markup:
    """One epic, with the ghost of where it was agreed."""
    parts: list[Markup] = [tip(f"{bar.label}: {bar.words}")]
    if bar.ghost is not None:
        left, width = grid.left(bar.ghost.first), grid.width(bar.ghost.first, bar.ghost.last)
        parts.append(element("rect", class_="ghost", x=left, y=top, width=width, height=BAR, rx=4))
        if bar.first is None:
            parts.append(_inside(left, top, width, BAR, cut(bar.label, width - 16, TEXT), "label ghost-label", TEXT))
    if bar.first is not None and bar.last is not None:
        left, width = grid.left(bar.first), grid.width(bar.first, bar.last)
        parts.append(element("rect", class_="shape", x=left, y=top, width=width, height=BAR, rx=4))
        room = (width if bar.pivot is None else grid.right(bar.pivot) - left - DIAMOND) - 12
        parts.append(_inside(left, top, width, BAR, cut(bar.named, room, TEXT), "label bar-label", TEXT))
    if bar.pivot is not None:
        parts.append(_diamond(grid.right(bar.pivot), top + BAR / 2))
    kind = "waits" if bar.first is None else bar.decision
    forecast = " bar-forecast" if bar.forecast else ""
    return element("g", *parts, class_=f"bar bar-{kind}{forecast}", data_epic=bar.epic)


def _mark(mark: RoadmapMark, top: float, grid: _Grid) -> Markup:
    """An epic of another lane that this value stream works on too."""
    left, width = grid.left(mark.first), grid.width(mark.first, mark.last)
    return element(
        "g",
        tip(mark.label),
        element("rect", class_="shape", x=left, y=top, width=width, height=MARK, rx=3),
        _inside(left, top, width, MARK, cut(mark.label, width - 16, TEXT), "label mark-label", TEXT),
        class_="mark",
        data_epic=mark.epic,
    )


def _inside(left: float, top: float, width: float, height: float, content: str, kind: str, size: float) -> Markup:
    """A text within a bar: what is wider than the bar, whatever its letters, is not seen."""
    return element(
        "svg", label(8, height / 2 + size * 0.36, content, class_=kind), x=left, y=top, width=width, height=height
    )


def _diamond(across: float, middle: float) -> Markup:
    """Where an MVP is judged."""
    points = f"M{across - DIAMOND:g} {middle:g} l{DIAMOND:g} {-DIAMOND:g} l{DIAMOND:g} {DIAMOND:g} l{-DIAMOND:g} {DIAMOND:g} Z"
    return element("path", tip("Pivot or persevere"), class_="pivot", d=points)


def _arrow(link: RoadmapLink, before: _Place, after: _Place) -> Markup:
    """From the end of one bar through the free space between rows to the beginning of another."""
    out, into, channel = before.right + GUTTER * 0.3, after.left - GUTTER * 0.45, after.top - (ROW - BAR) / 2
    path = f"M{before.right:g} {before.middle:g} H{out:g}"
    path += f" V{after.middle:g}" if abs(into - out) < GUTTER else f" V{channel:g} H{into:g} V{after.middle:g}"
    needs = " arrow-needs" if link.type == "needs" else ""
    head = f"M{after.left - 5:g} {after.middle - 4:g} L{after.left:g} {after.middle:g} L{after.left - 5:g} {after.middle + 4:g} Z"
    return element(
        "g",
        tip(
            f"{link.predecessor} before {link.successor}" if not needs else f"{link.successor} needs {link.predecessor}"
        ),
        together(
            element("path", class_="line", d=f"{path} H{after.left - 2:g}"),
            element("path", class_="head", d=head),
        ),
        class_=f"arrow{needs}",
        data_from=link.predecessor,
        data_to=link.successor,
    )
