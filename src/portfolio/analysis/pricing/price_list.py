"""Builds the price list: prices every rule and every unit more, highest first."""

from __future__ import annotations

import math

from portfolio.analysis.pricing import priced_rules
from portfolio.analysis.pricing.prices import prices
from portfolio.analysis.pricing.re_solver import ReSolver
from portfolio.optimizer.tolerances import PROVEN_GAP
from portfolio.results.answer import Answer
from portfolio.results.prices import PriceLine, PriceList


def price_list(re_solver: ReSolver, answer: Answer, capacity: float, money: float | None) -> PriceList:
    """Prices every rule and every unit more of the portfolio of an answer."""
    portfolio = re_solver.problem.portfolio
    rules = priced_rules.rules(portfolio)
    more = priced_rules.units(portfolio, capacity, money)
    cross = priced_rules.cross_stream(portfolio)
    together = [priced_rules.all_of(cross)] if cross else []
    lines = prices(re_solver, [*rules, *together, *more])
    ends = len(rules) + len(together)
    alone = [line for line, change in zip(lines, rules, strict=False) if change in cross]
    dearest = max(alone, key=lambda line: line.likely, default=None)
    smallest = PROVEN_GAP * max(1.0, abs(re_solver.base.value))
    return PriceList(
        answer=answer,
        rules=_sorted(lines[: len(rules)]),
        units=_sorted(lines[ends:]),
        coordination_tax=lines[len(rules)] if cross else None,
        cross_stream=len(cross),
        remove_first=dearest if dearest is not None and dearest.likely > smallest else None,
        better=re_solver.known_value - re_solver.base.value,
    )


def _sorted(lines: list[PriceLine]) -> tuple[PriceLine, ...]:
    """Highest first; equal ones in the order of the portfolio."""
    return tuple(sorted(lines, key=lambda line: (-line.likely, -(math.inf if line.at_most is None else line.at_most))))
