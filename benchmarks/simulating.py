"""How many futures a second a plan is played forward in, on one core: the engine beside plain Python.

The other hands everything out anew at each event, in loops, as one would write it first. It knows ranges of effort, no WIP
limits and no MVPs; both find the same done weeks.
Run: python benchmarks/simulating.py
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from portfolio.domain import Booking, Calendar, Epic, Plan, Portfolio, ValueStream
from portfolio.optimizer.problem import Problem
from portfolio.simulation.futures import Futures
from portfolio.simulation.kernel.course import Course
from portfolio.simulation.study import PlayStudy

SIZES = ((50, 6), (200, 8), (1_000, 12))
"""Epics and value streams; about three in five epics are planned."""
PERIODS = 8
TINY = 1e-9


def study_of(epics: int, streams: int) -> PlayStudy:
    """A portfolio whose plan fills nine tenths of its capacity, every estimate uncertain."""
    dice = random.Random(epics)
    planned = epics * 3 // 5
    size = 100 * PERIODS * streams / planned
    free = [[92.0] * PERIODS for _ in range(streams)]
    made, bookings = [], {}
    while len(bookings) < planned:
        own, periods = dice.sample(range(streams), dice.choice((1, 1, 2))), dice.choice((1, 1, 2, 3))
        need = size * dice.uniform(0.3, 1.2) / len(own)
        start = dice.randrange(PERIODS - periods + 1)
        span = range(start, start + periods)
        if any(free[stream][period] < need / periods for stream in own for period in span):
            size *= 0.999
            continue
        for stream in own:
            for period in span:
                free[stream][period] -= need / periods
        name = f"E{len(made)}"
        total = need * len(own)
        made.append(
            Epic(
                id=name, effort={f"S{stream}": need for stream in own}, benefit_per_week=10, benefit_high=20,
                effort_low=total * 0.8, effort_high=total * 1.6, min_periods=periods, external_cost=10, external_cost_high=20,
            )
        )  # fmt: skip
        bookings[name] = Booking(start, periods)
    portfolio = Portfolio(
        calendar=Calendar(period_weeks=10, periods=tuple(f"P{period}" for period in range(PERIODS))),
        value_streams=tuple(
            ValueStream(id=f"S{stream}", capacity=(100.0,) * PERIODS, cost_per_unit=1) for stream in range(streams)
        ),
        epics=tuple(made),
    )
    benefit = {epic.id: 10.0 for epic in made}
    return PlayStudy(Problem(portfolio, benefit, list(benefit)), Plan(bookings), draws=1_000_000)


class Loops:
    """One draw of a plan in loops over plain lists."""

    def __init__(self, course: Course, effort: Any) -> None:
        self.course = course
        self.own = [range(first, last) for first, last in pairwise(course.first_leg.tolist())]
        self.owner, self.home, self.rate = (
            course.leg_epic.tolist(),
            course.leg_stream.tolist(),
            course.leg_rate.tolist(),
        )
        self.total = [course.leg_work[leg] * effort[course.column[owner]] for leg, owner in enumerate(self.owner)]
        self.left = list(self.total)
        self.waiting, self.order = list(range(len(self.own))), list[int]()
        self.done = [math.inf] * len(self.own)

    def play(self) -> list[float]:
        """The weeks in which its epics are done."""
        now, weeks = 0.0, self.course.weeks
        while now <= self.course.end and (self.order or self.waiting):
            turn = int((now + TINY) / weeks)
            there = [float(one) / weeks for one in self.course.capacity[min(turn, len(self.course.capacity) - 1)]]
            self._begin(now, list(there))
            given = self._given(now, there)
            boundary = (turn + 1) * weeks
            moment = min([boundary, *(now + self.left[leg] / rate for leg, rate in given.items() if rate > 0)])
            moment = boundary if boundary - moment < TINY else moment
            self._work(given, moment - now, moment)
            now = moment
        return self.done

    def _begin(self, now: float, there: list[float]) -> None:
        for epic in self.order:
            for leg in self.own[epic]:
                there[self.home[leg]] -= self.rate[leg] if self.left[leg] > 0 else 0.0
        for epic in list(self.waiting):
            legs = self.own[epic]
            if self.course.start[epic] <= now + TINY and all(there[self.home[leg]] > TINY for leg in legs):
                self.waiting.remove(epic)
                self.order.append(epic)
                for leg in legs:
                    there[self.home[leg]] -= self.rate[leg]

    def _given(self, now: float, there: list[float]) -> dict[int, float]:
        active = [leg for epic in self.order for leg in self.own[epic] if self.left[leg] > 0]
        given = {}
        for leg in active:
            given[leg] = min(self.rate[leg], max(0.0, there[self.home[leg]]))
            there[self.home[leg]] -= given[leg]
        for leg in active:
            until = self.course.finish[self.owner[leg]] - now
            top = max(self.rate[leg], self.total[leg] / self.course.shortest[self.owner[leg]])
            wanted = min(top, self.left[leg] / until) if until > TINY else top
            more = max(0.0, min(wanted - given[leg], there[self.home[leg]]))
            given[leg] += more
            there[self.home[leg]] -= more
        return given

    def _work(self, given: dict[int, float], span: float, moment: float) -> None:
        for leg, rate in given.items():
            left = self.left[leg] - rate * span
            self.left[leg] = 0.0 if left < TINY * self.course.leg_work[leg] else left
        for epic in list(self.order):
            if all(self.left[leg] == 0 for leg in self.own[epic]):
                self.done[epic] = moment
                self.order.remove(epic)


def per_second(play: Callable[[], int]) -> float:
    """Draws a second, the best of three."""
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        draws = play()
        best = max(best, draws / max(1e-9, time.process_time() - began))
    return best


def main() -> None:
    """Prints a line for each size."""
    print(
        f"{'portfolio':>12} {'planned':>8} {'engine':>10} {'playing alone':>14} {'plain Python':>13}  draws a second and core"
    )
    for epics, streams in SIZES:
        study = study_of(epics, streams)
        futures: Futures = study.source.part(0, 1_000)
        played = study.played_plan.play(futures)
        few = 20 if epics < 1_000 else 2
        for draw in range(few):
            done = Loops(study.played_plan.course, futures.effort[draw]).play()
            assert np.allclose(np.minimum(done, 1e6), np.minimum(played.done[draw], 1e6), atol=1e-6)

        def whole(study: PlayStudy = study) -> int:
            return len(study.chunk(1).value)

        def alone(study: PlayStudy = study, futures: Futures = futures) -> int:
            return len(study.played_plan.play(futures).done)

        def plain(study: PlayStudy = study, futures: Futures = futures, few: int = few) -> int:
            return sum(bool(Loops(study.played_plan.course, futures.effort[draw]).play()) for draw in range(few))

        figures = [per_second(play) for play in (whole, alone, plain)]
        print(
            f"{epics:>6} x {streams:<3} {len(study.plan):>8} {figures[0]:>10,.0f} {figures[1]:>14,.0f} {figures[2]:>13,.1f}"
        )


if __name__ == "__main__":
    main()
