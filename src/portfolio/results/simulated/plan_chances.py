"""What a whole plan is worth in many futures."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.results.simulated.chance import Chance, Estimate


@dataclass(frozen=True)
class PlanChances:
    """A plan's value in many futures: on average, in the middle, to count on, in the worst tenth; and its dates.

    `dates_kept` is the chance that every epic with a deadline or a latest period is done by it; None where there is none.
    `use` is the mean share of what each value stream can do within the plan that it does.
    """

    planned: float
    mean: Estimate
    p10: Estimate
    p50: Estimate
    p90: Estimate
    count_on: Estimate
    worst_mean: Estimate
    dates_kept: Chance | None
    use: dict[str, float]

    def as_json(self) -> dict[str, object]:
        """The plan in the published JSON format."""
        return {
            "planned_value": self.planned,
            "mean": self.mean.value,
            "standard_error": self.mean.standard_error,
            **{name: getattr(self, name).value for name in ("p10", "p50", "p90")},
            "count_on_85": self.count_on.value,
            "cvar_10": self.worst_mean.value,
            "intervals": {
                name: list(one.interval)
                for name in ("p10", "p50", "p90", "count_on")
                if (one := getattr(self, name)).interval is not None
            },
            "dates_kept": None if self.dates_kept is None else self.dates_kept.share,
            "use": self.use,
        }
