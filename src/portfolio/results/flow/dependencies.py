"""Dependencies by age: how long epics wait for each other, and how many are held up now."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.results.flow.delivery import Share
from portfolio.results.flow.spread import Spread

BANDS = ("0-2 weeks", "2-6 weeks", "6-12 weeks", "over 12 weeks")
"""Ages of what is open."""


@dataclass(frozen=True)
class DependencyAge:
    """One dependency: who waits for whom, since when, and how many days longer than was needed."""

    predecessor: str
    successor: str
    between_streams: bool | None
    """Whether it crosses from one value stream to another; None where one of the two is not known."""
    age: int | None
    """Days since it was raised, where it is open and that day is known."""
    wait: int | None
    """Days past the one on which it was needed."""
    resolved_after: int | None
    """Days, where it is resolved and the day it was raised is known."""
    is_open: bool

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "predecessor": self.predecessor, "successor": self.successor, "between_value_streams": self.between_streams,
            "age": self.age, "wait": self.wait, "resolved_after": self.resolved_after,
        }  # fmt: skip


@dataclass(frozen=True)
class DependencyAgeing:
    """All dependencies: open ones by age, how long it takes to resolve one, and what they hold up."""

    open: int
    resolved: int
    by_age: tuple[int, ...]
    """How many of the open ones are in each of `BANDS`."""
    to_resolve: Spread
    """Days."""
    between_streams: Share
    """Those between value streams among all of which both ends are known."""
    held_up: Share
    """Epics in progress that wait for another value stream, among all that are in progress."""
    held_up_epics: tuple[str, ...]
    waited: int
    """Days that all of them together waited past the day they were needed."""
    lines: tuple[DependencyAge, ...]
    """Open ones with the longest wait first, then those that are resolved."""

    def as_json(self) -> dict[str, object]:
        """Dependencies as JSON has them."""
        return {
            "open": self.open,
            "resolved": self.resolved,
            "open_by_age": dict(zip(BANDS, self.by_age, strict=True)),
            "days_to_resolve": {
                "p50": self.to_resolve.p50, "p85": self.to_resolve.p85, "more_than": self.to_resolve.more_than
            },
            "between_value_streams": self.between_streams.as_json(),
            "held_up": {**self.held_up.as_json(), "epics": list(self.held_up_epics)},
            "days_waited": self.waited,
            "lines": [line.as_json() for line in self.lines],
        }  # fmt: skip
