"""Chooses the epics that a move takes out of the plan, to plan them anew. Every function here is compiled."""

from __future__ import annotations

from portfolio.optimizer.execution.compilation import compiled
from portfolio.optimizer.search.moves import NEVER, below, chance, gain, place
from portfolio.optimizer.search.search_state import SearchState

TRIES = 30
"""How often an epic is drawn until one is found that is in the plan, or waits."""


@compiled
def release(state: SearchState, epic: int) -> int:
    """Takes an epic out, with all that need it and its together group; returns how many went."""
    epics, lists, stack = state.epics, state.lists, state.work[1]
    stack[0], top, released = epic, 1, 0
    while top > 0:
        top -= 1
        index = stack[top]
        if epics[index].chosen < 0:
            continue
        place(state, epics[index].chosen, -1)
        released += 1
        for link in range(epics[index].needed, epics[index].needed_end):
            if epics[lists[link]].chosen >= 0:
                stack[top] = lists[link]
                top += 1
        for link in range(epics[index].mates, epics[index].mates_end):
            if epics[lists[link]].chosen >= 0:
                stack[top] = lists[link]
                top += 1
    return released


@compiled
def drawn(state: SearchState, waiting: bool) -> int:
    """An epic by chance that waits and has options, or that is in the plan; -1 where none was found."""
    for _ in range(TRIES):
        index = below(state.random, len(state.epics))
        epic = state.epics[index]
        if (epic.chosen < 0) == waiting and epic.first < epic.last:
            return index
    return -1


@compiled
def stream_of(state: SearchState, epic: int) -> int:
    """One of an epic's value streams by chance; -1 where it needs none."""
    count = state.epics[epic].streams_end - state.epics[epic].streams
    return -1 if count == 0 else state.lists[state.epics[epic].streams + below(state.random, count)]


@compiled
def at_work(state: SearchState, stream: int, first: int, last: int) -> int:
    """Lists the epics in the plan that work on a value stream between two periods; returns how many."""
    members, count = state.work[0], 0
    for link in range(state.streams[stream].first, state.streams[stream].last):
        epic = state.lists[link]
        chosen = state.epics[epic].chosen
        if chosen >= 0 and state.options[chosen].start <= last and state.options[chosen].finish >= first:
            members[count] = epic
            count += 1
    return count


@compiled
def around_one(state: SearchState, size: int) -> int:
    """Releases epics of one value stream around one period; returns the value stream."""
    epic = drawn(state, False)
    if epic < 0:
        return -1
    stream = stream_of(state, epic)
    if stream < 0:
        release(state, epic)
        return -1
    option = state.options[state.epics[epic].chosen]
    period = option.start + below(state.random, option.finish - option.start + 1)
    width = below(state.random, 1 + state.periods // 3)
    count, released, members = at_work(state, stream, period - width, period + width), 0, state.work[0]
    while count > 0 and released < size:
        index = below(state.random, count)
        member = members[index]
        count -= 1
        members[index] = members[count]
        released += release(state, member)
    return stream


@compiled
def for_one(state: SearchState, size: int) -> int:
    """Makes room for one way to do a waiting epic, and starts it so; returns one of its value streams."""
    epic = drawn(state, True)
    if epic < 0:
        return -1
    luck = chance(state.random)
    first, last = state.epics[epic].first, state.epics[epic].last
    option = first + int(luck * luck * (last - first))
    stream = stream_of(state, epic)
    if stream < 0:
        return -1
    for _ in range(size + 2):
        if gain(state, option)[0] > NEVER:
            place(state, option, 1)
            break
        other = stream_of(state, epic)
        count = at_work(state, other, state.options[option].start, state.options[option].finish)
        if count == 0:
            break
        release(state, state.work[0, below(state.random, count)])
    return stream


@compiled
def random_epic(state: SearchState) -> int:
    """Releases one epic, wherever it is; returns one of its value streams."""
    epic = drawn(state, False)
    if epic < 0:
        return -1
    stream = stream_of(state, epic)
    release(state, epic)
    return stream
