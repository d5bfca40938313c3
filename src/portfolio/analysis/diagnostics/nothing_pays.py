"""Spend is subtracted from value, and no epic earns what it costs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding
from portfolio.domain.wording import amount


def nothing_pays(situation: Situation) -> Iterator[FieldFinding]:
    """With the objective `net` every epic loses money: often value and cost are in different units."""
    options = situation.options
    if not situation.net or not np.any(options.value > 0):
        return
    net = options.value - options.spend
    if np.any(net > 0):
        return
    best = int(np.argmax(net))
    epic, unit = situation.portfolio.epics[options.epic[best]], situation.portfolio.value_unit
    yield FieldFinding(
        ("epics", int(options.epic[best]), "benefit_per_week"),
        "No epic earns what it costs.",
        f"The objective is value less spend, and the best, {epic.id}, earns {amount(float(options.value[best]), unit)} "
        f"and costs {amount(float(options.spend[best]), unit)}.",
        "Check that values and costs are in the same unit, or use a model that maximises value.",
        "warning",
    )
