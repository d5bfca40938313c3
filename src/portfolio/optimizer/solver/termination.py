"""What a solver is asked for, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from portfolio.optimizer.default_limits import DEFAULT_TIME_LIMIT
from portfolio.optimizer.tolerances import FEASIBILITY
from portfolio.options import Floats

Termination = Literal["gap reached", "infeasible", "time limit", "interrupted", "node limit", "unsure"]
"""`unsure`: HiGHS does not stand by its own answer, since it misses a limit by a little; it proves nothing."""
Progress = Callable[[float, float | None, float], None]
"""Told now and then while solving: seconds, value of the best plan so far (None before the first), bound."""


@dataclass(frozen=True)
class Solution:
    """What HiGHS says: how it ended, the best columns' values found (if any), and the bound on the objective."""

    termination: Termination
    columns: Floats | None
    bound: float | None


@dataclass(frozen=True)
class Limits:
    """When to stop: relative gap reached, seconds gone, or (repeatable on any machine) nodes searched.

    `feasibility` is HiGHS's tolerance, and `unit` what one unit of its objective stands for where that is not left to us.
    `patience` is how many nodes, or relaxations of a tree, a proof is sought in although the gap is reached.
    """

    gap: float = 0.0
    seconds: float = DEFAULT_TIME_LIMIT
    nodes: int | None = None
    feasibility: float = FEASIBILITY
    any_solution: bool = False
    unit: float | None = None
    patience: int = 0
