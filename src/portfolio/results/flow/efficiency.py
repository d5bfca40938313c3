"""Flow efficiency and Little's law: how much of the time somebody worked on an epic, and whether the figures hang together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Efficiency:
    """Active days among the days that the epics finished in the window took, all of them together."""

    group: str | None
    finished: int
    active_days: int
    lead_days: int
    efficiency: float | None
    """Their ratio; None where too few were finished."""
    before: float | None = None
    """The same of the window before this one."""

    def as_json(self, key: str) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            key: self.group, "finished": self.finished, "active_days": self.active_days, "lead_days": self.lead_days,
            "efficiency": self.efficiency, "before": self.before,
        }  # fmt: skip


@dataclass(frozen=True)
class LittlesLaw:
    """A check of the data and of steadiness, no forecast: what is in progress against throughput times lead time.

    `why` says what makes the check invalid; empty where it holds.
    """

    days: int
    in_progress: float
    """Mean of the days."""
    arrived: int
    ended: int
    throughput: float
    """Finished or stopped a day."""
    lead_time: float | None
    """Mean of what ended."""
    ratio: float | None
    open_before: int
    open_after: int
    age_before: float | None
    age_after: float | None
    why: tuple[str, ...]

    @property
    def is_valid(self) -> bool:
        """Whether the conditions are met under which the law says anything."""
        return not self.why

    @property
    def sentence(self) -> str:
        """What the check says, or why it says nothing here."""
        why = "; ".join(self.why)
        if self.ratio is None:
            return f"Little's law says nothing here: {why}."
        said = "the figures hang together" if self.is_valid else f"it says nothing here: {why}"
        return f"Little's law: throughput times lead time is {self.ratio:.2f} of what is in progress; {said}."

    def as_json(self) -> dict[str, object]:
        """The check as JSON has it."""
        return {
            "days": self.days, "in_progress": self.in_progress, "arrived": self.arrived, "ended": self.ended,
            "throughput": self.throughput, "lead_time": self.lead_time, "ratio": self.ratio,
            "open_before": self.open_before, "open_after": self.open_after, "age_before": self.age_before,
            "age_after": self.age_after, "valid": self.is_valid, "why": list(self.why),
        }  # fmt: skip


@dataclass(frozen=True)
class Predictability:
    """How much of the value that objectives of a period promised was there at its end; what was not promised may add to it."""

    period: str
    planned: float
    actual: float | None
    """None where an objective has no actual value yet."""
    share: float | None
    open: int = 0
    """Objectives without an actual value."""

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "period": self.period, "planned": self.planned, "actual": self.actual, "share": self.share,
            "open": self.open,
        }  # fmt: skip


@dataclass(frozen=True)
class PlanKept:
    """How many epics that the agreed plan had done by the end of a closed period were done by then."""

    period: str
    planned: int
    done: int

    @property
    def share(self) -> float | None:
        """Their ratio; None where none was to be done in it."""
        return self.done / self.planned if self.planned else None

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {"period": self.period, "planned": self.planned, "done": self.done, "share": self.share}
