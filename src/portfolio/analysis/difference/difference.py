"""The whole difference between two portfolios: the changes, and what they do to the ranking and the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portfolio.analysis.difference.change import Change
from portfolio.analysis.difference.ranking_difference import RankLine
from portfolio.domain import Finding
from portfolio.results.plan_difference import PlanEffect
from portfolio.scoring import Ranking


@dataclass(frozen=True)
class Difference:
    """What changed from portfolio `a` to portfolio `b`, and what that does to ranking and plan.

    `changes` is null where one of the two could not be read, `ranking` and `plan` where there are errors; `plan` is null
    also where nothing changed, nothing was to be planned, or one of the two has no value streams with capacity.
    """

    a: str
    b: str
    changes: tuple[Change, ...] | None
    rankings: tuple[Ranking, Ranking] | None
    ranking: tuple[RankLine, ...] | None
    plan: PlanEffect | None
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The difference in the published JSON format."""
        return {
            "format": 1,
            "a": self.a,
            "b": self.b,
            "changes": None if self.changes is None else [change.as_json() for change in self.changes],
            "ranking": None if self.ranking is None else [line.as_json() for line in self.ranking],
            "plan": None if self.plan is None else self.plan.as_json(),
            "findings": [finding.as_json() for finding in self.findings],
        }
