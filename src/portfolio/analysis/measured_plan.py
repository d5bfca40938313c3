"""Measures a plan: everything that its portfolio's rules say of it, whatever search it came from."""

from __future__ import annotations

from collections.abc import Collection

from portfolio.analysis.allocation import allocation_of
from portfolio.analysis.funding import funding_of
from portfolio.analysis.work import work_of
from portfolio.guardrails import BudgetShift, check
from portfolio.options import Options
from portfolio.results.measured import MeasuredPlan


def measured_plan(options: Options, released: Collection[str]) -> MeasuredPlan:
    """Measures the plan whose options these are, with the budget shifts that it needs.

    `released` are the states of epics for which pivot-or-persevere was decided, so that the rest of their money is free.
    """
    shifts = BudgetShift(options.portfolio).needed(options)
    return MeasuredPlan(
        value_streams=allocation_of(options, shifts),
        guardrails=tuple(check(options, shifts)),
        funding=funding_of(options, shifts, released),
        work=work_of(options),
    )
