"""What each value stream has in each period, and what the plan uses of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

HEADINGS = {
    "id": "Value stream",
    "period": "Period",
    "capacity": "Capacity",
    "effort": "Effort",
    "used": "Utilisation",
    "wip": "WIP",
    "wip_limit": "WIP limit",
    "budget": "Budget",
    "funded": "Funded",
    "spend": "Spend",
}
"""What each figure of a value stream in a period is called."""


@dataclass(frozen=True)
class StreamLine:
    """One value stream in one period: what there is and what the plan uses.

    `capacity` and `funded` include the budget shift; `budget`, `funded` and `spend` are this period's; a budget period
    is kept as a whole, so a single period may spend more than its own part.
    """

    id: str
    period: str
    capacity: float
    effort: float
    wip: int
    wip_limit: int | None
    budget: float | None
    funded: float | None
    spend: float
    reserved: float | None = None
    """What is reserved of the capacity and not planned here; None where nothing is."""

    def as_json(self) -> dict[str, object]:
        """The line in the published JSON format; what is reserved only where something is."""
        fields = asdict(self)
        return fields if self.reserved is not None else {key: fields[key] for key in fields if key != "reserved"}

    @property
    def used(self) -> float:
        """The share of the capacity that is used; 0 where there is none."""
        return self.effort / self.capacity if self.capacity else 0.0
