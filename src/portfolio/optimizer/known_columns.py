"""The columns of a plan that is known already, to begin from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver import Limits, solve
from portfolio.options import Floats


def known_columns(formulation: Formulation, plan: Plan, limits: Limits | None = None) -> Floats | None:
    """A plan's columns, with the shifts and breaches that it needs: what is left open when its starts are fixed."""
    taken = {(epic, booking.start, booking.periods) for epic, booking in plan.bookings.items()}
    chosen = np.array([way in taken for way in formulation.options.ways()], dtype=np.float64)
    lower, upper = formulation.lower.copy(), formulation.upper.copy()
    lower[: len(chosen)] = upper[: len(chosen)] = chosen
    return solve(replace(formulation, lower=lower, upper=upper), replace(limits or Limits(), gap=0.0)).columns
