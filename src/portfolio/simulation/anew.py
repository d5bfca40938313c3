"""Would it be funded if the plan were made anew? A plan for each of some futures, and what today's plan is short of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.problem import Problem
from portfolio.options import Floats
from portfolio.simulation.futures import Futures, FutureSource, futures_of
from portfolio.simulation.played_plan import PlayedPlan, periods_of
from portfolio.simulation.replanning import Factors, make_anew, problem_in
from portfolio.simulation.study import study_name
from portfolio.simulation.unknowns import Uncertainty, uncertainty_of

CHUNK = 10
"""Plans of a chunk."""
DEFAULT_PLANS = 200
MOST_COMBINATIONS = 1_000
"""Combinations up to which a plan is made for each of them."""


@dataclass(frozen=True)
class PlanAnew:
    """The plan of one future with its chance, what it is worth there as planned, and how good it is at least.

    `played` and `today` are what it and today's plan are worth there when both are played forward, so that like is compared
    with like.
    """

    plan: Plan
    chance: float
    value: float
    played: float
    today: float
    gap: float | None

    @property
    def regret(self) -> float:
        """What today's plan is short of it."""
        return max(0.0, self.played - self.today)


@dataclass(frozen=True)
class AnewStudy:
    """Today's plan beside the plans that would be made if a future were known; hypotheses are averaged."""

    problem: Problem
    today: Plan
    seed: int
    plans: int = DEFAULT_PLANS

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """What is uncertain of all epics, hypotheses aside: confidence counts as a share, as it does in a plan."""
        names = [epic.id for epic in self.problem.portfolio.epics]
        return replace(uncertainty_of(self.problem.portfolio, names), confidence={})

    @cached_property
    def source(self) -> FutureSource:
        """The futures that plans are made for."""
        periods = periods_of(self.problem.portfolio)
        return futures_of(self.uncertainty, periods, self.seed, self.plans, MOST_COMBINATIONS)

    @cached_property
    def name(self) -> str:
        """The study's name, by all that it depends on."""
        return study_name(self.problem, [self.today], {"kind": "anew", "seed": self.seed, "plans": self.plans})

    @property
    def chunks(self) -> range:
        """The numbers of its chunks."""
        return range(math.ceil(self.source.count / CHUNK))

    def chunk(self, number: int) -> tuple[PlanAnew, ...]:
        """The plans of one chunk of futures, without those for which there is none."""
        futures = self.source.part(number * CHUNK, CHUNK)
        today = self._worth(self.today, futures)
        made = [self._made(futures, row, float(today[row])) for row in range(len(futures))]
        return tuple(one for one in made if one is not None)

    def _made(self, futures: Futures, row: int, today: float) -> PlanAnew | None:
        names = self.uncertainty.epics

        def by_epic(table: Floats) -> dict[str, float]:
            return dict(zip(names, map(float, table[row]), strict=True))

        factors = Factors(by_epic(futures.effort), by_epic(futures.benefit), by_epic(futures.cost), futures.share[row])
        problem = problem_in(self.problem, factors)
        made = make_anew(problem, self.today)
        if made is None:
            return None
        played = float(self._worth(made.plan, futures.only(slice(row, row + 1)))[0])
        return PlanAnew(made.plan, float(futures.chance[row]), problem.value(made.plan), played, today, made.gap)

    def _worth(self, plan: Plan, futures: Futures) -> Floats:
        """What a plan is worth in each of these futures, played forward with hypotheses averaged and nobody stopped."""
        played_plan = PlayedPlan(self.problem, plan, self.uncertainty.column, stops=False)
        played = played_plan.play(futures)
        return played_plan.plan_values(played, played_plan.values(played, futures, averaged=True))


def funded(plans: list[PlanAnew]) -> dict[str, float]:
    """For each epic that any plan holds the share of futures whose plan holds it."""
    total = math.fsum(one.chance for one in plans)
    names = sorted({name for one in plans for name in one.plan})
    return {name: math.fsum(one.chance for one in plans if name in one.plan) / total for name in names}


def regrets(plans: list[PlanAnew]) -> tuple[Floats, Floats]:
    """What today's plan is short of each plan made anew, and the chance of each."""
    return np.array([one.regret for one in plans]), np.array([one.chance for one in plans])
