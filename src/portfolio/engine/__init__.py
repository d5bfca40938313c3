"""The story: load, rank, plan, compare, write. Each step is one call, and frozen data passes between them."""

from __future__ import annotations

from portfolio.engine.comparing import diff
from portfolio.engine.explaining import explain, prices
from portfolio.engine.loading import DEFAULT_MODEL, HasErrorsError, Loaded, load, read_export
from portfolio.engine.planning import DEFAULT_GAP, DEFAULT_TIME_LIMIT, Progress, plan, previous_plan, rank
from portfolio.engine.writing import write, write_plan, write_ranking

__all__ = [
    "DEFAULT_GAP",
    "DEFAULT_MODEL",
    "DEFAULT_TIME_LIMIT",
    "HasErrorsError",
    "Loaded",
    "Progress",
    "diff",
    "explain",
    "load",
    "plan",
    "previous_plan",
    "prices",
    "rank",
    "read_export",
    "write",
    "write_plan",
    "write_ranking",
]
