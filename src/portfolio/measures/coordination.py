"""Coordination between value streams, from dated dependencies: density, chains, waits, and the trend over past periods."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from portfolio.domain.dependency import Dependency
from portfolio.domain.evidence import Blocked
from portfolio.measures.days import day_number, number_or_none
from portfolio.measures.waits import Homes, by_others, is_open, is_raised, resolved_by
from portfolio.results.flow.coordination import Coordination, CoordinationPeriod, StreamPair
from portfolio.results.flow.delivery import Share
from portfolio.results.flow.groups import Period


@dataclass(frozen=True)
class _Link:
    """A dependency with the value streams of its two ends, and its days as whole numbers."""

    predecessor: str
    successor: str
    provider: str | None
    waiting: str | None
    raised: int | None
    needed: int | None
    resolved: int | None
    is_open: bool

    @property
    def is_known(self) -> bool:
        return self.provider is not None and self.waiting is not None

    @property
    def crosses(self) -> bool:
        return self.is_known and self.provider != self.waiting

    def waited(self, first: int, last: int) -> int:
        """Days from the one after it was needed to the one on which it was resolved, within these days."""
        if self.needed is None:
            return 0
        ends = last if self.resolved is None else min(last, self.resolved)
        return max(0, ends - max(first - 1, self.needed))


def coordination(
    dependencies: Iterable[Dependency],
    blocked: Iterable[Blocked],
    as_of: int,
    homes: Homes,
    over: Collection[str],
    epics: int,
    streams: Sequence[str],
    periods: Sequence[Period],
) -> Coordination | None:
    """Dependencies between value streams by what is known at the end of a day; None where no two value streams are linked.

    `over` are the epics that are done or stopped, in small letters, and `epics` how many are not; `streams` are in the order of the workbook.
    """
    links = [_link(one, as_of, homes, over) for one in dependencies if is_raised(one, as_of)]
    crossing = [one for one in links if one.crosses]
    outside = [(day_number(row.since), number_or_none(row.until)) for row in by_others(blocked, homes, streams)]
    if not crossing and not outside:
        return None
    known = [one for one in links if one.is_open and one.is_known]
    chain, handovers = _longest_chain([one for one in links if one.is_open])
    return Coordination(
        Share(sum(one.crosses for one in known), len(known)),
        epics,
        _pairs(crossing, streams, as_of),
        chain,
        handovers,
        tuple(_period(one, crossing, outside, as_of) for one in periods),
    )


def _link(one: Dependency, as_of: int, homes: Homes, over: Collection[str]) -> _Link:
    return _Link(
        one.predecessor, one.successor, homes.get(one.predecessor.casefold()), homes.get(one.successor.casefold()),
        number_or_none(one.raised_on), number_or_none(one.needed_by), resolved_by(one, as_of), is_open(one, as_of, over),
    )  # fmt: skip


def _pairs(crossing: Sequence[_Link], streams: Sequence[str], as_of: int) -> tuple[StreamPair, ...]:
    order = {stream: turn for turn, stream in enumerate(streams)}
    found: dict[tuple[str, str], list[_Link]] = {}
    for one in crossing:
        found.setdefault((one.waiting or "", one.provider or ""), []).append(one)
    last = len(order)
    ordered = sorted(found, key=lambda pair: (order.get(pair[0], last), order.get(pair[1], last), pair))
    return tuple(
        StreamPair(
            *pair,
            len(found[pair]),
            sum(one.is_open for one in found[pair]),
            sum(_waited(one, as_of) for one in found[pair]),
        )
        for pair in ordered
    )


def _waited(link: _Link, last: int) -> int:
    """Days it waited up to a day; one whose end is done without a day of resolving waits no longer, and since when is not known."""
    return 0 if link.resolved is None and not link.is_open else link.waited(-(10**6), last)


def _period(
    period: Period, crossing: Sequence[_Link], blocked: Sequence[tuple[int, int | None]], as_of: int
) -> CoordinationPeriod:
    first, last = period.first, min(period.last, as_of)

    def within(day: int | None) -> bool:
        return day is not None and first <= day <= last

    lasting = [one for one in crossing if one.resolved is not None or one.is_open]
    return CoordinationPeriod(
        period.label,
        sum(within(one.raised) for one in crossing),
        sum(within(one.resolved) for one in crossing),
        sum(one.raised is not None and one.raised <= last and (one.resolved is None or one.resolved > last) for one in lasting),
        sum(one.waited(first, last) for one in lasting),
        sum(max(0, (last + 1 if until is None else min(until, last + 1)) - max(first, since)) for since, until in blocked),
    )  # fmt: skip


def _longest_chain(links: Sequence[_Link]) -> tuple[tuple[str, ...], int]:
    """The chain of open dependencies with the most handovers between value streams, then the longest; none where no link crosses.

    Of what waits for itself in a circle nothing is said.
    """
    after: dict[str, list[_Link]] = {}
    waits: dict[str, int] = {}
    for one in links:
        after.setdefault(one.predecessor, []).append(one)
        waits[one.successor] = waits.get(one.successor, 0) + 1
        waits.setdefault(one.predecessor, 0)
    best: dict[str, tuple[int, int, tuple[str, ...]]] = {name: (0, 1, (name,)) for name in waits}
    ready = [name for name, count in waits.items() if not count]
    while ready:
        name = ready.pop(0)
        handovers, length, chain = best[name]
        for one in after.get(name, ()):
            longer = (handovers + one.crosses, length + 1, (*chain, one.successor))
            if longer[:2] > best[one.successor][:2]:
                best[one.successor] = longer
            waits[one.successor] -= 1
            if not waits[one.successor]:
                ready.append(one.successor)
    handovers, _, chain = max(best.values(), key=lambda found: found[:2], default=(0, 0, ()))
    return (chain, handovers) if handovers else ((), 0)
