"""Delivery measures: DORA's five, and the time to restore of the older four, beside the window before.

Source: dora.dev, DORA's software delivery performance metrics; no bands, since its guide warns of comparing unlike systems.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

import numpy as np

from portfolio.domain.evidence import Deployment, Incident
from portfolio.measures.days import day_number, day_of, end_of, hours_between, local_day
from portfolio.measures.survival import spread, survival
from portfolio.results.flow.delivery import Delivery, Share, Times

Window = tuple[int, int]


def streams_of(names: Iterable[str], order: Sequence[str]) -> list[str | None]:
    """Everything (None), then the value streams that have rows: in the order of the workbook, others as they come up."""
    spoken = {name.casefold(): name for name in [*reversed(list(names)), *reversed(order)]}
    given = dict.fromkeys(name.casefold() for name in names)
    known = [name.casefold() for name in order]
    return [None, *(spoken[name] for name in dict.fromkeys([*known, *given]) if name in given)]


def belongs(name: str, group: str | None) -> bool:
    """Whether a row of a value stream counts in a group."""
    return group is None or name.casefold() == group.casefold()


def delivery(
    deployments: Sequence[Deployment],
    incidents: Sequence[Incident],
    window: Window,
    before: Window | None,
    order: Sequence[str] = (),
    zone: tzinfo | None = None,
) -> tuple[Delivery, ...]:
    """The delivery measures of all and of each value stream within the window."""
    groups = streams_of([*(row.value_stream for row in deployments), *(row.value_stream for row in incidents)], order)
    lines = []
    for group in groups if deployments or incidents else ():
        own = [row for row in deployments if belongs(row.value_stream, group)]
        hurt = [row for row in incidents if belongs(row.value_stream, group)]
        line = _delivery(group, own, hurt, window, zone)
        lines.append(line if before is None else replace(line, before=_delivery(group, own, hurt, before, zone)))
    return tuple(lines)


def _delivery(
    group: str | None,
    deployments: Sequence[Deployment],
    incidents: Sequence[Incident],
    window: Window,
    zone: tzinfo | None,
) -> Delivery:
    days = window[1] - window[0] + 1
    rows = [row for row in deployments if _within(row.deployed, window, zone)]
    hurt = [row for row in incidents if _within(row.began, window, zone)]
    failed = [row for row in rows if row.failed is not None]
    planned = [row for row in rows if row.unplanned is not None]
    return Delivery(
        group,
        len(rows),
        len(rows) / (days / 7),
        Share(len({local_day(row.deployed, zone) for row in rows}), days),
        _times([(row.first_commit, row.deployed) for row in rows if row.first_commit is not None], window[1], zone),
        _times([(row.deployed, row.recovered) for row in rows if row.failed], window[1], zone),
        Share(sum(bool(row.failed) for row in failed), len(failed)),
        Share(sum(bool(row.unplanned) for row in planned), len(planned)),
        len(hurt),
        _times([(row.began, row.restored) for row in hurt], window[1], zone),
    )


def _within(moment: date, window: Window, zone: tzinfo | None) -> bool:
    return window[0] <= day_number(local_day(moment, zone)) <= window[1]


def _times(pairs: Sequence[tuple[date, date | None]], last: int, zone: tzinfo | None) -> Times:
    """Real hours from one moment to another; what is not over by the end of the last day goes on for longer than until then."""
    end = end_of(day_of(last))
    over = [after is not None and day_number(local_day(after, zone)) <= last for _, after in pairs]
    hours = [
        hours_between(first, after if ended and after is not None else end, zone)
        for (first, after), ended in zip(pairs, over, strict=True)
    ]
    found = survival(np.full(len(hours), -1.0), np.array(hours, dtype=float), np.array(over, dtype=bool))
    return Times(sum(over), len(over) - sum(over), spread(found))


def in_order(first: date, second: date | None, zone: tzinfo | None = None) -> bool:
    """Whether the second moment, if there is one, is not before the first; a day is not before any moment of it."""
    if second is None:
        return True
    if isinstance(first, datetime) and isinstance(second, datetime):
        return hours_between(first, second, zone) >= 0
    return local_day(second, zone) >= local_day(first, zone)
