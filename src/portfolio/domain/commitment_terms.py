"""What a way of working commits to: which epics are only options yet, how far a plan is decided, and what is frozen."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Commitment = Literal["committed", "forecast", "outlook"]
"""How sure a start is: decided, foreseen and decided anew at the next review, or further away than anybody forecasts."""


@dataclass(frozen=True)
class CommitmentTerms:
    """The terms of one operating model, in states without their case and periods counted from 0; the default says nothing.

    `begins` is the first period in which an epic of a state may begin, for states before the commitment point; None is
    never. `point` is the state from which work is committed to; `settled` are that state and those after it, where what is
    committed to follows from the state alone, whenever it begins.
    """

    point: str | None = None
    committed_periods: int | None = None
    forecast_periods: int | None = None
    begins: Mapping[str, int | None] = field(default_factory=dict)
    frozen: bool = False
    settled: frozenset[str] = frozenset()
    words: Mapping[Commitment, str] = field(default_factory=dict)
    """What the way of working calls each, where it has a word of its own."""

    def word(self, commitment: Commitment) -> str:
        """What a start that is so sure is called."""
        return self.words.get(commitment, commitment)

    def committed_until(self, state: str | None) -> int | None:
        """In how many periods, from the first, a start is committed to, of work in this state; None where nothing says so."""
        if self.committed_periods is None or not self.settled or state is None:
            return self.committed_periods
        if state.casefold() in self.settled:
            return sys.maxsize
        return 0 if state.casefold() in self.begins else self.committed_periods

    def of_start(self, period: int, state: str | None = None) -> Commitment | None:
        """How sure a start in a period is, of work in this state; None where nothing tells periods apart."""
        until = self.committed_until(state)
        if self.committed_periods is None or until is None:
            return None
        if period < until:
            return "committed"
        if self.forecast_periods is None or period < self.committed_periods + self.forecast_periods:
            return "forecast"
        return "outlook"


NO_TERMS = CommitmentTerms()
"""What a model without such a section says."""
