"""A budget that limits nothing, because the work that it pays for costs nothing."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding


def no_price(situation: Situation) -> Iterator[FieldFinding]:
    """A value stream with a budget, whose effort has no cost per unit and whose epics no external cost."""
    for index, stream in enumerate(situation.portfolio.value_streams):
        if stream.budget is not None and situation.needs(index) and not situation.spends(index):
            yield FieldFinding(
                ("value_streams", index, "cost_per_unit"),
                f"{stream.title} has a budget, and nothing costs anything there.",
                "Spend is effort at the cost per unit, and external cost; both are 0, so the budget never limits.",
                "Enter its Cost per unit, or delete its budget.",
                "warning",
            )
