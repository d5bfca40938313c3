"""What is in progress: the age of each epic, the load day by day, and how many have reached each state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portfolio.domain.state import StateKind

Mark = Literal["older than 85 %", "older than 50 %"]


@dataclass(frozen=True)
class Age:
    """One epic in progress, with its age in days and how that compares with what was finished."""

    epic: str
    title: str | None
    group: str | None
    state: str
    started: str
    age: int
    mark: Mark | None
    """Above which share of the lead times of its part of the portfolio it is, else of all of it."""
    reopened: int = 0
    withdrawn: int = 0

    def as_json(self, key: str) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "epic": self.epic, key: self.group, "state": self.state, "started": self.started, "age": self.age,
            "mark": self.mark, "reopened": self.reopened, "withdrawn": self.withdrawn,
        }  # fmt: skip


@dataclass(frozen=True)
class TimeInState:
    """How many days epics spent in a state within the window, from entering to leaving it."""

    state: str
    kind: StateKind
    days: int
    epics: int
    median: float
    """Days of the epic in the middle."""

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "state": self.state, "kind": self.kind, "days": self.days, "epics": self.epics, "median": self.median
        }  # fmt: skip


@dataclass(frozen=True)
class Load:
    """How many epics were in progress: on the last day, on average over the window, at least and at most."""

    group: str | None
    now: int
    mean: float
    lowest: int
    highest: int
    before: float | None
    """The mean of the window before this one."""
    by_day: tuple[int, ...]

    def as_json(self, key: str) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            key: self.group, "now": self.now, "mean": self.mean, "lowest": self.lowest, "highest": self.highest,
            "before": self.before, "by_day": list(self.by_day),
        }  # fmt: skip


@dataclass(frozen=True)
class Reached:
    """How many epics have reached a state, or a later one, at the end of each day of the window."""

    state: str
    kind: StateKind
    by_day: tuple[int, ...]


@dataclass(frozen=True)
class CumulativeFlow:
    """Day by day: how many were started and ended by then, and how many have reached each state.

    What was done or stopped without a commitment counts as started on that day, so that started less ended is what is open.
    """

    first_day: str
    started: tuple[int, ...]
    finished: tuple[int, ...]
    stopped: tuple[int, ...]
    states: tuple[Reached, ...]
    """First to last; what was stopped is after all others."""

    def as_json(self) -> dict[str, object]:
        """Cumulative flow as JSON has it."""
        return {
            "first_day": self.first_day,
            "started": list(self.started),
            "finished": list(self.finished),
            "stopped": list(self.stopped),
            "states": [{"state": one.state, "kind": one.kind, "reached": list(one.by_day)} for one in self.states],
        }


@dataclass(frozen=True)
class Share:
    """What a type or horizon has of what was finished in the window and of what is in progress."""

    by: Literal["type", "horizon"]
    name: str | None
    finished: int
    open: int
    finished_share: float | None
    open_share: float | None

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "by": self.by, "name": self.name, "finished": self.finished, "open": self.open,
            "finished_share": self.finished_share, "open_share": self.open_share,
        }  # fmt: skip
