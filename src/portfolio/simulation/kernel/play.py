"""Plays a plan forward from event to event: beginnings, ends of work, MVP decisions, lags, period starts. Compiled."""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.execution.compilation import built_in, compiled_lean
from portfolio.options import Flags, Floats
from portfolio.simulation.kernel.course import (
    DONE,
    MOMENT,
    NEEDS,
    RUNS,
    STOPPED,
    WAITS,
    Course,
    EpicRow,
    LegRow,
)
from portfolio.simulation.kernel.work import bring_all, end_epic, hand_out, settle

_NO, _LATER, _YES = 0, 1, 2


@compiled_lean
def play_all(
    course: Course,
    effort: Floats,
    cost: Floats,
    holds: Flags,
    share: Floats,
    began: Floats,
    done: Floats,
    spend: Floats,
    delivered: Floats,
    mvp_spend: Floats,
) -> None:
    """Plays a plan forward in many draws, a row of each array each; the last five hold what came of it."""
    spend[:], delivered[:] = 0.0, 0.0
    for draw in range(len(effort)):
        _begin_draw(course, effort[draw], cost[draw], holds[draw])
        _play(course, share[draw], spend[draw], delivered[draw])
        for place in range(len(course.epics)):
            epic = course.epics[place]
            began[draw, place], done[draw, place], mvp_spend[draw, place] = epic.began, epic.done, epic.mvp_spend


@built_in
def _begin_draw(course: Course, effort: Floats, cost: Floats, holds: Flags) -> None:
    """Nothing has begun yet."""
    clock = course.clock[0]
    clock.period, clock.arrived, clock.waiting, clock.lags = 0, 0, 0, 0
    clock.has_stopped = False
    for place in range(len(course.epics)):
        epic = course.epics[place]
        legs = epic.last_leg - epic.first_leg
        epic.effort, epic.cost = effort[epic.column], cost[epic.column]
        epic.state, epic.open_legs, epic.seen = WAITS, legs, -1
        epic.open_mvp = legs if epic.stops and not holds[epic.column] else 0
        epic.began, epic.done, epic.mvp_spend = np.inf, np.inf, 0.0
    for place in range(len(course.streams)):
        stream = course.streams[place]
        stream.members, stream.in_progress, stream.stamp = 0, 0, 0
        stream.claimed = 0.0
    course.following[:] = np.inf


@built_in
def _play(course: Course, share: Floats, spend: Floats, delivered: Floats) -> None:
    """Plays a plan forward in the draw that its rows were set for."""
    clock, whole = course.clock[0], course.streams[len(course.member)]
    now, is_start = 0.0, True
    while now <= clock.end + MOMENT:
        _settle_all(course, now, spend, delivered)
        if is_start:
            if now > 0.0:
                bring_all(course, now, spend, delivered)
                clock.period += 1
            _open_period(course, share)
        _arrive(course, now)
        if is_start or not clock.at_periods:
            _begin(course, now, spend, delivered)
        moment = (clock.period + 1) * clock.weeks
        for turn in range(_note_dirty(course)):
            hand_out(course, course.noted[turn], now, spend, delivered)
        for place in range(len(course.following)):
            moment = min(moment, course.following[place])
        if whole.in_progress + clock.waiting == 0 and clock.arrived == len(course.epics):
            return
        if clock.lags > 0:
            moment = _next_lag(course, moment, now)
        is_start = (clock.period + 1) * clock.weeks - moment <= MOMENT
        now = (clock.period + 1) * clock.weeks if is_start else max(moment, now)
    bring_all(course, clock.end, spend, delivered)


@built_in
def _open_period(course: Course, share: Floats) -> None:
    """What each value stream can do per week from now on, and what a unit of work costs in it."""
    clock = course.clock[0]
    planned = min(clock.period, len(course.capacity) - 1)
    clock.within = clock.period < len(course.bucket)
    clock.bucket = course.bucket[clock.period] if clock.within else course.last_bucket
    for place in range(len(course.member)):
        stream = course.streams[place]
        there = share[clock.period, place]
        stream.per_week = course.capacity[planned, place] * there / clock.weeks
        stream.price = stream.cost_per_unit / there
        course.dirty[place] = True
        stream.stamp += 1


@built_in
def _settle_all(course: Course, now: float, spend: Floats, delivered: Floats) -> None:
    """Settles the value streams in which something is due; what stops there may be due elsewhere."""
    clock, again = course.clock[0], True
    while again:
        clock.has_stopped = False
        for turn in range(_note_due(course, now)):
            settle(course, course.noted[turn], now, spend, delivered)
        again = clock.has_stopped


@built_in
def _note_due(course: Course, now: float) -> int:
    """Notes the value streams in which something happens now; returns how many."""
    count = 0
    for place in range(len(course.following)):
        course.noted[count] = place
        count += 1 if course.following[place] <= now + MOMENT else 0
    return count


@built_in
def _note_dirty(course: Course) -> int:
    """Notes the value streams whose capacity is to be handed out anew; returns how many."""
    count = 0
    for place in range(len(course.dirty)):
        course.noted[count] = place
        count += 1 if course.dirty[place] else 0
    return count


@built_in
def _arrive(course: Course, now: float) -> None:
    """Epics whose planned start has come wait from now on."""
    clock = course.clock[0]
    while clock.arrived < len(course.epics) and course.epics[clock.arrived].start <= now + MOMENT:
        course.waiting[clock.waiting] = clock.arrived
        clock.waiting += 1
        clock.arrived += 1


@built_in
def _begin(course: Course, now: float, spend: Floats, delivered: Floats) -> None:
    """Begins what may begin, in order; what has no work at all is over at once, and all are looked at again."""
    clock, again = course.clock[0], True
    while again:
        again = False
        kept = 0
        for place in range(clock.waiting):
            number = course.waiting[place]
            epic = course.epics[number]
            same = epic.seen == course.streams[epic.blocked].stamp
            may = _LATER if again or same else _may_begin(course, epic, now)
            if may == _LATER:
                course.waiting[kept] = number
                kept += 1
            elif may == _YES:
                again = _start(course, number, now, spend, delivered)
        clock.waiting = kept


@built_in
def _may_begin(course: Course, epic: EpicRow, now: float) -> int:
    """Whether an epic may begin now; where it is blocked is noted, so that it is looked at only when that changes."""
    whole = len(course.member)
    if course.streams[whole].in_progress >= course.streams[whole].wip_limit:
        return _wait(course, epic, whole)
    for place in range(epic.first_leg, epic.last_leg):
        number = course.legs[place].stream
        stream = course.streams[number]
        if stream.in_progress >= stream.wip_limit:
            return _wait(course, epic, number)
        if stream.per_week - stream.claimed <= MOMENT * stream.per_week:
            return _wait(course, epic, number)
    return _needs_met(course, epic, now)


@built_in
def _wait(course: Course, epic: EpicRow, where: int) -> int:
    epic.blocked, epic.seen = where, course.streams[where].stamp
    return _LATER


@built_in
def _needs_met(course: Course, epic: EpicRow, now: float) -> int:
    may = _YES
    for place in range(epic.first_need, epic.last_need):
        need = course.needs[place]
        is_held = need.epic >= 0
        if is_held and course.epics[need.epic].state == STOPPED:
            return _NO
        if need.lag != NEEDS and not (is_held and _is_over(course.epics[need.epic], need.lag, now)):
            may = _wait(course, epic, len(course.member))
    return may


@built_in
def _is_over(epic: EpicRow, lag: float, now: float) -> bool:
    return epic.state == DONE and epic.done + lag <= now + MOMENT


@built_in
def _start(course: Course, number: int, now: float, spend: Floats, delivered: Floats) -> bool:
    """Begins an epic; returns whether it is over at once."""
    epic = course.epics[number]
    epic.state, epic.began = RUNS, now
    course.streams[len(course.member)].in_progress += 1
    nothing = bool(epic.effort <= 0.0)
    for place in range(epic.first_leg, epic.last_leg):
        leg = course.legs[place]
        course.streams[leg.stream].in_progress += 1
        if nothing:
            leg.remaining = 0.0
            spend[leg.stream, course.clock[0].bucket] += leg.external * epic.cost
        else:
            _join(course, number, place, now)
    if nothing:
        end_epic(course, epic, STOPPED if epic.open_mvp > 0 else DONE, now, spend, delivered)
    return nothing


@built_in
def _join(course: Course, number: int, own: int, now: float) -> None:
    """An epic takes its place among those that are in progress in a value stream: in the order in which they began."""
    leg = course.legs[own]
    home, stream = leg.stream, course.streams[leg.stream]
    place = stream.members
    while place > 0:
        other = course.legs[course.member[home, place - 1]].epic
        if course.epics[other].began != now or other < number:
            break
        course.member[home, place] = course.member[home, place - 1]
        place -= 1
    course.member[home, place] = own
    stream.members += 1
    stream.claimed += leg.planned_rate
    course.dirty[leg.stream] = True
    _begin_leg(course.epics[number], leg, now)


@built_in
def _begin_leg(epic: EpicRow, leg: LegRow, now: float) -> None:
    """All work that a leg has in this draw remains."""
    leg.total = leg.work * epic.effort
    leg.top = max(leg.planned_rate, leg.total / leg.shortest)
    leg.stop_at = (1.0 - epic.mvp_share) * leg.total if epic.open_mvp > 0 else 0.0
    leg.external_price = leg.external * epic.cost / leg.total if leg.external > 0.0 else 0.0
    leg.remaining, leg.rate, leg.at, leg.ends = leg.total, 0.0, now, np.inf


@built_in
def _next_lag(course: Course, moment: float, now: float) -> float:
    """The next moment at which anything happens, with the lags that run; what waits for them is looked at again then."""
    clock, kept = course.clock[0], 0
    for place in range(clock.lags):
        due = course.lag_due[place]
        if now + MOMENT < due < moment:
            moment = due
        if due + MOMENT >= now:
            course.lag_due[kept] = due
            kept += 1
    clock.lags = kept
    for place in range(kept):
        if abs(course.lag_due[place] - moment) <= MOMENT:
            course.streams[len(course.member)].stamp += 1
    return moment
