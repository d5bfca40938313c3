"""A budget of zero for work that costs something."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding


def no_money(situation: Situation) -> Iterator[FieldFinding]:
    """A value stream whose budget is 0 in every period, and whose work costs money: nothing can start there."""
    for index, stream in enumerate(situation.portfolio.value_streams):
        if stream.budget is not None and not any(stream.budget) and situation.spends(index):
            yield FieldFinding(
                ("value_streams", index, "budget"),
                f"The budget of {stream.title} is 0 in every period.",
                "Every epic that needs it costs money there, so none can start.",
                "Enter its budget, or delete its row if money limits nothing.",
                "warning",
            )
