"""Predictability: the value that objectives of a period brought against what was promised, and epics done against those agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from portfolio.results.closing import ClosedEpic
from portfolio.results.flow.efficiency import PlanKept, Predictability


class Objective(Protocol):
    """An objective of a period, as a portfolio holds it."""

    @property
    def period(self) -> str:
        """The period it was set for."""
        ...

    @property
    def planned_value(self) -> float:
        """The value that was planned for it."""
        ...

    @property
    def actual_value(self) -> float | None:
        """The value that it had in the end; None while nobody knows."""
        ...

    @property
    def committed(self) -> bool | None:
        """Whether it was committed to; None means yes."""
        ...


def predictability(objectives: Iterable[Objective], order: Sequence[str] = ()) -> tuple[Predictability, ...]:
    """For each period the actual value of all its objectives over the planned value of those that were committed to.

    What was not committed to adds to the actual value only. Objectives without an actual value are not judged as 0: the period
    has no figure until all are known. Periods before those of the plan stand in the order of the rows, then those of the plan in their `order`.
    """
    by_period: dict[str, list[Objective]] = {}
    for objective in objectives:
        by_period.setdefault(objective.period, []).append(objective)
    labels = [label for label in order if label in by_period]
    earlier = [label for label in by_period if label not in labels]
    return tuple(_of(label, by_period[label]) for label in (*earlier, *labels))


def _of(period: str, objectives: list[Objective]) -> Predictability:
    planned = sum(one.planned_value for one in objectives if one.committed is not False)
    unknown = sum(one.actual_value is None for one in objectives)
    actual = None if unknown else float(sum(one.actual_value or 0 for one in objectives))
    return Predictability(
        period, float(planned), actual, actual / planned if actual is not None and planned > 0 else None, unknown
    )


def plans_kept(closed: Sequence[ClosedEpic], as_of: date) -> tuple[PlanKept, ...]:
    """For each closed period how many of the epics that were agreed to be done in it were done by its end, oldest first.

    What was agreed is what stood beside an epic when the period was closed, or before. An epic that was done sooner is done; one that
    was agreed for an earlier period and is done late counts there, and nowhere else.
    """
    periods = {line.period: (line.first_day, line.last_day) for line in closed if line.last_day <= as_of}
    found, ordered = [], sorted(closed, key=lambda line: line.last_day)
    for label, (first, last) in sorted(periods.items(), key=lambda period: period[1]):
        agreed: dict[str, date | None] = {}
        done: set[str] = set()
        for line in ordered:
            if line.last_day <= last and line.id not in done:
                agreed[line.id] = line.agreed_finish or agreed.get(line.id)
                done |= {line.id} if line.outcome == "done" else set()
        planned = [name for name, finish in agreed.items() if finish is not None and first <= finish <= last]
        found.append(PlanKept(label, len(planned), sum(name in done for name in planned)))
    return tuple(line for line in found if line.planned)
