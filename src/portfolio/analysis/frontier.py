"""Bounds the plans of a frontier: what one step proves of the others."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.optimizer.outcome import Outcome, bounded


def with_bounds(outcomes: Sequence[Outcome], direction: int) -> list[Outcome]:
    """The outcomes of steps in rising order, with the bounds that looser steps prove for tighter ones.

    What no plan can exceed where more is allowed, none can exceed where less is.
    """
    if not direction:
        return list(outcomes)
    proven: list[Outcome] = []
    lowest: float | None = None
    for outcome in outcomes[::-direction]:
        if outcome.bound is not None:
            lowest = outcome.bound if lowest is None else min(lowest, outcome.bound)
        proven.append(bounded(outcome, lowest))
    return proven[::-direction]
