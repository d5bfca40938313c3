"""Standard: each week of delay costs a week's benefit, and the peak stays as high."""

from __future__ import annotations

from portfolio.domain import Epic
from portfolio.urgency.discounting import Weeks, weeks_between
from portfolio.urgency.formula import ValueCells
from portfolio.urgency.profile import Terms, UrgencyProfile


class Standard(UrgencyProfile):
    """Every week late loses one week of benefit.

    Rule: it earns its benefit from the week it is done until the value horizon or the end of its life.
    Formula: b * max(0, E - s), E = min(H, life weeks).
    Unit: money, or points where no epic has money.
    Why: most epics earn steadily for longer than the plan looks.
    Source: Reinertsen, The Principles of Product Development Flow; Black Swan Farming's urgency profiles.
    Example: 10 a week, done at week 20 of a horizon of 72: 520.
    """

    name = "standard"

    def value(self, epic: Epic, done: Weeks, terms: Terms) -> Weeks:
        """Value if done at each of these weeks."""
        return terms.benefit * weeks_between(done, terms.last_week(epic), terms.decay)

    def formula(self, epic: Epic, cells: ValueCells) -> str | None:  # noqa: ARG002
        """The same value as a formula of a workbook."""
        return f"{cells.benefit}*{cells.weeks(cells.done, cells.last)}"
