"""Changes of state as columns: which epic entered which state on which day, a million of them at once.

They are made from the rows of a portfolio's history here, and straight from a large file where that is read; either way names
are kept once and rows refer to them by number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from portfolio.measures.days import Days, Flags, day_number, local_day

Codes = NDArray[np.int64]
"""Positions in a list of names, -1 where there is none."""
NONE = -1
NO_TIME = -1
SPAN = 1 << 32
"""More days than there are, so that epic and day make one number that sorts by both."""


class ChangeOfState(Protocol):
    """A row of the history, as a portfolio holds it."""

    @property
    def epic(self) -> str:
        """The ID of the epic."""
        ...

    @property
    def state(self) -> str:
        """The state it entered."""
        ...

    @property
    def entered(self) -> date:
        """The day or moment it entered it."""
        ...

    @property
    def value_stream(self) -> str | None:
        """Its value stream, where the row says one."""
        ...

    @property
    def type(self) -> str | None:
        """Its type, where the row says one."""
        ...

    @property
    def parent(self) -> str | None:
        """The epic that it is a part of, where it is one."""
        ...


@dataclass(frozen=True)
class Transitions:
    """One row for each change of state, in the order of the file; names are known by their position.

    `time` is the moment within the world's time in microseconds, `NO_TIME` for a row that has a day only. `parent` refers to
    `epics` as `epic` does.
    """

    epics: tuple[str, ...]
    states: tuple[str, ...]
    value_streams: tuple[str, ...]
    types: tuple[str, ...]
    epic: Codes
    state: Codes
    day: Days
    time: NDArray[np.int64]
    value_stream: Codes
    type: Codes
    parent: Codes

    def __len__(self) -> int:
        """How many changes of state there are."""
        return len(self.day)

    def only(self, rows: Flags) -> Transitions:
        """The same with these rows only."""
        return Transitions(
            self.epics, self.states, self.value_streams, self.types, self.epic[rows], self.state[rows], self.day[rows],
            self.time[rows], self.value_stream[rows], self.type[rows], self.parent[rows],
        )  # fmt: skip

    @cached_property
    def parents(self) -> Codes:
        """For each epic the one that it is a part of, `NONE` where it stands for itself."""
        found = np.full(len(self.epics), NONE, dtype=np.int64)
        given = np.flatnonzero(self.parent != NONE)[::-1]
        found[self.epic[given]] = self.parent[given]
        return found

    @cached_property
    def sorted(self) -> SortedTransitions:
        """The rows by epic and time: by day; of one day by their time where all have one, else in the order of the file."""
        return _sorted(self)

    @property
    def first_day(self) -> int | None:
        """The first day that anything is known of."""
        return int(self.day.min()) if len(self) else None


@dataclass(frozen=True)
class SortedTransitions:
    """Changes of state by epic and time, each twice-said one said once."""

    epic: Codes
    state: Codes
    day: Days
    repeated: int
    """Rows that say the same epic, state and moment as another one."""
    at_once: Codes
    """Epics that two states are said of at the same moment, of which the later row holds."""

    @cached_property
    def begins(self) -> Flags:
        """Whether a row is the first of its epic."""
        return np.concatenate([[True], self.epic[1:] != self.epic[:-1]]) if len(self.epic) else np.zeros(0, dtype=bool)

    @cached_property
    def ends(self) -> Flags:
        """Whether a row is the last of its epic."""
        return np.concatenate([self.epic[1:] != self.epic[:-1], [True]]) if len(self.epic) else np.zeros(0, dtype=bool)


def _sorted(rows: Transitions) -> SortedTransitions:
    """The rows by epic and time."""
    count, time = len(rows), rows.time
    key = rows.epic * SPAN + rows.day
    timed = time != NO_TIME
    if timed.any() and not timed.all():
        time = np.where(np.isin(key, np.unique(key[~timed])), NO_TIME, time)
    order = np.lexsort((time, key)) if timed.any() else np.argsort(key, kind="stable")
    epic, state, day, time = rows.epic[order], rows.state[order], rows.day[order], time[order]
    same_day = np.zeros(count, dtype=bool)
    same_day[1:] = (epic[1:] == epic[:-1]) & (day[1:] == day[:-1])
    same_time = same_day.copy()
    same_time[1:] &= time[1:] == time[:-1]
    same_state = np.zeros(count, dtype=bool)
    same_state[1:] = state[1:] == state[:-1]
    twice = (same_time & same_state) | _said_before(epic, state, day, time)
    at_once = same_time & ~same_state & (time != NO_TIME)
    followed = np.append(same_time[1:], False) if count else same_time
    kept = np.where(time == NO_TIME, ~twice, ~followed)
    return SortedTransitions(epic[kept], state[kept], day[kept], int(twice.sum()), np.unique(epic[at_once]))


def _said_before(epic: Codes, state: Codes, day: Days, time: NDArray[np.int64]) -> Flags:
    """Rows without a time of day whose epic, state and day another such row says already."""
    found = np.zeros(len(epic), dtype=bool)
    rows = np.flatnonzero(time == NO_TIME)
    if len(rows):
        order = rows[np.lexsort((rows, state[rows], day[rows], epic[rows]))]
        earlier, later = order[:-1], order[1:]
        found[later] = (epic[earlier] == epic[later]) & (day[earlier] == day[later]) & (state[earlier] == state[later])
    return found


class Names:
    """Names in the order in which they come up, each by its number; case does not tell two apart."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self.names: list[str] = []
        for name in known:
            self.number(name)

    def number(self, name: str | None) -> int:
        """The number of a name; `NONE` for none."""
        if name is None or not name:
            return NONE
        key = name.casefold()
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.names)
            self.names.append(name)
        return found


def transitions_of(history: Iterable[ChangeOfState], zone: tzinfo | None = None) -> Transitions:
    """The changes of state of a portfolio's history as columns, their days in a time zone."""
    epics, states, streams, types = Names(), Names(), Names(), Names()
    rows = [
        (
            epics.number(row.epic), states.number(row.state), day_number(local_day(row.entered, zone)),
            time_of(row.entered, zone), streams.number(row.value_stream), types.number(row.type),
            epics.number(row.parent),
        )
        for row in history
    ]  # fmt: skip
    table = np.array(rows, dtype=np.int64).reshape(-1, 7)
    epic, state, day, time, stream, kind, parent = (table[:, column] for column in range(7))
    return Transitions(
        tuple(epics.names), tuple(states.names), tuple(streams.names), tuple(types.names),
        epic, state, day, time, stream, kind, parent,
    )  # fmt: skip


def time_of(moment: date, zone: tzinfo | None) -> int:
    """When a moment was, in microseconds; `NO_TIME` for a day."""
    if not isinstance(moment, datetime):
        return NO_TIME
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone) if zone is not None else moment
    if moment.tzinfo is None:
        return int((moment - datetime(1970, 1, 1)).total_seconds() * 1_000_000)
    return int(moment.timestamp() * 1_000_000)
