"""Flow load: what was in progress day by day, how many had reached each state, and how long epics were in each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from portfolio.measures.days import NEVER, Days, day_of
from portfolio.measures.groups import Grouping
from portfolio.measures.lives import DONE, KINDS, STOPPED, Lives
from portfolio.measures.transitions import Codes
from portfolio.results.flow.progress import CumulativeFlow, Load, Reached, TimeInState


def in_progress(lives: Lives, first: int, last: int) -> Codes:
    """How many epics were in progress on each day: started, and not finished or stopped before it."""
    committed = lives.started < NEVER
    return _by_then(lives.started[committed], first, last) - _by_then(lives.ended[committed] + 1, first, last)


def _by_then(days: Days, first: int, last: int) -> Codes:
    """How many of the days lie at or before each day from first to last."""
    return np.searchsorted(np.sort(days), np.arange(first, last + 1), side="right")


def load(lives: Lives, grouping: Grouping, first: int, before: tuple[int, int] | None) -> tuple[Load, ...]:
    """What was in progress, of the whole and of each part."""
    lines = []
    for label, rows in grouping.parts():
        part = lives.only(rows)
        days = in_progress(part, first, lives.as_of)
        earlier = None if before is None else float(in_progress(part, *before).mean())
        by_day = tuple(map(int, days))
        now = int(part.is_open.sum())
        lines.append(Load(label, now, float(days.mean()), int(days.min()), int(days.max()), earlier, by_day))
    return tuple(lines)


def cumulative_flow(lives: Lives, first: int, order: Sequence[str]) -> CumulativeFlow:
    """How many had reached each state or a later one at the end of each day of the window."""
    last = lives.as_of
    sequence = state_order(lives, order)
    rank = np.full(len(lives.transitions.states), -1, dtype=np.int64)
    rank[sequence] = np.arange(len(sequence))
    rows, width, days = lives.rows, len(sequence), last - first + 1
    reached = np.zeros((days, width), dtype=np.int64)
    if len(rows.epic):
        now = rank[rows.state]
        earlier = np.concatenate([[-1], now[:-1]])
        earlier[rows.begins] = -1
        place = np.maximum(rows.day - first, 0)
        flat = np.bincount(place * width + now, minlength=days * width).astype(np.int64)
        moved = earlier >= 0
        flat -= np.bincount((place * width + earlier)[moved], minlength=days * width)
        at_or_after = flat.reshape(days, width)[:, ::-1].cumsum(axis=1)[:, ::-1]
        reached = at_or_after.cumsum(axis=0)
    states = tuple(
        Reached(lives.transitions.states[code], KINDS[lives.kinds[code]], tuple(map(int, reached[:, number])))
        for number, code in enumerate(sequence)
    )
    lines = (
        _by_then(found, first, last)
        for found in (np.minimum(lives.started, lives.ended), lives.finished, lives.stopped)
    )
    started, finished, stopped = (tuple(map(int, line)) for line in lines)
    return CumulativeFlow(day_of(first).isoformat(), started, finished, stopped, states)


def state_order(lives: Lives, order: Sequence[str]) -> list[int]:
    """The states that were entered, first to last: as the way of working has them, else in the order in which they come up.

    States before the commitment come first, then those of work in progress, then done, then stopped.
    """
    names = [state.casefold() for state in lives.transitions.states]
    used = np.bincount(lives.rows.state, minlength=len(names))
    known = {name.casefold(): number for number, name in enumerate(order)}
    band = {code: (0, 1, 1, 2, 3)[lives.kinds[code]] for code in range(len(names)) if used[code]}
    by_model = {at: all(names[code] in known for code in band if band[code] == at) for at in range(4)}
    return sorted(band, key=lambda code: (band[code], known[names[code]] if by_model[band[code]] else code))


def time_in_states(lives: Lives, first: int, order: Sequence[str]) -> tuple[TimeInState, ...]:
    """Days that epics spent in each state within the window; the day of finishing belongs to the last state before it."""
    rows, as_of = lives.rows, lives.as_of
    if not len(rows.epic):
        return ()
    kind = lives.kinds[rows.state]
    leaves = np.where(rows.ends, as_of + 1, np.append(rows.day[1:], 0))
    leaves = np.where(rows.ends & (kind >= DONE), rows.day, leaves)
    life = np.cumsum(rows.begins) - 1
    ended = lives.ended[life]
    closes = np.zeros(len(kind), dtype=bool)
    closes[:-1] = ~rows.ends[:-1] & (kind[:-1] < DONE) & (kind[1:] >= DONE) & (rows.day[1:] == ended[:-1])
    days = np.maximum(0, leaves + closes - np.maximum(rows.day, first))
    return _per_state(lives, days, order)


def _per_state(lives: Lives, days: NDArray[np.int64], order: Sequence[str]) -> tuple[TimeInState, ...]:
    rows = lives.rows
    spent = days > 0
    pairs, place = np.unique(rows.epic[spent] * len(lives.transitions.states) + rows.state[spent], return_inverse=True)
    total = np.bincount(place, weights=days[spent]).astype(np.int64)
    state = pairs % max(1, len(lives.transitions.states))
    lines = []
    for code in state_order(lives, order):
        own = total[state == code]
        kind = KINDS[lives.kinds[code]]
        if len(own) and lives.kinds[code] != STOPPED:
            lines.append(
                TimeInState(lives.transitions.states[code], kind, int(own.sum()), len(own), float(np.median(own)))
            )
    return tuple(lines)
