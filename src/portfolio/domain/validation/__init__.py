"""Checks a portfolio as a whole: one small check for each rule, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portfolio.domain.finding import FieldFinding
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.validation.dates import check_deadlines, check_period_labels, check_time_zone, check_windows
from portfolio.domain.validation.dependencies import check_dependencies, check_dependency_cycles
from portfolio.domain.validation.evidence import check_evidence
from portfolio.domain.validation.guardrails import (
    check_bases,
    check_capex_shares,
    check_filters,
    check_grouping,
    check_levels,
    check_names,
    check_prices,
)
from portfolio.domain.validation.identity import (
    check_capacity,
    check_effort_streams,
    check_ids,
    check_periods,
)
from portfolio.domain.validation.money import check_approval, check_budget_shifts, check_groups, check_mvp
from portfolio.domain.validation.outcomes import check_outcomes
from portfolio.domain.validation.ranges import check_capacity_ranges, check_ranges, check_shares, check_step_chance
from portfolio.domain.validation.value import (
    check_effort,
    check_money,
    check_scores,
    check_urgency,
    check_value_curves,
    plannable,
)

CHECKS: tuple[Callable[[Portfolio], Iterator[FieldFinding]], ...] = (
    check_ids,
    check_periods,
    check_capacity,
    check_effort_streams,
    check_period_labels,
    check_windows,
    check_scores,
    check_money,
    check_urgency,
    check_deadlines,
    check_value_curves,
    check_effort,
    check_mvp,
    check_approval,
    check_groups,
    check_budget_shifts,
    check_dependencies,
    check_dependency_cycles,
    check_names,
    check_grouping,
    check_filters,
    check_levels,
    check_bases,
    check_prices,
    check_capex_shares,
    check_outcomes,
    check_ranges,
    check_capacity_ranges,
    check_shares,
    check_step_chance,
    check_time_zone,
    check_evidence,
)
"""Every check, in the order of the sheets."""


def validate(portfolio: Portfolio) -> list[FieldFinding]:
    """Everything that is wrong with a portfolio whose fields can each be read.

    Work of another level than the planned one is neither ranked nor planned, so that it may lack what that needs.
    """
    found = [problem for check in CHECKS for problem in check(portfolio)]
    if not portfolio.other_levels:
        return found
    other = {epic.id for epic in portfolio.other_levels}
    aside = {index for index, epic in enumerate(portfolio.epics) if epic.id in other}
    return [
        one
        for one in found
        if one.path[:1] != ("epics",) or one.path[1:2] == () or one.path[1] not in aside or "id" in one.path
    ]


__all__ = ["CHECKS", "plannable", "validate"]
