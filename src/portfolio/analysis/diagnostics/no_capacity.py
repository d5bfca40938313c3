"""A value stream that epics need and that has no capacity in any period."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding


def no_capacity(situation: Situation) -> Iterator[FieldFinding]:
    """Nothing that needs this value stream can ever start: its capacity is 0 throughout."""
    for index, stream in enumerate(situation.portfolio.value_streams):
        if situation.needs(index) and not any(stream.capacity) and not stream.max_budget_shift:
            yield FieldFinding(
                ("value_streams", index, "capacity"),
                f"{stream.title} has no capacity in any period.",
                "No epic that needs it can start.",
                "Enter its capacity, or take its effort out of the epics.",
                "warning",
            )
