"""Size against effort: what was sized large and asks for little, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class SizeAgainstEffort:
    """Job sizes follow the effort that is planned.

    Rule: of the pairs of epics of which one asks for `times` the effort of the other or more, at most `share` are sized the
    other way round; `epics` are the fewest that say anything.
    Formula: pairs sized the other way round / pairs whose efforts differ so much <= share.
    Unit: share of such pairs.
    Why: WSJF divides by the size and the plan spends the effort; where they contradict each other, what ranks first is not what fits.
    Source: SAFe, WSJF (job size stands for duration); general knowledge for the figures.
    Example: size 1 with effort 8 beside size 5 with effort 2.
    """

    name = "size against effort"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ()
    limits: ClassVar[Limits] = {"share": 0.2, "times": 1.5, "epics": 6}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """How many pairs contradict each other, with the two that do it most; silent where no size counts."""
        if "job_size" not in subject.score_fields:
            return
        sized = [
            (epic.job_size, sum(epic.effort.values()), epic.id, index)
            for index, epic in enumerate(subject.portfolio.epics)
            if epic.job_size is not None and sum(epic.effort.values()) > 0
        ]
        pairs = [
            tuple(sorted(pair, key=lambda one: one[1]))
            for pair in combinations(sized, 2)
            if max(pair[0][1], pair[1][1]) >= limits["times"] * min(pair[0][1], pair[1][1])
        ]
        turned = [(less, more) for less, more in pairs if less[0] > more[0]]
        if len(sized) >= limits["epics"] and pairs and len(turned) > limits["share"] * len(pairs):
            less, more = max(turned, key=lambda pair: (pair[0][0] / pair[1][0]) * (pair[1][1] / pair[0][1]))
            yield warning(
                ("epics", more[3], "job_size"),
                f"{more[2]} has size {more[0]:g} and effort {more[1]:g}, {less[2]} has size {less[0]:g} and effort {less[1]:g}; "
                f"{len(turned)} of {len(pairs)} pairs contradict each other so.",
                f"The policy allows {limits['share']:.0%} of pairs.",
                "Size them against each other again, or look at the effort.",
            )
