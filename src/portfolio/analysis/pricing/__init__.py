"""What every decision and every rule costs, by exact re-solves from the known plan."""

from portfolio.analysis.pricing.counterfactuals import Way
from portfolio.analysis.pricing.explanation import Explanation, Need, Shift, explain
from portfolio.analysis.pricing.price_list import PriceLine, PriceList, price_list
from portfolio.analysis.pricing.re_solver import Resolver, Worth, worth_of

__all__ = [
    "Explanation",
    "Need",
    "PriceLine",
    "PriceList",
    "Resolver",
    "Shift",
    "Way",
    "Worth",
    "explain",
    "price_list",
    "worth_of",
]
