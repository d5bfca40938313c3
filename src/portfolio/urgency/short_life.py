"""Short life: late entry lowers the peak and shortens the run until a market window closes."""

from __future__ import annotations

import numpy as np

from portfolio.domain import Epic
from portfolio.urgency.discounting import Weeks, factor, run_length
from portfolio.urgency.formula import ValueCells
from portfolio.urgency.profile import Terms, UrgencyProfile


class ShortLife(UrgencyProfile):
    """Late entry lowers the peak and shortens the run until the window closes.

    Rule: benefit rises and falls with fixed slopes and ends at week `Life weeks`, whenever it began.
    Formula: (b T / 2) * max(0, 1 - s/T)^2, T = life weeks: a triangle over [s, T] with slopes 2b/T up and down.
    Discounted, the same triangle is integrated week by week: (2b/T) * D(s) * L((T - s)/2)^2, D the factor and L the
    discounted length.
    Unit: money, or points where no epic has money.
    Why: fashions, seasons and races end on their own date.
    Source: Black Swan Farming's urgency profiles (short life cycle, peak affected by delay).
    Example: 10 a week, window of 40 weeks, done at week 20: 200 * 0.25 = 50.
    """

    name = "short life"

    def value(self, epic: Epic, done: Weeks, terms: Terms) -> Weeks:
        """Value if done at each of these weeks."""
        window = epic.life_weeks or terms.horizon_weeks
        half = np.maximum(0.0, window - done) / 2
        return 2 * terms.benefit / window * factor(done, terms.decay) * run_length(half, terms.decay) ** 2

    def formula(self, epic: Epic, cells: ValueCells) -> str | None:  # noqa: ARG002
        """The same value as a formula of a workbook."""
        half = cells.length(f"MAX(0,{cells.life}-{cells.done})/2")
        return f"2*{cells.benefit}/{cells.life}*{cells.worth(cells.done)}*{half}^2"
