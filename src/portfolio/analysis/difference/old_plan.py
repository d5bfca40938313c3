"""Whether a plan made before a change still holds after it: the plan as it was, measured by the new rules."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.analysis.difference.identity import Names
from portfolio.domain import Booking, Plan, Portfolio
from portfolio.guardrails import BudgetShift, check
from portfolio.optimizer.problem import Problem
from portfolio.results.plan_difference import OldPlan


def carried_over(plan: Plan, before: Portfolio, after: Portfolio, names: Names) -> tuple[Plan, dict[str, str]]:
    """The same plan in the second portfolio's epics and periods, and what of it no longer has a place there, and why."""
    old, new = before.calendar.periods, after.calendar.periods
    bookings: dict[str, Booking] = {}
    left_out: dict[str, str] = {}
    for epic_id, booking in plan.bookings.items():
        taken = [names.periods.get(label) for label in old[booking.start : booking.finish + 1]]
        positions = [new.index(label) for label in taken if label is not None]
        if epic_id not in names.epics:
            left_out[epic_id] = "it is no longer in the portfolio"
        elif len(positions) < len(taken) or positions != list(range(positions[0], positions[0] + len(positions))):
            gone = ", ".join(label for label in old[booking.start : booking.finish + 1] if label not in names.periods)
            why = f"the plan has no {gone} any more" if gone else "its periods no longer follow each other"
            left_out[names.epics[epic_id]] = why
        else:
            bookings[names.epics[epic_id]] = Booking(positions[0], booking.periods)
    return Plan(bookings), left_out


def judged(plan: Plan, left_out: Mapping[str, str], problem: Problem) -> OldPlan:
    """Measures a plan from the portfolio itself, by the same check that every plan passes.

    Where no budget shift makes room for all of it, broken is what remains after the shifts that come closest.
    """
    value, options = problem.accepted(plan), problem.options_of(plan)
    statuses = check(options)
    if value is None:
        closest = check(options, BudgetShift(problem.portfolio).closest(options))
        if any(not status.met and status.enforce == "hard" for status in closest):
            statuses = closest
    return OldPlan(value is not None, value, tuple(status for status in statuses if not status.met), left_out)
