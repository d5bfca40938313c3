"""Small portfolios with their plans, and what comes of them in every future there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from portfolio.domain import Booking, Plan
from portfolio.simulation.futures import AllFutures, FutureSource, futures_of
from portfolio.simulation.played_plan import Played, PlayedPlan, periods_of
from portfolio.simulation.unknowns import uncertainty_of
from tests import asking

Raw = dict[str, Any]


def portfolio(epics: list[Raw], streams: list[Raw], **more: Any) -> Raw:
    """Three periods of 10 weeks, a horizon of 82, nothing shared, unless something else is said."""
    return {
        "format": 1,
        "calendar": {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1", "PI 2", "PI 3"]},
        "value_horizon_weeks": 82,
        "shared_by_portfolio": 0,
        "shared_by_value_stream": 0,
        "value_streams": streams,
        "epics": epics,
    } | more


def stream(name: str, capacity: float, cost: float = 0, periods: int = 3, **more: Any) -> Raw:
    """A value stream with the same capacity in every period."""
    return {"id": name, "capacity": [capacity] * periods, "cost_per_unit": cost} | more


def epic(name: str, effort: Mapping[str, float], benefit: float, *cases: tuple[float, float], **more: Any) -> Raw:
    """An epic with what it takes, what it earns per week, and cases of its effort."""
    uncertain = {"effort_cases": [list(case) for case in cases]} if cases else {}
    return {"id": name, "effort": dict(effort), "benefit_per_week": benefit} | uncertain | more


class Study:
    """A plan of a portfolio with all its futures, or some of them."""

    def __init__(self, raw: Raw, plan: Mapping[str, tuple[int, int]], draws: int = 1000, *, stops: bool = True) -> None:
        self.problem = asking.problem_of(raw)
        names = [one["id"] for one in raw["epics"] if one["id"] in plan]
        uncertainty = uncertainty_of(self.problem.portfolio, names)
        self.source: FutureSource = futures_of(uncertainty, periods_of(self.problem.portfolio), 1, draws)
        booked = Plan({name: Booking(start - 1, periods) for name, (start, periods) in plan.items()})
        self.plan = PlayedPlan(self.problem, booked, uncertainty.column, stops)
        self.futures = self.source.part(0, self.source.count)
        self.played: Played = self.plan.play(self.futures)
        self.values = self.plan.values(self.played, self.futures)

    @property
    def is_counted(self) -> bool:
        """Whether all futures are there."""
        return isinstance(self.source, AllFutures)

    def chances(self, *names: str) -> dict[tuple[float, ...], float]:
        """The chance of each combination of weeks in which these epics are done."""
        place = [self.plan.epics.index(name) for name in names]
        return self._counted(self.played.done[:, place])

    def begins(self, *names: str) -> dict[tuple[float, ...], float]:
        """The same of the weeks in which they begin."""
        place = [self.plan.epics.index(name) for name in names]
        return self._counted(self.played.began[:, place])

    def spend(self) -> dict[tuple[float, ...], float]:
        """The chance of each combination of spend by budget period, all value streams together."""
        return self._counted(self.played.spend.sum(axis=1))

    def worth(self) -> dict[float, float]:
        """The chance of each value of the plan."""
        values = self.plan.plan_values(self.played, self.values)
        return {key[0]: chance for key, chance in self._counted(values[:, None]).items()}

    @property
    def mean(self) -> float:
        """What the plan is worth on average."""
        values = self.plan.plan_values(self.played, self.values)
        return float((values * self.futures.chance).sum() / self.futures.chance.sum())

    def _counted(self, rows: Any) -> dict[tuple[float, ...], float]:
        found: dict[tuple[float, ...], float] = defaultdict(float)
        total = self.futures.chance.sum()
        for row, chance in zip(rows, self.futures.chance, strict=True):
            found[tuple(round(float(one), 7) for one in row)] += float(chance / total)
        return {key: round(chance, 9) for key, chance in found.items()}
