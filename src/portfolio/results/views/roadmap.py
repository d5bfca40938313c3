"""The view Roadmap: a lane for each value stream, bars over periods, what they wait for, and where the agreed plan had them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import ClassVar

from portfolio.domain import Booking, Plan
from portfolio.results.answer import Answer
from portfolio.results.drawings.roadmap import roadmap_svg
from portfolio.results.roadmap import (
    RoadmapBar,
    RoadmapLane,
    RoadmapLink,
    RoadmapMark,
    RoadmapPeriod,
    Span,
    roadmap_of,
)
from portfolio.results.views.kept_dates import kept_chances, kept_words
from portfolio.results.views.shown import Shown
from portfolio.results.views.view import View
from portfolio.tabular.svg import Markup

NO_STREAM = "No value stream"
"""The lane of epics that need no effort from any value stream."""

MOST_ROWS = 30
"""Rows of a roadmap that can be read on one page."""


@dataclass(frozen=True)
class RoadmapView(View):
    """Lanes over periods."""

    name: ClassVar[str] = "roadmap"
    title: ClassVar[str] = "Roadmap"

    headings: dict[str, str]
    periods: tuple[RoadmapPeriod, ...]
    lanes: tuple[RoadmapLane, ...]
    links: tuple[RoadmapLink, ...]
    notes: tuple[str, ...]

    @property
    def pages(self) -> tuple[Markup, ...]:
        """The roadmap as one drawing, or as several where it is too much for one page."""
        pages = lane_pages(self.lanes, MOST_ROWS)
        return tuple(roadmap_svg(self.periods, page, _within(self.links, page)) for page in pages)

    def svg(self) -> Markup:
        """The roadmap as a drawing."""
        return roadmap_svg(self.periods, self.lanes, self.links)

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it; with the drawing."""
        return {
            "headings": self.headings,
            "periods": [asdict(period) for period in self.periods],
            "lanes": [_lane_json(lane) for lane in self.lanes],
            "links": [asdict(link) for link in self.links],
            "notes": list(self.notes),
            "svg": self.svg(),
        }


def _lane_json(lane: RoadmapLane) -> dict[str, object]:
    """A lane as JSON has it; a chance only where there is one."""
    bars = [{name: value for name, value in asdict(bar).items() if value or name != "kept"} for bar in lane.bars]
    return {**asdict(lane), "bars": bars}


def roadmap_view(shown: Shown) -> RoadmapView:
    """The roadmap of the plan, with what the agreed one has elsewhere."""
    answer, calendar = shown.planned, shown.portfolio.calendar
    lanes = () if answer is None or answer.plan is None else tuple(_lanes(shown, answer, answer.plan))
    drawn = {bar.epic for lane in lanes for bar in lane.bars if bar.first is not None}
    links = tuple(
        RoadmapLink(link.predecessor, link.successor, link.type)
        for link in shown.portfolio.dependencies
        if {link.predecessor, link.successor} <= drawn
    )
    foreseen = any(bar.forecast for lane in lanes for bar in lane.bars)
    notes = [
        f"Lighter bars: what {answer.forecast_words}." if answer is not None and foreseen else "",
        "Dashed: where the agreed plan has it." if any(bar.ghost for lane in lanes for bar in lane.bars) else "",
        answer.mvp_words if answer is not None else "",
        kept_words(shown),
        shown.left_out_words if answer is not None else "",
    ]
    return RoadmapView(
        headline="" if answer is None else answer.headline,
        missing=shown.missing_plan,
        headings=shown.headings,
        periods=tuple(
            RoadmapPeriod(
                label,
                _day(calendar.first_day(place)) if calendar.period_weeks else None,
                _day(calendar.last_day((place + 1) * calendar.weeks)) if calendar.period_weeks else None,
            )
            for place, label in enumerate(calendar.periods)
        ),
        lanes=lanes,
        links=links,
        notes=tuple(filter(None, notes)),
    )


def _within(links: Iterable[RoadmapLink], lanes: Iterable[RoadmapLane]) -> list[RoadmapLink]:
    """The links between epics of these lanes."""
    there = {bar.epic for lane in lanes for bar in lane.bars if bar.first is not None}
    return [link for link in links if {link.predecessor, link.successor} <= there]


def lane_pages(lanes: Sequence[RoadmapLane], most: int) -> Iterator[list[RoadmapLane]]:
    """The lanes in groups that fit a page of so many rows each; a lane that does not is cut between two of its rows."""
    page: list[RoadmapLane] = []
    room = most
    for piece in (piece for lane in lanes for piece in _pieces(lane, most - 1)):
        needed = piece.rows + piece.mark_rows + 1
        if page and needed > room:
            yield page
            page, room = [], most
        page.append(piece)
        room -= needed
    if page:
        yield page


def _pieces(lane: RoadmapLane, most: int) -> Iterator[RoadmapLane]:
    """A lane as it is where it fits a page, else its rows in order, then its marks, so many at a time."""
    if lane.rows + lane.mark_rows <= most:
        yield lane
        return
    for top in range(0, lane.rows, most):
        bars = tuple(replace(bar, row=bar.row - top) for bar in lane.bars if top <= bar.row < top + most)
        yield replace(lane, rows=min(most, lane.rows - top), bars=bars, mark_rows=0, marks=())
    for top in range(0, lane.mark_rows, most):
        marks = tuple(replace(mark, row=mark.row - top) for mark in lane.marks if top <= mark.row < top + most)
        yield replace(lane, rows=0, bars=(), mark_rows=min(most, lane.mark_rows - top), marks=marks)


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _lanes(shown: Shown, answer: Answer, plan: Plan) -> Iterable[RoadmapLane]:
    """A lane for each value stream in the order of the portfolio, and one for epics that need none, where there are such."""
    lines = roadmap_of(shown.portfolio, shown.ranking, plan, answer.measured.work)
    home = {line.epic: line.stream or "" for line in lines}
    bars: dict[str, list[RoadmapBar]] = {stream: [] for stream in (*shown.titles, "")}
    agreed = _agreed(shown)
    pivots = {line.id: line.decide_after for line in answer.mvps_to_judge}
    decisions = {line.id: line for line in answer.epics}
    chances = kept_chances(shown)
    for line in lines:
        ghost = agreed.get(line.epic)
        if line.epic not in shown.drawn or (line.booking is None and ghost is None):
            continue
        here = None if line.booking is None else _span(line.booking, len(shown.portfolio.calendar.periods))
        decision, pivot = decisions[line.epic], pivots.get(line.epic)
        bars[home[line.epic]].append(
            RoadmapBar(
                epic=line.epic,
                label=shown.labels[line.epic],
                row=0,
                first=None if here is None else here.first,
                last=None if here is None else here.last,
                decision=decision.decision,
                forecast=decision.is_forecast,
                ghost=None if ghost == here else ghost,
                pivot=None if pivot is None else shown.portfolio.calendar.index(pivot),
                words=decision.reason,
                kept=chances.get(line.epic, "") if here is not None else "",
            )
        )
    marks = _marks(shown, answer, plan, home)
    for stream, mine in bars.items():
        packed, rows = _packed(mine)
        small, mark_rows = _packed_marks(marks.get(stream, []))
        if stream or mine:
            yield RoadmapLane(stream, shown.titles.get(stream, NO_STREAM), rows, packed, mark_rows, small)


def _span(booking: Booking, periods: int) -> Span | None:
    """The part of a booking that lies within the periods; None where nothing does."""
    if booking.start >= periods or booking.finish < 0:
        return None
    return Span(max(booking.start, 0), min(booking.finish, periods - 1))


def _agreed(shown: Shown) -> Mapping[str, Span]:
    """Where the agreed plan has each epic, as far as that lies within the periods; they are matched by their names."""
    if shown.agreed is None or shown.agreed.plan is None:
        return {}
    periods, then = shown.portfolio.calendar.periods, shown.agreed.portfolio.calendar.periods
    found = {}
    for epic, booking in shown.agreed.plan.bookings.items():
        span = _span(booking, len(then))
        if span is not None and epic in shown.labels and {then[span.first], then[span.last]} <= set(periods):
            found[epic] = Span(periods.index(then[span.first]), periods.index(then[span.last]))
    return found


def _marks(shown: Shown, answer: Answer, plan: Plan, home: Mapping[str, str]) -> Mapping[str, list[RoadmapMark]]:
    """By value stream, the epics whose lane is another one, in the periods in which it works on them."""
    marks: dict[str, list[RoadmapMark]] = {}
    for line in answer.measured.work:
        worked = [place for place, effort in enumerate(line.effort_by_period) if effort > 0]
        if worked and line.epic in plan and line.epic in shown.drawn and line.stream != home[line.epic]:
            mark = RoadmapMark(line.epic, shown.labels[line.epic], 0, worked[0], worked[-1])
            marks.setdefault(line.stream, []).append(mark)
    return marks


def _packed(bars: list[RoadmapBar]) -> tuple[tuple[RoadmapBar, ...], int]:
    """The bars, each in the first row that is free where it and its ghost are, and how many rows that takes."""

    def span(bar: RoadmapBar) -> Span:
        edges = [edge for edge in (bar.first, bar.last) if edge is not None]
        edges += [bar.ghost.first, bar.ghost.last] if bar.ghost is not None else []
        return Span(min(edges), max(edges))

    placed = sorted(bars, key=lambda bar: span(bar).first)
    rows, count = _rows([span(bar) for bar in placed])
    return tuple(replace(bar, row=row) for bar, row in zip(placed, rows, strict=True)), count


def _packed_marks(marks: list[RoadmapMark]) -> tuple[tuple[RoadmapMark, ...], int]:
    placed = sorted(marks, key=lambda mark: mark.first)
    rows, count = _rows([Span(mark.first, mark.last) for mark in placed])
    return tuple(replace(mark, row=row) for mark, row in zip(placed, rows, strict=True)), count


def _rows(spans: list[Span]) -> tuple[list[int], int]:
    """For each span, which begin in this order, the first row that is free there; and how many rows there are."""
    ends: list[int] = []
    rows = []
    for span in spans:
        row = next((row for row, end in enumerate(ends) if end < span.first), len(ends))
        ends[row : row + 1] = [span.last]
        rows.append(row)
    return rows, len(ends)
