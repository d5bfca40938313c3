"""Epics as points: duration across, cost of delay upwards, and lines along which their ratio is the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One epic: its duration across, its cost of delay upwards, their ratio, and whether it starts."""

    id: str
    label: str
    rank: int | None
    duration: float
    cost_of_delay: float
    ratio: float
    horizon: str | None
    starts: bool | None


@dataclass(frozen=True)
class RatioLine:
    """A line along which cost of delay divided by duration is the same."""

    ratio: float
    words: str
