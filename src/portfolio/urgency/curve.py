"""Value curve: value follows the points that the epic gives."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from portfolio.domain import Epic
from portfolio.urgency.discounting import Weeks
from portfolio.urgency.formula import ValueCells
from portfolio.urgency.profile import Terms, UrgencyProfile

MOST_POINTS = 50
"""A curve with more points than this does not fit into a formula; its value stays as computed."""


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

    def formula(self, epic: Epic, cells: ValueCells) -> str | None:
        """The same value as a formula of a workbook; the points are those that were read."""
        points, done = epic.value_curve, cells.done
        if points is None:
            return "0"
        if len(points) > MOST_POINTS:
            return None
        formula = f"{points[-1][1]!r}"
        for (week, worth), (next_week, next_worth) in reversed(list(pairwise(points))):
            line = f"{worth!r}+({next_worth - worth!r})*({done}-{week!r})/{next_week - week!r}"
            formula = f"IF({done}<{next_week!r},{line},{formula})"
        return f"IF({done}<={points[0][0]!r},{points[0][1]!r},{formula})"
