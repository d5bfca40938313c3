"""Compares two plans: value, epics, capacity and guardrails, whatever the reason for the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from portfolio.analysis.difference.identity import Names
from portfolio.domain.tolerance import ROUNDING
from portfolio.optimizer.outcome import Outcome
from portfolio.results.answer import Answer
from portfolio.results.epic_decisions import EpicLine
from portfolio.results.guardrails import standing
from portfolio.results.plan_difference import (
    GuardrailMove,
    OldPlan,
    Pair,
    PlanEffect,
    PlannedEpic,
    StreamUse,
    ValueEffect,
)


def difference_of_plans(before: Answer, after: Answer, names: Names, old_plan: OldPlan | None = None) -> PlanEffect:
    """Compares two answers, of one portfolio or of two; `names` says what is the same in both.

    Where one of them has no plan, nothing is said of its epics and guardrails.
    """
    both = before.plan is not None and after.plan is not None
    return PlanEffect(
        before=before.outcome,
        after=after.outcome,
        unit=after.portfolio.value_unit,
        value=_value(before, after),
        delay_cost=Pair(_delay(before), _delay(after)),
        spend=Pair(_spend(before), _spend(after)),
        epics=tuple(_epics(before, after, names)) if both else (),
        value_streams=tuple(_streams(before, after, names)),
        guardrails=tuple(_guardrails(before, after, names)) if both else (),
        old_plan=old_plan,
    )


def _value(before: Answer, after: Answer) -> ValueEffect:
    old, new = before.outcome, after.outcome
    if old.value is None or new.value is None or before.portfolio.value_unit != after.portfolio.value_unit:
        return ValueEffect(old.value, new.value, None, None, None, None)
    old_best, new_best = _highest(old), _highest(new)
    at_least = None if old_best is None else new.value - old_best
    at_most = None if new_best is None else new_best - old.value
    if at_least is None or at_most is None:
        return ValueEffect(old.value, new.value, new.value - old.value, at_least, at_most, None)
    small = ROUNDING * max(1.0, abs(old.value), abs(new.value))
    open_ended = at_most - at_least > small and at_least <= small and at_most >= -small
    return ValueEffect(old.value, new.value, new.value - old.value, at_least, at_most, open_ended)


def _highest(outcome: Outcome) -> float | None:
    """The most that any plan can be worth; a plan that is proven best is that itself."""
    return outcome.value if outcome.claim == "proven best" or outcome.gap == 0 else outcome.bound


def _delay(answer: Answer) -> float | None:
    """What waiting and duration cost in all, for the epics whose value is known."""
    return None if answer.plan is None else sum(line.delay_cost or 0.0 for line in answer.epics)


def _spend(answer: Answer) -> float | None:
    return None if answer.plan is None else sum(line.spend for line in answer.epics)


def _epics(before: Answer, after: Answer, names: Names) -> Iterator[PlannedEpic]:
    """What starts now, what moves, what no longer starts; in the new order of the ranking, what is gone at the end."""
    titles = {epic.id: epic.title for epic in (*before.portfolio.epics, *after.portfolio.epics)}
    old = {names.epics.get(line.id, line.id): line for line in before.epics if line.start is not None}
    for new in after.epics:
        was = old.get(new.id)
        if was is None and new.start is not None:
            yield _planned("started", titles[new.id], None, new, new.reason)
        elif was is not None and new.start is None:
            yield _planned("dropped", titles[new.id], was, new, new.reason)
        elif was is not None and _times(was, names.periods) != _times(new, {}):
            yield _planned("moved", titles[new.id], was, new, new.reason)
    there = {line.id for line in after.epics}
    for name, line in old.items():
        if name not in there:
            yield _planned("dropped", titles[line.id], line, None, "It is no longer in the portfolio.")


def _times(line: EpicLine, periods: Mapping[str, str]) -> tuple[str, str, int | None]:
    start, finish = line.start or "", line.finish or ""
    return periods.get(start, start), periods.get(finish, finish), line.periods


def _planned(
    change: Literal["started", "moved", "dropped"],
    title: str | None,
    was: EpicLine | None,
    new: EpicLine | None,
    reason: str,
) -> PlannedEpic:
    return PlannedEpic(
        id=new.id if new is not None else was.id if was is not None else "",
        title=title,
        change=change,
        start_before=None if was is None else was.start,
        finish_before=None if was is None else was.finish,
        start_after=None if new is None else new.start,
        finish_after=None if new is None else new.finish,
        value_before=0.0 if was is None else was.value,
        value_after=0.0 if new is None else new.value,
        reason=reason,
    )


def _streams(before: Answer, after: Answer, names: Names) -> Iterator[StreamUse]:
    old = {names.streams.get(name, name): use for name, use in _use(before).items()}
    new = _use(after)
    for name in dict.fromkeys((*new, *old)):
        yield StreamUse(name, *old.get(name, (None, None)), *new.get(name, (None, None)))


def _use(answer: Answer) -> dict[str, tuple[float, float]]:
    """Effort and capacity of each value stream over all periods."""
    used: dict[str, tuple[float, float]] = {}
    for line in answer.value_streams:
        effort, capacity = used.get(line.id, (0.0, 0.0))
        used[line.id] = effort + line.effort, capacity + line.capacity
    return used


def _guardrails(before: Answer, after: Answer, names: Names) -> Iterator[GuardrailMove]:
    """Where a guardrail is met or binding otherwise than before; one that comes or goes counts where it matters."""
    old = {(line.name.casefold(), _sorted(names.place(line.place))): line for line in before.guardrails}
    new = {(line.name.casefold(), _sorted(line.place)): line for line in after.guardrails}
    for key in dict.fromkeys((*new, *old)):
        was, now = (None if line is None else standing(line) for line in (old.get(key), new.get(key)))
        shown = new.get(key) or old[key]
        if was != now and {was, now} != {None, "kept"}:
            yield GuardrailMove(shown.name, dict(shown.place), was, now)


def _sorted(place: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(place.items()))
