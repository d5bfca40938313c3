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
