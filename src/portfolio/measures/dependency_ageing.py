"""Dependency ageing: how long epics wait for each other, how long it takes to resolve that, and what is held up now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from portfolio.domain.dependency import Dependency
from portfolio.domain.evidence import Blocked
from portfolio.measures.days import day_number, number_or_none
from portfolio.measures.survival import Survival, spread, survival
from portfolio.measures.waits import Homes, by_others, is_met, is_open, is_raised, resolved_by
from portfolio.results.flow.delivery import Share
from portfolio.results.flow.dependencies import BANDS, DependencyAge, DependencyAgeing

LIMITS = (14, 42, 84)
"""Days at which the next band of ages begins."""


def dependency_ageing(
    dependencies: Sequence[Dependency],
    blocked: Iterable[Blocked],
    as_of: int,
    homes: Homes,
    over: Collection[str],
    running: Sequence[str],
    streams: Iterable[str],
) -> DependencyAgeing | None:
    """Dependencies by age and wait; None where nothing is dated.

    `over` are the epics that are done or stopped, in small letters; `running` are those in progress. How long it took to resolve one
    whose end is over is not known unless the day is said.
    """
    blocked = list(blocked)
    dated = [link for link in dependencies if link.raised_on or link.needed_by or link.resolved_on]
    dated = [link for link in dated if is_raised(link, as_of)]
    if not dated and not blocked:
        return None
    lines = [_age(link, as_of, homes, over) for link in dated]
    held = _held_up(dated, lines, by_others(blocked, homes, streams), as_of, running)
    aged = [line.age for line in lines if line.is_open and line.age is not None]
    bands = np.bincount(np.searchsorted(LIMITS, aged, side="right"), minlength=len(BANDS)) if aged else [0] * len(BANDS)
    sides = [line.between_streams for line in lines if line.between_streams is not None]
    order = sorted(lines, key=lambda line: (not line.is_open, -(line.wait or 0), -(line.age or 0)))
    return DependencyAgeing(
        sum(line.is_open for line in lines),
        sum(resolved_by(link, as_of) is not None for link in dated),
        tuple(map(int, bands)),
        spread(to_resolve([link for link in dated if not is_met(link, as_of, over)], as_of)),
        Share(sum(sides), len(sides)),
        Share(len(held), len(running)),
        tuple(held),
        sum(line.wait or 0 for line in lines),
        tuple(order),
    )


def _age(link: Dependency, as_of: int, homes: Homes, over: Collection[str]) -> DependencyAge:
    resolved, raised, needed = resolved_by(link, as_of), number_or_none(link.raised_on), number_or_none(link.needed_by)
    waits = is_open(link, as_of, over)
    until = as_of if waits else resolved
    return DependencyAge(
        link.predecessor,
        link.successor,
        _crosses(link, homes),
        as_of - raised if waits and raised is not None else None,
        None if needed is None or until is None else max(0, until - needed),
        None if resolved is None or raised is None else resolved - raised,
        waits,
    )


def to_resolve(dependencies: Iterable[Dependency], as_of: int) -> Survival:
    """How long it takes to resolve a dependency, in days; open ones take longer than they have so far."""
    known = [link for link in dependencies if link.raised_on is not None and is_raised(link, as_of)]
    over = np.array([resolved_by(link, as_of) is not None for link in known], dtype=bool)
    ends = [as_of if (day := resolved_by(link, as_of)) is None else day for link in known]
    begins = [day_number(link.raised_on) for link in known if link.raised_on is not None]
    took = np.array(ends, dtype=np.int64) - np.array(begins, dtype=np.int64)
    return survival(np.full(len(took), -1, dtype=np.int64), took, over)


def _crosses(link: Dependency, homes: Homes) -> bool | None:
    first, second = homes.get(link.predecessor.casefold()), homes.get(link.successor.casefold())
    return None if first is None or second is None else first != second


def _held_up(
    links: Sequence[Dependency],
    lines: Sequence[DependencyAge],
    blocked: Iterable[Blocked],
    as_of: int,
    running: Sequence[str],
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
        if day_number(row.since) <= as_of and (row.until is None or day_number(row.until) > as_of)
    }
    return [epic for epic in running if epic.casefold() in late]
