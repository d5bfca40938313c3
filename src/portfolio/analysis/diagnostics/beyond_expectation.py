"""Service level expectations: planned work that takes longer than its class of service lets people expect."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.domain import FieldFinding, Plan
from portfolio.domain.tolerance import ROUNDING
from portfolio.optimizer.formulation import Formulation


def beyond_expectation(formulation: Formulation, plan: Plan) -> Iterator[FieldFinding]:
    """From its commitment until it is done, each epic of a class that has an expectation.

    What is committed to already waits from now on; what is still an option is committed to when it begins.
    """
    portfolio = formulation.options.portfolio
    weeks, point = portfolio.calendar.weeks, (portfolio.commitment.point or "").casefold()
    for index, epic in enumerate(portfolio.epics):
        policy, booking = portfolio.class_policy(epic), plan.bookings.get(epic.id)
        if booking is None or policy.weeks is None:
            continue
        waits = portfolio.is_running(epic) or (epic.state is not None and epic.state.casefold() == point)
        lead = (booking.finish + 1 - (0 if waits else booking.start)) * weeks
        if lead > policy.weeks * (1 + ROUNDING):
            often = "" if policy.percentile is None else f"{policy.percentile:.0%} of them "
            yield FieldFinding(
                ("epics", index, "class_of_service"),
                f"{epic.id} takes {lead:.4g} weeks from its commitment until it is done.",
                f"{policy.name} lets people expect {often}within {policy.weeks:.4g} weeks.",
                "Start it sooner or make it smaller, or publish an expectation that can be met.",
                "warning",
            )
