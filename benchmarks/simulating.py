"""How many futures a second a plan is played forward in, on one core: the engine beside plain NumPy and plain Python.

The others hand everything out anew at each event, as one would write it first: in loops, and in arrays of many futures, each
of which is at an event of its own. They know ranges of effort, no WIP limits and no MVPs; all find the same done weeks.
Then how long a whole study takes, from imports to its figures, how much memory it needs at most, and what a plan made anew takes.
Run: python benchmarks/simulating.py
"""

from __future__ import annotations

import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from portfolio.domain import Booking, Calendar, Epic, Plan, Portfolio, ValueStream
from portfolio.optimizer.problem import Problem
from portfolio.simulation.anew import AnewStudy
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


class PlainCourse:
    """A plan in plain lists."""

    def __init__(self, course: Course) -> None:
        epics, legs = course.epics, course.legs
        self.own = [
            range(int(first), int(last)) for first, last in zip(epics["first_leg"], epics["last_leg"], strict=True)
        ]
        self.start, self.column = epics["start"].tolist(), epics["column"].tolist()
        self.owner, self.home = legs["epic"].tolist(), legs["stream"].tolist()
        self.work, self.rate = legs["work"].tolist(), legs["planned_rate"].tolist()
        self.finish, self.shortest = legs["finish"].tolist(), legs["shortest"].tolist()
        self.capacity, self.weeks, self.end = course.capacity, course.clock[0].weeks, course.clock[0].end


class Loops:
    """One draw of a plan in loops over plain lists."""

    def __init__(self, course: PlainCourse, effort: Any) -> None:
        self.course, self.own, self.home, self.rate = course, course.own, course.home, course.rate
        self.total = [
            work * effort[course.column[owner]] for work, owner in zip(course.work, course.owner, strict=True)
        ]
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
            until = self.course.finish[leg] - now
            top = max(self.rate[leg], self.total[leg] / self.course.shortest[leg])
            wanted = min(top, self.left[leg] / until) if until > TINY else top
            more = max(0.0, min(wanted - given[leg], there[self.home[leg]]))
            given[leg] += more
            there[self.home[leg]] -= more
        return given

    def _work(self, given: dict[int, float], span: float, moment: float) -> None:
        for leg, rate in given.items():
            left = self.left[leg] - rate * span
            self.left[leg] = 0.0 if left < TINY * self.course.work[leg] else left
        for epic in list(self.order):
            if all(self.left[leg] == 0 for leg in self.own[epic]):
                self.done[epic] = moment
                self.order.remove(epic)


class Arrays:
    """Many draws of a plan in arrays, a row each; a row whose epics are all done stands still."""

    def __init__(self, course: PlainCourse, effort: Any) -> None:
        self.course = course
        self.rate, self.total = np.array(course.rate), np.array(course.work) * effort[:, course.column][:, course.owner]
        self.top = np.maximum(self.rate, self.total / np.array(course.shortest))
        self.finish, self.owner = np.array(course.finish), np.array(course.owner)
        self.legs = [np.flatnonzero(np.array(course.home) == stream) for stream in range(course.capacity.shape[1])]
        self.left = self.total.copy()
        self.began = np.full((len(effort), len(course.own)), np.inf)
        self.done = self.began.copy()

    def play(self) -> Any:
        """The weeks in which the epics of each draw are done."""
        now, weeks = np.zeros(len(self.left)), self.course.weeks
        while True:
            turn = ((now + TINY) / weeks).astype(np.int64)
            there = self.course.capacity[np.minimum(turn, len(self.course.capacity) - 1)] / weeks
            self._begin(now, there)
            given = np.zeros_like(self.left)
            for stream, legs in enumerate(self.legs):
                given[:, legs] = self._given(legs, now[:, None], there[:, [stream]])
            boundary = (turn + 1) * weeks
            ends = np.divide(self.left, given, out=np.full_like(given, np.inf), where=given > 0).min(axis=1)
            moment = np.minimum(boundary, now + ends)
            moment = np.where(boundary - moment < TINY, boundary, moment)
            going = (now <= self.course.end) & np.isinf(self.done).any(axis=1)
            if not going.any():
                return self.done
            left = self.left - given * np.where(going, moment - now, 0.0)[:, None]
            self.left = np.where(left < TINY * np.array(self.course.work), 0.0, left)
            now = np.where(going, moment, now)
            over = np.add.reduceat(self.left, [legs.start for legs in self.course.own], axis=1) == 0
            self.done = np.where(over & np.isinf(self.done) & going[:, None], now[:, None], self.done)

    def _begin(self, now: Any, there: Any) -> None:
        running = np.isfinite(self.began)[:, self.owner] & (self.left > 0)
        free = there - np.stack([(running * self.rate)[:, legs].sum(axis=1) for legs in self.legs], axis=1)
        for epic, legs in enumerate(self.course.own):
            homes = self.course.home[legs.start : legs.stop]
            begins = np.isinf(self.began[:, epic]) & (self.course.start[epic] <= now + TINY)
            begins &= (free[:, homes] > TINY).all(axis=1)
            self.began[begins, epic] = now[begins]
            free[np.ix_(begins, homes)] -= self.rate[legs.start : legs.stop]

    def _given(self, legs: Any, now: Any, there: Any) -> Any:
        began = self.began[:, self.owner[legs]]
        order = np.argsort(began, axis=1, kind="stable")
        active = np.isfinite(began) & (self.left[:, legs] > 0)
        planned = np.where(active, self.rate[legs], 0.0)
        first = shared(planned, there, order)
        until = self.finish[legs] - now
        late = np.divide(self.left[:, legs], until, out=np.full(first.shape, np.inf), where=until > TINY)
        wanted = np.where(active, np.minimum(self.top[:, legs], late) - first, 0.0)
        return first + shared(np.maximum(wanted, 0.0), there - first.sum(axis=1, keepdims=True), order)


def shared(asked: Any, there: Any, order: Any) -> Any:
    """What each gets of what there is, in order, as far as it goes."""
    asked = np.take_along_axis(asked, order, axis=1)
    before = np.cumsum(asked, axis=1) - asked
    given = np.empty_like(asked)
    np.put_along_axis(given, order, np.clip(there - before, 0.0, asked), axis=1)
    return given


def per_second(play: Callable[[], int]) -> float:
    """Draws a second, the best of three."""
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        draws = play()
        best = max(best, draws / max(1e-9, time.process_time() - began))
    return best


def whole() -> None:
    """Prints what whole studies take in processes of their own: processor time, and memory at most."""
    print("\nwhole study of 200 x 8", *(f"{name:>16}" for name in ("seconds", "of them import", "MB at most")))
    for draws in (10_000, 100_000):
        command = [sys.executable, __file__, str(draws)]
        seconds, imports, memory = map(float, subprocess.run(command, check=True, capture_output=True).stdout.split())
        print(f"{draws:>16,} draws {seconds:>16.2f} {imports:>16.2f} {memory:>16,.0f}", flush=True)


def anew(plans: int = 50) -> None:
    """Prints what a plan made anew takes, and by how much such plans may be below the best ones."""
    print("\nplans made anew", *(f"{name:>16}" for name in ("seconds a plan", "mean gap", "largest gap")))
    for size in SIZES[:2]:
        play = study_of(*size)
        study = AnewStudy(play.problem, play.plan, 1, plans)
        study.chunk(0)
        began = time.process_time()
        made = [one for number in study.chunks for one in study.chunk(number)]
        seconds, gaps = (time.process_time() - began) / len(made), [one.gap or 0.0 for one in made]
        print(f"{size[0]:>6} x {size[1]:<6} {seconds:>16.2f} {np.mean(gaps):>16.1%} {np.max(gaps):>16.1%}", flush=True)


def one_study(draws: int) -> None:
    """Plays one study to its end and prints processor seconds, those of imports, and the most memory in MB."""
    from portfolio.simulation.measure import measure
    from portfolio.simulation.study import play_out

    imports = time.process_time()
    study, made = play_out(replace(study_of(200, 8), draws=draws), workers=1)
    measure(study, made)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time(), imports, memory)


def main() -> None:
    """Prints a line for each size."""
    names = ("engine", "playing alone", "plain NumPy", "plain Python")
    print(f"{'portfolio':>12} {'planned':>8}", *(f"{name:>13}" for name in names), " draws a second and core")
    for epics, streams in SIZES:
        study = study_of(epics, streams)
        futures: Futures = study.source.part(0, 1_000)
        played, course = study.played_plan.play(futures), PlainCourse(study.played_plan.course)
        few, more = (20, 200) if epics < 1_000 else (2, 20)

        def loops(course: PlainCourse = course, futures: Futures = futures, few: int = few) -> Any:
            return np.array([Loops(course, futures.effort[draw]).play() for draw in range(few)])

        def arrays(course: PlainCourse = course, futures: Futures = futures, more: int = more) -> Any:
            return Arrays(course, futures.effort[:more]).play()

        for done in (loops(), arrays()):
            assert np.allclose(np.minimum(done, 1e6), np.minimum(played.done[: len(done)], 1e6), atol=1e-6)
        ways = (
            lambda study=study: study.chunk(1).value,
            lambda study=study, futures=futures: study.played_plan.play(futures).done,
            arrays,
            loops,
        )
        figures = [per_second(lambda play=play: len(play())) for play in ways]
        print(
            f"{epics:>6} x {streams:<3} {len(study.plan):>8}", *(f"{figure:>13,.1f}" for figure in figures), flush=True
        )
    whole()
    anew()


if __name__ == "__main__":
    main() if len(sys.argv) == 1 else one_study(int(sys.argv[1]))
