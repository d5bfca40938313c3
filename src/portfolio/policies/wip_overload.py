"""WIP overload: more is in progress than people can finish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.policies.policy import Limits, Subject, warning


class WipOverload:
    """Few epics are in progress at once in each value stream.

    Rule: of the epics that are decided or in progress (Start is given, or their state says so), at most as many run in a value stream and
    period as its WIP limit says, or `epics` where it has none.
    Formula: count of such epics whose shortest run covers the period and that need effort there <= limit.
    Unit: epics.
    Why: Little's law: with the same throughput, twice the work in progress takes twice as long.
    Source: Kanban; the limit is general knowledge.
    Example: five epics in progress in a value stream where 3 are the limit.
    """

    name = "WIP overload"
    limits: ClassVar[Limits] = {"epics": 3}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each value stream at the period in which most is in progress."""
        portfolio = subject.portfolio
        periods = portfolio.calendar.periods
        running: Counter[tuple[str, int]] = Counter()
        for epic in portfolio.epics:
            begun = portfolio.decided_start(epic) or (periods[0] if periods and portfolio.is_running(epic) else None)
            if begun in periods:
                first = periods.index(begun)
                for name, effort in epic.effort.items():
                    running.update((name, first + turn) for turn in range(epic.shortest) if effort > 0)
        for index, stream in enumerate(portfolio.value_streams):
            most = limits["epics"] if stream.wip_limit is None else stream.wip_limit
            counts = [(running[stream.id, period], -period) for period in range(len(periods))]
            count, place = max(counts, default=(0, 0))
            if count > most:
                yield warning(
                    ("value_streams", index, "wip_limit"),
                    f"{count} {subject.words.epics} are decided for {stream.id} in {periods[-place]}.",
                    f"The policy allows {most:g} at once.",
                    f"Stop starting: finish or park some before more is decided. {subject.words.stopping}".strip(),
                )
