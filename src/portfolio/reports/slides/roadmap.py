"""The slides of the roadmap: boxes and arrows that people can move."""

from __future__ import annotations

from portfolio.reports.report import Report
from portfolio.reports.slides.deck import Deck, Room
from portfolio.reports.slides.shapes import SMALL, box, fill, text
from portfolio.results.roadmap import RoadmapBar, RoadmapLane, RoadmapLink
from portfolio.results.views.roadmap import RoadmapView, lane_pages, roadmap_view
from portfolio.tabular.svg import cut

HEAD, ROW, BAR, TITLE, GUTTER = 30.0, 17.0, 14.0, 96.0, 12.0
"""Points: the periods' names, a row, its bar, the lanes' names at the left, and between two columns."""

MOST_NAMED = 4
"""So many dependencies between slides are named; the report draws all of them."""
MOST_SLIDES = 6
"""Slides of one roadmap; nobody looks at more."""
NARROW = 110.0
"""Points of a column in which only the first day of its period has room."""


def roadmap_slides(deck: Deck, report: Report) -> None:
    """As many slides as the rows need; none where there is no plan."""
    view = roadmap_view(report.shown)
    if view.missing is not None:
        return
    first = deck.slide(view.title)
    most = int((first.height - HEAD - 16) // ROW)
    every = list(lane_pages(view.lanes, most))
    pages, left = every[:MOST_SLIDES], every[MOST_SLIDES:]
    rest = sum(lane.rows + lane.mark_rows for lanes in left for lane in lanes)
    said = [f"{rest} more rows have no slide; the report shows all of them."] if left else []
    notes = " ".join([*view.notes, *said, *_between(view, pages)])
    for number, lanes in enumerate(pages, 1):
        room = first if number == 1 else deck.slide(f"{view.title} ({number} of {len(pages)})")
        _page(room, view, lanes)
        if number == len(pages) and notes:
            foot = room.top + room.height - 4
            text(room, (room.left, foot, room.width, 16), [(notes, False)], SMALL)


def _between(view: RoadmapView, pages: list[list[RoadmapLane]]) -> list[str]:
    """Which dependencies lead from one slide to another, where no arrow can be drawn."""
    slide = {bar.epic: number for number, lanes in enumerate(pages) for lane in lanes for bar in lane.bars}
    found = [
        f"{link.successor} {'needs' if link.type == 'needs' else 'after'} {link.predecessor}"
        for link in view.links
        if {link.predecessor, link.successor} <= slide.keys() and slide[link.predecessor] != slide[link.successor]
    ]
    if not found:
        return []
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return [f"From slide to slide, without an arrow: {', '.join(found[:MOST_NAMED])}{more}."]


def _page(room: Room, view: RoadmapView, lanes: list[RoadmapLane]) -> None:
    column = (room.width - TITLE) / max(len(view.periods), 1)
    start = room.left + TITLE
    for place, period in enumerate(view.periods):
        days = period.first_day or ""
        days += f" to {period.last_day}" if days and column > NARROW else ""
        lines = [(cut(period.label, column, SMALL), True), (days, False)]
        text(room, (start + column * place, room.top, column, HEAD), lines, 8)
    tops, top = [], room.top + HEAD
    for number, lane in enumerate(lanes):
        height = ROW * (lane.rows + lane.mark_rows) + 4
        tops.append(top)
        if number % 2 == 0:
            box(room, (room.left, top, room.width, height), "", "ink", light=0.93, rounded=False)
        top += height
    behind = len(room.slide.shapes._spTree)
    shapes: dict[str, object] = {}
    for lane, top in zip(lanes, tops, strict=True):
        text(room, (room.left + 4, top, TITLE - 8, 16), [(cut(lane.title, TITLE - 8, SMALL), True)], SMALL)
        shapes |= _lane(room, lane, (start, top + 3), column)
    for link in view.links:
        if link.predecessor in shapes and link.successor in shapes:
            _arrow(room, link, shapes[link.predecessor], shapes[link.successor], behind)


def _lane(room: Room, lane: RoadmapLane, corner: tuple[float, float], column: float) -> dict[str, object]:
    """The bars and marks of a lane; the bars by their epics."""
    left, top = corner
    shapes: dict[str, object] = {}
    for bar in lane.bars:
        shape = _bar(room, bar, (left, top + ROW * bar.row), column)
        if shape is not None:
            shapes[bar.epic] = shape
    for mark in lane.marks:
        place = _place((left, top + ROW * (lane.rows + mark.row)), column, mark.first, mark.last)
        box(room, place, cut(mark.label, place[2] - 10, SMALL), "accent1", light=0.94, size=8, ink="ink")
    return shapes


def _place(corner: tuple[float, float], column: float, first: int, last: int) -> tuple[float, float, float, float]:
    left, top = corner
    return left + column * first, top, column * (last - first + 1) - GUTTER, BAR


def _bar(room: Room, bar: RoadmapBar, corner: tuple[float, float], column: float) -> object | None:
    """One epic, with the ghost of where it was agreed; None where it waits now."""
    if bar.ghost is not None:
        place = _place(corner, column, bar.ghost.first, bar.ghost.last)
        name = cut(bar.label, place[2] - 10, SMALL) if bar.first is None else ""
        box(room, place, name, None, ink="ink", dashed=True)
    if bar.first is None or bar.last is None:
        return None
    place = _place(corner, column, bar.first, bar.last)
    end = place[2] if bar.pivot is None else column * (bar.pivot + 1 - bar.first) - GUTTER
    name = cut(bar.named, end - 12, SMALL)
    shape: object = box(
        room, place, name, "accent1", light=0.8 if bar.forecast else 0, ink="ink" if bar.forecast else "page"
    )
    if bar.pivot is not None:
        _diamond(room, corner[0] + column * (bar.pivot + 1) - GUTTER, corner[1] + BAR / 2)
    return shape


def _diamond(room: Room, across: float, middle: float) -> None:
    """Where an MVP is judged."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    shape = room.slide.shapes.add_shape(MSO_SHAPE.DIAMOND, Pt(across - 5), Pt(middle - 5), Pt(10), Pt(10))
    fill(shape.fill, "accent2")
    fill(shape.line.fill, "ink")
    shape.line.width = Pt(0.75)


def _arrow(room: Room, link: RoadmapLink, before: object, after: object, behind: int) -> None:
    """A connector from the end of one bar to the beginning of another, behind them; it follows when they are moved."""
    from lxml import etree
    from pptx.enum.dml import MSO_LINE
    from pptx.enum.shapes import MSO_CONNECTOR
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    line = room.slide.shapes.add_connector(MSO_CONNECTOR.ELBOW, Pt(0), Pt(0), Pt(1), Pt(1))
    line.begin_connect(before, 3)
    line.end_connect(after, 1)
    fill(line.line.fill, "ink", 0.35)
    line.line.width = Pt(1)
    if link.type == "needs":
        line.line.dash_style = MSO_LINE.DASH
    etree.SubElement(line.line._get_or_add_ln(), qn("a:tailEnd"), type="triangle")
    tree = room.slide.shapes._spTree
    tree.remove(line._element)
    tree.insert(behind, line._element)
