"""Makes moves: starts an option or takes it out, says what that is worth, and undoes all of it.

Every function here is compiled. A move's changes are logged under the number of the move, so that undoing it costs no
more than making it.
"""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.execution.compilation import compiled
from portfolio.optimizer.search.search_state import (
    ELASTIC,
    HARD,
    UNTOUCHED,
    Random,
    RowRecord,
    SearchState,
)

EPSILON = 1e-7
"""How far a row may miss its limit, in its largest number: a tenth of what the check allows."""
NO_NEED = -1e9
NEVER = -np.inf


@compiled
def chance(random: Random) -> float:
    """The next number from 0 to 1 (Marsaglia's xorshift)."""
    state = random[0]
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    state ^= state << np.uint64(17)
    random[0] = state
    return np.float64(state >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def below(random: Random, count: int) -> int:
    """The next whole number from 0 to count - 1."""
    return int(chance(random) * count)


@compiled
def price(row: RowRecord, activity: float) -> float:
    """What a soft or elastic row costs at this activity."""
    if activity > row.upper + EPSILON:
        return float(row.over_price * (activity - row.upper))
    if activity < row.lower - EPSILON:
        return float(row.under_price * (row.lower - activity))
    return 0.0


@compiled
def breach(row: RowRecord, activity: float) -> float:
    """How far a row is broken at this activity."""
    if activity > row.upper + EPSILON:
        return float(activity - row.upper)
    if activity < row.lower - EPSILON:
        return float(row.lower - activity)
    return 0.0


@compiled
def mended_by(row: RowRecord, before: float, after: float) -> float:
    """By how much a change of activity that breaks a row no further mends it."""
    if before < row.lower - EPSILON:
        return float(min(after, row.lower) - before)
    if before > row.upper + EPSILON:
        return float(before - max(after, row.upper))
    return 0.0


@compiled
def gain(state: SearchState, option: int) -> tuple[float, float]:
    """What starting an option adds to the value, and by how much it mends hard rows; never where it breaks one further."""
    rows, shifts, touched = state.rows, state.shifts, state.work[2]
    value, mended, fits, count = state.options[option].value, 0.0, True, 0
    for entry in range(state.options[option].first, state.options[option].last):
        row = rows[state.entries[entry].row]
        before = row.activity
        after = before + state.entries[entry].coefficient
        if row.kind != HARD:
            value += price(row, before) - price(row, after)
        elif after > before and after > row.upper + EPSILON:
            shift = row.shift
            need = (after - row.upper) / row.gain
            if shift < 0 or (need > shifts[shift].need and need > shifts[shift].high + EPSILON):
                fits = False
                break
            if need > shifts[shift].need:
                if shifts[shift].trial == UNTOUCHED:
                    touched[count] = shift
                    count += 1
                shifts[shift].trial = max(need, shifts[shift].trial)
        elif after < before and after < row.lower - EPSILON:
            fits = False
            break
        else:
            mended += mended_by(row, before, after)
    fits = fits and sums_fit(state, count)
    for index in range(count):
        shifts[touched[index]].trial = UNTOUCHED
    return (value, mended) if fits else (NEVER, 0.0)


@compiled
def sums_fit(state: SearchState, count: int) -> bool:
    """Whether the shifts under trial leave the sum of the budgets as it is."""
    touched = state.work[2]
    for place in range(count):
        total = state.shifts[touched[place]].sum
        if total < 0:
            continue
        more = 0.0
        for other in range(count):
            shift = state.shifts[touched[other]]
            if shift.sum == total and shift.trial > shift.low:
                more += shift.weight * (shift.trial - max(shift.need, shift.low))
        if more > 0 and state.sums[total].total + more > state.sums[total].limit + EPSILON:
            return False
    return True


@compiled
def place(state: SearchState, option: int, sign: int) -> None:
    """Starts an option (sign 1) or takes it out (-1)."""
    rows, shifts, touched = state.rows, state.shifts, state.work[2]
    logs, score = state.logs[0], state.score[0]
    epic = state.epics[state.options[option].epic]
    if epic.stamp != logs.stamp:
        epic.stamp, epic.saved = logs.stamp, epic.chosen
        state.log[1, logs.epics] = state.options[option].epic
        logs.epics += 1
    epic.chosen = option if sign > 0 else -1
    value, broken, stretched, count = sign * state.options[option].value, 0.0, 0.0, 0
    for entry in range(state.options[option].first, state.options[option].last):
        row = rows[state.entries[entry].row]
        if row.stamp != logs.stamp:
            row.stamp, row.saved = logs.stamp, row.activity
            state.log[0, logs.rows] = state.entries[entry].row
            logs.rows += 1
        before = row.activity
        after = before + sign * state.entries[entry].coefficient
        row.activity = after
        if row.kind != HARD:
            value += price(row, before) - price(row, after)
            if row.kind == ELASTIC:
                stretched += breach(row, after) - breach(row, before)
        elif row.shift < 0:
            broken += breach(row, after) - breach(row, before)
        elif shifts[row.shift].trial == UNTOUCHED:
            shifts[row.shift].trial = 0.0
            touched[count] = row.shift
            count += 1
    score.value += value
    score.broken += broken
    score.stretched += stretched
    for index in range(count):
        shifts[touched[index]].trial = UNTOUCHED
        set_need(state, touched[index], need_of(state, touched[index]))


@compiled
def need_of(state: SearchState, shift: int) -> float:
    """How much of a budget shift the plan needs: what its most wanting row wants."""
    need = NO_NEED
    for index in range(state.shifts[shift].first, state.shifts[shift].last):
        row = state.rows[state.lists[index]]
        need = max(need, (row.activity - row.upper) / row.gain)
    return need


@compiled
def set_need(state: SearchState, index: int, need: float) -> None:
    """Notes what a budget shift has to be, and what that does to the sum of the budgets."""
    shift, logs, score = state.shifts[index], state.logs[0], state.score[0]
    old = shift.need
    if need == old:
        return
    if shift.stamp != logs.stamp:
        shift.stamp, shift.saved = logs.stamp, old
        state.log[2, logs.shifts] = index
        logs.shifts += 1
    shift.need = need
    score.broken += max(0.0, need - shift.high) - max(0.0, old - shift.high)
    if shift.sum >= 0:
        total = state.sums[shift.sum]
        if total.stamp != logs.stamp:
            total.stamp, total.saved = logs.stamp, total.total
            state.log[3, logs.sums] = shift.sum
            logs.sums += 1
        before = total.total
        total.total += shift.weight * (max(need, shift.low) - max(old, shift.low))
        score.broken += max(0.0, total.total - total.limit) - max(0.0, before - total.limit)


@compiled
def begin(state: SearchState) -> None:
    """A new move begins: from here on everything can be undone."""
    logs = state.logs[0]
    logs.stamp += 1
    logs.rows = logs.epics = logs.shifts = logs.sums = 0


@compiled
def undo(state: SearchState, value: float, broken: float, stretched: float) -> None:
    """Undoes the move: everything is as it was, to the last bit."""
    logs, score = state.logs[0], state.score[0]
    for index in range(logs.rows):
        row = state.rows[state.log[0, index]]
        row.activity = row.saved
    for index in range(logs.epics):
        epic = state.epics[state.log[1, index]]
        epic.chosen = epic.saved
    for index in range(logs.shifts):
        shift = state.shifts[state.log[2, index]]
        shift.need = shift.saved
    for index in range(logs.sums):
        total = state.sums[state.log[3, index]]
        total.total = total.saved
    score.value, score.broken, score.stretched = value, broken, stretched


@compiled
def measure(state: SearchState) -> None:
    """Measures the whole plan anew, so that no rounding adds up."""
    score = state.score[0]
    score.value = score.broken = score.stretched = 0.0
    for index in range(len(state.rows)):
        state.rows[index].activity = 0.0
    for index in range(len(state.epics)):
        chosen = state.epics[index].chosen
        if chosen >= 0:
            score.value += state.options[chosen].value
            for entry in range(state.options[chosen].first, state.options[chosen].last):
                state.rows[state.entries[entry].row].activity += state.entries[entry].coefficient
    measure_rows(state)
    measure_shifts(state)


@compiled
def measure_rows(state: SearchState) -> None:
    """Adds to the score what the rows cost or how far they are broken."""
    score = state.score[0]
    for index in range(len(state.rows)):
        row = state.rows[index]
        if row.kind == HARD and row.shift < 0:
            score.broken += breach(row, row.activity)
        elif row.kind != HARD:
            score.value -= price(row, row.activity)
        if row.kind == ELASTIC:
            score.stretched += breach(row, row.activity)


@compiled
def measure_shifts(state: SearchState) -> None:
    """Measures the budget shifts and their sums, and adds to the score how far these are broken."""
    score = state.score[0]
    for index in range(len(state.sums)):
        state.sums[index].total = 0.0
    for index in range(len(state.shifts)):
        shift = state.shifts[index]
        shift.need = need_of(state, index)
        score.broken += max(0.0, shift.need - shift.high)
        if shift.sum >= 0:
            state.sums[shift.sum].total += shift.weight * max(shift.need, shift.low)
    for index in range(len(state.sums)):
        score.broken += max(0.0, state.sums[index].total - state.sums[index].limit)
