"""Why an epic starts, and why another waits: one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from portfolio.analysis.fit_alone import FitAlone, room_words
from portfolio.analysis.trade import Trade
from portfolio.domain import Booking, Epic, Plan, Portfolio
from portfolio.domain.tolerance import TOLERANCE
from portfolio.domain.validation import plannable
from portfolio.domain.wording import amount, figure, place_words
from portfolio.guardrails import BudgetShift, Limit
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.options import Floats, Ints, above_threshold, cost, options_of
from portfolio.results.epic_decisions import STOPS, WAITS


@dataclass(frozen=True)
class Decisions:
    """Explains one plan, epic by epic, from the formulation that it was chosen in."""

    formulation: Formulation
    plan: Plan
    words: Vocabulary
    approver: str = ""
    """Who may approve an epic, and when, as the operating model says it."""
    ranks: Mapping[str, int | None] = field(default_factory=dict)

    def reason(self, epic: Epic, value: float = 0.0) -> str:
        """One sentence: what the epic earns where it starts, which is `value`, or the first thing that keeps it waiting."""
        booking = self.plan.bookings.get(epic.id)
        return self._waits(epic) if booking is None else self._starts(epic, booking, value)

    def _starts(self, epic: Epic, booking: Booking, value: float) -> str:
        portfolio = self.formulation.options.portfolio
        periods = portfolio.calendar.periods
        worth = amount(value, portfolio.value_unit)
        when = f"in {periods[booking.start]}"
        if booking.periods > 1:
            when = f"{when} and is done by {periods[booking.finish]}"
        valued = value > 0 or portfolio.ranked_by != "sheet"
        verb = ("goes on" if booking.start == 0 else "pauses and goes on") if portfolio.is_running(epic) else "starts"
        terms = portfolio.commitment
        state = epic.state if epic.start is None else None
        sure = None if portfolio.is_running(epic) else terms.of_start(booking.start, state)
        unsure = "" if sure is None or sure == "committed" else f" ({terms.word(sure)})"
        return f"{self._merit(epic, booking)}{unsure}: {verb} {when}{f', worth {worth}' if valued else ''}."

    def _merit(self, epic: Epic, booking: Booking) -> str:
        """What speaks for the epic, in a word or two."""
        portfolio = self.formulation.options.portfolio
        if portfolio.is_running(epic):
            return "In progress"
        if portfolio.class_policy(epic).at_once:
            return f"{portfolio.class_policy(epic).name}, before all else"
        if epic.start is not None:
            sure = portfolio.commitment.of_start(booking.start)
            return "Decided already" if sure is None or sure == "committed" else "Start given"
        if epic.must:
            return "A must"
        followers = [
            link.successor
            for link in portfolio.dependencies
            if link.predecessor == epic.id and link.successor in self.plan
        ]
        if followers:
            return f"Needed by {', '.join(followers)}"
        if epic.urgency == "deadline" and epic.deadline is not None:
            done = (booking.finish + 1) * portfolio.calendar.weeks
            return (
                "Meets its deadline"
                if done <= portfolio.calendar.week_of(epic.deadline)
                else "Late, and still worth it"
            )
        return "Next in order" if portfolio.ranked_by == "sheet" else "Worth its place"

    def _waits(self, epic: Epic) -> str:
        hard, portfolio = self._hard_reason(epic), self.formulation.options.portfolio
        stops = portfolio.is_running(epic) and plannable(epic, portfolio) is None
        return f"{STOPS if stops else WAITS}{hard.rstrip('.') if hard is not None else self._no_room(epic)}."

    def _hard_reason(self, epic: Epic) -> str | None:
        """What keeps the epic out whatever else is planned, or as long as its group or predecessor stays as it is."""
        portfolio = self.formulation.options.portfolio
        missing = plannable(epic, portfolio)
        if missing is not None:
            return missing
        members = self._members(epic)
        begins = portfolio.begins_from(epic)
        if len(members) and not np.any(self.formulation.options.start[members] >= begins):
            return self._not_committed(epic, begins)
        if not len(members):
            span = self.words.period.counted(epic.shortest)
            last = epic.latest or portfolio.calendar.periods[-1]
            first = f" from {epic.earliest}" if epic.earliest else ""
            return f"it needs {span}{first} and cannot be done by {last}"
        if not epic.approved and above_threshold(epic, portfolio):
            unit = portfolio.money_unit
            money, most = amount(cost(epic, portfolio), unit), amount(portfolio.epic_threshold or 0.0, unit)
            return f"it costs {money}, above the epic threshold of {most}, and is not approved{self.approver and f'; {self.approver}'}"
        for link in portfolio.dependencies:
            if link.successor == epic.id and link.predecessor not in self.plan:
                return f"it depends on {link.predecessor}, which waits"
        for other in portfolio.epics:
            if epic.exclusive_group and other.exclusive_group == epic.exclusive_group and other.id in self.plan:
                return f"{other.id} was chosen from the same exclusive group, {epic.exclusive_group}"
        if portfolio.ranked_by != "sheet" and not np.any(self.formulation.options.value[members] > 0):
            return "it would earn nothing, at whatever time it is done in this plan"
        return self._too_big(members)

    def _not_committed(self, epic: Epic, first: int) -> str:
        """That an epic is an option until somebody commits to it, and who may."""
        portfolio, periods = self.formulation.options.portfolio, self.formulation.options.portfolio.calendar.periods
        when = f"; it may begin from {periods[first]} on, which is too late" if first < len(periods) else ""
        who = f"; {self.approver}" if self.approver else ""
        return f"it is in {epic.state}, before the commitment point{self._point(portfolio)}{when}{who}"

    @staticmethod
    def _point(portfolio: Portfolio) -> str:
        point = portfolio.commitment.point
        return f", {point}" if point else ""

    def _too_big(self, members: Ints) -> str | None:
        """What the epic would break even if nothing else were planned, in its easiest option; None if it fits alone."""
        obstacle = self._alone.obstacle(members)
        if obstacle is None:
            return None
        if not obstacle.room:
            return f"it does not fit even alone: {obstacle.name} leaves nothing for it"
        return f"it does not fit even alone: {obstacle.words}"

    @cached_property
    def _alone(self) -> FitAlone:
        return FitAlone(self.formulation)

    def _no_room(self, epic: Epic) -> str:
        """What the easiest start of the epic would break if it were added to the plan as it stands."""
        formulation = self.formulation
        members, options = self._members(epic), formulation.options
        committed = options.start[members] >= options.portfolio.begins_from(epic)
        easiest = min(members[committed] if np.any(committed) else members, key=self._difficulty)
        start = formulation.options.portfolio.calendar.periods[formulation.options.start[easiest]]
        over, rows = self._broken(easiest)
        if not len(rows):
            if formulation.objective[easiest] <= 0:
                return "it earns less than it costs"
            return f"starting in {start} would fit: the plan is as good without it, to within its gap"
        worst = int(rows[np.lexsort((-over, np.array([self._is_relative(row) for row in rows])))[0]])
        rows = rows[[row == worst or not self._is_implied(row, worst) for row in rows]]
        if all(self._is_soft(row) for row in rows):
            return f"it earns less than its breach of {self._label(worst)} would cost"
        others = len({self._label(row) for row in rows} - {self._label(worst)})
        stand = "guardrail stands" if others == 1 else "guardrails stand"
        more = f"; {others} other {stand} in the way" if others else ""
        trade = self._trade.words(epic, members[committed], self._activity)
        return f"starting in {start} {self._breach(int(easiest), worst)}{more}{trade}"

    def _is_soft(self, row: int) -> bool:
        source = self.formulation.sources[row]
        return source.guardrail >= 0 and self.formulation.guardrails[source.guardrail].enforce == "soft"

    def _is_implied(self, row: int, by: int) -> bool:
        """Whether who keeps another row keeps this one, so that it stands in nobody's way by itself."""
        source, other = self.formulation.sources[row], self.formulation.sources[by]
        guardrail = self.formulation.guardrails[other.guardrail] if other.guardrail >= 0 else None
        return isinstance(guardrail, Limit) and guardrail.implies(source.name) and source.place == other.place

    def _breach(self, option: int, row: int) -> str:
        """`needs 30 of Capacity of PAY in PI 4, and the epics that start leave 10`; `would break` where no number says it."""
        formulation = self.formulation
        label = self._label(row)
        if self._is_relative(row) or not np.isfinite(formulation.row_upper[row]):
            return f"would break {label}"
        first, rows, coefficients = self.formulation.by_column
        entries = slice(first[option], first[option + 1])
        added = float(coefficients[entries][rows[entries] == row].sum())
        room = formulation.row_upper[row] - self._activity[row]
        left = "nothing" if figure(max(0.0, room)) == "0" else figure(room)
        rest = f"the {self.words.epic.many} that start leave {left}" if self.plan.bookings else f"there is {left}"
        return f"needs {figure(added)} of {room_words(self.formulation, row)}, and {rest}"

    @cached_property
    def _trade(self) -> Trade:
        chosen = {name: self._option(name, booking) for name, booking in self.plan.bookings.items()}
        return Trade(
            self.formulation, {name: int(option[0]) for name, option in chosen.items() if len(option)}, self.ranks
        )

    def _is_relative(self, row: int) -> bool:
        """Whether a row says nothing by itself: shares of what is selected, and rules without an amount."""
        source = self.formulation.sources[row]
        guardrail = self.formulation.guardrails[source.guardrail] if source.guardrail >= 0 else None
        return not isinstance(guardrail, Limit) or guardrail.of == "selected"

    def _label(self, row: int) -> str:
        source = self.formulation.sources[row]
        return place_words(source.name, source.place)

    def _difficulty(self, option: int) -> tuple[int, float, int]:
        over, rows = self._broken(option)
        return len(rows), float(over.sum()), int(option)

    def _broken(self, option: int) -> tuple[Floats, Ints]:
        """How far, relatively, each row would be broken with this option added, and which rows these are."""
        formulation = self.formulation
        first, rows, coefficients = self.formulation.by_column
        entries = slice(first[option], first[option + 1])
        row, after = rows[entries], self._activity[rows[entries]] + coefficients[entries]
        over = np.maximum(after - formulation.row_upper[row], formulation.row_lower[row] - after)
        scale = np.maximum(1.0, np.abs(after))
        worse = over > TOLERANCE * scale
        return (over / scale)[worse], row[worse]

    @cached_property
    def _activity(self) -> Floats:
        """What the plan uses of each row, with the budget shifts it needs."""
        formulation = self.formulation
        columns = np.zeros(formulation.columns)
        for epic_id, booking in self.plan.bookings.items():
            columns[self._option(epic_id, booking)] = 1.0
        columns[formulation.columns_of(ColumnKind.BUDGET_SHIFT)] = self._shifts
        return formulation.activity(columns)

    @cached_property
    def _shifts(self) -> Floats:
        """The budget shifts the plan needs, as shares of what is allowed, for those that may shift."""
        portfolio = self.formulation.options.portfolio
        shift = BudgetShift(portfolio)
        movable = shift.allowed > 0
        return shift.needed(options_of(portfolio, {}, self.plan))[movable] / shift.allowed[movable]

    def _members(self, epic: Epic) -> Ints:
        options = self.formulation.options
        return np.flatnonzero(options.epic == options.portfolio.epic_index[epic.id])

    def _option(self, epic_id: str, booking: Booking) -> Ints:
        """The option of a booking; none where an earlier plan chose what is no longer to be chosen."""
        options = self.formulation.options
        members = np.flatnonzero(options.epic == options.portfolio.epic_index[epic_id])
        chosen = (options.start[members] == booking.start) & (options.periods[members] == booking.periods)
        return np.compress(chosen, members)
