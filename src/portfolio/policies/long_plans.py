"""Plans longer than the evidence: they reach further than anything is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class LongPlans:
    """A plan reaches as far as something is known, and no further.

    Rule: at most `weeks` weeks; and of the epics at least `evidence` have a confidence once the plan is longer than
    `sure_weeks`.
    Formula: periods * period weeks <= weeks; epics with Confidence / epics >= evidence.
    Unit: weeks; share of the epics.
    Why: what is a year away will be decided again; a plan that pretends otherwise is only harder to change.
    Source: general knowledge (rolling wave planning, Disciplined Agile).
    Example: 8 periods of 12 weeks: 96 weeks where 52 are the limit.
    """

    name = "plans beyond evidence"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ()
    limits: ClassVar[Limits] = {"weeks": 65, "sure_weeks": 52, "evidence": 0.1}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """A plan that is too long, or long and built on guesses that nobody doubts."""
        portfolio = subject.portfolio
        if not portfolio.can_plan:
            return
        weeks = portfolio.calendar.plan_weeks
        if weeks > limits["weeks"]:
            yield warning(
                ("calendar", "periods"),
                f"The plan reaches {weeks:g} weeks ahead.",
                f"The policy allows {limits['weeks']:g}.",
                f"Plan fewer {subject.words.periods}, and plan again when something is known.",
            )
        sure = sum(epic.confidence is not None for epic in portfolio.epics)
        if weeks > limits["sure_weeks"] and portfolio.epics and sure < limits["evidence"] * len(portfolio.epics):
            yield warning(
                ("epics", "confidence"),
                f"{sure} of {len(portfolio.epics)} {subject.words.epics} say how sure their value is, in a plan of "
                f"{weeks:g} weeks.",
                f"The policy asks for {limits['evidence']:.0%} beyond {limits['sure_weeks']:g} weeks.",
                "Enter Confidence where value is a guess.",
            )
