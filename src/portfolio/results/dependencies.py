"""What waits for what, oldest first: what a meeting of teams is about, where it decides nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from portfolio.domain import Dependency, Portfolio
from portfolio.results.epic_decisions import EpicLine

HEADINGS = {
    "successor": "What waits",
    "predecessor": "For",
    "streams": "Between",
    "raised_on": "Raised on",
    "weeks": "Weeks",
    "wanted": "Needed for",
    "resolved": "Done",
}
"""What each part is called; weeks are counted until the plan begins."""


@dataclass(frozen=True)
class DependencyLine:
    """One dependency: between which value streams, since when it is known, for when it is needed and when it is resolved.

    `wanted` is when the successor begins, and `resolved` when the predecessor is done, both in the order of the list; None where
    it waits. `streams` are two where teams wait for each other.
    """

    successor: str
    predecessor: str
    streams: tuple[str, ...]
    raised_on: date | None
    weeks: float | None
    wanted: str | None
    resolved: str | None

    def as_json(self) -> dict[str, object]:
        """The dependency in the published JSON format."""
        raised = None if self.raised_on is None else self.raised_on.isoformat()
        return {**asdict(self), "streams": list(self.streams), "raised_on": raised}


def dependency_lines(portfolio: Portfolio, lines: Mapping[str, EpicLine]) -> list[DependencyLine]:
    """Every dependency, the oldest first, and those that nobody dated last."""
    found = [_line(portfolio, link, lines) for link in portfolio.dependencies]
    return sorted(found, key=lambda line: (line.raised_on is None, line.raised_on or date.max))


def _line(portfolio: Portfolio, link: Dependency, lines: Mapping[str, EpicLine]) -> DependencyLine:
    start, raised = portfolio.calendar.start, link.raised_on
    ends = (link.successor, link.predecessor)
    epics = [portfolio.epics[portfolio.epic_index[name]] for name in ends]
    weeks = None if start is None or raised is None else (start - raised).days / 7
    after, before = (lines.get(name) for name in ends)
    return DependencyLine(
        epics[0].label, epics[1].label, tuple(dict.fromkeys(_homes(portfolio, ends))), raised, weeks,
        None if after is None else after.start, None if before is None else before.finish,
    )  # fmt: skip


def _homes(portfolio: Portfolio, names: tuple[str, ...]) -> Iterator[str]:
    """The value stream that each of these epics needs most."""
    titles = {stream.id: stream.title for stream in portfolio.value_streams}
    for name in names:
        most = portfolio.largest_stream(portfolio.epics[portfolio.epic_index[name]])
        if most is not None:
            yield titles.get(most, most)
