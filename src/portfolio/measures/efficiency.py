"""Flow efficiency on the epic's clock: days on which anybody worked on it, among the days that it took."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

import numpy as np

from portfolio.measures.days import NEVER, Days, Flags, day_number
from portfolio.measures.groups import Grouping
from portfolio.measures.lead_times import finished_within
from portfolio.measures.lives import ACTIVE, UNKNOWN, Lives
from portfolio.measures.survival import FEWEST
from portfolio.measures.transitions import NONE, Codes
from portfolio.results.flow.efficiency import Efficiency


class Block(Protocol):
    """A stretch of time in which an epic was blocked, as a portfolio holds it."""

    @property
    def epic(self) -> str:
        """The ID of the epic."""
        ...

    @property
    def since(self) -> date:
        """The first day."""
        ...

    @property
    def until(self) -> date | None:
        """The day on which it ended; None while it lasts."""
        ...


def active_days(lives: Lives, blocked: Iterable[Block] = ()) -> Days:
    """For each epic that has a lead time the days, from started to finished, on which it was worked on; 0 for the others.

    A day counts once, however many of its features or stories were active on it, and not at all where the epic was blocked.
    """
    place = np.full(len(lives.transitions.epics), NONE, dtype=np.int64)
    place[lives.epic] = np.arange(len(lives))
    owner, first, last = _active(lives)
    owner = place[owner]
    blocked_owner, since, until = _blocked(lives, blocked, place)
    begins = np.where(lives.has_lead_time, lives.started, NEVER)
    ends = np.where(lives.has_lead_time, lives.finished, -NEVER)
    events = [
        _clipped(owner, first, last, begins, ends, 1, 0),
        _clipped(blocked_owner, since, until - 1, begins, ends, 0, 1),
    ]
    epic, day, active, stopped = (np.concatenate(columns) for columns in zip(*events, strict=True))
    order = np.lexsort((day, epic))
    epic, day = epic[order], day[order]
    works, waits = np.cumsum(active[order]), np.cumsum(stopped[order])
    if not len(epic):
        return np.zeros(len(lives), dtype=np.int64)
    length = np.append(np.where(epic[1:] == epic[:-1], day[1:] - day[:-1], 0), 0)
    counted = (works > 0) & (waits == 0)
    return np.bincount(epic[counted], weights=length[counted], minlength=len(lives)).astype(np.int64)


def _active(lives: Lives) -> tuple[Codes, Days, Days]:
    """Each stay in an active state: the epic it belongs to, also by way of a part of it, its first and its last day."""
    given = lives.transitions
    rows = lives.rows
    if (given.parents != NONE).any():
        rows = given.only((lives.kinds[given.state] != UNKNOWN) & (given.day <= lives.as_of)).sorted
    leaves = np.where(rows.ends, lives.as_of, np.append(rows.day[1:], 0)) if len(rows.epic) else rows.day
    active = lives.kinds[rows.state] == ACTIVE if len(rows.epic) else np.zeros(0, dtype=bool)
    owner = np.where(given.parents == NONE, np.arange(len(given.epics)), given.parents)
    return owner[rows.epic[active]], rows.day[active], leaves[active]


def _blocked(lives: Lives, blocked: Iterable[Block], place: Codes) -> tuple[Codes, Days, Days]:
    blocked = list(blocked)
    names = {name.casefold(): code for code, name in enumerate(lives.transitions.epics)} if blocked else {}
    rows = [
        (
            names[block.epic.casefold()],
            day_number(block.since),
            lives.as_of + 1 if block.until is None else day_number(block.until),
        )
        for block in blocked
        if block.epic.casefold() in names
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return place[table[:, 0]], table[:, 1], table[:, 2]


def _clipped(
    owner: Codes, first: Days, last: Days, begins: Days, ends: Days, active: int, blocked: int
) -> tuple[Codes, Days, Codes, Codes]:
    """The days as events, +1 where a stretch begins and -1 the day after it ends, within the life of its epic."""
    owned = owner != NONE
    owner, first, last = owner[owned], first[owned], last[owned]
    first, last = np.maximum(first, begins[owner]), np.minimum(last, ends[owner])
    there: Flags = first <= last
    owner, first, last = owner[there], first[there], last[there]
    sign = np.concatenate([np.ones(len(owner), dtype=np.int64), -np.ones(len(owner), dtype=np.int64)])
    return np.concatenate([owner, owner]), np.concatenate([first, last + 1]), sign * active, sign * blocked


def efficiency(
    lives: Lives, grouping: Grouping, first: int, before: tuple[int, int] | None, blocked: Iterable[Block] = ()
) -> tuple[Efficiency, ...]:
    """Active days among lead times of the epics finished in the window: sum over sum, never a mean of ratios."""
    active, lines = active_days(lives, blocked), []
    for label, rows in grouping.parts():
        done = rows & lives.has_lead_time & finished_within(lives, first, lives.as_of)
        earlier = None if before is None else rows & lives.has_lead_time & finished_within(lives, *before)
        worked, took = int(active[done].sum()), int(lives.lead_time[done].sum())
        lines.append(
            Efficiency(
                label,
                int(done.sum()),
                worked,
                took,
                _ratio(active, lives, done),
                None if earlier is None else _ratio(active, lives, earlier),
            )
        )
    return tuple(lines)


def _ratio(active: Days, lives: Lives, rows: Flags) -> float | None:
    return float(active[rows].sum() / lives.lead_time[rows].sum()) if int(rows.sum()) >= FEWEST else None
