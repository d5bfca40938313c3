"""Work within one value stream: who gets how much of its capacity, what is done by a moment, and what that costs. Compiled.

A leg is touched only when its rate changes, its work ends or a period begins; between these its rate is constant.
"""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.execution.compilation import built_in
from portfolio.simulation.kernel.course import (
    DONE,
    LAGS,
    MOMENT,
    PERIOD,
    PROGRESS,
    RUNS,
    STOPPED,
    Course,
    Standing,
)

_SAME = 1e-12
"""The share by which two rates may differ and still are one."""


@built_in
def bucket_of(course: Course, standing: Standing) -> int:
    """Where money that is spent now is counted: its budget period, or beyond the plan."""
    period = standing.counts[PERIOD]
    return int(course.bucket[period]) if period < len(course.bucket) else standing.spend.shape[1] - 1


@built_in
def _book(course: Course, standing: Standing, leg: int, work: float) -> None:
    """Counts work that was done and what it cost: people are paid whatever they deliver of what is planned."""
    epic, stream, period = course.leg_epic[leg], course.leg_stream[leg], standing.counts[PERIOD]
    total = standing.total[leg]
    price = (
        course.leg_price[leg] / standing.share[period, stream] + course.leg_external[leg] * standing.cost[epic] / total
    )
    money = work * price
    if course.mvp_money[epic] >= 0.0:
        before = total - standing.remaining[leg]
        within = max(0.0, min(course.mvp_share[epic] * total, before + work) - before)
        of_mvp = within * price * course.mvp_money[epic]
        standing.mvp_spend[epic] += of_mvp
        money = of_mvp + (work - within) * price * course.later_money[epic]
    standing.spend[stream, bucket_of(course, standing)] += money
    if period < len(course.bucket):
        standing.delivered[stream] += work


@built_in
def bring(course: Course, standing: Standing, leg: int, now: float) -> None:
    """Lets the work of a leg go on until a moment at the rate that holds."""
    rate = standing.rate[leg]
    span = now - standing.at[leg]
    standing.at[leg] = now
    if rate <= 0.0:
        return
    left = standing.remaining[leg] - rate * span
    if left < MOMENT * course.leg_work[leg] or left <= rate * MOMENT:
        left = 0.0
    _book(course, standing, leg, standing.remaining[leg] - left)
    standing.remaining[leg] = left


@built_in
def bring_all(course: Course, standing: Standing, now: float) -> None:
    """Lets all work that is in progress go on until a moment."""
    for stream in range(len(standing.members)):
        for place in range(standing.members[stream]):
            bring(course, standing, standing.member[stream, place], now)


@built_in
def settle(course: Course, standing: Standing, stream: int, now: float) -> None:
    """Lets go of what is finished or stopped in a value stream, and reckons what those that go on claim of it."""
    kept = 0
    claimed = 0.0
    for place in range(standing.members[stream]):
        leg = standing.member[stream, place]
        epic = course.leg_epic[leg]
        if standing.ends[leg] <= now + MOMENT and standing.state[epic] == RUNS:
            _end_leg(course, standing, epic, leg, now)
        if standing.state[epic] == RUNS and standing.remaining[leg] > 0.0:
            standing.member[stream, kept] = leg
            kept += 1
            claimed += course.leg_rate[leg]
    standing.members[stream] = kept
    standing.claimed[stream] = claimed
    standing.stamp[stream] += 1
    standing.dirty[stream] = True


@built_in
def _end_leg(course: Course, standing: Standing, epic: int, leg: int, now: float) -> None:
    """What was to happen to a leg happens: its share of an MVP is done, or all of its work."""
    bring(course, standing, leg, now)
    if standing.open_mvp[epic] > 0 and not standing.reached[leg]:
        left = standing.remaining[leg] - (1.0 - course.mvp_share[epic]) * standing.total[leg]
        if left < MOMENT * course.leg_work[leg] or left <= standing.rate[leg] * MOMENT:
            standing.reached[leg] = True
            standing.open_mvp[epic] -= 1
            if standing.open_mvp[epic] == 0:
                end_epic(course, standing, epic, STOPPED, now)
                return
    if standing.remaining[leg] <= 0.0:
        standing.open_legs[epic] -= 1
        if standing.open_legs[epic] == 0:
            end_epic(course, standing, epic, DONE, now)
    else:
        standing.ends[leg] = _end_of(course, standing, leg)


@built_in
def end_epic(course: Course, standing: Standing, epic: int, how: int, now: float) -> None:
    """Ends an epic: its slots and capacity are free at once."""
    standing.state[epic] = how
    standing.counts[PROGRESS] -= 1
    standing.stamp[len(standing.stamp) - 1] += 1
    if how == DONE:
        standing.done[epic] = now
        if course.longest_lag[epic] > 0.0:
            _note_lags(course, standing, epic, now)
    for leg in range(course.first_leg[epic], course.first_leg[epic + 1]):
        stream = course.leg_stream[leg]
        standing.in_progress[stream] -= 1
        standing.stamp[stream] += 1
        if how == STOPPED and standing.remaining[leg] > 0.0:
            bring(course, standing, leg, now)
            standing.due[stream] = True


@built_in
def _note_lags(course: Course, standing: Standing, epic: int, now: float) -> None:
    """Notes the moments at which what waits for an epic may begin."""
    for need in range(len(course.needed)):
        if course.needed[need] == epic and course.lag[need] > 0.0:
            standing.lag_due[standing.counts[LAGS]] = now + course.lag[need]
            standing.counts[LAGS] += 1


@built_in
def hand_out(course: Course, standing: Standing, stream: int, now: float) -> None:
    """Hands out a value stream's capacity: first what was planned, then what is left to those that are late."""
    left = standing.per_week[stream]
    extra = left - standing.claimed[stream]
    following = np.inf
    for place in range(standing.members[stream]):
        leg = standing.member[stream, place]
        rate = course.leg_rate[leg]
        if extra > 0.0:
            more = min(extra, _wanted(course, standing, leg, now) - rate)
            if more > 0.0:
                rate += more
                extra -= more
        else:
            rate = min(rate, left)
            left -= rate
        if abs(rate - standing.rate[leg]) > _SAME * rate:
            bring(course, standing, leg, now)
            standing.rate[leg] = rate
            standing.ends[leg] = _end_of(course, standing, leg)
        following = min(following, standing.ends[leg])
    standing.following[stream] = following
    standing.dirty[stream] = False


@built_in
def _wanted(course: Course, standing: Standing, leg: int, now: float) -> float:
    """The rate that still ends a leg on its planned finish, as far as its shortest duration allows; 0 where it is in time."""
    epic = course.leg_epic[leg]
    until = course.finish[epic] - now
    remaining = standing.remaining[leg] - standing.rate[leg] * (now - standing.at[leg])
    if remaining <= course.leg_rate[leg] * until:
        return 0.0
    top = max(course.leg_rate[leg], standing.total[leg] / course.shortest[epic])
    return float(min(top, remaining / until)) if until > MOMENT else float(top)


@built_in
def _end_of(course: Course, standing: Standing, leg: int) -> float:
    """The next moment at which something happens to a leg: its work ends, or its share of an MVP is done."""
    rate = standing.rate[leg]
    if rate <= 0.0:
        return np.inf
    epic = course.leg_epic[leg]
    left = standing.remaining[leg]
    if standing.open_mvp[epic] > 0 and not standing.reached[leg]:
        left -= (1.0 - course.mvp_share[epic]) * standing.total[leg]
    return float(standing.at[leg] + left / rate)
