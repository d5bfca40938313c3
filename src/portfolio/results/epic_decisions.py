"""Decisions: what was decided about each epic, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from portfolio.domain.commitment_terms import Commitment

Decided = Literal["start", "continue", "pause", "stop", "wait"]
"""What is decided about an epic: one that is running continues, pauses or stops, any other starts or waits."""
PLANNED: tuple[Decided, ...] = ("start", "continue", "pause")
"""Decisions about epics that are in the plan."""
WAITS = "Waits: "
"""What the reason of an epic that waits begins with."""
STOPS = "Stops: "
"""What the reason of a running epic begins with that is not in the plan."""
HEADINGS = {
    "id": "ID",
    "rank": "Rank",
    "wsjf": "WSJF",
    "decision": "Decision",
    "start": "Start",
    "finish": "Finish",
    "periods": "Periods",
    "value": "Value",
    "delay_cost": "Delay cost",
    "spend": "Spend",
    "reason": "Reason",
}
"""What each part of a decision is called."""


@dataclass(frozen=True)
class EpicLine:
    """What was decided about one epic; periods are labels, `value` is what it earns in this plan.

    `delay_cost` = value if done at week 0 less value in this plan; for an epic that waits, all of its value; None where
    its value is not known. `commitment` says how sure its start is, where the model tells that apart.
    """

    id: str
    rank: int | None
    wsjf: float | None
    decision: Decided
    start: str | None
    finish: str | None
    periods: int | None
    value: float
    delay_cost: float | None
    spend: float
    reason: str
    commitment: Commitment | None = None

    @property
    def is_forecast(self) -> bool:
        """Whether its start is foreseen and not decided."""
        return self.commitment in {"forecast", "outlook"}

    def as_json(self) -> dict[str, object]:
        """The decision in the published JSON format; how sure it is only where the model tells that apart."""
        fields = asdict(self)
        return fields if self.commitment is not None else {key: fields[key] for key in fields if key != "commitment"}

    @property
    def merit(self) -> str:
        """What speaks for an epic that starts, in a word or two; the rest of its reason says when."""
        return self.reason.split(":")[0]

    @property
    def obstacle(self) -> str:
        """What keeps an epic waiting, where it is known from elsewhere that it waits."""
        return self.reason.removeprefix(WAITS).removeprefix(STOPS)


def decision_of(first: int | None, *, running: bool) -> Decided:
    """What is decided about an epic whose first period is this one, counted from 0; None where it is not in the plan."""
    if not running:
        return "wait" if first is None else "start"
    return "stop" if first is None else "continue" if first == 0 else "pause"
