"""No enabler investment: nothing is put into what later work will need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class NoEnablerInvestment:
    """Some of the effort goes into what enables later work.

    Rule: of the effort that epics ask for, at least `share` belongs to types that the model calls enablers.
    Formula: effort of enablers / effort of all <= share is reported.
    Unit: share of effort. Silent where epics have no type or the model knows no enablers.
    Why: architecture and infrastructure that nobody funds are paid for by every later epic.
    Source: SAFe, enabler epics and capacity allocation; the limit is general knowledge.
    Example: 5 of 400 units for enablers: 1 %.
    """

    name = "no enabler investment"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ()
    limits: ClassVar[Limits] = {"share": 0.1}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """The share, where it is too small."""
        typed = [epic for epic in subject.portfolio.epics if epic.type is not None]
        total = sum(sum(epic.effort.values()) for epic in typed)
        if not subject.enablers or not total:
            return
        share = sum(sum(epic.effort.values()) for epic in typed if subject.is_enabler(epic)) / total
        if share < limits["share"]:
            yield warning(
                ("epics", "type"),
                f"{share:.0%} of the effort that is asked for is {' or '.join(subject.enablers)}.",
                f"The policy asks for {limits['share']:.0%}.",
                "Bring in what the next year of work will stand on, or set a floor on the sheet Guardrails.",
            )
