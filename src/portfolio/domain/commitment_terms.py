"""What a way of working commits to: which epics are only options yet, how far a plan is decided, and what is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Commitment = Literal["committed", "forecast", "outlook"]
"""How sure a start is: decided, foreseen and decided anew at the next review, or further away than anybody forecasts."""


@dataclass(frozen=True)
class CommitmentTerms:
    """The terms of one operating model, in states without their case and periods counted from 0; the default says nothing.

    `begins` is the first period in which an epic of a state may begin, for states before the commitment point; None is
    never. `point` is the state from which work is committed to.
    """

    point: str | None = None
    committed_periods: int | None = None
    forecast_periods: int | None = None
    begins: Mapping[str, int | None] = field(default_factory=dict)
    frozen: bool = False
    words: Mapping[Commitment, str] = field(default_factory=dict)
    """What the way of working calls each, where it has a word of its own."""

    def word(self, commitment: Commitment) -> str:
        """What a start that is so sure is called."""
        return self.words.get(commitment, commitment)

    def of_start(self, period: int) -> Commitment | None:
        """How sure a start in a period is; None where nothing tells periods apart."""
        if self.committed_periods is None:
            return None
        if period < self.committed_periods:
            return "committed"
        if self.forecast_periods is None or period < self.committed_periods + self.forecast_periods:
            return "forecast"
        return "outlook"


NO_TERMS = CommitmentTerms()
"""What a model without such a section says."""
