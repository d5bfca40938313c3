"""Big batches: epics so long or so large that they cannot be judged before they are done."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding
from portfolio.domain.tolerance import ROUNDING
from portfolio.policies.policy import Limits, Subject, Words, warning


class BigBatches:
    """An epic is small enough to be judged soon.

    Rule: an epic takes at most `periods` periods, and at most `share` of a value stream's capacity in the whole plan,
    where that is longer than `periods`: in a shorter one, every epic is a large part of it.
    Formula: min periods <= periods; effort / sum of capacity <= share.
    Unit: periods; share of capacity.
    Why: a large batch hides what it costs until it is done, and everything else queues behind it.
    Source: Reinertsen, small batches; the limits are general knowledge.
    Example: an epic of 5 periods where 2 are the limit is sliced into 3.
    """

    name = "big batches"
    limits: ClassVar[Limits] = {"periods": 2, "share": 0.4}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each long or large epic, with how many slices would do."""
        portfolio, words = subject.portfolio, subject.words
        long = len(portfolio.calendar.periods) > limits["periods"]
        capacity = {stream.id: sum(stream.capacity) for stream in portfolio.value_streams}
        for index, epic in enumerate(portfolio.epics):
            if epic.shortest > limits["periods"]:
                yield warning(
                    ("epics", index, "min_periods"),
                    f"{epic.id} takes {words.lasting(epic.shortest)}.",
                    f"The policy allows {limits['periods']:g}.",
                    _where_to_slice(epic, limits["periods"], words),
                )
            for stream, effort in epic.effort.items():
                there = capacity.get(stream, 0.0)
                if long and there and effort > limits["share"] * there * (1 + ROUNDING):
                    yield warning(
                        ("epics", index, "effort"),
                        f"{epic.id} takes {effort / there:.0%} of what {stream} can do in the whole plan.",
                        f"The policy allows {limits['share']:.0%}.",
                        f"Slice it into {_slices(effort, limits['share'] * there)} parts of at most "
                        f"{limits['share'] * there:g} units of effort there, each worth something by itself.",
                    )


def _where_to_slice(epic: Epic, most: float, words: Words) -> str:
    """After its MVP where it has one, and whatever is longer than the limit into slices of that length."""
    first = epic.mvp_periods or 1 if epic.mvp_cost is not None or epic.mvp_periods is not None else 0
    if not 0 < first < epic.shortest:
        slices = _slices(epic.shortest, most)
        return f"Slice it into {slices} parts of at most {words.lasting(most)}; the first says whether the next is worth it."
    rest = epic.shortest - first
    parts = f" in {_slices(rest, most)} parts" if rest > most else ""
    return f"Slice it after its MVP, {words.lasting(first)}; decide then about the other {words.lasting(rest)}{parts}."


def _slices(whole: float, limit: float) -> str:
    """How many parts keep the limit; a limit of 0 is kept by none."""
    return str(math.ceil(whole / limit - ROUNDING)) if limit > 0 else "smaller"
