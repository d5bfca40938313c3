"""What the solver can claim: proven best, best found, impossible, or nothing found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Claim = Literal["proven best", "best found", "impossible", "nothing found"]
StoppedBy = Literal["gap", "time limit", "interrupt"]


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
