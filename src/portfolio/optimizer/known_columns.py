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
    options, bookings = formulation.options, plan.bookings
    chosen = np.zeros(len(options))
    for row, (epic, start, periods) in enumerate(zip(options.epic, options.start, options.periods, strict=True)):
        booking = bookings.get(options.portfolio.epics[epic].id)
        chosen[row] = booking is not None and (booking.start, booking.periods) == (start, periods)
    lower, upper = formulation.lower.copy(), formulation.upper.copy()
    lower[: len(options)] = upper[: len(options)] = chosen
    return solve(replace(formulation, lower=lower, upper=upper), replace(limits or Limits(), gap=0.0)).columns
