"""Integration health: how often all parts of a product are put together, and whether the whole then works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from itertools import pairwise

from portfolio.domain.evidence import Integration
from portfolio.measures.days import day_number, local_day
from portfolio.measures.delivery import Window, belongs, streams_of
from portfolio.results.flow.delivery import IntegrationHealth, Share


def integration_health(
    integrations: Sequence[Integration],
    window: Window,
    before: Window | None,
    order: Sequence[str] = (),
    zone: tzinfo | None = None,
) -> tuple[IntegrationHealth, ...]:
    """The health of all and of each value stream or product within the window."""
    lines = []
    for group in streams_of([row.value_stream for row in integrations], order) if integrations else ():
        own = [row for row in integrations if belongs(row.value_stream, group)]
        line = _health(group, own, window, zone)
        lines.append(line if before is None else replace(line, before=_health(group, own, before, zone)))
    return tuple(lines)


def _health(group: str | None, rows: Sequence[Integration], window: Window, zone: tzinfo | None) -> IntegrationHealth:
    dated = [(day_number(local_day(row.integrated, zone)), row) for row in rows]
    within = [(day, row) for day, row in dated if window[0] <= day <= window[1]]
    days = sorted(day for day, _ in within)
    tested = [row for _, row in within if row.tests_run is not None and row.tests_passed is not None]
    judged = [(day, row.releasable) for day, row in within if row.releasable is not None]
    released = [day for day, row in dated if row.releasable and day <= window[1]]
    until = [day for day, _ in dated if day <= window[1]]
    return IntegrationHealth(
        group,
        len(within),
        len(within) / ((window[1] - window[0] + 1) / 7),
        max((second - first for first, second in pairwise([*days, window[1]])), default=None) if days else None,
        window[1] - max(until) if until else None,
        window[1] - max(released) if released else None,
        Share(sum(row.tests_passed or 0 for row in tested), sum(row.tests_run or 0 for row in tested)),
        Share(sum(row.tests_passed == row.tests_run for row in tested), len(tested)),
        Share(sum(releasable for _, releasable in judged), len(judged)),
    )
