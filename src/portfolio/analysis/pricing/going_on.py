"""The price of going on with a running epic: the best value where it may stop less the best value where it goes on."""

from __future__ import annotations

import math

from portfolio.analysis.pricing.re_solver import ReSolver
from portfolio.edits.edit import edit, edited
from portfolio.optimizer.tolerances import PROVEN_GAP


def price_of_going_on(re_solver: ReSolver, epic_id: str) -> tuple[float | None, float | None]:
    """What going on with an epic costs that may stop, never negative: one figure twice, or the two between which it lies.

    None for what is not known; where it cannot go on at all, both are.
    """
    portfolio = re_solver.problem.portfolio
    path = ("epics", portfolio.epic_index[epic_id], "start")
    worth = re_solver.worth(edited(portfolio, [edit(portfolio, path, portfolio.calendar.periods[0])]))
    base = re_solver.base
    if not worth.possible:
        return None, None
    if worth.proven and base.proven:
        price = max(0.0, base.value - worth.value)
        price = 0.0 if price <= PROVEN_GAP * max(1e-3, abs(base.value)) else price
        return price, price
    at_least = base.value - worth.bound if math.isfinite(worth.bound) else 0.0
    at_most = base.bound - worth.value if math.isfinite(base.bound) and math.isfinite(worth.value) else None
    return max(0.0, at_least), at_most
