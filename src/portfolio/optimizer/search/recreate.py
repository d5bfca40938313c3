"""Starts waiting epics again, one by one, wherever they fit. Every function here is compiled."""

from __future__ import annotations

from portfolio.optimizer.execution.compilation import compiled
from portfolio.optimizer.search.moves import EPSILON, NEVER, below, breach, chance, gain, place
from portfolio.optimizer.search.search_state import SearchState

LARGEST_GROUP = 12
"""Epics that may be started together at most, with all that they need."""
OTHERS = 4
"""Waiting epics from anywhere that are tried besides."""


@compiled
def recreate(state: SearchState, streams: int, most: int, blink: float, order: int) -> None:
    """Starts released and other waiting epics; the value streams to look in are the first of `work[2]`'s end."""
    count = 0
    for index in range(state.logs[0].epics):
        count = listed(state, state.log[1, index], count)
    for index in range(streams):
        stream = state.work[2, state.work.shape[1] - 1 - index]
        if stream < 0:
            continue
        first = state.streams[stream].first
        size = state.streams[stream].last - first
        offset = below(state.random, size)
        for link in range(size):
            if count < most:
                count = listed(state, state.lists[first + (link + offset) % size], count)
    for _ in range(OTHERS):
        count = listed(state, below(state.random, len(state.epics)), count)
    put_in_order(state, count, order)
    for index in range(count):
        start(state, state.work[0, index], blink)


@compiled
def listed(state: SearchState, index: int, count: int) -> int:
    """Puts a waiting epic on the list, once in a move; returns the list's new length."""
    epic = state.epics[index]
    if epic.chosen >= 0 or epic.listed == state.logs[0].stamp:
        return count
    epic.listed = state.logs[0].stamp
    state.work[0, count] = index
    return count + 1


@compiled
def put_in_order(state: SearchState, count: int, order: int) -> None:
    """Sorts the list: by density, by worth, by density with more chance, or by chance alone."""
    candidates, key = state.work[0], state.key
    for index in range(count):
        epic, luck = candidates[index], chance(state.random)
        if order == 0:
            own = -state.epics[epic].density * (0.5 + luck)
        elif order == 1:
            own = -state.epics[epic].worth * (0.5 + luck)
        elif order == 2:
            own = -state.epics[epic].density * luck
        else:
            own = luck
        place_in_list = index - 1
        while place_in_list >= 0 and key[place_in_list] > own:
            key[place_in_list + 1] = key[place_in_list]
            candidates[place_in_list + 1] = candidates[place_in_list]
            place_in_list -= 1
        key[place_in_list + 1], candidates[place_in_list + 1] = own, epic


@compiled
def start(state: SearchState, epic: int, blink: float) -> bool:
    """Starts a waiting epic the best way that fits, with what it needs; says whether it did.

    Now and then (`blink`) a way is passed over, so that other plans are met too.
    """
    record = state.epics[epic]
    if record.chosen >= 0:
        return False
    alone = record.mates == record.mates_end
    for link in range(record.needs, record.needs_end):
        alone = alone and state.epics[state.lists[link]].chosen >= 0
    if not alone:
        return start_group(state, epic, blink)
    for option in range(record.first, record.last):
        if blink > 0.0 and chance(state.random) < blink:
            continue
        value, mended = gain(state, option)
        if mended > EPSILON or value > 0.0:
            place(state, option, 1)
            return True
    return False


@compiled
def start_group(state: SearchState, epic: int, blink: float) -> bool:
    """Starts an epic with all it needs that still waits and its together group: all of them or none."""
    score = state.score[0]
    value, broken, end = score.value, score.broken, state.work.shape[1]
    count = group_of(state, epic)
    if count > LARGEST_GROUP:
        return False
    group, started = state.work[1], 0
    for _ in range(count):
        before = started
        for index in range(end - count, end):
            if state.epics[group[index]].chosen < 0 and start_loosely(state, group[index], blink):
                started += 1
        if started in (count, before):
            break
    better = score.value > value or score.broken < broken - EPSILON
    if started == count and better and score.broken <= broken + EPSILON:
        return True
    for index in range(end - count, end):
        if state.epics[group[index]].chosen >= 0:
            place(state, state.epics[group[index]].chosen, -1)
    return False


@compiled
def group_of(state: SearchState, epic: int) -> int:
    """Lists an epic, the waiting ones it needs, directly or not, and their together groups, at the end of `work[1]`."""
    epics, lists, stack = state.epics, state.lists, state.work[1]
    end, count, top = len(stack), 0, 1
    stack[0] = epic
    while top > 0 and count <= LARGEST_GROUP:
        top -= 1
        index = stack[top]
        known = epics[index].chosen >= 0
        for place_in_list in range(end - count, end):
            known = known or stack[place_in_list] == index
        if known:
            continue
        count += 1
        stack[end - count] = index
        for link in range(epics[index].needs, epics[index].needs_end):
            stack[top] = lists[link]
            top += 1
        for link in range(epics[index].mates, epics[index].mates_end):
            stack[top] = lists[link]
            top += 1
    return count


@compiled
def start_loosely(state: SearchState, epic: int, blink: float) -> bool:
    """Starts one of a group, whatever it is worth by itself; that its together group is still incomplete is no matter."""
    record = state.epics[epic]
    for option in range(record.first, record.last):
        if blink > 0.0 and chance(state.random) < blink:
            continue
        if record.mates == record.mates_end:
            if gain(state, option)[0] > NEVER:
                place(state, option, 1)
                return True
            continue
        place(state, option, 1)
        if keeps_all_but_equalities(state, option):
            return True
        place(state, option, -1)
    return False


@compiled
def keeps_all_but_equalities(state: SearchState, option: int) -> bool:
    """Whether the hard rows in which a started option stands are kept, those of together groups aside."""
    for entry in range(state.options[option].first, state.options[option].last):
        row = state.rows[state.entries[entry].row]
        if row.kind != 0 or row.upper == row.lower:
            continue
        if row.shift < 0:
            if breach(row, row.activity) > 0:
                return False
            continue
        shift = state.shifts[row.shift]
        if shift.need > shift.high + EPSILON:
            return False
        if shift.sum >= 0 and state.sums[shift.sum].total > state.sums[shift.sum].limit + EPSILON:
            return False
    return True
