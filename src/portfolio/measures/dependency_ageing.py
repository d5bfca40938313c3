"""Dependency ageing: how long epics wait for each other, how long it takes to resolve that, and what is held up now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from portfolio.domain.dependency import Dependency
from portfolio.domain.evidence import Blocked
from portfolio.measures.days import day_number
from portfolio.measures.survival import Survival, spread, survival
from portfolio.results.flow.delivery import Share
from portfolio.results.flow.dependencies import BANDS, DependencyAge, DependencyAgeing

LIMITS = (14, 42, 84)
"""Days at which the next band of ages begins."""


def dependency_ageing(
    dependencies: Sequence[Dependency],
    blocked: Iterable[Blocked],
    as_of: int,
    homes: Mapping[str, str | None],
    running: Sequence[str],
    streams: Iterable[str],
) -> DependencyAgeing | None:
    """Dependencies by age and wait; None where nothing is dated.

    `homes` is the largest value stream of each epic, by its name in small letters; `running` are the epics in progress.
    """
    blocked = list(blocked)
    dated = [link for link in dependencies if link.raised_on or link.needed_by or link.resolved_on]
    dated = [link for link in dated if link.raised_on is None or day_number(link.raised_on) <= as_of]
    if not dated and not blocked:
        return None
    lines = [_age(link, as_of, homes) for link in dated]
    held = _held_up(dated, lines, blocked, as_of, homes, running, {name.casefold() for name in streams})
    aged = [line.age for line in lines if line.is_open and line.age is not None]
    bands = np.bincount(np.searchsorted(LIMITS, aged, side="right"), minlength=len(BANDS)) if aged else [0] * len(BANDS)
    sides = [line.between_streams for line in lines if line.between_streams is not None]
    order = sorted(lines, key=lambda line: (not line.is_open, -(line.wait or 0), -(line.age or 0)))
    return DependencyAgeing(
        sum(line.is_open for line in lines),
        sum(not line.is_open for line in lines),
        tuple(map(int, bands)),
        spread(to_resolve(dated, as_of)),
        Share(sum(sides), len(sides)),
        Share(len(held), len(running)),
        tuple(held),
        sum(line.wait or 0 for line in lines),
        tuple(order),
    )


def _age(link: Dependency, as_of: int, homes: Mapping[str, str | None]) -> DependencyAge:
    resolved = _by(link.resolved_on, as_of)
    until = as_of if resolved is None else resolved
    raised = None if link.raised_on is None else day_number(link.raised_on)
    return DependencyAge(
        link.predecessor,
        link.successor,
        _crosses(link, homes),
        None if raised is None or resolved is not None else as_of - raised,
        None if link.needed_by is None else max(0, until - day_number(link.needed_by)),
        None if resolved is None or raised is None else resolved - raised,
        resolved is None,
    )


def to_resolve(dependencies: Iterable[Dependency], as_of: int) -> Survival:
    """How long it takes to resolve a dependency, in days; open ones take longer than they have so far."""
    known = [link for link in dependencies if link.raised_on is not None and day_number(link.raised_on) <= as_of]
    over = np.array([_by(link.resolved_on, as_of) is not None for link in known], dtype=bool)
    ends = [as_of if (day := _by(link.resolved_on, as_of)) is None else day for link in known]
    begins = [day_number(link.raised_on) for link in known if link.raised_on is not None]
    took = np.array(ends, dtype=np.int64) - np.array(begins, dtype=np.int64)
    return survival(np.full(len(took), -1, dtype=np.int64), took, over)


def _by(day: date | None, as_of: int) -> int | None:
    """A day as a whole number, if it has come."""
    return None if day is None or day_number(day) > as_of else day_number(day)


def _crosses(link: Dependency, homes: Mapping[str, str | None]) -> bool | None:
    first, second = homes.get(link.predecessor.casefold()), homes.get(link.successor.casefold())
    return None if first is None or second is None else first != second


def _held_up(
    links: Sequence[Dependency],
    lines: Sequence[DependencyAge],
    blocked: Sequence[Blocked],
    as_of: int,
    homes: Mapping[str, str | None],
    running: Sequence[str],
    streams: set[str],
) -> list[str]:
    """Epics in progress that wait for another value stream: past the day it was needed, or blocked by it."""
    late = {
        link.successor.casefold()
        for link, line in zip(links, lines, strict=True)
        if line.is_open and line.between_streams and link.needed_by is not None and day_number(link.needed_by) < as_of
    }
    late |= {
        row.epic.casefold()
        for row in blocked
        if row.waits_for is not None and row.waits_for.casefold() in streams
        and row.waits_for.casefold() != (homes.get(row.epic.casefold()) or "").casefold()
        and day_number(row.since) <= as_of and (row.until is None or day_number(row.until) > as_of)
    }  # fmt: skip
    return [epic for epic in running if epic.casefold() in late]
