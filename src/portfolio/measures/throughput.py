"""Throughput: what was finished and stopped in each past period, and how that is spread over types and horizons."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from portfolio.measures.days import Days
from portfolio.measures.groups import Grouping
from portfolio.measures.lead_times import finished_within
from portfolio.measures.lives import Lives
from portfolio.results.flow.groups import Period
from portfolio.results.flow.progress import Share
from portfolio.results.flow.throughput import Throughput


def throughput(lives: Lives, grouping: Grouping, periods: Sequence[Period]) -> tuple[Throughput, ...]:
    """What the whole and each part finished and stopped in each period, zeros included."""
    return tuple(
        Throughput(label, _counts(lives.finished[rows], periods), _counts(lives.stopped[rows], periods))
        for label, rows in grouping.parts()
    )


def _counts(days: Days, periods: Sequence[Period]) -> tuple[int, ...]:
    ordered = np.sort(days)
    return tuple(
        int(np.searchsorted(ordered, period.last, "right") - np.searchsorted(ordered, period.first, "left"))
        for period in periods
    )


def distribution(lives: Lives, groupings: Sequence[Grouping], first: int) -> tuple[Share, ...]:
    """Throughput of the window and load of its last day by type and by horizon; silent where nobody gave any."""
    done, running = finished_within(lives, first, lives.as_of), lives.is_open
    lines = []
    for grouping in groupings:
        if not (grouping.codes >= 0).any():
            continue
        for number, label in [*enumerate(grouping.labels), (-1, None)]:
            rows = grouping.codes == number
            finished, now = int((done & rows).sum()), int((running & rows).sum())
            if not finished and not now:
                continue
            lines.append(
                Share(
                    "horizon" if grouping.by == "horizon" else "type",
                    label,
                    finished,
                    now,
                    finished / int(done.sum()) if done.any() else None,
                    now / int(running.sum()) if running.any() else None,
                )
            )
    return tuple(lines)
