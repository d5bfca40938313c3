"""Whatever the owner draws."""

from __future__ import annotations

import numpy as np

from portfolio.domain import Epic
from portfolio.urgency.discounting import Weeks
from portfolio.urgency.profile import Terms, UrgencyProfile


class Curve(UrgencyProfile):
    """Value is read off the curve that the epic's owner drew.

    Rule: straight lines between the points `week: value`, flat outside; it may never rise.
    Formula: linear interpolation of the points at week s. A drawn value is not discounted again.
    Unit: money, or points where no epic has money.
    Why: some epics follow no formula, and their owner knows.
    Source: economics of the product owner; no framework prescribes it.
    Example: points 0: 900 and 40: 100, done at week 20: 500.
    """

    name = "curve"

    def value(self, epic: Epic, done: Weeks, terms: Terms) -> Weeks:  # noqa: ARG002
        """Value if done at each of these weeks."""
        weeks, values = np.array(epic.value_curve or ((0.0, 0.0),), dtype=float).T
        return np.asarray(np.interp(done, weeks, values), dtype=np.float64)
