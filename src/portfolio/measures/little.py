"""Little's law as a check: what is in progress is throughput times lead time, if work flows steadily and the data are whole.

Source: Little (1961), A proof for the queuing formula L = λW; Vacanti for the conditions in practice; the limits are
general knowledge.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from portfolio.measures.lives import Lives
from portfolio.measures.load import in_progress
from portfolio.measures.survival import FEWEST
from portfolio.results.flow.efficiency import LittlesLaw

LOWEST, HIGHEST = 0.8, 1.25
"""Arrivals for each that ended."""
OPEN_SHARE, AGE_SHARE = 0.2, 0.25
ROUNDING = 1e-9


def littles_law(lives: Lives, first: int, last: int) -> LittlesLaw:
    """The check over the days from first to last; what was never committed to is no part of it."""
    days = last - first + 1
    mean = float(in_progress(lives, first, last).mean())
    committed = lives.started <= last
    ended = committed & (lives.ended >= first) & (lives.ended <= last)
    arrived = int(((lives.started >= first) & committed).sum())
    count = int(ended.sum())
    took = float((lives.ended - lives.started + 1)[ended].mean()) if count else None
    rate = count / days
    ratio = rate * took / mean if took is not None and mean > 0 else None
    open_before, age_before = _open(lives, first - 1)
    open_after, age_after = _open(lives, last)
    why = _why(count, arrived, mean, (open_before, open_after), (age_before, age_after))
    return LittlesLaw(
        days, mean, arrived, count, rate, took, ratio, open_before, open_after, age_before, age_after, tuple(why)
    )


def _open(lives: Lives, day: int) -> tuple[int, float | None]:
    """How many are open at the end of a day, and their mean age."""
    rows = (lives.started <= day) & (lives.ended > day)
    return int(rows.sum()), float(np.mean(day - lives.started[rows] + 1)) if rows.any() else None


def _why(
    ended: int, arrived: int, mean: float, opened: tuple[int, int], ages: tuple[float | None, float | None]
) -> Iterator[str]:
    """What makes the check say nothing."""
    if ended < FEWEST:
        yield f"only {ended} ended, and it needs {FEWEST}"
    if not ended or not LOWEST - ROUNDING <= arrived / ended <= HIGHEST + ROUNDING:
        yield f"{arrived} arrived and {ended} ended"
    if abs(opened[1] - opened[0]) > max(1, OPEN_SHARE * mean) + ROUNDING:
        yield f"{opened[0]} were open before it and {opened[1]} at its end"
    if ages[0] is not None and ages[1] is not None and abs(ages[1] - ages[0]) > AGE_SHARE * ages[0] + ROUNDING:
        yield f"what was open was {ages[0]:.0f} days old on average before it and {ages[1]:.0f} at its end"
