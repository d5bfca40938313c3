"""Nothing is lost until a date; after it a penalty and every week."""

from __future__ import annotations

import numpy as np

from portfolio.domain import Epic
from portfolio.urgency.discounting import Weeks, factor, weeks_between
from portfolio.urgency.profile import Terms


class Deadline:
    """Nothing is lost until the deadline; missing it costs the penalty once and the benefit each week.

    Rule: done by week D it earns all; later it loses the penalty P and b per week of delay.
    Formula: P + b (H - D) if s <= D, else max(0, b (H - s)). Discounted, P counts at week D.
    Unit: money, or points where no epic has money.
    Why: regulation, contracts and seasons begin on a date, and being early earns nothing more.
    Source: Black Swan Farming's urgency profiles (impact of an external deadline).
    Example: 10 a week, penalty 500, deadline week 30, horizon 72: 920 until week 30, 410 at week 31.
    """

    name = "deadline"

    def value(self, epic: Epic, done: Weeks, terms: Terms) -> Weeks:
        """Value if done at each of these weeks."""
        due = terms.deadline_week
        penalty = (epic.penalty or 0.0) * factor(due, terms.decay)
        in_time = penalty + terms.benefit * weeks_between(due, terms.horizon_weeks, terms.decay)
        late = terms.benefit * weeks_between(done, terms.horizon_weeks, terms.decay)
        return np.where(done <= due, in_time, late)
