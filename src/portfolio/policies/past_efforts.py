"""Past epics with the effort that they were estimated to need and that they took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from portfolio.domain import Portfolio
from portfolio.domain.evidence import LEAST_ACTUALS, LEAST_OWN_ACTUALS


@dataclass(frozen=True)
class PastEffort:
    """A finished epic, by its row on the sheet Actuals."""

    index: int
    stream: str | None
    estimate: float
    actual: float

    @property
    def ratio(self) -> float:
        """How many times its estimate it took."""
        return self.actual / self.estimate


def finished_efforts(portfolio: Portfolio) -> list[PastEffort]:
    """The past epics that are finished and whose estimate and actual effort are known."""
    return [
        PastEffort(index, row.value_stream, row.estimated_effort, row.actual_effort)
        for index, row in enumerate(portfolio.evidence.actuals)
        if row.finished is not None and row.estimated_effort and row.actual_effort
    ]


def usual_ratio(past: Sequence[PastEffort], stream: str | None) -> tuple[float, int] | None:
    """How many times their estimate past epics took, by the median, and of how many: of the value stream, else of all."""
    own = [one.ratio for one in past if one.stream == stream]
    every = [one.ratio for one in past]
    known = own if len(own) >= LEAST_OWN_ACTUALS else every
    return (median(known), len(known)) if len(known) >= LEAST_ACTUALS else None
