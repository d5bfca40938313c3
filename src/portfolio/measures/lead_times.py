"""Lead times with what is still open, of the whole and of each part, beside their own past; ages against them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from portfolio.measures.days import NEVER, Flags, day_of
from portfolio.measures.groups import Grouping
from portfolio.measures.lives import Lives
from portfolio.measures.survival import Survival, plain_percentile, spread, survival
from portfolio.results.flow.groups import Period
from portfolio.results.flow.lead_times import LeadTimes
from portfolio.results.flow.progress import Age, Mark
from portfolio.results.flow.spread import Spread


def observed(lives: Lives, first: int, last: int) -> Survival:
    """How long epics take, as seen from the day `first` to the day `last`; what was committed to by then counts."""
    seen = (lives.started <= last) & (lives.ended >= first)
    started, done = lives.started[seen], lives.finished[seen]
    finished = done <= last
    entry = np.maximum(0, first - started)
    reached = np.where(finished, done, np.minimum(lives.ended[seen], last)) - started + 1
    return survival(entry, reached, finished)


def finished_within(lives: Lives, first: int, last: int) -> Flags:
    """Which epics were finished in a stretch of time."""
    return (lives.finished >= first) & (lives.finished <= last)


def lead_times(
    lives: Lives, grouping: Grouping, first: int, before: tuple[int, int] | None, periods: Sequence[Period]
) -> tuple[LeadTimes, ...]:
    """The lead times of the whole and of each part, from the day `first` on; `before` is the window before that."""
    return tuple(_lead_times(label, lives.only(rows), first, before, periods) for label, rows in grouping.parts())


def _lead_times(
    label: str | None, lives: Lives, first: int, before: tuple[int, int] | None, periods: Sequence[Period]
) -> LeadTimes:
    found = observed(lives, first, lives.as_of)
    done = finished_within(lives, first, lives.as_of)
    took = lives.lead_time[done & lives.has_lead_time]
    return LeadTimes(
        label,
        int(done.sum()),
        int(lives.is_open.sum()),
        int(((lives.stopped >= first) & (lives.stopped <= lives.as_of)).sum()),
        int((done & lives.uncommitted).sum()),
        spread(found),
        plain_percentile(took, 0.5),
        plain_percentile(took, 0.85),
        None if before is None else spread(observed(lives, *before)),
        tuple(spread(observed(lives, period.first, period.last)).p50 for period in periods),
        found.too_short and found.over > 0,
    )


def ages(lives: Lives, grouping: Grouping, found: Sequence[LeadTimes], titles: dict[str, str]) -> tuple[Age, ...]:
    """What is in progress, oldest first within each part, in the order of the parts; this orders epics, not people."""
    spreads = {line.group: line.spread for line in found}
    open_places = np.flatnonzero(lives.is_open)
    part = np.where(grouping.codes[open_places] < 0, NEVER, grouping.codes[open_places])
    order = np.lexsort((open_places, lives.started[open_places], part))
    lines = []
    old = lives.age
    for place in open_places[order]:
        label, name, age = grouping.label(place), lives.name(place), int(old[place])
        own = spreads.get(label, Spread())
        mark = _mark(age, own if own.p50 is not None or own.more_than is not None else spreads.get(None, Spread()))
        lines.append(
            Age(
                name,
                titles.get(name.casefold()),
                label,
                lives.transitions.states[lives.state[place]],
                day_of(lives.started[place]).isoformat(),
                age,
                mark,
                int(lives.reopened[place]),
                int(lives.withdrawn[place]),
            )
        )
    return tuple(lines)


def _mark(age: int, known: Spread) -> Mark | None:
    if known.p85 is not None and age > known.p85:
        return "older than 85 %"
    return "older than 50 %" if known.p50 is not None and age > known.p50 else None
