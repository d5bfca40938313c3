"""WSJF: weighted shortest job first."""

from __future__ import annotations

from portfolio.domain import Epic, Portfolio
from portfolio.options import cost
from portfolio.scoring.method import Score
from portfolio.scoring.rules import ScoringRules


class Wsjf:
    """The most relative value per unit of size comes first.

    Rule: cost of delay is the weighted sum of the relative scores; WSJF divides it by the model's denominator.
    Formula: (user-business value + time criticality + RR/OE) / job size, with SAFe's weights of 1.
    Unit: points per point of size; it ranks, it measures nothing.
    Why: with one thing done after another, this order loses least to delay.
    Source: SAFe, WSJF; Reinertsen, The Principles of Product Development Flow.
    Example: scores 13, 8, 1 and size 8: 22 / 8 = 2.75.
    """

    name = "wsjf"

    def scores(self, portfolio: Portfolio, rules: ScoringRules) -> list[Score]:
        """A score for each epic, in the order of the sheet."""
        sizes = _sizes(portfolio, rules)
        return [Score(cost_of_delay(epic, rules), size) for epic, size in zip(portfolio.epics, sizes, strict=True)]


def cost_of_delay(epic: Epic, rules: ScoringRules) -> float | None:
    """The relative cost of delay of an epic: the weighted sum of its scores, or None if one is missing."""
    total = 0.0
    for field, weight in rules.weights.items():
        score = epic.figure(field)
        if score is None:
            return None
        total += weight * score
    return total


def worth_per_week(epic: Epic, portfolio: Portfolio, rules: ScoringRules) -> float | None:
    """What a week of delay costs in points: by the scoring shape that ranks the epics, else the cost of delay."""
    shape = portfolio.shape
    if shape is None:
        return cost_of_delay(epic, rules)
    return None if shape.once else shape.worth_of(epic)


def _sizes(portfolio: Portfolio, rules: ScoringRules) -> list[float | None]:
    epics = portfolio.epics
    if rules.denominator == "job_size":
        return [epic.job_size for epic in epics]
    if rules.denominator == "duration":
        return [epic.shortest * portfolio.calendar.weeks for epic in epics]
    if rules.denominator == "effort":
        return [sum(epic.effort.values()) or None for epic in epics]
    costs = [cost(epic, portfolio) for epic in epics]
    cheapest = min((money for money in costs if money > 0), default=1.0)
    return [money / cheapest or None for money in costs]
