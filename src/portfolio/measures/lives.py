"""From changes of state to one life per epic: when it was started, finished or stopped, and how often it went back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from portfolio.domain.state import StateKind
from portfolio.measures.days import NEVER, Days, Flags
from portfolio.measures.transitions import NONE, Codes, SortedTransitions, Transitions

KINDS: tuple[StateKind, ...] = ("before", "waiting", "active", "done", "stopped")
BEFORE, WAITING, ACTIVE, DONE, STOPPED = range(5)
UNKNOWN = NONE
"""The kind of a state that nobody has said what it means."""


@dataclass(frozen=True)
class Lives:
    """A row for each epic; days are `NEVER` for what has not happened by `as_of`.

    `started` is the first day in a committed state since it was last before one; `finished` and `stopped` are the day it
    was done or given up, if it stayed so. `lost` says that the state of a row of it is not known, so that nothing is
    said about its life.
    """

    transitions: Transitions
    rows: SortedTransitions
    """The changes of state that count, by epic and time."""
    kinds: Codes
    """The kind of each state of the transitions, as a position in `KINDS`."""
    as_of: int
    epic: Codes
    """Positions in the names of the transitions."""
    started: Days
    finished: Days
    stopped: Days
    state: Codes
    reopened: Codes
    withdrawn: Codes
    value_stream: Codes
    """Positions in `streams`, `NONE` where it has none."""
    streams: tuple[str, ...]
    type: Codes

    def __len__(self) -> int:
        """How many epics there are."""
        return len(self.epic)

    @property
    def ended(self) -> Days:
        """The day on which each was finished or stopped."""
        return np.minimum(self.finished, self.stopped)

    @property
    def is_open(self) -> Flags:
        """Whether each is in progress at the end of the last day."""
        return (self.started <= self.as_of) & (self.ended > self.as_of)

    @property
    def lead_time(self) -> Days:
        """Days from started to finished, both counted; only where both are known."""
        return self.finished - self.started + 1

    @property
    def age(self) -> Days:
        """Days from started to the last day, both counted."""
        return self.as_of - self.started + 1

    @property
    def has_lead_time(self) -> Flags:
        """Whether each was committed to and finished."""
        return (self.finished < NEVER) & (self.started < NEVER)

    @property
    def uncommitted(self) -> Flags:
        """Whether each is done or stopped without ever having been committed to."""
        return (self.ended < NEVER) & (self.started >= NEVER)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the epics."""
        return tuple(self.transitions.epics[place] for place in self.epic)

    def name(self, place: int) -> str:
        """The name of one."""
        return self.transitions.epics[int(self.epic[place])]

    def only(self, rows: Flags) -> Lives:
        """The same with these epics only."""
        names = ("epic", "started", "finished", "stopped", "state", "reopened", "withdrawn", "value_stream", "type")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def of_stream(self, number: int) -> Lives:
        """Those of one value stream."""
        return self.only(self.value_stream == number)


def kind_codes(states: Sequence[str], kinds: Mapping[str, StateKind]) -> Codes:
    """The kind of each state, as a position in `KINDS`; `UNKNOWN` where nobody said what it means. Case does not count."""
    known = {name.casefold(): KINDS.index(kind) for name, kind in kinds.items()}
    return np.array([known.get(state.casefold(), UNKNOWN) for state in states], dtype=np.int64)


def lives_of(
    transitions: Transitions,
    kinds: Mapping[str, StateKind],
    as_of: int,
    streams: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
) -> Lives:
    """One life for each epic that stands for itself, by what is known at the end of `as_of`.

    `kinds` says what states mean; rows of a state without one count for nothing. `streams` is the value stream of each epic by
    what it needs most; the others have the one that the history says last. `order` names value streams in the order
    of the workbook; others follow in that of the history.
    """
    codes = kind_codes(transitions.states, kinds)
    known = (codes[transitions.state] if len(transitions) else transitions.state) != UNKNOWN
    rows = transitions if bool(known.all()) and not (transitions.day > as_of).any() else transitions.only(
        known & (transitions.day <= as_of)
    )  # fmt: skip
    table = rows.sorted
    own = transitions.parents[table.epic] == NONE
    if not own.all():
        table = SortedTransitions(table.epic[own], table.state[own], table.day[own], table.repeated, table.at_once)
    return _lives(transitions, rows, table, codes, as_of, streams or {}, order)


def _lives(
    given: Transitions,
    rows: Transitions,
    table: SortedTransitions,
    codes: Codes,
    as_of: int,
    streams: Mapping[str, str],
    order: Sequence[str],
) -> Lives:
    first, last = np.flatnonzero(table.begins), np.flatnonzero(table.ends)
    kind = codes[table.state]
    place = np.arange(len(kind))
    life = np.repeat(np.arange(len(first)), last - first + 1)
    committed = (kind == WAITING) | (kind == ACTIVE)
    withdrawn_at = np.maximum.reduceat(np.where(kind == BEFORE, place, -1), first) if len(first) else first
    began = committed & (place > withdrawn_at[life])
    start_row = np.minimum.reduceat(np.where(began, place, len(kind)), first) if len(first) else first
    started = np.append(table.day, NEVER)[start_row]
    final = kind[last]
    changed = np.maximum.reduceat(np.where(kind != final[life], place, first[life] - 1), first) if len(first) else first
    ended = table.day[np.minimum(changed + 1, last)]
    finished = np.where(final == DONE, ended, NEVER)
    stopped = np.where(final == STOPPED, ended, NEVER)
    within = ~table.begins[1:] if len(kind) else np.zeros(0, dtype=bool)
    left_end = within & (kind[:-1] >= DONE) & (kind[1:] != kind[:-1])
    went_back = within & committed[:-1] & (kind[1:] == BEFORE)
    names, stream = _streams(given, rows, table.epic[first], streams, order)
    return Lives(
        given, table, codes, as_of, table.epic[first], started, finished, stopped, table.state[last],
        _counted(left_end, life), _counted(went_back, life), stream, names,
        _last_given(rows.epic, rows.type, len(given.epics))[table.epic[first]],
    )  # fmt: skip


def _counted(flags: Flags, life: NDArray[np.int64]) -> Codes:
    """How many of the changes to the next row each life has."""
    return np.bincount(life[1:][flags], minlength=int(life[-1]) + 1 if len(life) else 0).astype(np.int64)


def _last_given(epic: Codes, value: Codes, count: int) -> Codes:
    """For each epic the value that its rows give last, `NONE` where they give none."""
    found = np.full(count, NONE, dtype=np.int64)
    given = np.flatnonzero(value != NONE)
    found[epic[given]] = value[given]
    return found


def _streams(
    given: Transitions, rows: Transitions, epics: Codes, streams: Mapping[str, str], order: Sequence[str]
) -> tuple[tuple[str, ...], Codes]:
    """The value streams in the order of the workbook, and that of each epic."""
    from portfolio.measures.transitions import Names

    names = Names(order)
    numbers = np.array([names.number(name) for name in given.value_streams], dtype=np.int64)
    said = _last_given(rows.epic, rows.value_stream, len(given.epics))
    found = np.where(said == NONE, NONE, np.append(numbers, NONE)[said]) if len(said) else said
    if streams:
        by_name = {name.casefold(): names.number(stream) for name, stream in streams.items()}
        for place, epic in enumerate(given.epics):
            found[place] = by_name.get(epic.casefold(), found[place])
    return tuple(names.names), found[epics]
