"""Work within one value stream: who gets how much of its capacity, what is done by a moment, and what that costs. Compiled.

A leg is touched only when its rate changes, its work ends or a period begins; between these its rate is constant.
"""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.execution.compilation import built_in
from portfolio.options import Floats
from portfolio.simulation.kernel.course import (
    DONE,
    MOMENT,
    RUNS,
    STOPPED,
    Course,
    EpicRow,
    LegRow,
)

_SAME = 1e-12
"""The share by which two rates may differ and still are one."""


@built_in
def _book(course: Course, leg: LegRow, work: float, spend: Floats, delivered: Floats) -> None:
    """Counts work that was done and what it cost: people are paid whatever they deliver of what is planned."""
    clock = course.clock[0]
    price = course.streams[leg.stream].price + leg.external_price
    money = work * price
    if leg.splits:
        epic = course.epics[leg.epic]
        before = leg.total - leg.remaining
        within = max(0.0, min(epic.mvp_share * leg.total, before + work) - before)
        of_mvp = within * price * epic.mvp_money
        epic.mvp_spend += of_mvp
        money = of_mvp + (work - within) * price * epic.later_money
    spend[leg.stream, clock.bucket] += money
    if clock.within:
        delivered[leg.stream] += work


@built_in
def bring(course: Course, leg: LegRow, now: float, spend: Floats, delivered: Floats) -> None:
    """Lets the work of a leg go on until a moment at the rate that holds."""
    rate = leg.rate
    span = now - leg.at
    leg.at = now
    if rate <= 0.0:
        return
    left = leg.remaining - rate * span
    if left < MOMENT * leg.work or left <= rate * MOMENT:
        left = 0.0
    _book(course, leg, leg.remaining - left, spend, delivered)
    leg.remaining = left


@built_in
def bring_all(course: Course, now: float, spend: Floats, delivered: Floats) -> None:
    """Lets all work that is in progress go on until a moment."""
    for stream in range(len(course.member)):
        for place in range(course.streams[stream].members):
            bring(course, course.legs[course.member[stream, place]], now, spend, delivered)


@built_in
def settle(course: Course, number: int, now: float, spend: Floats, delivered: Floats) -> None:
    """Lets go of what is finished or stopped in a value stream, and reckons what those that go on claim of it."""
    stream = course.streams[number]
    course.following[number] = np.inf
    course.dirty[number] = True
    kept = 0
    claimed = 0.0
    for place in range(stream.members):
        leg = course.legs[course.member[number, place]]
        if leg.ends <= now + MOMENT:
            _end_leg(course, leg, now, spend, delivered)
        if leg.remaining > 0.0:
            course.member[number, kept] = course.member[number, place]
            kept += 1
            claimed += leg.planned_rate
    stream.members = kept
    stream.claimed = claimed
    stream.stamp += 1


@built_in
def _end_leg(course: Course, leg: LegRow, now: float, spend: Floats, delivered: Floats) -> None:
    """What was to happen to a leg happens: its share of an MVP is done, or all of its work."""
    bring(course, leg, now, spend, delivered)
    epic, how = course.epics[leg.epic], RUNS
    if leg.stop_at > 0.0:
        left = leg.remaining - leg.stop_at
        if left < MOMENT * leg.work or left <= leg.rate * MOMENT:
            leg.stop_at = 0.0
            epic.open_mvp -= 1
            if epic.open_mvp == 0:
                how = STOPPED
    if how == RUNS:
        if leg.remaining <= 0.0:
            epic.open_legs -= 1
            if epic.open_legs == 0:
                how = DONE
        else:
            leg.ends = _end_of(leg)
    if how != RUNS:
        end_epic(course, epic, how, now, spend, delivered)


@built_in
def end_epic(course: Course, epic: EpicRow, how: int, now: float, spend: Floats, delivered: Floats) -> None:
    """Ends an epic: its slots and capacity are free at once."""
    epic.state = how
    whole = course.streams[len(course.member)]
    whole.in_progress -= 1
    whole.stamp += 1
    if how == DONE:
        epic.done = now
        _note_lags(course, epic, now)
    for place in range(epic.first_leg, epic.last_leg):
        leg = course.legs[place]
        stream = course.streams[leg.stream]
        stream.in_progress -= 1
        stream.stamp += 1
        if how == STOPPED and leg.remaining > 0.0:
            bring(course, leg, now, spend, delivered)
            leg.remaining, leg.ends = 0.0, np.inf
            course.following[leg.stream] = -np.inf
            course.clock[0].has_stopped = True


@built_in
def _note_lags(course: Course, epic: EpicRow, now: float) -> None:
    """Notes the moments at which what waits for an epic may begin."""
    clock, place = course.clock[0], epic.first_lag
    while place >= 0:
        need = course.needs[place]
        course.lag_due[clock.lags] = now + need.lag
        clock.lags += 1
        place = need.next_lag


@built_in
def hand_out(course: Course, number: int, now: float, spend: Floats, delivered: Floats) -> None:
    """Hands out a value stream's capacity: first what was planned, then what is left to those that are late."""
    stream = course.streams[number]
    left = stream.per_week
    extra = left - stream.claimed
    following = np.inf
    for place in range(stream.members):
        leg = course.legs[course.member[number, place]]
        rate = leg.planned_rate
        if extra > 0.0:
            more = min(extra, max(0.0, _wanted(leg, now) - rate))
            rate += more
            extra -= more
        else:
            rate = min(rate, left)
            left -= rate
        if abs(rate - leg.rate) > _SAME * rate:
            bring(course, leg, now, spend, delivered)
            leg.rate = rate
            leg.ends = _end_of(leg)
        following = min(following, leg.ends)
    course.following[number] = following
    course.dirty[number] = False


@built_in
def _wanted(leg: LegRow, now: float) -> float:
    """The rate that still ends a leg on its planned finish, as far as its shortest duration allows; 0 where it is in time."""
    until = leg.finish - now
    remaining = leg.remaining - leg.rate * (now - leg.at)
    wanted = min(leg.top, remaining / until) if until > MOMENT else leg.top
    return float(wanted if remaining > leg.planned_rate * until else 0.0)


@built_in
def _end_of(leg: LegRow) -> float:
    """The next moment at which something happens to a leg: its work ends, or its share of an MVP is done."""
    return float(leg.at + (leg.remaining - leg.stop_at) / leg.rate) if leg.rate > 0.0 else np.inf
