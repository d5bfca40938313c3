"""Whether adding capacity added throughput, from what was planned with and what was delivered in past periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portfolio.domain.evidence import Delivered
from portfolio.results.flow.scaling import FEWEST, Growth

Finished = Mapping[str | None, Mapping[str, int]]
"""How many epics all (None) and each value stream finished in each period, by its label in small letters."""


def growth(delivered: Sequence[Delivered], streams: Sequence[str], finished: Finished) -> tuple[Growth, ...]:
    """All value streams together, over the periods that each of them has, and each one by itself, in their order.

    Periods stand in the order in which they come up in the sheet. Nothing where no value stream has a row.
    """
    periods = list(dict.fromkeys(row.period for row in delivered))
    rows = {
        stream: {row.period: row for row in delivered if row.value_stream.casefold() == stream.casefold()}
        for stream in streams
    }
    rows = {stream: own for stream, own in rows.items() if own}
    if not rows:
        return ()
    shared = [period for period in periods if all(period in own for own in rows.values())]
    own = [
        _growth(stream, [period for period in periods if period in found], [found], finished)
        for stream, found in rows.items()
    ]
    return (_growth(None, shared, list(rows.values()), finished), *(own if len(rows) > 1 else ()))


def _growth(
    group: str | None, periods: Sequence[str], rows: Sequence[Mapping[str, Delivered]], finished: Finished
) -> Growth:
    if len(periods) < FEWEST:
        return Growth(group, len(periods))
    half = len(periods) // 2
    halves = (periods[:half], periods[-half:])
    capacity, delivered = (
        tuple(sum(getattr(own[period], name) for period in part for own in rows) / half for part in halves)
        for name in ("capacity", "delivered")
    )
    known = finished.get(group, {})
    epics = [known.get(period.casefold()) for part in halves for period in part]
    done = None
    if all(count is not None for count in epics):
        counts = [count or 0 for count in epics]
        done = (sum(counts[:half]) / half, sum(counts[half:]) / half)
    return Growth(group, len(periods), (capacity[0], capacity[1]), (delivered[0], delivered[1]), done)
