"""What a plan must respect: one file per rule, and the limits, which are all sums over the work table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portfolio.domain import Portfolio
from portfolio.guardrails.approval import approval
from portfolio.guardrails.budget_shift import BudgetShift
from portfolio.guardrails.commitment import commitment
from portfolio.guardrails.commitment_point import commitment_point
from portfolio.guardrails.dates import dates
from portfolio.guardrails.dependency import dependency
from portfolio.guardrails.exclusive import exclusive
from portfolio.guardrails.fixed_date import fixed_date
from portfolio.guardrails.frozen import frozen
from portfolio.guardrails.going_on import going_on
from portfolio.guardrails.guardrail import Guardrail, Rows
from portfolio.guardrails.limit import Limit
from portfolio.guardrails.limits import capacity, lean_budget, mix, portfolio_wip_limit, wip_limit
from portfolio.guardrails.once import once
from portfolio.guardrails.reserve import reserve
from portfolio.guardrails.rule import Rule
from portfolio.guardrails.status import GuardrailStatus, Place
from portfolio.guardrails.together import together
from portfolio.options import Floats, Options

Kind = Callable[[Portfolio], Sequence[Guardrail]]

LIMITS: tuple[Callable[[Portfolio], Sequence[Limit]], ...] = (
    capacity,
    wip_limit,
    portfolio_wip_limit,
    lean_budget,
    mix,
    reserve,
)
RULES: tuple[Callable[[Portfolio], Sequence[Rule]], ...] = (
    once,
    commitment,
    going_on,
    dependency,
    exclusive,
    together,
    approval,
    commitment_point,
    frozen,
    fixed_date,
)
CHECKS: tuple[Callable[[Portfolio], Sequence[Rule]], ...] = (dates,)
"""Rules that every option keeps by its making, and that only a plan from elsewhere can break."""


def guardrails_of(portfolio: Portfolio, first: Sequence[Kind] = ()) -> list[Guardrail]:
    """Every guardrail that a portfolio has, limits first, in the order in which they are shown; or some kinds `first`."""
    return [guardrail for kind in dict.fromkeys((*first, *LIMITS, *RULES)) for guardrail in kind(portfolio)]


def limits_of(portfolio: Portfolio, first: Sequence[Callable[[Portfolio], Sequence[Limit]]] = ()) -> list[Limit]:
    """Every limit that a portfolio has, in the order of the family, or some kinds `first`."""
    return [limit for kind in dict.fromkeys((*first, *LIMITS)) for limit in kind(portfolio)]


def rules_of(portfolio: Portfolio) -> list[Rule]:
    """Every rule that a portfolio has, those that only a plan from elsewhere can break first."""
    return [rule for kind in (*CHECKS, *RULES) for rule in kind(portfolio)]


def check(options: Options, shifts: Floats | None = None) -> list[GuardrailStatus]:
    """How a plan stands to every guardrail, measured from the portfolio: `options` are those of the plan alone.

    Budgets shift as the plan needs, unless the shifts are given.
    """
    portfolio = options.portfolio
    shifts = BudgetShift(portfolio).needed(options) if shifts is None else shifts
    checks = [guardrail for kind in CHECKS for guardrail in kind(portfolio)]
    return [
        status for guardrail in (*guardrails_of(portfolio), *checks) for status in guardrail.status(options, shifts)
    ]


__all__ = [
    "CHECKS",
    "LIMITS",
    "RULES",
    "BudgetShift",
    "Guardrail",
    "GuardrailStatus",
    "Kind",
    "Limit",
    "Place",
    "Rows",
    "Rule",
    "check",
    "guardrails_of",
    "limits_of",
    "rules_of",
]
