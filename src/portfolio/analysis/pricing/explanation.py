"""Explains an epic: what it earns and needs, what it costs, and what would change the answer."""

from __future__ import annotations

import math

import numpy as np

from portfolio.analysis.fit_alone import FitAlone, parts_to_fit
from portfolio.analysis.pricing.counterfactuals import smallest_changes
from portfolio.analysis.pricing.re_solver import BoundedValue, ReSolver
from portfolio.domain import Epic, Plan
from portfolio.domain.validation import plannable
from portfolio.edits.edit import edited
from portfolio.edits.epic_choice import forced_in, left_out
from portfolio.optimizer.sensitivity.nearest_plan import nearest_plan
from portfolio.optimizer.tolerances import PROVEN_GAP
from portfolio.results.epic_decisions import decision_of
from portfolio.results.epic_explanation import EpicShift, Explanation, Need, Way


def explain(re_solver: ReSolver, epic: Epic, reason: str) -> Explanation:
    """Explains one epic by re-solves: without it if it is in the plan, with it if it is not."""
    plan = re_solver.base.plan or Plan()
    portfolio = re_solver.problem.portfolio
    inside = epic.id in plan
    changed = edited(portfolio, left_out(portfolio, epic.id) if inside else forced_in(portfolio, epic.id))
    worth = re_solver.worth(changed)
    other = worth.plan
    if other is not None and worth.proven:
        other = nearest_plan(re_solver.of(changed), other, plan, max(0.05, re_solver.left), re_solver.cancel)
    price = _lost(re_solver, worth)
    ways, tried = (
        ((), True)
        if inside or price == (0.0, 0.0) or plannable(epic, portfolio) is not None
        else _ways(re_solver, epic)
    )
    value, needs, spend = _needs(re_solver, epic, plan)
    return Explanation(
        id=epic.id,
        title=epic.title,
        decision=decision_of(
            plan.bookings[epic.id].start if inside else None,
            running=portfolio.is_running(epic) and plannable(epic, portfolio) is None,
        ),
        reason=reason,
        value=value,
        needs=needs,
        spend=spend,
        followers=_followers(re_solver, epic, plan),
        possible=None if worth.plan is None and worth.possible else worth.possible,
        cost_at_least=None if price is None else price[0],
        cost_at_most=None if price is None or math.isinf(price[1]) else price[1],
        shifts=() if other is None else shifts(re_solver, plan, other, epic),
        ways_in=ways,
        all_tried=tried,
        portfolio=portfolio,
        parts=None if inside else _parts(re_solver, epic),
    )


def _parts(re_solver: ReSolver, epic: Epic) -> int | None:
    """Into how many parts an epic that does not fit even alone would have to be split."""
    portfolio = re_solver.problem.portfolio
    members = np.flatnonzero(re_solver.formulation.options.epic == portfolio.epic_index[epic.id])
    blocked = FitAlone(re_solver.formulation).obstacle(members) is not None
    return parts_to_fit(portfolio, epic) if blocked else None


def _ways(re_solver: ReSolver, epic: Epic) -> tuple[tuple[Way, ...], bool]:
    ways, tried = smallest_changes(re_solver, epic)
    return tuple(ways), tried


def _lost(re_solver: ReSolver, worth: BoundedValue) -> tuple[float, float] | None:
    """What the plan loses, between two figures; None where there is no other plan or its bound is not known."""
    base = re_solver.base
    if worth.plan is None:
        return None
    if worth.proven and base.proven:
        lost = base.value - worth.value
        lost = 0.0 if abs(lost) <= PROVEN_GAP * max(1e-3, abs(base.value)) else lost
        return lost, lost
    return max(0.0, base.value - worth.bound), max(0.0, base.bound - worth.value)


def _needs(re_solver: ReSolver, epic: Epic, plan: Plan) -> tuple[float, tuple[Need, ...], float]:
    """Value, needs by value stream and period, and spend of an epic where it is planned."""
    if epic.id not in plan:
        return 0.0, (), 0.0
    portfolio = re_solver.problem.portfolio
    options = re_solver.problem.options_of(Plan({epic.id: plan.bookings[epic.id]}))
    work = options.work
    needs = tuple(
        Need(portfolio.value_streams[stream].id, portfolio.calendar.periods[period], float(effort), float(spend))
        for period, stream, effort, spend in sorted(
            zip(work.period, work.stream, work.effort, work.spend, strict=True), key=lambda need: (need[1], need[0])
        )
    )
    return float(options.value.sum()), needs, float(options.spend.sum())


def _followers(re_solver: ReSolver, epic: Epic, plan: Plan) -> tuple[str, ...]:
    """The epics of the plan that depend on an epic, also through others, in the order of the sheet."""
    links = re_solver.problem.portfolio.dependencies
    reached, ahead = set[str](), [epic.id]
    while ahead:
        first = ahead.pop()
        after = {link.successor for link in links if link.predecessor == first} - reached
        reached |= after
        ahead += sorted(after)
    return tuple(other.id for other in re_solver.problem.portfolio.epics if other.id in reached and other.id in plan)


def shifts(re_solver: ReSolver, before: Plan, after: Plan, epic: Epic) -> tuple[EpicShift, ...]:
    """What happens to the other epics from one plan to another: dropped, moved and started, in the order of the sheet."""
    periods = re_solver.problem.portfolio.calendar.periods

    def times(plan: Plan, epic_id: str) -> tuple[str, str] | None:
        booking = plan.bookings.get(epic_id)
        return None if booking is None else (periods[booking.start], periods[booking.finish])

    moves: list[EpicShift] = []
    for other in re_solver.problem.portfolio.epics:
        old, new = times(before, other.id), times(after, other.id)
        if other.id != epic.id and old != new:
            moves.append(
                EpicShift(other.id, "started" if old is None else "dropped" if new is None else "moved", old, new)
            )
    order = ("dropped", "moved", "started")
    return tuple(sorted(moves, key=lambda shift: order.index(shift.change)))
