"""Local optimisation: a value stream is busy with work that is worth little to the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding
from portfolio.policies.policy import Limits, Subject, warning


class LocalOptimisation:
    """A busy value stream works on what the portfolio values.

    Rule: where the epics ask for `busy` of a value stream's capacity or more, a unit of its effort earns at least
    `worth` of what a unit earns across the portfolio. Enablers and what others depend on are not judged: they earn later,
    or elsewhere.
    Formula: (benefit of its epics, by effort / its effort) / (benefit of all / effort of all) >= worth.
    Unit: share of capacity; share of the portfolio's benefit per unit of effort.
    Why: everybody busy is no goal; a value stream that is full of small worth keeps its people from what is worth more.
    Source: general knowledge (Reinertsen; LeSS, whole product focus).
    Example: a full value stream earns 2 per unit where the portfolio earns 8: a quarter.
    """

    name = "local optimisation"
    limits: ClassVar[Limits] = {"busy": 0.9, "worth": 0.4}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each busy value stream that is worth little."""
        portfolio = subject.portfolio
        serving = {link.predecessor for link in portfolio.dependencies}
        valued = [
            epic
            for epic in portfolio.epics
            if epic.id in subject.benefit
            and sum(epic.effort.values()) > 0
            and epic.id not in serving
            and not subject.is_enabler(epic)
        ]
        effort = sum(sum(epic.effort.values()) for epic in valued)
        earned = sum(subject.benefit[epic.id] for epic in valued)
        if not effort or earned <= 0 or len(portfolio.value_streams) < 2:
            return
        for index, stream in enumerate(portfolio.value_streams):
            asked = sum(epic.effort.get(stream.id, 0.0) for epic in valued)
            there = sum(stream.capacity)
            if not there or not asked or asked < limits["busy"] * there:
                continue
            share = sum(_part(epic, stream.id, subject) for epic in valued) / asked / (earned / effort)
            if share < limits["worth"]:
                yield warning(
                    ("value_streams", index, "capacity"),
                    f"Epics ask {stream.id} for {asked / there:.0%} of its capacity, and a unit of it earns {share:.0%} "
                    "of what a unit earns across the portfolio.",
                    f"Where at least {limits['busy']:.0%} is asked for, the policy expects a unit to earn at least {limits['worth']:.0%} of that.",
                    "Let its people help where more is earned, or drop the least of its work.",
                )


def _part(epic: Epic, stream: str, subject: Subject) -> float:
    return subject.benefit[epic.id] * epic.effort.get(stream, 0.0) / sum(epic.effort.values())
