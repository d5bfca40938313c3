"""What every decision and every rule costs, by exact re-solves from the known plan."""

from portfolio.analysis.pricing.explanation import explain
from portfolio.analysis.pricing.price_list import price_list
from portfolio.analysis.pricing.re_solver import BoundedValue, ReSolver, bounded_value

__all__ = [
    "BoundedValue",
    "ReSolver",
    "bounded_value",
    "explain",
    "price_list",
]
