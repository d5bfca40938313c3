"""The roadmap: every epic under the value stream that it needs most, those that start first before those that wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.domain import Booking, Plan, Portfolio
from portfolio.results.work import WorkLine
from portfolio.scoring import Ranking


@dataclass(frozen=True)
class RoadmapLine:
    """One epic on the roadmap; `stream` is None where it needs no effort, `booking` where it waits."""

    epic: str
    stream: str | None
    booking: Booking | None


@dataclass(frozen=True)
class Span:
    """From which period to which, counted from 0."""

    first: int
    last: int


@dataclass(frozen=True)
class RoadmapBar:
    """One epic in a row of its lane, from its first to its last period.

    `ghost` is where the agreed plan has it, where that is elsewhere; an epic that waits now has nothing but a ghost, so that
    `first` and `last` are None. `pivot` is the period after which its MVP is judged. `kept` is
    the chance that its date is kept, in words; blank where nothing is uncertain.
    """

    epic: str
    label: str
    row: int
    first: int | None
    last: int | None
    decision: str
    forecast: bool
    ghost: Span | None
    pivot: int | None
    words: str
    kept: str = ""

    @property
    def named(self) -> str:
        """What stands in its bar: the chance that its date is kept, where that is known, and its name."""
        return f"{self.kept} {self.label}" if self.kept else self.label


@dataclass(frozen=True)
class RoadmapMark:
    """One epic in a lane that is not its own: this value stream works on it too."""

    epic: str
    label: str
    row: int
    first: int
    last: int


@dataclass(frozen=True)
class RoadmapLane:
    """One value stream; bars are in `rows` rows, marks in `mark_rows` rows below them."""

    id: str
    title: str
    rows: int
    bars: tuple[RoadmapBar, ...]
    mark_rows: int
    marks: tuple[RoadmapMark, ...]


@dataclass(frozen=True)
class RoadmapLink:
    """One dependency between two epics of the plan: `finish to start`, or `needs` where the order is free."""

    predecessor: str
    successor: str
    type: str


@dataclass(frozen=True)
class RoadmapPeriod:
    """One column; its first and last day where the plan has a start."""

    label: str
    first_day: str | None
    last_day: str | None


def roadmap_of(portfolio: Portfolio, ranking: Ranking, plan: Plan, work: Iterable[WorkLine]) -> tuple[RoadmapLine, ...]:
    """Every epic by value stream in the order of the portfolio, then by start and rank."""
    largest, streams = largest_streams(work), portfolio.stream_index
    ranks = {epic.id: place for place, epic in enumerate(ranking.epics)}
    lines = [RoadmapLine(epic.id, largest.get(epic.id), plan.bookings.get(epic.id)) for epic in portfolio.epics]

    def place(line: RoadmapLine) -> tuple[int, int, int]:
        stream = len(streams) if line.stream is None else streams[line.stream]
        start = len(portfolio.calendar.periods) if line.booking is None else line.booking.start
        return stream, start, ranks[line.epic]

    return tuple(sorted(lines, key=place))


def largest_streams(work: Iterable[WorkLine]) -> dict[str, str]:
    """For each epic the value stream that it needs most effort from, the first of equals."""
    largest: dict[str, WorkLine] = {}
    for line in work:
        if line.epic not in largest or line.effort > largest[line.epic].effort:
            largest[line.epic] = line
    return {epic: line.stream for epic, line in largest.items()}
