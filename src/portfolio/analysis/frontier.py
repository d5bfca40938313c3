"""The efficient frontier: what each step of one figure is worth, spends and uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from portfolio.analysis.comparison import Alternative
from portfolio.domain import Finding
from portfolio.optimizer.outcome import Outcome, bounded

NOTHING = 1e-6
"""A value that is better by less than this, relatively, is not better."""


@dataclass(frozen=True)
class Step:
    """One step of a frontier: by how much or to what the figure is set, and the best plan found for it."""

    amount: float
    alternative: Alternative

    @property
    def outcome(self) -> Outcome:
        """What can be claimed of the plan."""
        return self.alternative.answer.outcome


@dataclass(frozen=True)
class Frontier:
    """What a figure is worth over its steps.

    `direction` is 1 where a higher step never allows less, -1 where a lower one does not, 0 where neither is certain.
    """

    figure: str
    percent: bool
    direction: int
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]

    def label(self, step: Step) -> str:
        """A step as people write it."""
        return f"{step.amount * 100:.12g}%" if self.percent else f"{step.amount:,.12g}"

    def gains(self) -> list[float | None]:
        """How much more each step is worth than the one before it; None where one of the two has no plan."""
        values = [step.outcome.value for step in self.steps]
        return [
            None if turn == 0 or value is None or (before := values[turn - 1]) is None else value - before
            for turn, value in enumerate(values)
        ]

    def as_json(self) -> dict[str, Any]:
        """The frontier in the published JSON format."""
        portfolio = self.steps[0].alternative.answer.portfolio
        return {
            "format": 1,
            "portfolio": portfolio.name,
            "unit": portfolio.value_unit,
            "figure": self.figure,
            "direction": self.direction,
            "steps": [self._step(step, gain) for step, gain in zip(self.steps, self.gains(), strict=True)],
            "findings": [finding.as_json() for finding in self.findings],
        }

    def _step(self, step: Step, gain: float | None) -> dict[str, Any]:
        told = step.alternative
        return {
            "step": self.label(step),
            "amount": step.amount,
            "outcome": asdict(step.outcome),
            "gain": gain,
            "spend": told.spend,
            "epics_started": told.started,
            "utilisation": told.utilisation,
            "value_streams": [asdict(use) for use in told.uses],
            "epics": [
                {"id": line.id, "start": line.start, "finish": line.finish}
                for line in told.answer.epics
                if line.start is not None
            ],
        }


def with_bounds(outcomes: Sequence[Outcome], direction: int) -> list[Outcome]:
    """The outcomes of steps in rising order, with the bounds that looser steps prove for tighter ones.

    What no plan can exceed where more is allowed, none can exceed where less is.
    """
    if not direction:
        return list(outcomes)
    told: list[Outcome] = []
    lowest: float | None = None
    for outcome in outcomes[::-direction]:
        if outcome.bound is not None:
            lowest = outcome.bound if lowest is None else min(lowest, outcome.bound)
        told.append(bounded(outcome, lowest))
    return told[::-direction]
