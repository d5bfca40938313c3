"""Plays a plan forward from event to event: beginnings, ends of work, MVP decisions, lags, period starts. Compiled."""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.execution.compilation import built_in, compiled_lean
from portfolio.options import Flags, Floats
from portfolio.simulation.kernel.course import (
    ARRIVED,
    DONE,
    LAGS,
    MOMENT,
    NEEDS,
    PERIOD,
    PROGRESS,
    RUNS,
    STOPPED,
    WAITING,
    WAITS,
    Course,
    Standing,
)
from portfolio.simulation.kernel.work import bring_all, bucket_of, end_epic, hand_out, settle

_NO, _LATER, _YES = 0, 1, 2


@compiled_lean
def play_all(
    course: Course,
    standing: Standing,
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
    for draw in range(len(effort)):
        _begin_draw(course, standing, effort, cost, holds, share, draw)
        _play(course, standing)
        for epic in range(len(course.start)):
            began[draw, epic], done[draw, epic] = standing.began[epic], standing.done[epic]
            mvp_spend[draw, epic] = standing.mvp_spend[epic]
        for stream in range(len(standing.delivered)):
            delivered[draw, stream] = standing.delivered[stream]
            for bucket in range(standing.spend.shape[1]):
                spend[draw, stream, bucket] = standing.spend[stream, bucket]


@built_in
def _play(course: Course, standing: Standing) -> None:
    """Plays a plan forward in the draw that the standing was set for."""
    _open_period(course, standing)
    now, is_start = 0.0, True
    while now <= course.end + MOMENT:
        _settle_all(course, standing, now)
        if is_start and now > 0.0:
            bring_all(course, standing, now)
            standing.counts[PERIOD] += 1
            _open_period(course, standing)
        _arrive(course, standing, now)
        if is_start or not course.at_periods:
            _begin(course, standing, now)
        for stream in range(len(standing.dirty)):
            if standing.dirty[stream]:
                hand_out(course, standing, stream, now)
        if standing.counts[PROGRESS] + standing.counts[WAITING] == 0 and standing.counts[ARRIVED] == len(course.start):
            return
        now, is_start = _following(course, standing, now)
    bring_all(course, standing, course.end)


@built_in
def _begin_draw(
    course: Course, standing: Standing, effort: Floats, cost: Floats, holds: Flags, share: Floats, draw: int
) -> None:
    for period in range(standing.share.shape[0]):
        for stream in range(standing.share.shape[1]):
            standing.share[period, stream] = share[draw, period, stream]
    for epic in range(len(course.start)):
        column = course.column[epic]
        legs = course.first_leg[epic + 1] - course.first_leg[epic]
        standing.effort[epic], standing.cost[epic] = effort[draw, column], cost[draw, column]
        standing.state[epic], standing.open_legs[epic], standing.seen[epic] = WAITS, legs, -1
        standing.open_mvp[epic] = legs if course.stops[epic] and not holds[draw, column] else 0
        standing.began[epic], standing.done[epic], standing.mvp_spend[epic] = np.inf, np.inf, 0.0
    for leg in range(len(course.leg_epic)):
        total = course.leg_work[leg] * standing.effort[course.leg_epic[leg]]
        standing.total[leg] = standing.remaining[leg] = total
        standing.rate[leg], standing.reached[leg], standing.ends[leg] = 0.0, False, np.inf
    standing.members[:], standing.in_progress[:], standing.counts[:], standing.stamp[:] = 0, 0, 0, 0
    standing.claimed[:], standing.following[:] = 0.0, np.inf
    standing.spend[:], standing.delivered[:] = 0.0, 0.0
    standing.due[:] = False


@built_in
def _open_period(course: Course, standing: Standing) -> None:
    """What each value stream can do per week from now on."""
    period = standing.counts[PERIOD]
    planned = min(period, len(course.capacity) - 1)
    for stream in range(len(course.wip_limit)):
        standing.per_week[stream] = course.capacity[planned, stream] * standing.share[period, stream] / course.weeks
        standing.dirty[stream] = True
        standing.stamp[stream] += 1


@built_in
def _settle_all(course: Course, standing: Standing, now: float) -> None:
    """Settles the value streams in which something is due; what stops there may be due elsewhere."""
    again = True
    while again:
        again = False
        for stream in range(len(standing.due)):
            if standing.due[stream] or standing.following[stream] <= now + MOMENT:
                standing.due[stream] = False
                standing.following[stream] = np.inf
                settle(course, standing, stream, now)
                again = True


@built_in
def _arrive(course: Course, standing: Standing, now: float) -> None:
    """Epics whose planned start has come wait from now on."""
    counts = standing.counts
    while counts[ARRIVED] < len(course.start) and course.start[counts[ARRIVED]] <= now + MOMENT:
        standing.waiting[counts[WAITING]] = counts[ARRIVED]
        counts[WAITING] += 1
        counts[ARRIVED] += 1


@built_in
def _begin(course: Course, standing: Standing, now: float) -> None:
    """Begins what may begin, in order; what has no work at all is over at once, and all are looked at again."""
    again = True
    while again:
        again = False
        kept = 0
        for place in range(standing.counts[WAITING]):
            epic = standing.waiting[place]
            same = standing.seen[epic] == standing.stamp[standing.blocked[epic]]
            may = _LATER if again or same else _may_begin(course, standing, epic, now)
            if may == _LATER:
                standing.waiting[kept] = epic
                kept += 1
            elif may == _YES:
                again = _start(course, standing, epic, now)
        standing.counts[WAITING] = kept


@built_in
def _may_begin(course: Course, standing: Standing, epic: int, now: float) -> int:
    """Whether an epic may begin now; where it is blocked is noted, so that it is looked at only when that changes."""
    ends = len(standing.stamp) - 1
    if standing.counts[PROGRESS] >= course.portfolio_wip:
        return _wait(standing, epic, ends)
    for leg in range(course.first_leg[epic], course.first_leg[epic + 1]):
        stream = course.leg_stream[leg]
        per_week = standing.per_week[stream]
        if standing.in_progress[stream] >= course.wip_limit[stream]:
            return _wait(standing, epic, stream)
        if per_week - standing.claimed[stream] <= MOMENT * per_week:
            return _wait(standing, epic, stream)
    return _needs_met(course, standing, epic, ends, now)


@built_in
def _wait(standing: Standing, epic: int, where: int) -> int:
    standing.blocked[epic], standing.seen[epic] = where, standing.stamp[where]
    return _LATER


@built_in
def _needs_met(course: Course, standing: Standing, epic: int, ends: int, now: float) -> int:
    may = _YES
    for need in range(course.first_need[epic], course.first_need[epic + 1]):
        other, lag = course.needed[need], course.lag[need]
        if other >= 0 and standing.state[other] == STOPPED:
            return _NO
        if lag != NEEDS and (other < 0 or standing.state[other] != DONE or standing.done[other] + lag > now + MOMENT):
            may = _wait(standing, epic, ends)
    return may


@built_in
def _start(course: Course, standing: Standing, epic: int, now: float) -> bool:
    """Begins an epic; returns whether it is over at once."""
    standing.state[epic], standing.began[epic] = RUNS, now
    standing.counts[PROGRESS] += 1
    nothing = bool(standing.effort[epic] <= 0.0)
    for leg in range(course.first_leg[epic], course.first_leg[epic + 1]):
        stream = course.leg_stream[leg]
        standing.in_progress[stream] += 1
        if nothing:
            money = course.leg_external[leg] * standing.cost[epic]
            standing.spend[stream, bucket_of(course, standing)] += money
        else:
            _join(course, standing, leg, stream, epic, now)
    if nothing:
        end_epic(course, standing, epic, STOPPED if standing.open_mvp[epic] > 0 else DONE, now)
    return nothing


@built_in
def _join(course: Course, standing: Standing, leg: int, stream: int, epic: int, now: float) -> None:
    """An epic takes its place among those that are in progress in a value stream: in the order in which they began."""
    place = standing.members[stream]
    while place > 0:
        other = course.leg_epic[standing.member[stream, place - 1]]
        if standing.began[other] != now or other < epic:
            break
        standing.member[stream, place] = standing.member[stream, place - 1]
        place -= 1
    standing.member[stream, place] = leg
    standing.members[stream] += 1
    standing.claimed[stream] += course.leg_rate[leg]
    standing.at[leg] = now
    standing.dirty[stream] = True


@built_in
def _following(course: Course, standing: Standing, now: float) -> tuple[float, bool]:
    """The next moment at which anything happens, and whether a period begins then."""
    boundary = (standing.counts[PERIOD] + 1) * course.weeks
    moment = boundary
    for stream in range(len(standing.following)):
        moment = min(moment, standing.following[stream])
    for place in range(standing.counts[LAGS]):
        due = standing.lag_due[place]
        if now + MOMENT < due < moment:
            moment = due
    for place in range(standing.counts[LAGS]):
        if abs(standing.lag_due[place] - moment) <= MOMENT:
            standing.stamp[len(standing.stamp) - 1] += 1
    if boundary - moment <= MOMENT:
        return boundary, True
    return max(moment, now), False
