"""What waits for what: when a dependency is open, and which blocks are by another value stream; one rule for every measure of waiting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from portfolio.domain.dependency import Dependency
from portfolio.domain.evidence import Blocked
from portfolio.measures.days import day_number, number_or_none

Homes = Mapping[str, str | None]
"""The largest value stream of each epic, by its name in small letters."""


def resolved_by(link: Dependency, as_of: int) -> int | None:
    """The day on which a dependency was resolved; None where that is not known, or has not come by this day."""
    day = number_or_none(link.resolved_on)
    return None if day is None or day > as_of else day


def is_raised(link: Dependency, as_of: int) -> bool:
    """Whether a dependency is there by a day; one without the day on which it was raised always was."""
    return link.raised_on is None or day_number(link.raised_on) <= as_of


def is_met(link: Dependency, as_of: int, over: Collection[str]) -> bool:
    """Whether one of its ends is done or stopped, while nobody said when it was resolved: it waits no longer, and since when is not known.

    `over` are the epics that are done or stopped, in small letters.
    """
    ends = (link.predecessor.casefold(), link.successor.casefold())
    return resolved_by(link, as_of) is None and any(end in over for end in ends)


def is_open(link: Dependency, as_of: int, over: Collection[str]) -> bool:
    """Whether a dependency is still waited for at the end of a day: not resolved by then, and both its ends still to be done."""
    return resolved_by(link, as_of) is None and not is_met(link, as_of, over)


def by_others(rows: Iterable[Blocked], homes: Homes, streams: Iterable[str]) -> Iterator[Blocked]:
    """The blocks by another value stream than the epic's own; who waits for somebody outside, or for its own, is left out."""
    known = {stream.casefold() for stream in streams}
    for row in rows:
        other = (row.waits_for or "").casefold()
        if other in known and other != (homes.get(row.epic.casefold()) or "").casefold():
            yield row
