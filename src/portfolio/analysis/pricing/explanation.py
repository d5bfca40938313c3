"""Why an epic is in the plan or not, in full: what it earns and needs, what it costs, and what would change the answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from portfolio.analysis.pricing.counterfactuals import Way, smallest_changes
from portfolio.analysis.pricing.re_solver import BoundedValue, ReSolver
from portfolio.domain import Epic, Plan
from portfolio.domain.validation import plannable
from portfolio.edits.edit import edited
from portfolio.edits.epic_choice import forced_in, left_out
from portfolio.optimizer.sensitivity.nearest_plan import nearest_plan


@dataclass(frozen=True)
class Need:
    """What an epic needs of one value stream in one period."""

    stream: str
    period: str
    effort: float
    spend: float


@dataclass(frozen=True)
class Shift:
    """An epic that comes, goes or moves when another is forced in or left out; times are labels of first and last period."""

    id: str
    change: Literal["started", "moved", "dropped"]
    before: tuple[str, str] | None
    after: tuple[str, str] | None


@dataclass(frozen=True)
class Explanation:
    """The full answer about one epic.

    `cost_at_least` and `cost_at_most` enclose what the plan loses: without the epic if it is in the plan, with it if it
    is not; null where that is not possible at all or not known. `shifts` is what happens to the others then.
    """

    id: str
    title: str | None
    decision: Literal["start", "wait"]
    reason: str
    value: float
    needs: tuple[Need, ...]
    spend: float
    followers: tuple[str, ...]
    possible: bool | None
    cost_at_least: float | None
    cost_at_most: float | None
    shifts: tuple[Shift, ...]
    ways_in: tuple[Way, ...]
    all_tried: bool

    def as_json(self) -> dict[str, Any]:
        """The explanation, field by field."""
        return {
            "id": self.id,
            "title": self.title,
            "decision": self.decision,
            "reason": self.reason,
            "value": self.value,
            "spend": self.spend,
            "needs": [vars(need) for need in self.needs],
            "followers": list(self.followers),
            "possible": self.possible,
            "cost": {"at_least": self.cost_at_least, "at_most": self.cost_at_most},
            "shifts": [
                {"id": shift.id, "change": shift.change, "before": shift.before, "after": shift.after}
                for shift in self.shifts
            ],
            "ways_in": [
                {
                    "kind": way.change.kind,
                    "name": way.change.name,
                    "place": dict(way.change.place),
                    "amount": way.change.amount,
                    "unit": way.change.unit,
                    "to": way.change.to,
                    "value": way.value,
                    "proven": way.proven,
                }
                for way in self.ways_in
            ],
            "all_tried": self.all_tried,
        }


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
        decision="start" if inside else "wait",
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
    )


def _ways(re_solver: ReSolver, epic: Epic) -> tuple[tuple[Way, ...], bool]:
    found, tried = smallest_changes(re_solver, epic)
    return tuple(found), tried


def _lost(re_solver: ReSolver, worth: BoundedValue) -> tuple[float, float] | None:
    """What the plan loses, between two figures; None where there is no other plan or its bound is not known."""
    base = re_solver.base
    if worth.plan is None:
        return None
    if worth.proven and base.proven:
        lost = base.value - worth.value
        lost = 0.0 if abs(lost) <= 1e-6 * max(1e-3, abs(base.value)) else lost
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
    found, ahead = set[str](), [epic.id]
    while ahead:
        first = ahead.pop()
        after = {link.successor for link in links if link.predecessor == first} - found
        found |= after
        ahead += sorted(after)
    return tuple(other.id for other in re_solver.problem.portfolio.epics if other.id in found and other.id in plan)


def shifts(re_solver: ReSolver, before: Plan, after: Plan, epic: Epic) -> tuple[Shift, ...]:
    """What happens to the other epics from one plan to another: dropped, moved and started, in the order of the sheet."""
    periods = re_solver.problem.portfolio.calendar.periods

    def times(plan: Plan, epic_id: str) -> tuple[str, str] | None:
        booking = plan.bookings.get(epic_id)
        return None if booking is None else (periods[booking.start], periods[booking.finish])

    found: list[Shift] = []
    for other in re_solver.problem.portfolio.epics:
        old, new = times(before, other.id), times(after, other.id)
        if other.id != epic.id and old != new:
            found.append(Shift(other.id, "started" if old is None else "dropped" if new is None else "moved", old, new))
    order = ("dropped", "moved", "started")
    return tuple(sorted(found, key=lambda shift: order.index(shift.change)))
