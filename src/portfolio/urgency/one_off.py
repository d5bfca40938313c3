"""One-off: an epic is worth its net present value, whenever within the horizon it is done."""

from __future__ import annotations

import numpy as np

from portfolio.domain import Epic
from portfolio.urgency.discounting import Weeks, factor
from portfolio.urgency.formula import ValueCells
from portfolio.urgency.profile import Terms, UrgencyProfile


class OneOff(UrgencyProfile):
    """It is worth one figure, earned once; waiting costs only what discounting takes.

    Rule: done within the value horizon it is worth its net present value.
    Formula: N if s <= H, else 0, never below 0. Discounted, N counts at week s.
    Unit: money.
    Why: capital budgeting chooses among one-off values under a budget; when they are earned, each of them says itself.
    Source: Lorie and Savage, Three problems in rationing capital.
    Example: net present value 300, done at week 20 of a horizon of 72: 300.
    """

    name = "one-off"

    def value(self, epic: Epic, done: Weeks, terms: Terms) -> Weeks:
        """Value if done at each of these weeks."""
        worth = max(0.0, epic.net_present_value or 0.0) * factor(done, terms.decay)
        return np.where(np.asarray(done) <= terms.horizon_weeks, worth, 0.0)

    def formula(self, epic: Epic, cells: ValueCells) -> str | None:  # noqa: ARG002
        """The same value as a formula of a workbook."""
        worth = f"MAX(0,{cells.field('net_present_value')})*{cells.worth(cells.done)}"
        return f"IF({cells.done}<={cells.horizon},{worth},0)"
