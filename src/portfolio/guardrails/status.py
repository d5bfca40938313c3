"""Status: how a plan stands to one guardrail in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

Place = Mapping[str, str]
"""Where a row of a guardrail holds, for example `{"value stream": "VS1", "period": "PI 2"}`."""


@dataclass(frozen=True)
class GuardrailStatus:
    """One guardrail in one place: how much is used, between which limits, and whether it is met and binding.

    Shares (of capacity, budget or selected) are shown as shares; `unit` says so.
    """

    name: str
    place: Place
    used: float
    at_least: float | None
    at_most: float | None
    met: bool
    binding: bool
    unit: str
    enforce: Literal["hard", "soft"] = "hard"
    breach: float = 0.0
    """How far an amount is outside its limits, in the unit of the measure; 0 where it is met."""
    price: float = 0.0
    """What one unit of breach costs."""
    amount: float | None = None
    """Of a share, the amount that is used; None where `used` is one."""
    base: float | None = None
    """What a share is a share of; None for amounts, and where nothing in this place has a capacity or budget."""


def number(limit: float) -> float | None:
    """A limit as people see it: None where there is none."""
    return float(limit) if np.isfinite(limit) else None
