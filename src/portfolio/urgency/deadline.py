"""Deadline: nothing is lost until a date; after it a penalty, and a week's benefit for each week."""

from __future__ import annotations

import numpy as np

from portfolio.domain import Epic, Portfolio
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.urgency.discounting import Weeks, factor, weeks_between
from portfolio.urgency.formula import ValueCells
from portfolio.urgency.profile import Terms, UrgencyProfile


class Deadline(UrgencyProfile):
    """Nothing is lost until the deadline; missing it costs the penalty once and the benefit each week.

    Rule: done by week D it earns all; later it loses the penalty P and b per week of delay. A date is met to the end of its day.
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

    def formula(self, epic: Epic, cells: ValueCells) -> str | None:  # noqa: ARG002
        """The same value as a formula of a workbook."""
        due, done = cells.deadline, cells.done
        in_time = f"{cells.penalty}*{cells.worth(due)}+{cells.benefit}*{cells.weeks(due, cells.horizon)}"
        return f"IF({done}<={due},{in_time},{cells.benefit}*{cells.weeks(done, cells.horizon)})"

    def ways_in(self, portfolio: Portfolio, epic: Epic) -> list[Change]:
        """The deadline moves to the end of a later period."""
        if epic.deadline is None:
            return []
        calendar, path = portfolio.calendar, ("epics", portfolio.epic_index[epic.id], "deadline")
        now = calendar.week_of(epic.deadline)
        ends = [((period + 1) * calendar.weeks, label) for period, label in enumerate(calendar.periods)]
        return [
            Change("deadline", "Deadline", {"epic": epic.id}, (edit(portfolio, path, week),),
                   to=f"the end of {label}", condition=f"if its deadline moves to the end of {label}")
            for week, label in ends if week > now
        ]  # fmt: skip
