"""Several histories as one: a portfolio's own and those of files, with the names of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from portfolio.measures.transitions import NONE, Codes, Names, Transitions, transitions_of


def joined(parts: Sequence[Transitions]) -> Transitions:
    """All changes of state in the order of the files; case does not tell names apart."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return transitions_of([])
    if len(parts) == 1:
        return parts[0]
    epics, states, streams, types = Names(), Names(), Names(), Names()
    epic, parent = _codes(parts, epics, lambda one: one.epics, lambda one: (one.epic, one.parent))
    (state,) = _codes(parts, states, lambda one: one.states, lambda one: (one.state,))
    (stream,) = _codes(parts, streams, lambda one: one.value_streams, lambda one: (one.value_stream,))
    (kind,) = _codes(parts, types, lambda one: one.types, lambda one: (one.type,))
    day, time = np.concatenate([one.day for one in parts]), np.concatenate([one.time for one in parts])
    return Transitions(
        tuple(epics.names), tuple(states.names), tuple(streams.names), tuple(types.names),
        epic, state, day, time, stream, kind, parent,
    )  # fmt: skip


def _codes(
    parts: Sequence[Transitions],
    names: Names,
    words: Callable[[Transitions], Sequence[str]],
    columns: Callable[[Transitions], Sequence[Codes]],
) -> list[Codes]:
    """The columns that refer to one list of names, by the numbers that these have in all parts together."""
    found: list[list[Codes]] = []
    for part in parts:
        numbers = np.array([*(names.number(word) for word in words(part)), NONE], dtype=np.int64)
        found.append([numbers[column] for column in columns(part)])
    return [np.concatenate(column) for column in zip(*found, strict=True)]
