"""Traps: portfolios without an error that still leave a plan empty, a value stream idle or a rule without effect.

Each is found from the portfolio alone, before anything is solved, but for those that need a plan to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portfolio.analysis.diagnostics.beyond_expectation import beyond_expectation
from portfolio.analysis.diagnostics.idle_stream import idle_stream
from portfolio.analysis.diagnostics.impossible_shares import empty_floor, full_ceiling
from portfolio.analysis.diagnostics.missed_deadlines import missed_deadlines
from portfolio.analysis.diagnostics.no_capacity import no_capacity
from portfolio.analysis.diagnostics.no_money import no_money
from portfolio.analysis.diagnostics.no_time_to_earn import no_time_to_earn
from portfolio.analysis.diagnostics.no_unit_cost import no_price
from portfolio.analysis.diagnostics.no_wip_places import no_places
from portfolio.analysis.diagnostics.nothing_approved import nothing_approved
from portfolio.analysis.diagnostics.nothing_pays import nothing_pays
from portfolio.analysis.diagnostics.situation import Situation
from portfolio.analysis.diagnostics.starved_stream import starved_stream
from portfolio.analysis.diagnostics.too_big import too_big
from portfolio.domain import FieldFinding, Plan
from portfolio.optimizer.formulation import Formulation

TRAPS: tuple[Callable[[Situation], Iterator[FieldFinding]], ...] = (
    no_time_to_earn,
    nothing_pays,
    missed_deadlines,
    nothing_approved,
    no_places,
    no_capacity,
    idle_stream,
    no_money,
    no_price,
    empty_floor,
    full_ceiling,
    too_big,
)
PLAN_TRAPS: tuple[Callable[[Formulation, Plan], Iterator[FieldFinding]], ...] = (starved_stream, beyond_expectation)


def diagnostics(situation: Situation) -> list[FieldFinding]:
    """Every trap that a portfolio is in, found without solving anything."""
    return [problem for trap in TRAPS for problem in trap(situation)]


def plan_traps(formulation: Formulation, plan: Plan) -> list[FieldFinding]:
    """Every trap that only a plan shows."""
    return [problem for trap in PLAN_TRAPS for problem in trap(formulation, plan)]


__all__ = ["PLAN_TRAPS", "TRAPS", "Situation", "plan_traps", "traps"]
