"""Peak lost: each week of delay costs a week's benefit and lowers the plateau for good."""

from __future__ import annotations

import numpy as np

from portfolio.domain import Epic
from portfolio.urgency.discounting import Weeks, weeks_between
from portfolio.urgency.formula import ValueCells
from portfolio.urgency.profile import Terms, UrgencyProfile


class PeakLost(UrgencyProfile):
    """Being late loses weeks of benefit and lowers the plateau for good.

    Rule: each week of delay lowers the plateau by the share in `Peak loss`.
    Formula: b * max(0, 1 - k s) * max(0, E - s), E = min(H, life weeks).
    Unit: money, or points where no epic has money.
    Why: a first mover keeps a market share that a follower never wins back.
    Source: Black Swan Farming's urgency profiles (long life cycle, peak affected by delay).
    Example: 10 a week, 1 % lost per week, done at week 20 of 72: 10 * 0.8 * 52 = 416.
    """

    name = "peak lost"

    def value(self, epic: Epic, done: Weeks, terms: Terms) -> Weeks:
        """Value if done at each of these weeks."""
        plateau = np.maximum(0.0, 1 - (epic.peak_loss or 0.0) * done)
        return terms.benefit * plateau * weeks_between(done, terms.last_week(epic), terms.decay)

    def formula(self, epic: Epic, cells: ValueCells) -> str | None:  # noqa: ARG002
        """The same value as a formula of a workbook."""
        plateau = f"MAX(0,1-{cells.peak_loss}*{cells.done})"
        return f"{cells.benefit}*{plateau}*{cells.weeks(cells.done, cells.last)}"
