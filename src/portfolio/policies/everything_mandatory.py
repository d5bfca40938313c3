"""Everything mandatory: what has to be done leaves no room to choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class EverythingMandatory:
    """Most of the portfolio is a choice.

    Rule: of the epics at most `share` must be done, and they ask for at most `capacity` of all there is.
    Formula: epics with Must / epics <= share; their effort / sum of capacity <= capacity.
    Unit: shares.
    Why: a must is never compared with anything; where all is must, nothing is decided.
    Source: general knowledge.
    Example: 9 of 12 epics with Must = yes: 75 %.
    """

    name = "everything mandatory"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ()
    limits: ClassVar[Limits] = {"share": 0.4, "capacity": 0.5}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Too many musts, or musts that take too much."""
        portfolio = subject.portfolio
        musts = [epic for epic in portfolio.epics if epic.must]
        if len(musts) > 1 and len(musts) > limits["share"] * len(portfolio.epics):
            yield warning(
                ("epics", "must"),
                f"{len(musts)} of {len(portfolio.epics)} {subject.words.epics} are a must.",
                f"The policy allows {limits['share']:.0%}.",
                "Ask of each what is lost without it, and let that decide.",
            )
        there = sum(sum(stream.capacity) for stream in portfolio.value_streams)
        asked = sum(sum(epic.effort.values()) for epic in musts)
        if there and asked > limits["capacity"] * there:
            yield warning(
                ("epics", "must"),
                f"What must be done takes {asked / there:.0%} of all capacity.",
                f"The policy allows {limits['capacity']:.0%}.",
                "Do what the law or the contract asks for, and no more of it.",
            )
