"""A plan as it is played forward: what stays the same in every draw, and where one draw stands. Both are plain arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from portfolio.options import Flags, Floats, Ints

WAITS, RUNS, DONE, STOPPED = 0, 1, 2, 3
"""What becomes of an epic in a draw."""
MOMENT = 1e-9
"""Weeks within which two moments are one, and the share of work that counts as none."""
NEEDS = -1.0
"""The lag of a dependency without an order."""


class Course(NamedTuple):
    """A plan to be played forward: its epics in order of planned start, planned finish and rank, and their value streams.

    A leg is the work of one epic in one value stream; epic e has the legs and the dependencies from its entry of `first_leg`
    and `first_need` up to the next one.
    """

    column: Ints
    start: Floats
    finish: Floats
    shortest: Floats
    stops: Flags
    mvp_share: Floats
    mvp_money: Floats
    later_money: Floats
    first_leg: Ints
    first_need: Ints
    needed: Ints
    lag: Floats
    longest_lag: Floats
    leg_epic: Ints
    leg_stream: Ints
    leg_work: Floats
    leg_rate: Floats
    leg_price: Floats
    leg_external: Floats
    wip_limit: Ints
    capacity: Floats
    bucket: Ints
    portfolio_wip: int
    weeks: float
    end: float
    at_periods: bool


class Standing(NamedTuple):
    """Where one draw stands: work that remains, rates, who is in progress, and what was spent; reset for every draw.

    A leg's `remaining` holds at the moment `at`; `stamp` counts what became free in each value stream, and last the ends of
    epics, so that an epic that waits is looked at again only when something changed where it waits.
    """

    share: Floats
    effort: Floats
    cost: Floats
    total: Floats
    remaining: Floats
    rate: Floats
    at: Floats
    ends: Floats
    reached: Flags
    state: Ints
    began: Floats
    done: Floats
    open_legs: Ints
    open_mvp: Ints
    waiting: Ints
    blocked: Ints
    seen: Ints
    lag_due: Floats
    member: Ints
    members: Ints
    in_progress: Ints
    following: Floats
    per_week: Floats
    claimed: Floats
    stamp: Ints
    due: Flags
    dirty: Flags
    counts: Ints
    spend: Floats
    delivered: Floats
    mvp_spend: Floats


ARRIVED, WAITING, PROGRESS, PERIOD, LAGS = 0, 1, 2, 3, 4
"""What each of a standing's counts is: epics whose planned start has come, those of them that wait, epics in progress, the
period, moments at which a lag ends."""


def new_standing(course: Course, periods: int) -> Standing:
    """Room for one draw of a course, in which capacity is drawn for so many periods."""
    epics, legs, streams = len(course.start), len(course.leg_epic), len(course.wip_limit)
    most = int(np.bincount(course.leg_stream, minlength=1).max(initial=0))

    def floats(*shape: int) -> Floats:
        return np.zeros(shape)

    def ints(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    def flags(count: int) -> NDArray[np.bool_]:
        return np.zeros(count, dtype=np.bool_)

    return Standing(
        share=floats(periods, streams),
        effort=floats(epics),
        cost=floats(epics),
        total=floats(legs),
        remaining=floats(legs),
        rate=floats(legs),
        at=floats(legs),
        ends=floats(legs),
        reached=flags(legs),
        state=ints(epics),
        began=floats(epics),
        done=floats(epics),
        open_legs=ints(epics),
        open_mvp=ints(epics),
        waiting=ints(epics + 1),
        blocked=ints(epics),
        seen=ints(epics),
        lag_due=floats(len(course.needed) + 1),
        member=ints(streams, most + 1),
        members=ints(streams),
        in_progress=ints(streams),
        following=floats(streams),
        per_week=floats(streams),
        claimed=floats(streams),
        stamp=ints(streams + 1),
        due=flags(streams),
        dirty=flags(streams),
        counts=ints(5),
        spend=floats(streams, int(course.bucket.max(initial=0)) + 2),
        delivered=floats(streams),
        mvp_spend=floats(epics),
    )
