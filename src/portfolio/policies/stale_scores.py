"""Stale scores: epics are ranked by what was thought long ago."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.policies.policy import Limits, Subject, warning


class StaleScores:
    """A score is looked at again before it decides anything.

    Rule: scores are at most `weeks` old when the plan starts. Epics without `Scored on` are not judged.
    Formula: (start of the plan - scored on) / 7 <= weeks.
    Unit: weeks.
    Why: cost of delay changes with the market; sunk cost is ignored, so work in progress is sized by what remains.
    Source: SAFe, WSJF is updated continuously; the limit is general knowledge.
    Example: scored in January for a plan that starts in October: 39 weeks.
    """

    name = "stale scores"
    limits: ClassVar[Limits] = {"weeks": 26}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each epic with an old score."""
        start = subject.portfolio.calendar.start
        for index, epic in enumerate(subject.portfolio.epics):
            if start is None or epic.scored_on is None:
                continue
            weeks = (start - epic.scored_on).days / 7
            if weeks > limits["weeks"]:
                yield warning(
                    ("epics", index, "scored_on"),
                    f"{epic.id} was scored {weeks:.0f} weeks before the plan starts.",
                    f"The policy allows {limits['weeks']:g}.",
                    "Score it again by what is known now, sized by what remains.",
                )
