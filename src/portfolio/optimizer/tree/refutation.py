"""The prices that show that a part holds no plan at all.

Where the limits of columns cannot be kept, there is a direction in which prices bring the bound down as far as one likes (Farkas' lemma).
So much of it is added that the bound falls well below what counts.
"""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver import HotRelaxation
from portfolio.optimizer.tree.replay import TINY, bound_of, priced
from portfolio.options import Floats

FARTHER = 4.0
"""How many times as far the bound falls as it has to: then it also falls where a program differs a little."""


def refutation(own: Formulation, relaxation: HotRelaxation, lower: Floats, upper: Floats, low: float) -> Floats | None:
    """Prices that bound what keeps these limits below `low`, where the last relaxation had no solution; None if not found."""
    direction = relaxation.row_direction if np.isfinite(low) else None
    if direction is None:
        return None

    def bound(prices: Floats, objective: Floats) -> float:
        made = priced(prices[None], own.first, own.column, own.coefficient, own.row_lower, own.row_upper, objective)
        return float(bound_of(made.limits[0], made.left[0], lower, upper, TINY * relaxation.unit))

    falls = -bound(direction, np.zeros(own.columns))
    at_first = bound(np.zeros(own.rows), own.objective)
    if not (falls > 0 and np.isfinite(falls) and np.isfinite(at_first)):
        return None
    prices = direction * (FARTHER * max(0.0, at_first - low) / falls)
    return prices if bound(prices, own.objective) <= low else None
