"""What was agreed, in the periods of a portfolio as it is now: matched by the calendar, whatever column a period stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Booking, Calendar, Epic, Plan, Portfolio
from portfolio.domain.references import PeriodSpellings
from portfolio.engine.load import Loaded, completed, load
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.intake.read_plan import PlanRows
    from portfolio.results.answer import Answer

GONE = "it is no longer in the portfolio"


@dataclass(frozen=True)
class Agreed:
    """An agreed plan, as far as a portfolio still has its epics.

    Periods are counted from the portfolio's first one: below 0 is over, beyond the last is not planned yet. `spans` says when
    each was agreed, as people called it; `left_out` what is gone and why. `known` are the epics that the agreed portfolio
    had, None where that is not known.
    """

    plan: Plan
    spans: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] | None = None

    def placeable(self, portfolio: Portfolio) -> Plan:
        """What of it lies within the portfolio's periods."""
        last = len(portfolio.calendar.periods) - 1
        return Plan({name: one for name, one in self.plan.bookings.items() if one.start >= 0 and one.finish <= last})


def with_frozen(loaded: Loaded, agreed: Agreed) -> Loaded:
    """The portfolio with what was agreed beside its epics, where its model freezes that and nothing is agreed there yet."""
    portfolio, calendar = loaded.ready, loaded.ready.calendar
    if not portfolio.commitment.frozen or calendar.start is None or any(epic.agreed_start for epic in portfolio.epics):
        return loaded
    found = {name: booking for name, booking in agreed.placeable(portfolio).bookings.items() if booking.start >= 0}
    days = {
        name: {"agreed_start": calendar.first_day(booking.start),
               "agreed_finish": calendar.last_day((booking.finish + 1) * calendar.weeks)}
        for name, booking in found.items()
    }  # fmt: skip
    epics = tuple(epic.model_copy(update=days[epic.id]) if epic.id in days else epic for epic in portfolio.epics)
    return replace(loaded, portfolio=portfolio.model_copy(update={"epics": epics}))


def agreed_plan(agreed: Answer | Plan | str | Path, loaded: Loaded) -> Agreed:
    """The plan that was agreed: an answer or its plan, or a file that holds one; with what of it is gone.

    Raises WrongUseError where it starts nothing that this portfolio has.
    """
    if isinstance(agreed, Plan):
        found = _of_plan(agreed, loaded)
    elif isinstance(agreed, str | Path):
        found = _of_file(Path(agreed), loaded)
    else:
        lines = ((line.id, line.start or "", line.finish or line.start or "") for line in agreed.epics)
        found = _placed(tuple(lines), loaded, agreed.portfolio.calendar, agreed.portfolio.calendar.periods)
    ended = {f"it is {state}" for state in loaded.left_out}
    if not found.plan.bookings and not ended & set(found.left_out.values()):
        name = Path(agreed).name if isinstance(agreed, str | Path) else "`agreed`"
        raise WrongUseError(
            f"{name} starts no epic of this portfolio in a period that it has; give `agreed` a plan of this portfolio.",
            "agreed",
        )
    return found


def _of_plan(plan: Plan, loaded: Loaded) -> Agreed:
    """A plan in the portfolio's own periods."""
    portfolio, periods = loaded.ready, loaded.ready.calendar.periods
    bookings, left_out = {}, {}
    for name, booking in plan.bookings.items():
        if name not in portfolio.epic_index:
            left_out[name] = _gone(name, loaded)
        elif booking.start >= 0 and booking.finish < len(periods):
            bookings[name] = booking
        else:
            outside = next(at for at in (booking.start, booking.finish) if not 0 <= at < len(periods))
            left_out[name] = f"there is no period {outside + 1}"
    return Agreed(Plan(bookings), {}, left_out)


def _of_file(path: Path, loaded: Loaded) -> Agreed:
    """The plan that a file holds: planned starts first, else what was agreed before its last period was closed."""
    from portfolio.intake.read_plan import holds_portfolio, read_plan_rows

    beside = _portfolio_in(path)
    rows: PlanRows | None = None
    try:
        rows = read_plan_rows(path)
    except WrongUseError:
        if beside is None or not any(epic.agreed_start for epic in beside.epics):
            raise
    if rows is not None and any(start for _, start, _ in rows.rows):
        calendar = beside.calendar if beside is not None and holds_portfolio(path) else None
        return _placed(rows.rows, loaded, calendar, rows.periods or (calendar.periods if calendar else ()))
    if beside is not None and any(epic.agreed_start for epic in beside.epics):
        return _of_dates(beside, loaded)
    return _placed(rows.rows if rows is not None else (), loaded, None, ())


def _portfolio_in(path: Path) -> Portfolio | None:
    """The portfolio that a file holds besides a plan; None where it holds none."""
    try:
        there = load(path)
    except WrongUseError:
        return None
    whole = there.reading.portfolio
    return there.rankable if whole is None else completed(there.model, whole)


def _of_dates(agreed: Portfolio, loaded: Loaded) -> Agreed:
    """What was agreed by its dates."""
    portfolio, calendar = loaded.ready, loaded.ready.calendar
    bookings, spans, left_out = {}, {}, {}
    for epic in agreed.epics:
        if epic.agreed_start is None or epic.agreed_finish is None:
            continue
        if epic.id not in portfolio.epic_index:
            left_out[epic.id] = _gone(epic.id, loaded)
        elif calendar.start is None:
            left_out[epic.id] = "the plan has no Start that its dates could be placed from"
        else:
            first, last = calendar.begins_at(epic.agreed_start), calendar.ends_at(epic.agreed_finish)
            bookings[epic.id] = _what_is_left(portfolio, epic.id, first, max(first, last))
            spans[epic.id] = (str(epic.agreed_start), str(epic.agreed_finish))
    known = frozenset(epic.id.casefold() for epic in agreed.epics)
    return Agreed(Plan(bookings), spans, left_out, known)


def _placed(
    rows: tuple[tuple[str, str, str], ...], loaded: Loaded, calendar: Calendar | None, periods: tuple[str, ...]
) -> Agreed:
    """What rows of epics with their first and last period say, by the days of these periods, else by their names."""
    portfolio = loaded.ready
    places = _Places(calendar, periods, portfolio.calendar)
    known = {epic.id.casefold(): epic.id for epic in portfolio.epics}
    bookings, spans, left_out = {}, {}, {}
    for epic, start, finish in rows:
        if not epic or not start:
            continue
        name = known.get(epic.casefold())
        if name is None:
            left_out[epic] = _gone(epic, loaded)
            continue
        first, last = places.first(start), places.last(finish or start)
        if first is not None and not finish:
            last = first + portfolio.epics[portfolio.epic_index[name]].shortest - 1
        if first is None or last is None:
            gone = [label for label, at in ((start, first), (finish, last)) if at is None]
            left_out[name] = f"there is no {' and no '.join(dict.fromkeys(gone))}"
        elif first > last:
            left_out[name] = f"it would finish in {finish}, before it starts in {start}"
        else:
            bookings[name] = _what_is_left(portfolio, name, first, last)
            spans[name] = (places.said(start), places.said(finish or start))
    return Agreed(Plan(bookings), spans, left_out, frozenset(epic.casefold() for epic, _, _ in rows))


def _what_is_left(portfolio: Portfolio, name: str, first: int, last: int) -> Booking:
    """The periods that were agreed; of what is running only those that are still to come."""
    epic: Epic = portfolio.epics[portfolio.epic_index[name]]
    if portfolio.is_running(epic) and first < 0 <= last:
        first = 0
    return Booking(first, last - first + 1)


def _gone(epic: str, loaded: Loaded) -> str:
    """Why an epic is not planned any more."""
    for state, epics in loaded.left_out.items():
        if epic.casefold() in {one.id.casefold() for one in epics}:
            return f"it is {state}"
    return GONE


class _Places:
    """Where periods of an agreed plan lie among those of now."""

    def __init__(self, calendar: Calendar | None, periods: tuple[str, ...], now: Calendar) -> None:
        self._old, self._now = calendar, now
        self._dated = calendar is not None and None not in (calendar.start, calendar.period_weeks, now.start)
        self._order, self._known = PeriodSpellings(periods), PeriodSpellings(now.periods)
        self._periods = list(periods)
        both = ((place, self._known[label]) for place, label in enumerate(periods))
        self._shift = next((now.index(label) - place for place, label in both if label is not None), None)

    def first(self, label: str) -> int | None:
        """The period of now that begins with one of then."""
        return self._place(label, ends=False)

    def last(self, label: str) -> int | None:
        """The period of now that ends with one of then."""
        return self._place(label, ends=True)

    def said(self, label: str) -> str:
        """What a period of then is called now: its own name, unless that means another one by now."""
        place = self._place(label, ends=False)
        same = self._known[label]
        if same is None or place == self._now.index(same) or self._old is None:
            return label
        day = self._old.first_day(self._periods.index(self._order[label] or label))
        return f"{label} of {day}"

    def _place(self, label: str, *, ends: bool) -> int | None:
        then, now = self._order[label], self._known[label]
        if self._old is not None and self._dated and then is not None:
            place = self._periods.index(then)
            day = self._old.last_day((place + 1) * self._old.weeks) if ends else self._old.first_day(place)
            if day is not None:
                return self._now.ends_at(day) if ends else self._now.begins_at(day)
        if now is not None:
            return self._now.index(now)
        return None if then is None or self._shift is None else self._periods.index(then) + self._shift
