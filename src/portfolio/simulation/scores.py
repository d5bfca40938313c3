"""What a ranking is computed from: the scores of each epic by column, and the ratio that they make."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from portfolio.domain import Epic, Portfolio
from portfolio.options import Floats, cost
from portfolio.scoring import STACK_RANK, Ranking, ScoringRules
from portfolio.simulation.kernel.random_numbers import Kind

if TYPE_CHECKING:
    from portfolio.domain.scoring_shapes import ScoringShape

COUNTED = frozenset({"reach", "net_present_value"})
"""Fields that are counts or money: they are on no scale, so no step moves them."""
Keys = tuple[Floats, Floats]
"""What epics are ranked by in some draws, a row each: their ratio, and what they are worth, which decides among equals."""


class DrawnFactors(Protocol):
    """What figures are multiplied by in some draws, a row each and a column for each epic."""

    @property
    def effort(self) -> Floats:
        """Factors of effort."""

    @property
    def benefit(self) -> Floats:
        """Factors of benefit."""

    @property
    def cost(self) -> Floats:
        """Factors of external cost."""


@dataclass(frozen=True)
class RankedBy:
    """How the epics of a portfolio that can be ranked are ranked: by what rules, and by which method after all."""

    portfolio: Portfolio
    rules: ScoringRules
    ranking: Ranking

    @property
    def method(self) -> str:
        """What the ranking is by."""
        return self.ranking.method

    @cached_property
    def epics(self) -> tuple[Epic, ...]:
        """The epics that have a rank, in the order of the sheet, which decides among equals."""
        return tuple(epic for epic in self.portfolio.epics if self.ranking.by_id[epic.id].rank is not None)

    @property
    def shape(self) -> ScoringShape | None:
        """The scoring shape whose figures make the score, if any; money may rank by its points."""
        return self.portfolio.shape

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The fields that are scored: those that are added up or multiplied, and job size where it divides."""
        if self.method == STACK_RANK:
            return ()
        if self.method == "cd3":
            return self._points if any(epic.benefit_per_week is None for epic in self.epics) else ()
        if self.shape is not None:
            return self.shape.fields
        return (*self.rules.weights, *(("job_size",) if self.rules.denominator == "job_size" else ()))

    @property
    def _points(self) -> tuple[str, ...]:
        """The fields that make the points which money ranks by where an epic has no benefit of its own."""
        if self.shape is None:
            return tuple(self.rules.weights)
        return () if self.shape.once else self.shape.worth

    @cached_property
    def scores(self) -> Floats:
        """The agreed scores by epic and column; nan where money stands in for one that is missing."""
        given = [[epic.figure(field) for field in self.columns] for epic in self.epics]
        return np.array(given, dtype=np.float64).reshape(len(self.epics), len(self.columns))

    def scale_of(self, column: int) -> tuple[float, ...]:
        """The steps of a column, ascending: the model's scale, else the scores that the column holds; none for a count."""
        field = self.columns[column]
        if field in COUNTED:
            return ()
        if self.rules.scale and field in (*self.rules.weights, "job_size"):
            return tuple(float(step) for step in self.rules.scale)
        held = self.scores[:, column]
        return tuple(float(step) for step in np.unique(held[~np.isnan(held)]))

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of factors that the ranking depends on."""
        if self.method == STACK_RANK:
            return frozenset()
        return frozenset({Kind.BENEFIT, *_DIVIDED_BY.get(self._per, ())})

    def has_factor(self, epic: Epic) -> bool:
        """Whether a factor of benefit multiplies what an epic is ranked by: money, or points that stand for nothing else."""
        in_money = self.method == "cd3" or (self.shape is not None and self.shape.once)
        return in_money or (epic.benefit_per_week is None and not epic.value_curve)

    @property
    def _per(self) -> str | None:
        """What the method divides by."""
        if self.method == "cd3":
            return "duration"
        return self.rules.denominator if self.shape is None else self.shape.per

    def keys(self, scores: Floats, factors: DrawnFactors) -> Keys:
        """What epics are ranked by with these scores (draw, epic, column) and factors (draw, epic)."""
        if self.method == STACK_RANK:
            alike = np.zeros(scores.shape[:2])
            return alike, alike
        worth = self._worth(scores) * np.where(self._has_factor, factors.benefit, 1.0)
        if self.method != "cd3" and self.shape is not None:
            return worth * self._times(self.shape, scores) / self._divisor(scores, factors), worth
        return worth / self._divisor(scores, factors), worth

    def _worth(self, scores: Floats) -> Floats:
        """Cost of delay in points or money, or what a scoring shape says that an epic is worth; added up in its order."""
        by_money = self.method == "cd3"
        if self.shape is not None and (not by_money or not self.shape.once):
            points = _product(
                scores, [self.columns.index(field) for field in self.shape.worth if field in self.columns]
            )
        else:
            points = np.zeros(scores.shape[:2])
            for column, weight in enumerate(self.rules.weights.values() if self.columns else ()):
                points = points + weight * scores[:, :, column]
        if not by_money:
            return points
        earned = np.where(np.isnan(self._money), points * (self.portfolio.point_value or 0.0), self._money)
        return np.asarray(self._confidence * earned, dtype=np.float64)

    def _times(self, shape: ScoringShape, scores: Floats) -> Floats:
        """The further factors of a scoring shape."""
        times = np.ones(scores.shape[:2])
        for field in shape.times:
            times = times * (self._confidence if field == "confidence" else scores[:, :, self.columns.index(field)])
        return times * math.prod(shape.times.values())

    def _divisor(self, scores: Floats, factors: DrawnFactors) -> Floats:
        per = self._per
        if per == "job_size":
            return np.asarray(scores[:, :, self.columns.index("job_size")], dtype=np.float64)
        if per == "duration":
            weeks = self.portfolio.calendar.weeks
            return np.array([float(epic.shortest * weeks) for epic in self.epics])
        if per == "effort":
            return np.asarray(factors.effort * [sum(epic.effort.values()) for epic in self.epics], dtype=np.float64)
        if per == "cost":
            return self._costs(factors)
        return np.ones(len(self.epics))

    def _costs(self, factors: DrawnFactors) -> Floats:
        """What epics cost with their factors; in a model that compares sizes, in relation to the cheapest as planned."""
        external = np.array([epic.external_cost or 0.0 for epic in self.epics])
        planned = np.array([cost(epic, self.portfolio) or epic.external_cost or 0.0 for epic in self.epics])
        drawn = planned + (planned - external) * (factors.effort - 1) + external * (factors.cost - 1)
        if self.shape is not None:
            return np.asarray(drawn, dtype=np.float64)
        everywhere = [cost(epic, self.portfolio) for epic in self.portfolio.epics]
        return np.asarray(drawn / min((money for money in everywhere if money > 0), default=1.0), dtype=np.float64)

    @cached_property
    def _money(self) -> Floats:
        given = [epic.benefit_per_week for epic in self.epics]
        return np.array([math.nan if money is None else money for money in given], dtype=np.float64)

    @cached_property
    def _confidence(self) -> Floats:
        return np.array([1.0 if epic.confidence is None else epic.confidence for epic in self.epics])

    @cached_property
    def _has_factor(self) -> Floats:
        return np.array([self.has_factor(epic) for epic in self.epics], dtype=np.bool_)


_DIVIDED_BY: Mapping[str | None, tuple[Kind, ...]] = {
    "effort": (Kind.EFFORT,),
    "cost": (Kind.EFFORT, Kind.COST),
}


def _product(scores: Floats, columns: list[int]) -> Floats:
    """The product of some columns, in their order."""
    made = np.ones(scores.shape[:2])
    for column in columns:
        made = made * scores[:, :, column]
    return made
