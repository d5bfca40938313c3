"""A plan as it is played forward, in rows: what stays the same in every draw, and after it where one draw stands."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from portfolio.options import Flags, Floats, Ints
from portfolio.simulation.kernel.records import Place, Rows

Places = NDArray[np.uint32]
"""Numbers of rows."""
WAITS, RUNS, DONE, STOPPED = 0, 1, 2, 3
"""What becomes of an epic in a draw."""
MOMENT = 1e-9
"""Weeks within which two moments are one, and the share of work that counts as none."""
NEEDS = -1.0
"""The lag of a dependency without an order."""


class EpicRow:
    """An epic as planned, its rows among the legs and dependencies, and what became of it.

    `blocked` is the value stream that it was last seen to wait for, and `seen` what that one's `stamp` was then.
    """

    column: Place
    start: float
    stops: bool
    mvp_share: float
    mvp_money: float
    later_money: float
    first_leg: Place
    last_leg: Place
    first_need: Place
    last_need: Place
    first_lag: int
    effort: float
    cost: float
    state: int
    open_legs: int
    open_mvp: int
    blocked: int
    seen: int
    began: float
    done: float
    mvp_spend: float


class LegRow:
    """The work of one epic in one value stream; what remains of it holds at the moment `at`.

    `top` is its highest rate, `stop_at` what still remains when it stops after its MVP (0 where it does not), and `splits`
    whether money for the MVP is another than money after it.
    """

    remaining: float
    rate: float
    at: float
    ends: float
    planned_rate: float
    finish: float
    top: float
    stop_at: float
    epic: Place
    stream: Place
    work: float
    total: float
    external: float
    external_price: float
    shortest: float
    splits: bool


class StreamRow:
    """A value stream, or last the whole portfolio: what it can do, what is claimed of it, and who is in progress.

    `stamp` counts what became free in it (for the whole portfolio: the ends of epics), so that an epic that waits is looked
    at again only when something changed where it waits.
    """

    wip_limit: int
    cost_per_unit: float
    per_week: float
    claimed: float
    price: float
    members: int
    in_progress: int
    stamp: int


class NeedRow:
    """What an epic waits for (-1 where the plan does not hold it), the lag, and the next lag after the same epic or -1."""

    epic: int
    lag: float
    next_lag: int


class Clock:
    """The calendar, and how far a draw is: its period, epics whose planned start has come, those that wait, lags that run."""

    weeks: float
    end: float
    at_periods: bool
    period: int
    bucket: int
    within: bool
    arrived: int
    waiting: int
    lags: int
    has_stopped: bool


class Course(NamedTuple):
    """A plan to be played forward: its epics in order of planned start, planned finish and rank, and their value streams.

    `member` holds the legs in progress by value stream, `waiting` the epics that wait, `lag_due` the ends of lags. By value
    stream, `following` is the moment at which something happens in it next (at once where something stopped), and `dirty` says
    that its capacity is to be handed out anew; `noted` is room for those that are looked for first and dealt with afterwards.
    """

    clock: Rows[Clock]
    epics: Rows[EpicRow]
    legs: Rows[LegRow]
    streams: Rows[StreamRow]
    needs: Rows[NeedRow]
    capacity: Floats
    bucket: Ints
    last_bucket: int
    member: Places
    waiting: Places
    lag_due: Floats
    following: Floats
    dirty: Flags
    noted: Places

    def by_itself(self) -> Course:
        """The same plan with room of its own for a draw, so that several threads can play it."""
        return Course._make(part if isinstance(part, int) else part.copy() for part in self)


def room_for(
    legs: Rows[LegRow], epics: int, streams: int, needs: int
) -> tuple[Places, Places, Floats, Floats, Flags, Places]:
    """Room for what a course ends with: legs in progress by value stream, epics that wait, lags that run, and notes."""
    most = int(np.bincount(legs["stream"].astype(np.int64), minlength=1).max(initial=0))
    return (
        np.zeros((streams, most + 1), dtype=np.uint32),
        np.zeros(epics + 1, dtype=np.uint32),
        np.zeros(needs + 1),
        np.zeros(streams),
        np.zeros(streams, dtype=np.bool_),
        np.zeros(streams + 1, dtype=np.uint32),
    )
