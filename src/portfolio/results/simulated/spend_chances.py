"""What a value stream spends in a budget period in many futures."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.results.simulated.chance import Chance, Estimate
from portfolio.tabular import Column, Table

BEYOND = "after the plan"
"""The budget period of what is spent after the plan's last one."""
SPEND_CHANCES = Table(
    "spend_chances",
    "What each value stream spends in each budget period in many futures; all of them together come last.",
    (
        Column("value_stream", "text", "ID of the value stream; blank for all together."),
        Column("budget_period", "period", "The budget period; `after the plan` is what is spent beyond its last one."),
        Column("funded", "number", "Its budget with what was moved; absent where none limits.", "money"),
        Column("planned", "number", "What the plan spends.", "money"),
        Column("mean", "number", "What is spent on average.", "money"),
        Column("p50", "number", "What half of the futures do not exceed.", "money"),
        Column("p85", "number", "What 85 of 100 futures do not exceed.", "money"),
        Column("above_budget", "number", "Chance to spend more than the budget.", "share"),
    ),
    ("value_stream", "budget_period"),
)


@dataclass(frozen=True)
class SpendChances:
    """One value stream in one budget period: what it may spend; `id` is blank for all value streams together."""

    id: str
    budget_period: str
    funded: float | None
    planned: float
    mean: Estimate
    p50: Estimate
    p85: Estimate
    above_budget: Chance | None

    def as_json(self) -> dict[str, object]:
        """The line in the published JSON format."""
        chance = self.above_budget
        return {
            "value_stream": self.id or None,
            "budget_period": self.budget_period,
            "funded": self.funded,
            "planned": self.planned,
            "mean": self.mean.value,
            "standard_error": self.mean.standard_error,
            "p50": self.p50.value,
            "p85": self.p85.value,
            "above_budget": None if chance is None else chance.share,
            "above_budget_interval": None if chance is None or chance.interval is None else list(chance.interval),
        }
