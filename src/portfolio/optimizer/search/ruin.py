"""Releasing: which epics a move takes out of the plan, to plan them anew. Every function here is compiled."""

from __future__ import annotations

from portfolio.optimizer.execution.compilation import compiled
from portfolio.optimizer.search.moves import NEVER, below, chance, gain, place
from portfolio.optimizer.search.search_state import Board

TRIES = 30
"""How often an epic is drawn until one is found that is in the plan, or waits."""


@compiled
def release(board: Board, epic: int) -> int:
    """Takes an epic out, with all that need it and its together group; returns how many went."""
    epics, lists, stack = board.epics, board.lists, board.work[1]
    stack[0], top, released = epic, 1, 0
    while top > 0:
        top -= 1
        index = stack[top]
        if epics[index].chosen < 0:
            continue
        place(board, epics[index].chosen, -1)
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
def drawn(board: Board, waiting: bool) -> int:
    """An epic by chance that waits and has options, or that is in the plan; -1 where none was found."""
    for _ in range(TRIES):
        index = below(board.random, len(board.epics))
        epic = board.epics[index]
        if (epic.chosen < 0) == waiting and epic.first < epic.last:
            return index
    return -1


@compiled
def stream_of(board: Board, epic: int) -> int:
    """One of an epic's value streams by chance; -1 where it needs none."""
    count = board.epics[epic].streams_end - board.epics[epic].streams
    return -1 if count == 0 else board.lists[board.epics[epic].streams + below(board.random, count)]


@compiled
def at_work(board: Board, stream: int, first: int, last: int) -> int:
    """Lists the epics in the plan that work on a value stream between two periods; returns how many."""
    found, count = board.work[0], 0
    for link in range(board.streams[stream].first, board.streams[stream].last):
        epic = board.lists[link]
        chosen = board.epics[epic].chosen
        if chosen >= 0 and board.options[chosen].start <= last and board.options[chosen].finish >= first:
            found[count] = epic
            count += 1
    return count


@compiled
def around_one(board: Board, size: int) -> int:
    """Releases epics of one value stream around one period; returns the value stream."""
    epic = drawn(board, False)
    if epic < 0:
        return -1
    stream = stream_of(board, epic)
    if stream < 0:
        release(board, epic)
        return -1
    option = board.options[board.epics[epic].chosen]
    period = option.start + below(board.random, option.finish - option.start + 1)
    width = below(board.random, 1 + board.periods // 3)
    count, released, found = at_work(board, stream, period - width, period + width), 0, board.work[0]
    while count > 0 and released < size:
        index = below(board.random, count)
        member = found[index]
        count -= 1
        found[index] = found[count]
        released += release(board, member)
    return stream


@compiled
def for_one(board: Board, size: int) -> int:
    """Makes room for one way to do a waiting epic, and starts it so; returns one of its value streams."""
    epic = drawn(board, True)
    if epic < 0:
        return -1
    luck = chance(board.random)
    first, last = board.epics[epic].first, board.epics[epic].last
    option = first + int(luck * luck * (last - first))
    stream = stream_of(board, epic)
    if stream < 0:
        return -1
    for _ in range(size + 2):
        if gain(board, option)[0] > NEVER:
            place(board, option, 1)
            break
        other = stream_of(board, epic)
        count = at_work(board, other, board.options[option].start, board.options[option].finish)
        if count == 0:
            break
        release(board, board.work[0, below(board.random, count)])
    return stream


@compiled
def anywhere(board: Board) -> int:
    """Releases one epic, wherever it is; returns one of its value streams."""
    epic = drawn(board, False)
    if epic < 0:
        return -1
    stream = stream_of(board, epic)
    release(board, epic)
    return stream
