"""What every decision and every rule costs, by exact re-solves from the known plan."""

from portfolio.explain.pricing.entry import Way
from portfolio.explain.pricing.explanation import Explanation, Need, Shift, explain
from portfolio.explain.pricing.report import PriceLine, PriceList, price_list
from portfolio.explain.pricing.resolving import Resolver, Worth, worth_of

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
