"""The settings that scores depend on, as an operating model chose them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Denominator = Literal["job_size", "duration", "effort", "cost"]


@dataclass(frozen=True)
class ScoringRules:
    """What is added up, with which weights, on which scale, divided by what, and what the ranking sorts by."""

    method: Literal["wsjf", "cd3"]
    weights: Mapping[str, float]
    scale: tuple[float, ...]
    denominator: Denominator
