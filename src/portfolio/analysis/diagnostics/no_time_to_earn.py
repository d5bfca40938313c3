"""A value horizon that ends before any epic is done."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding
from portfolio.domain.wording import figure


def no_time_to_earn(situation: Situation) -> Iterator[FieldFinding]:
    """No epic earns anything however it is done, so any plan is as good as none; an order needs no value."""
    options, portfolio = situation.options, situation.portfolio
    if not len(options) or np.any(options.value > 0) or portfolio.ranked_by == "sheet":
        return
    done = float(np.min(options.finish) + 1) * portfolio.calendar.weeks
    horizon = portfolio.horizon_weeks
    if done >= horizon:
        yield FieldFinding(
            ("value_horizon_weeks",),
            "No epic can earn anything.",
            f"The first is done in week {figure(done)}, and value counts until week {figure(horizon)}.",
            "Raise Value horizon weeks.",
            "warning",
        )
        return
    yield FieldFinding(
        ("epics", "benefit_per_week"),
        "No epic can earn anything.",
        "Whenever it is done, its value is 0.",
        "Look at benefits, confidence, life weeks and deadlines.",
        "warning",
    )
