"""What the sheet of explanations holds, as plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.optimizer.outcome import Outcome


@dataclass(frozen=True)
class NeedRow:
    """What an epic needs of one value stream in one period."""

    stream: str
    period: str
    effort: float
    spend: float


@dataclass(frozen=True)
class OtherRow:
    """What happens to another epic, and when it is done before and after."""

    epic: str
    happens: str
    before: str
    after: str


@dataclass(frozen=True)
class WayRow:
    """A change that lets an epic in, and what the best plan is then worth."""

    change: str
    value: float
    proven: bool


@dataclass(frozen=True)
class EpicAccount:
    """All there is to know about one epic: sentences first, then their figures; `cost` is what its other `fate` costs.

    `possible` False: there is no plan in which it has that fate.
    """

    label: str
    sentences: Sequence[str]
    earns: float
    fate: str
    cost: tuple[float | None, float | None]
    possible: bool
    needs: Sequence[NeedRow]
    others: Sequence[OtherRow]
    ways: Sequence[WayRow]


@dataclass(frozen=True)
class ReasonRow:
    """Why one epic starts or waits."""

    rank: int | None
    epic: str
    decision: str
    value: float
    reason: str


@dataclass(frozen=True)
class Accounts:
    """The epics that were asked about; without any, `reasons` has every epic in a row."""

    title: str
    unit: str
    currency: str
    outcome: Outcome
    epics: Sequence[EpicAccount]
    reasons: Sequence[ReasonRow]
