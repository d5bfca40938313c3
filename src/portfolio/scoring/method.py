"""What every scoring method offers: a score per epic, higher first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from portfolio.domain import Portfolio
from portfolio.scoring.rules import ScoringRules


@dataclass(frozen=True)
class Score:
    """A ratio with its parts; any of them is None where it cannot be computed from what was given."""

    numerator: float | None
    denominator: float | None

    @property
    def ratio(self) -> float | None:
        """Numerator by denominator, where both are known and the denominator is above 0."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator


class ScoringMethod(Protocol):
    """One way to rank epics."""

    name: str

    def scores(self, portfolio: Portfolio, rules: ScoringRules) -> list[Score]:
        """A score for each epic, in the order of the sheet."""
        ...
