"""What all rules of a portfolio that people made cost together: guardrails, WIP limits, budgets and approvals."""

from __future__ import annotations

from portfolio.analysis.pricing.priced_rules import all_of, distinct
from portfolio.analysis.pricing.prices import prices
from portfolio.analysis.pricing.re_solver import ReSolver
from portfolio.guardrails import Kind
from portfolio.guardrails.approval import approval
from portfolio.guardrails.limits import lean_budget, mix, portfolio_wip_limit, wip_limit

MADE: tuple[Kind, ...] = (mix, portfolio_wip_limit, wip_limit, lean_budget, approval)
"""Rules that people made and could leave out; capacity, dates and dependencies are facts."""


def cost_of_rules(re_solver: ReSolver) -> tuple[float | None, float | None]:
    """Between which two figures the value lies that the best plan without them is worth more; equal where it is known."""
    portfolio = re_solver.problem.portfolio
    changes = distinct(change for family in MADE for rule in family(portfolio) for change in rule.priced(portfolio))
    if not changes:
        return 0.0, 0.0
    (line,) = prices(re_solver, [all_of(changes)], share=1.0)
    return line.at_least, line.at_most
