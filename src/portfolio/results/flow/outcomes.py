"""Outcomes: how far key results have come, against the time that has passed; no epic is credited with any of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyResultProgress:
    """One key result with its latest reading; progress is raw: above 1 is beaten, below 0 has moved away."""

    objective: str
    key_result: str | None
    baseline: float | None
    target: float | None
    current: float | None
    measured_on: str | None
    progress: float | None
    time_passed: float | None
    weight: float
    is_stale: bool
    """Whether the reading is too old to say anything about today."""
    last_change: float | None
    """Progress since the reading before."""
    readings: tuple[tuple[str, float], ...]
    """Every reading up to now: its day, and the progress then."""
    serves: tuple[ServingEpic, ...]

    @property
    def ahead(self) -> float | None:
        """Progress less time passed: a reading aid, since outcomes lag behind what is done for them."""
        return None if self.progress is None or self.time_passed is None else self.progress - self.time_passed

    @property
    def label(self) -> str:
        """The objective with its key result."""
        return f"{self.objective}: {self.key_result}" if self.key_result else self.objective

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "objective": self.objective, "key_result": self.key_result, "baseline": self.baseline,
            "target": self.target, "current": self.current, "measured_on": self.measured_on,
            "progress": self.progress, "time_passed": self.time_passed, "ahead": self.ahead, "weight": self.weight,
            "stale": self.is_stale, "last_change": self.last_change,
            "readings": [{"measured_on": day, "progress": progress} for day, progress in self.readings],
            "epics": [epic.as_json() for epic in self.serves],
        }  # fmt: skip


@dataclass(frozen=True)
class ServingEpic:
    """An epic that serves a key result: where it stands and what has been spent on it, with no share of the movement."""

    epic: str
    title: str | None
    state: str | None
    spent: float | None
    """Money for the effort that it took so far; None where nobody said."""

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {"epic": self.epic, "state": self.state, "spent": self.spent}


@dataclass(frozen=True)
class ObjectiveProgress:
    """One objective: the mean of its key results by weight, each held within 0 and 1."""

    objective: str
    progress: float | None
    measured: int
    """Key results with a reading."""
    key_results: int

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "objective": self.objective, "progress": self.progress, "measured": self.measured,
            "key_results": self.key_results,
        }  # fmt: skip


@dataclass(frozen=True)
class PivotOrPersevere:
    """The evidence at the end of an MVP, without a verdict, and who decides."""

    epic: str
    title: str | None
    mvp_ends: str | None
    """The last day or period of its MVP."""
    is_over: bool
    key_results: tuple[KeyResultProgress, ...]
    spent: float | None
    reserved: float | None
    """Money for the effort that is left."""
    value_per_size: float | None
    """What it would still earn for each unit of effort that is left."""
    chance: float | None
    """That it is done by its date, where a forecast says so."""
    who: str
    """Who decides, as the way of working says; blank where it does not."""

    @property
    def sentence(self) -> str:
        """The evidence in a few sentences, without a verdict; that there is no key result is said first."""
        name = f"{self.epic} {self.title}" if self.title else self.epic
        when = (
            "has no known end" if self.mvp_ends is None else f"{'ended' if self.is_over else 'ends'} on {self.mvp_ends}"
        )
        parts = [f"Pivot or persevere, {name}: its MVP {when}."]
        if not self.key_results:
            parts.insert(0, "No key result says what it is for.")
        for one in self.key_results:
            at = "has no reading" if one.progress is None else f"is at {one.progress:.0%}"
            passed = "" if one.time_passed is None else f" when {one.time_passed:.0%} of its time had passed"
            moved = "" if one.last_change is None else f", {one.last_change:+.0%} since the reading before"
            parts.append(f"{one.label} {at}{passed}{moved}.")
        money = [
            f"{value:,.0f} {word}"
            for value, word in ((self.spent, "is spent"), (self.reserved, "more is reserved"))
            if value is not None
        ]
        if money:
            parts.append(f"{' and '.join(money)}.")
        if self.value_per_size is not None:
            parts.append(f"What it would still earn for each unit that is left: {self.value_per_size:.3g}.")
        if self.chance is not None:
            parts.append(f"Chance to be done by its date: {self.chance:.0%}.")
        return " ".join([*parts, self.who]).strip()

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "epic": self.epic, "mvp_ends": self.mvp_ends, "over": self.is_over,
            "key_results": [
                {"objective": one.objective, "key_result": one.key_result, "progress": one.progress,
                 "time_passed": one.time_passed, "last_change": one.last_change}
                for one in self.key_results
            ],
            "spent": self.spent, "reserved": self.reserved, "value_per_size": self.value_per_size,
            "chance": self.chance, "who_decides": self.who,
        }  # fmt: skip
