"""Big batches: epics so long or so large that they cannot be judged before they are done."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import Problem
from portfolio.policies.policy import Limits, Subject, warning


class BigBatches:
    """An epic is small enough to be judged soon.

    Rule: an epic takes at most `periods` periods, and at most `share` of a value stream's capacity in the whole plan.
    Formula: min periods <= periods; effort / sum of capacity <= share.
    Unit: periods; share of capacity.
    Why: a large batch hides what it costs until it is done, and everything else queues behind it.
    Source: Reinertsen, small batches; the limits are general knowledge.
    Example: an epic of 5 periods where 2 are the limit is sliced into 3.
    """

    name = "big batches"
    limits: ClassVar[Limits] = {"periods": 2, "share": 0.4}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[Problem]:
        """Each long or large epic, with how many slices would do."""
        portfolio = subject.portfolio
        capacity = {stream.id: sum(stream.capacity) for stream in portfolio.value_streams}
        for index, epic in enumerate(portfolio.epics):
            if epic.shortest > limits["periods"]:
                first = "the MVP first" if epic.mvp_periods is None else f"its MVP of {epic.mvp_periods} first"
                yield warning(
                    ("epics", index, "min_periods"),
                    f"{epic.id} takes {epic.shortest} periods.",
                    f"The policy allows {limits['periods']:g}.",
                    f"Slice it into {_slices(epic.shortest, limits['periods'])}, {first}.",
                )
            for stream, effort in epic.effort.items():
                there = capacity.get(stream, 0.0)
                if there and effort > limits["share"] * there * (1 + 1e-9):
                    yield warning(
                        ("epics", index, "effort"),
                        f"{epic.id} takes {effort / there:.0%} of what {stream} can do in the whole plan.",
                        f"The policy allows {limits['share']:.0%}.",
                        _cut(effort, limits["share"] * there, stream, sum(units > 0 for units in epic.effort.values())),
                    )


def _cut(effort: float, most: float, stream: str, streams: int) -> str:
    """Where to cut: off the value streams that are not needed for it, into parts of so many units."""
    alone = f"Cut off what {stream} can finish alone, and slice" if streams > 1 else "Slice"
    return f"{alone} it into {_slices(effort, most)} of at most {most:,.4g} units that are each worth something."


def _slices(whole: float, limit: float) -> str:
    """How many slices keep the limit; a limit of 0 is kept by none."""
    return str(math.ceil(whole / limit - 1e-9)) if limit > 0 else "smaller ones"
