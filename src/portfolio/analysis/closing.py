"""Closes the first period of a plan: what was done comes off, what remains goes on, and every sum can be checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from portfolio.domain import Booking, Epic, FieldFinding, Plan, Portfolio, ValueStream
from portfolio.domain.state import StateKind
from portfolio.options import external_by_stream, options_of
from portfolio.results.closing import ClosedEpic, ClosedPeriod, ClosedStream, Outcome

SMALL = 1e-9
"""Effort below this is rounding."""
Changes = dict[str, object]


@dataclass(frozen=True)
class States:
    """What states say, and what an epic is called that is in progress or done, in the words of the operating model."""

    kind: Callable[[str], StateKind | None]
    active: str
    done: str


@dataclass
class Close:
    """Closes the first period of a completed portfolio with its plan.

    `epics` and `streams` are the fields that change, by ID; `plan` is what is left of the plan, from the next period on.
    """

    portfolio: Portfolio
    plan: Plan
    states: States
    epics: dict[str, Changes] = field(default_factory=dict)
    streams: dict[str, Changes] = field(default_factory=dict)
    findings: list[FieldFinding] = field(default_factory=list)
    next_plan: Plan = field(default_factory=Plan)

    def __post_init__(self) -> None:
        """The period with its days, and what the plan puts into it."""
        calendar = self.portfolio.calendar
        first, last = calendar.first_day(0), calendar.last_day(calendar.weeks)
        if first is None or last is None:
            raise ValueError("a period without days cannot be closed")
        self.label, self.first_day, self.last_day = calendar.periods[0], first, last
        work = options_of(self.portfolio, {}, self.plan)
        self.planned: dict[tuple[str, str], tuple[float, float]] = {}
        for option, period, stream, effort, spend in zip(
            work.work.option, work.work.period, work.work.stream, work.work.effort, work.work.spend, strict=True
        ):
            if period == 0:
                key = self.portfolio.epics[work.epic[option]].id, self.portfolio.value_streams[stream].id
                before = self.planned.get(key, (0.0, 0.0))
                self.planned[key] = before[0] + float(effort), before[1] + float(spend)

    def closed(self) -> ClosedPeriod:
        """Closes the period: fills in what changes, and gives back what came of it."""
        lines = [self._epic(epic) for epic in self.portfolio.epics if self._is_planned(epic)]
        for index, epic in enumerate(self.portfolio.epics):
            if not self._is_planned(epic) and not self._has_ended(epic):
                self._wait(index, epic)
        self._agree()
        bookings = {
            name: Booking(one.start - 1, one.periods) for name, one in self.plan.bookings.items() if one.start > 0
        }
        going_on = {line.id for line in lines if line.outcome in {"began", "went on"}}
        for name in going_on:
            bookings[name] = Booking(0, max(1, self.plan.bookings[name].periods - 1))
        self.next_plan = Plan(bookings)
        streams = tuple(self._stream(stream, lines) for stream in self.portfolio.value_streams)
        return ClosedPeriod(self.label, self.first_day, self.last_day, tuple(lines), streams)

    def _is_planned(self, epic: Epic) -> bool:
        booking = self.plan.bookings.get(epic.id)
        return booking is not None and booking.start == 0

    def _has_ended(self, epic: Epic) -> bool:
        return epic.state is not None and self.states.kind(epic.state) in {"done", "stopped"}

    def _outcome(self, epic: Epic, done: float, left: float) -> Outcome:
        kind = None if epic.state is None else self.states.kind(epic.state)
        if kind == "done" or (left <= SMALL and done > SMALL):
            return "done"
        if kind == "stopped":
            return "stopped"
        return "went on" if self.portfolio.is_running(epic) else "began"

    def _epic(self, epic: Epic) -> ClosedEpic:
        """An epic that was planned in the period."""
        before, cost = sum(epic.effort.values()), _costs(epic, self.portfolio)
        planned = sum(self.planned.get((epic.id, stream), (0.0, 0.0))[0] for stream in epic.effort)
        money = sum(self.planned.get((epic.id, stream), (0.0, 0.0))[1] for stream in epic.effort)
        if self._not_started(epic):
            self._wait(self.portfolio.epic_index[epic.id], epic)
            return self._line(epic, "not started", (before, planned, 0.0), (money, 0.0, cost), None)
        done = self._done(epic)
        share = min(1.0, sum(done.values()) / before) if before else 1.0
        left = {stream: _rest(units - done[stream]) for stream, units in epic.effort.items()}
        outcome = self._outcome(epic, sum(done.values()), sum(left.values()))
        if outcome == "done":
            left = dict.fromkeys(left, 0.0)
        started = epic.started or self.first_day
        self.epics[epic.id] = self._remaining(epic, left, share, outcome) | {"started": started}
        spent = money if epic.effort_done is None else cost * share
        cost_left = 0.0 if outcome == "done" else cost * (1 - share)
        figures = (before, planned, sum(done.values()))
        return self._line(epic, outcome, figures, (money, spent, cost_left), started, sum(left.values()))

    def _line(
        self,
        epic: Epic,
        outcome: Outcome,
        effort: tuple[float, float, float],
        money: tuple[float, float, float],
        started: date | None,
        left: float | None = None,
    ) -> ClosedEpic:
        agreed = self._agreed(epic)
        return ClosedEpic(
            self.label, self.first_day, self.last_day, epic.id, epic.title, outcome, *effort,
            effort[0] if left is None else left, *money, *agreed, started,
        )  # fmt: skip

    def _done(self, epic: Epic) -> dict[str, float]:
        """What was done of an epic in each value stream: as its people say, else as planned."""
        if epic.effort_done is None:
            if epic.state is not None and self.states.kind(epic.state) == "done":
                return dict(epic.effort)
            return {stream: self.planned.get((epic.id, stream), (0.0, 0.0))[0] for stream in epic.effort}
        whole = sum(epic.effort.values())
        return {stream: epic.effort_done * units / whole if whole else 0.0 for stream, units in epic.effort.items()}

    def _not_started(self, epic: Epic) -> bool:
        """Whether an epic that was to begin has not: by its state, or since nothing was done."""
        if self.portfolio.is_running(epic) or self._has_ended(epic):
            return False
        said = (epic.state or "").replace("-", " ").casefold()
        return epic.effort_done == 0 or said == "not started"

    def _remaining(self, epic: Epic, left: Mapping[str, float], share: float, outcome: Outcome) -> Changes:
        """The fields of what remains of an epic that was worked on."""
        changes: Changes = {
            "effort": dict(epic.effort) if outcome in {"done", "stopped"} else dict(left),
            "effort_done": None,
            "earliest": None,
            "start": None,
        }
        if epic.latest == self.label:
            changes["latest"] = None
        for name in ("min_periods", "max_periods"):
            number = getattr(epic, name)
            if number is not None:
                changes[name] = max(1, number - 1)
        if epic.external_cost is not None:
            changes["external_cost"] = epic.external_cost * (0.0 if outcome == "done" else 1 - share)
        if epic.mvp_cost is not None:
            length = epic.mvp_periods or 1
            changes["mvp_periods"] = length - 1 if length > 1 else None
            changes["mvp_cost"] = epic.mvp_cost * (length - 1) / length if length > 1 else None
        if outcome == "done" and not self._has_ended(epic):
            changes["state"] = self.states.done
        elif outcome == "began":
            changes["state"] = self.states.active
        return changes

    def _wait(self, index: int, epic: Epic) -> None:
        """An epic that has not begun: what it was bound to in the closed period cannot be kept any more."""
        changes: Changes = {"effort_done": None} if epic.effort_done is not None else {}
        if epic.earliest == self.label:
            changes["earliest"] = None
        for name in ("latest", "start"):
            if getattr(epic, name) == self.label:
                changes[name] = None
                self.findings.append(_over(index, name, epic, self.label))
        if "start" in changes:
            changes["must"] = True
        self.epics[epic.id] = changes

    def _agree(self) -> None:
        """What was agreed, by its days, is kept beside every epic; weeks count from the new start."""
        week = self.portfolio.calendar.weeks
        for epic in self.portfolio.epics:
            changes = self.epics.setdefault(epic.id, {})
            changes["agreed_start"], changes["agreed_finish"] = self._agreed(epic)
            if isinstance(epic.deadline, int | float):
                changes["deadline"] = max(0.0, epic.deadline - week)

    def _agreed(self, epic: Epic) -> tuple[date | None, date | None]:
        booking, calendar = self.plan.bookings.get(epic.id), self.portfolio.calendar
        if booking is None:
            return epic.agreed_start, epic.agreed_finish
        start = epic.agreed_start if self.portfolio.is_running(epic) else None
        return start or calendar.first_day(booking.start), calendar.last_day((booking.finish + 1) * calendar.weeks)

    def _stream(self, stream: ValueStream, epics: list[ClosedEpic]) -> ClosedStream:
        """A value stream in the period; what is left of its money goes to the rest of the budget period."""
        planned = {line.id for line in epics if line.outcome != "not started"}
        spent = stream.spent
        if spent is None:
            spent = sum(
                money for (epic, own), (_, money) in self.planned.items() if own == stream.id and epic in planned
            )
        effort = 0.0
        for line in epics:
            epic = self.portfolio.epics[self.portfolio.epic_index[line.id]]
            if line.outcome != "not started" and line.effort_before:
                effort += line.effort_done * epic.effort.get(stream.id, 0.0) / line.effort_before
        changes: Changes = {"capacity": stream.capacity[1:], "spent": None}
        kept = False
        if stream.budget is not None:
            changes["budget"], kept = self._budget(stream, stream.budget, spent)
        self.streams[stream.id] = changes
        budget = None if stream.budget is None else stream.budget[0]
        return ClosedStream(
            self.label,
            self.first_day,
            self.last_day,
            stream.id,
            stream.title,
            stream.capacity[0],
            effort,
            budget,
            spent,
            kept,
        )

    def _budget(self, stream: ValueStream, budget: tuple[float, ...], spent: float) -> tuple[tuple[float, ...], bool]:
        """The budgets of the periods that are left: what is left of the budget period stays in it."""
        owner, rest = self.portfolio.calendar.budget_index, list(budget[1:])
        mine = [turn for turn in range(len(rest)) if owner[turn + 1] == owner[0]]
        if not mine:
            return tuple(rest), False
        left = budget[0] - spent
        for turn in mine:
            changed = rest[turn] + left
            rest[turn], left = max(0.0, changed), min(0.0, changed)
            if left >= 0:
                break
        if left < -SMALL:
            self.findings.append(_overspent(self.portfolio.stream_index[stream.id], stream, -left))
        return tuple(rest), True


def _costs(epic: Epic, portfolio: Portfolio) -> float:
    """What is left to spend on an epic."""
    external, rates = external_by_stream(epic), {one.id: one.cost_per_unit or 0.0 for one in portfolio.value_streams}
    return sum(units * rates.get(stream, 0.0) for stream, units in epic.effort.items()) + sum(external.values())


def _rest(units: float) -> float:
    return 0.0 if units <= SMALL else units


def _over(index: int, name: str, epic: Epic, label: str) -> FieldFinding:
    words = "may end no later than" if name == "latest" else "is decided for"
    kept = "" if name == "latest" else " It stays a must."
    return FieldFinding(
        ("epics", index, name),
        f"{epic.id} {words} {label}, which is over, and it has not begun.",
        f"What is over binds nothing any more, so {name.capitalize()} is blank now.{kept}",
        "Decide anew when it is to be done.",
        "warning",
    )


def _overspent(index: int, stream: ValueStream, money: float) -> FieldFinding:
    return FieldFinding(
        ("value_streams", index, "budget"),
        f"{stream.title} has spent {money:,.0f} more than its whole budget period has.",
        "A budget is never below 0.",
        "Agree where the money comes from.",
        "warning",
    )
