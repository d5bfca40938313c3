"""A value stream with capacity that no epic asks for."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding


def idle_stream(situation: Situation) -> Iterator[FieldFinding]:
    """People are funded and no candidate gives them work: often an ID that is spelt differently."""
    for index, stream in enumerate(situation.portfolio.value_streams):
        if any(stream.capacity) and situation.candidates and not situation.needs(index):
            yield FieldFinding(
                ("value_streams", index, "id"),
                f"{stream.title} has capacity, and no epic needs effort from it.",
                "Whatever is planned, it stays idle.",
                "Give epics effort in it, or delete it.",
                "warning",
            )
