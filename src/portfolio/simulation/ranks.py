"""How robust a ranking is: every epic scored and ranked anew in many draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portfolio.domain import Portfolio
from portfolio.errors import WrongUseError
from portfolio.options import Flags, Floats, Ints, cost
from portfolio.results.simulated.chance import Chance
from portfolio.results.simulated.rank_chances import MOST_PAIRS, RankChances, RankLine
from portfolio.scoring import Ranking, ScoringRules
from portfolio.scoring.ranking import METHOD_WORDS
from portfolio.simulation.futures import DrawnFutures, Futures
from portfolio.simulation.scores import Scores, ScoreSource, scores_source
from portfolio.simulation.statistics import Sample, wilson
from portfolio.simulation.unknowns import uncertainty_of

PART = 1000
"""Draws that are ranked at a time."""
SURE = 0.8
"""The chance from which on one epic is known to rank above another."""


@dataclass(frozen=True)
class RankStudy:
    """A ranking whose scores, and where they decide, efforts, costs and benefits vary."""

    portfolio: Portfolio
    rules: ScoringRules
    ranking: Ranking
    seed: int
    draws: int

    @property
    def ranked(self) -> list[int]:
        """The epics that have a rank, in the order of today's, by their place in the sheet."""
        index = self.portfolio.epic_index
        return [index[line.id] for line in self.ranking.epics if line.rank is not None]

    def measure(self, top: int | None = None) -> RankChances:
        """Where each epic may stand; `top` is how many count as the first ones."""
        if self.ranking.method not in {"wsjf", "cd3"}:
            raise WrongUseError(
                f"The ranking is by {METHOD_WORDS[self.ranking.method]}, which has no scores with a scale, so there is nothing "
                "to draw for `ranks`.",
                "ranks",
            )
        scores = Scores.of(self.portfolio, self.rules)
        source = scores_source(scores, self.seed, self.draws, alone=self._scores_alone)
        ranks, chances = self._ranks(source)
        return self._measured(ranks, chances, source, top or len(self.ranked))

    @property
    def _scores_alone(self) -> bool:
        """Whether nothing but scores decides the order."""
        return self.ranking.method == "wsjf" and self.rules.denominator in {"job_size", "duration"}

    def _ranks(self, source: ScoreSource) -> tuple[Ints, Floats]:
        """The rank of each ranked epic in each draw, and the chance of each draw."""
        uncertainty = uncertainty_of(self.portfolio, [epic.id for epic in self.portfolio.epics])
        factors = DrawnFutures(uncertainty, 1, self.seed, source.count)
        today = np.argsort(np.argsort(self.ranked))
        parts = []
        for first in range(0, source.count, PART):
            scores, chance = source.part(first, PART)
            drawn = None if self._scores_alone else factors.part(first, PART)
            parts.append((_order(*self._figures(scores, drawn))[:, today], chance))
        return np.concatenate([ranks for ranks, _ in parts]), np.concatenate([chance for _, chance in parts])

    def _figures(self, scores: Floats, drawn: Futures | None) -> tuple[Floats, Floats]:
        """Cost of delay and score by draw and ranked epic, in the order of the sheet."""
        epics, place = self.portfolio.epics, sorted(self.ranked)
        weights = np.array(list(self.rules.weights.values()))
        delay = np.zeros((len(scores), len(epics)))
        for field, weight in enumerate(weights):
            delay += weight * scores[:, :, field]
        if self.ranking.method == "cd3":
            benefit = np.ones_like(delay) if drawn is None else drawn.benefit
            delay = self._money(delay, benefit)
            size = np.array([epic.shortest * self.portfolio.calendar.weeks for epic in epics])
            return delay[:, place], delay[:, place] / size[place]
        return delay[:, place], (delay / self._denominator(scores, drawn))[:, place]

    def _money(self, delay: Floats, benefit: Floats) -> Floats:
        """Money per week as far as it is expected."""
        point = self.portfolio.point_value or 0.0
        given = np.array(
            [np.nan if epic.benefit_per_week is None else epic.benefit_per_week for epic in self.portfolio.epics]
        )
        share = np.array([1.0 if epic.confidence is None else epic.confidence for epic in self.portfolio.epics])
        return np.asarray(np.where(np.isnan(given), delay * point, given) * benefit * share, dtype=np.float64)

    def _denominator(self, scores: Floats, drawn: Futures | None) -> Floats:
        epics, rules = self.portfolio.epics, self.rules
        if rules.denominator == "job_size":
            return scores[:, :, len(rules.weights)]
        if rules.denominator == "duration" or drawn is None:
            return np.array([[epic.shortest * self.portfolio.calendar.weeks for epic in epics]], dtype=np.float64)
        effort = np.array([sum(epic.effort.values()) for epic in epics])
        if rules.denominator == "effort":
            return effort * drawn.effort
        external = np.array([epic.external_cost or 0.0 for epic in epics])
        people = np.array([cost(epic, self.portfolio) for epic in epics]) - external
        return np.asarray(people * drawn.effort + external * drawn.cost, dtype=np.float64)

    def _measured(self, ranks: Ints, weights: Floats, source: ScoreSource, top: int) -> RankChances:
        chances = weights / weights.sum()
        exact = not hasattr(source, "seed")
        count = len(ranks)

        def chance(holds: Flags) -> Chance:
            share = min(1.0, float(np.dot(np.asarray(holds, dtype=np.float64), chances)))
            return Chance(share, None if exact else wilson(share, count))

        bands = _bands(ranks, chances)
        lines = []
        for place, index in enumerate(self.ranked):
            epic, own = self.portfolio.epics[index], Sample(ranks[:, place].astype(np.float64), chances)
            lines.append(
                RankLine(
                    id=epic.id,
                    title=epic.title,
                    rank=place + 1,
                    median=int(own.percentile(0.5)),
                    p10=int(own.percentile(0.1)),
                    p90=int(own.percentile(0.9)),
                    in_top=chance(ranks[:, place] <= top),
                    first=chance(ranks[:, place] == 1),
                    band=bands[place],
                )
            )
        few = ranks.shape[1] <= MOST_PAIRS
        above = [tuple(map(float, row)) for row in _above(ranks, chances)] if few else []
        return RankChances(count, exact, top, tuple(lines), tuple(above))


def _order(delay: Floats, score: Floats) -> Ints:
    """Ranks by score; among equals the higher cost of delay comes first, then the order of the sheet."""
    by_delay = np.argsort(-delay, axis=1, kind="stable")
    by_score = np.argsort(-np.take_along_axis(score, by_delay, axis=1), axis=1, kind="stable")
    order = np.take_along_axis(by_delay, by_score, axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, order.shape[1] + 1)[None], axis=1)
    return ranks


def _bands(ranks: Ints, chances: Floats) -> list[int]:
    """The band of each epic: it joins while the chance that the one that opened the band ranks above it is below 80 %."""
    bands: list[int] = []
    opener = 0
    for place in range(ranks.shape[1]):
        if bands and float(np.dot(ranks[:, opener] < ranks[:, place], chances)) >= SURE - 1e-12:
            opener = place
            bands.append(bands[-1] + 1)
        else:
            bands.append(bands[-1] if bands else 1)
    return bands


def _above(ranks: Ints, chances: Floats) -> Floats:
    """The chance that the row's epic ranks above the column's."""
    count = ranks.shape[1]
    found = np.zeros((count, count))
    for place in range(count):
        found[place] = chances @ (ranks[:, [place]] < ranks)
    return found
