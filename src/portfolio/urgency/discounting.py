"""Discounting: what a week's benefit is worth at the start of the plan."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Weeks = NDArray[np.float64]


def decay_per_week(rate_per_year: float | None) -> float:
    """The continuous rate whose factor at week w is (1 + rate)^(-w/52); 0 without discounting."""
    return math.log1p(rate_per_year) / 52 if rate_per_year else 0.0


def factor(week: Weeks | float, decay: float) -> Weeks:
    """What one unit of money at a week is worth at week 0."""
    return np.exp(-decay * np.asarray(week, dtype=float))


def run_length(weeks: Weeks | float, decay: float) -> Weeks:
    """Discounted length of a run of weeks that begins now: its length itself where nothing is discounted."""
    length = np.maximum(np.asarray(weeks, dtype=float), 0.0)
    discounted: Weeks = -np.expm1(-decay * length) / decay if decay else length
    return discounted


def weeks_between(first: Weeks | float, last: Weeks | float, decay: float) -> Weeks:
    """Discounted weeks from `first` to `last`, integrated exactly; 0 where `last` comes first."""
    return factor(first, decay) * run_length(np.asarray(last) - np.asarray(first), decay)
