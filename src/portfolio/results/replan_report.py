"""What a stable re-plan kept of what was agreed, and what keeping it cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.analysis.difference import PlanEffect
from portfolio.analysis.difference.plan_difference import PlannedEpic
from portfolio.results.answer import Answer


@dataclass(frozen=True)
class ReplanReport:
    """A plan that changes least of an agreed one, among those within a tolerance of the best plan's value.

    `effect` leads from the agreed plan to this one; `fewest` says whether it is proven that no plan worth the `floor`
    drops fewer agreed epics, or as many and moves fewer. `left_out` is what was agreed and the portfolio no longer has.
    """

    answer: Answer
    agreed: int
    effect: PlanEffect
    best_value: float
    floor: float
    tolerance: float
    fewest: bool
    left_out: Mapping[str, str]

    def of(self, change: str) -> list[PlannedEpic]:
        """The epics that started, moved or dropped."""
        return [line for line in self.effect.epics if line.change == change]

    @property
    def value(self) -> float:
        """What the plan is worth."""
        return self.answer.outcome.value or 0.0

    @property
    def cost(self) -> float:
        """What keeping costs: the best plan's value less this one's, at least 0."""
        return max(0.0, self.best_value - self.value)

    def as_json(self) -> dict[str, Any]:
        """The account in the published JSON format."""
        return {
            "agreed": self.agreed,
            "dropped": [line.id for line in self.of("dropped")],
            "moved": [
                {
                    "id": line.id,
                    "before": [line.start_before, line.finish_before],
                    "after": [line.start_after, line.finish_after],
                }
                for line in self.of("moved")
            ],
            "started": [line.id for line in self.of("started")],
            "fewest": self.fewest,
            "best_value": self.best_value,
            "floor": self.floor,
            "tolerance": self.tolerance,
            "value": self.value,
            "cost": self.cost,
            "left_out": dict(self.left_out),
        }
