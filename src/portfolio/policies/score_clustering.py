"""Score clustering: most epics have the same score, so the ranking is chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class ScoreClustering:
    """Scores tell epics apart.

    Rule: of at least `epics` scored epics, at most `share` have the same value in a column.
    Formula: count of the commonest score / scored epics <= share.
    Unit: share of the scored epics.
    Why: what everybody scores alike ranks nothing, and the rest decides by accident.
    Source: general knowledge.
    Example: 14 of 20 epics with 8 in time criticality: 70 %.
    """

    name = "score clustering"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ()
    limits: ClassVar[Limits] = {"share": 0.6, "epics": 6}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each column in which one score is too common; a column with a single score is reported as such already."""
        for field in subject.score_fields:
            scores = [score for epic in subject.portfolio.epics if (score := epic.figure(field)) is not None]
            if len(scores) < limits["epics"] or len(set(scores)) == 1:
                continue
            common, count = Counter(scores).most_common(1)[0]
            if count > limits["share"] * len(scores):
                yield warning(
                    ("epics", field),
                    f"{Epic.model_fields[field].title if field in Epic.model_fields else field} is {common:g} for {count} of {len(scores)} "
                    f"{subject.words.epics}.",
                    f"The policy allows {limits['share']:.0%} with the same score.",
                    "Compare those with each other, and spread them.",
                )
