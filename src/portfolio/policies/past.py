"""What dated history says of epics on the last day that it knows, so that checks measure what happened and not what was meant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

FEWEST = 5
"""Finished epics from which on anything is said of how long they take."""


@dataclass(frozen=True)
class PastEpic:
    """One epic as its history has it; days are None for what has not happened.

    `considered` is the first day on which it was looked at before it was committed to, past the state where ideas wait.
    `parts` are its features or stories that history knows, and `parts_done` those of them that are finished.
    """

    id: str
    stream: str | None
    started: date | None
    finished: date | None
    is_open: bool
    considered: date | None = None
    parts: int = 0
    parts_done: int = 0
    is_over: bool = False
    """Whether it is done or stopped."""

    @property
    def took(self) -> int | None:
        """Days from its start until it was finished, both counted."""
        return None if self.started is None or self.finished is None else (self.finished - self.started).days + 1


@dataclass(frozen=True)
class LeadTimes:
    """How long epics take, with what is still open: the share that took longer than each number of days."""

    days: tuple[int, ...]
    longer: tuple[float, ...]
    finished: int
    longest: int
    """Days that the longest of the finished ones took."""

    def share_longer(self, days: float) -> float:
        """The share that takes longer than so many days."""
        place = bisect_right(self.days, days)
        return self.longer[place - 1] if place else 1.0


@dataclass(frozen=True)
class Past:
    """Every epic that history knows, and how long epics took: of each value stream, and of the portfolio by the name None."""

    as_of: date
    epics: tuple[PastEpic, ...]
    lead_times: Mapping[str | None, LeadTimes] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, PastEpic]:
        """Each epic by its ID in small letters."""
        return {epic.id.casefold(): epic for epic in self.epics}

    @property
    def open(self) -> tuple[PastEpic, ...]:
        """What is in progress, the oldest first."""
        return tuple(sorted((epic for epic in self.epics if epic.is_open), key=lambda epic: epic.started or self.as_of))

    def age(self, epic: PastEpic) -> int:
        """Days since it was started, both counted."""
        return 0 if epic.started is None else (self.as_of - epic.started).days + 1

    def lead_times_of(self, stream: str | None) -> tuple[str | None, LeadTimes] | None:
        """How long epics of a value stream took, else those of the portfolio, with whose they are; None where too few are finished."""
        for name in (stream, None):
            found = self.lead_times.get(name)
            if found is not None and found.finished >= FEWEST:
                return name, found
        return None
