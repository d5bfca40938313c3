"""Scoring shapes: scores that are a product of figures, such as RICE, as data says."""

from __future__ import annotations

from portfolio.domain import Epic, Portfolio
from portfolio.domain.scoring_shapes import ScoringShape
from portfolio.options import cost
from portfolio.scoring.method import Score


def shape_scores(portfolio: Portfolio, shape: ScoringShape) -> list[Score]:
    """A score for each epic, in the order of the sheet: worth x further factors / what it takes."""
    return [Score(_numerator(epic, shape), takes(epic, portfolio, shape)) for epic in portfolio.epics]


def _numerator(epic: Epic, shape: ScoringShape) -> float | None:
    worth, factor = shape.worth_of(epic), shape.factor_of(epic)
    return None if worth is None or factor is None else worth * factor


def takes(epic: Epic, portfolio: Portfolio, shape: ScoringShape) -> float | None:
    """What a shape divides by: job size, or what the epic costs in all; 1 where it divides by nothing."""
    if shape.per is None:
        return 1.0
    if shape.per == "job_size":
        return epic.job_size
    return cost(epic, portfolio) or epic.external_cost
