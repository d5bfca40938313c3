"""The outcome: what can be claimed of a plan - proven best, best found, impossible, or nothing found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from portfolio.domain.tolerance import ROUNDING

Claim = Literal["proven best", "best found", "impossible", "nothing found"]
StoppedBy = Literal["gap", "time limit", "interrupt", "solver"]


@dataclass(frozen=True)
class Outcome:
    """The claim with its evidence: value of the plan, the bound no plan can exceed, and the gap between them.

    `value` and `bound` are in the portfolio's unit of value, `gap` is (bound - value) / |value|, at least 0.
    """

    claim: Claim
    value: float | None
    bound: float | None
    gap: float | None
    seconds: float
    stopped_by: StoppedBy | None


def relative_gap(value: float, bound: float) -> float | None:
    """(bound - value) / |value|, at least 0; 0 where both are 0, None where the bound is unknown or the value is 0."""
    if bound == float("inf"):
        return None
    if bound - value <= ROUNDING * min(1.0, abs(value)):
        return 0.0
    return (bound - value) / abs(value) if value else None


def bounded(outcome: Outcome, bound: float | None) -> Outcome:
    """An outcome with a bound that is known from elsewhere, where that says more than its own."""
    if outcome.value is None or bound is None or (outcome.bound is not None and outcome.bound <= bound):
        return outcome
    bound = max(bound, outcome.value)
    return replace(outcome, bound=bound, gap=relative_gap(outcome.value, bound))
