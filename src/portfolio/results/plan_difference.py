"""What lies between two plans: value, epics, capacity and guardrails; whatever the reason for the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from portfolio.analysis.difference.identity import Names
from portfolio.analysis.difference.old_plan import OldPlan
from portfolio.optimizer.outcome import Outcome
from portfolio.results.answer import Answer, EpicLine, GuardrailLine

Standing = Literal["kept", "at its limit", "broken", "breached at its price"]
NOTHING = 1e-9
"""A difference of less than this, relatively, is none."""


@dataclass(frozen=True)
class Pair:
    """A figure of both plans."""

    before: float | None
    after: float | None


@dataclass(frozen=True)
class ValueEffect:
    """Value of both plans, and what may be said of the difference between the best there is on each side.

    `at_least` and `at_most` enclose the true effect of the change, as far as the gaps leave it open; null where a bound is
    not known or the units differ. `within_gap` says that the effect may as well be none or of the other sign.
    """

    before: float | None
    after: float | None
    difference: float | None
    at_least: float | None
    at_most: float | None
    within_gap: bool | None


@dataclass(frozen=True)
class PlannedEpic:
    """An epic that starts in one plan only, or at another time; times are labels of first and last period."""

    id: str
    title: str | None
    change: Literal["started", "moved", "dropped"]
    start_before: str | None
    finish_before: str | None
    start_after: str | None
    finish_after: str | None
    value_before: float
    value_after: float
    reason: str


@dataclass(frozen=True)
class StreamUse:
    """What a value stream has and what the plans use of it over all periods; null where it is not there."""

    id: str
    effort_before: float | None
    capacity_before: float | None
    effort_after: float | None
    capacity_after: float | None


@dataclass(frozen=True)
class GuardrailMove:
    """A guardrail that stands otherwise than before in one place; null where it does not exist."""

    name: str
    place: Mapping[str, str]
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True)
class PlanEffect:
    """Everything that lies between two plans; `before` and `after` are their outcomes, `unit` is that of value.

    `delay_cost` and `spend` hold `before` and `after`. `old_plan` is null where the first portfolio has no plan.
    """

    before: Outcome
    after: Outcome
    unit: str
    value: ValueEffect
    delay_cost: Pair
    spend: Pair
    epics: tuple[PlannedEpic, ...]
    value_streams: tuple[StreamUse, ...]
    guardrails: tuple[GuardrailMove, ...]
    old_plan: OldPlan | None

    def as_json(self) -> dict[str, Any]:
        """The effect in the published JSON format."""
        return asdict(self) | {"old_plan": None if self.old_plan is None else self.old_plan.as_json()}


def compare_plans(before: Answer, after: Answer, names: Names, old_plan: OldPlan | None = None) -> PlanEffect:
    """Compares two answers, of one portfolio or of two; `names` says what is the same in both."""
    return PlanEffect(
        before=before.outcome,
        after=after.outcome,
        unit=after.portfolio.value_unit,
        value=_value(before, after),
        delay_cost=Pair(_delay(before), _delay(after)),
        spend=Pair(_spend(before), _spend(after)),
        epics=tuple(_epics(before, after, names)),
        value_streams=tuple(_streams(before, after, names)),
        guardrails=tuple(_guardrails(before, after, names)),
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
    small = NOTHING * max(1.0, abs(old.value), abs(new.value))
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
    found: dict[str, tuple[float, float]] = {}
    for line in answer.streams:
        effort, capacity = found.get(line.id, (0.0, 0.0))
        found[line.id] = effort + line.effort, capacity + line.capacity
    return found


def _guardrails(before: Answer, after: Answer, names: Names) -> Iterator[GuardrailMove]:
    """Where a guardrail is met or binding otherwise than before; one that comes or goes counts where it matters."""
    old = {(line.name.casefold(), _sorted(names.place(line.place))): line for line in before.guardrails}
    new = {(line.name.casefold(), _sorted(line.place)): line for line in after.guardrails}
    for key in dict.fromkeys((*new, *old)):
        was, now = (None if line is None else _standing(line) for line in (old.get(key), new.get(key)))
        shown = new.get(key) or old[key]
        if was != now and {was, now} != {None, "kept"}:
            yield GuardrailMove(shown.name, dict(shown.place), was, now)


def _sorted(place: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(place.items()))


def _standing(line: GuardrailLine) -> Standing:
    if not line.met:
        return "broken" if line.enforce == "hard" else "breached at its price"
    return "at its limit" if line.binding else "kept"
