"""An urgency that nobody has, added as the recipe says: its own file and one line in the family."""

from __future__ import annotations

import numpy as np

from portfolio.domain import Epic
from portfolio.urgency.discounting import Weeks
from portfolio.urgency.formula import ValueCells
from portfolio.urgency.profile import Terms, UrgencyProfile


class HalfEachYear(UrgencyProfile):
    """What is not done within a year is worth half.

    Rule: each year of waiting halves what it earns.
    Formula: b * H * 0.5 ^ (s / 52).
    Unit: money, or points where no epic has money.
    Why: hype fades.
    Source: made up for a test.
    Example: 10 a week, horizon 92, done at week 52: 460.
    """

    name = "half each year"

    def value(self, epic: Epic, done: Weeks, terms: Terms) -> Weeks:  # noqa: ARG002
        """Value if done at each of these weeks."""
        return np.asarray(terms.benefit * terms.horizon_weeks * 0.5 ** (done / 52), dtype=np.float64)

    def formula(self, epic: Epic, cells: ValueCells) -> str | None:  # noqa: ARG002
        """The same as a formula."""
        return f"{cells.benefit}*{cells.horizon}*0.5^({cells.done}/52)"
