"""A plan: which epic starts when, complete and checkable, wherever it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Booking:
    """One epic's place in a plan: first period (0 is the plan's first) and how many periods it takes."""

    start: int
    periods: int

    @property
    def finish(self) -> int:
        """Index of its last period."""
        return self.start + self.periods - 1


@dataclass(frozen=True)
class Plan:
    """The epics that are funded, each with its booking; an epic that is not here waits."""

    bookings: Mapping[str, Booking] = field(default_factory=dict)

    def __contains__(self, epic_id: object) -> bool:
        """Whether an epic is funded."""
        return epic_id in self.bookings

    def __len__(self) -> int:
        """How many epics are funded."""
        return len(self.bookings)

    def __iter__(self) -> Iterator[str]:
        """The funded epics' IDs."""
        return iter(self.bookings)
