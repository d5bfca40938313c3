"""Rolls a portfolio forward: closes its first period, and what is left goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.analysis.next_calendar import moved, without_ended_rules
from portfolio.domain import FieldFinding, Finding, Plan, Portfolio, has_errors
from portfolio.domain.limit_spec import limit_words
from portfolio.domain.references import PeriodSpellings
from portfolio.domain.state import StateKind
from portfolio.engine.load import HasErrorsError, Loaded, completed, load
from portfolio.engine.open_work import kind_of
from portfolio.engine.running import with_states
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.intake.read_portfolio import Reading
    from portfolio.results.closing import ClosedEpic, ClosedPeriod, ClosedStream, Closing, EndedRule


def next_period(
    path: str | Path,
    closed: str | Sequence[str],
    *,
    add: str | Sequence[str] = (),
    plan: str | Path | None = None,
    model: str | None = None,
) -> Closing:
    """Closes the first period of the portfolio in a file, or several first ones in their order; nothing is written.

    What was done comes off the effort, what was spent off the budgets, the calendar moves on, and what was agreed stays
    beside the epics. `add` names a new last period; `plan` is a file with the plan, where the portfolio's own file has none.
    Raises WrongUseError for periods that are not the first ones, without a plan and without a Start; HasErrorsError for a
    portfolio with errors.
    """
    from portfolio.engine.convert import read_as_given
    from portfolio.results.closing import Closing, done_of

    loaded, reading = load(path, model), read_as_given(path)
    if has_errors(loaded.findings) or reading.portfolio is None:
        raise HasErrorsError(loaded.findings)
    given, whole = reading.portfolio, completed(loaded.model, reading.portfolio)
    labels = _labels(loaded, whole, [closed] if isinstance(closed, str) else closed)
    new = _new(loaded, whole, [add] if isinstance(add, str) else add, len(labels))
    if reading.places is not None:
        _refuse_odd_labels(whole, new)
    bookings, findings = _plan(loaded, reading, whole, plan)
    rolling = _Rolling(loaded, given, whole, bookings)
    for label in new:
        rolling.add(label)
    periods = tuple(rolling.close() for _ in labels)
    history = _history(Path(path), periods)
    findings += [
        Finding(one.severity, reading.place(one.path), one.what, one.rule, one.fix) for one in rolling.findings
    ]
    after, ended = without_ended_rules(rolling.given)
    findings += [_ended(reading, one) for one in ended]
    return Closing(
        given,
        after,
        periods,
        done_of(history),
        tuple(new),
        tuple(findings),
        loaded.model.vocabulary,
        history,
        _rights(loaded, after),
        ended,
    )


def _rights(loaded: Loaded, after: Portfolio) -> str:
    """Who may change what goes on, and when next."""
    whole = completed(loaded.model, after)
    return loaded.model.decision_rights_text(
        "order epics", "change the plan", "change budgets", "stop epics", portfolio=whole
    )


def write_next(closing: Closing, source: str | Path, path: str | Path, *, force: bool = False) -> tuple[Finding, ...]:
    """Writes what closing periods makes of the portfolio in `source`, as a copy of it or into itself.

    In a workbook only the cells that change are written, and the sheets Closed and Done; JSON keeps what was closed in a
    file beside it. Says what could not be placed. Raises WrongUseError where the two files are not of one kind.
    """
    from portfolio.engine.convert import read_as_given, refuse_to_replace, write_portfolio
    from portfolio.storage.history import write_json_history

    source, path = Path(source), Path(path)
    ending = ".json" if read_as_given(source).places is None else ".xlsx"
    if path.suffix.lower() != ending:
        raise WrongUseError(
            f"{source.name} goes on as a file of its own kind; let the new name end in {ending}.", "path"
        )
    if not (path.exists() and path.samefile(source)):
        refuse_to_replace(path, force=force)
    if ending == ".json":
        write_portfolio(closing.after, path)
        write_json_history(path, closing.history)
        return ()
    from portfolio.workbook.in_place.write_next import write_next_workbook

    return write_next_workbook(closing, read_as_given(source), path)


def closed_before(path: Path) -> tuple[ClosedEpic | ClosedStream, ...]:
    """What was closed so far, as the workbook keeps it or the file beside a portfolio in JSON."""
    from portfolio.intake.read_portfolio import ZIP, read_content
    from portfolio.storage.history import read_json_history
    from portfolio.workbook.in_place.closed_history import read_workbook_history

    is_workbook = read_content(path).startswith(ZIP)
    return read_workbook_history(path) if is_workbook else read_json_history(path)


def _history(path: Path, periods: Sequence[ClosedPeriod]) -> tuple[ClosedEpic | ClosedStream, ...]:
    """What was closed before, then what is closed now."""
    history = [*closed_before(path)]
    for period in periods:
        history += [*period.value_streams, *period.epics]
    return tuple(history)


def _labels(loaded: Loaded, portfolio: Portfolio, closed: Sequence[str]) -> list[str]:
    """The periods to close, as they are spelt; they have to be the first ones, in their order."""
    periods = portfolio.calendar.periods
    if not portfolio.can_plan:
        raise WrongUseError(
            f"{loaded.name} has no value streams with capacity, so it has no period that could be closed."
        )
    if portfolio.calendar.start is None:
        raise WrongUseError(
            f"{loaded.name} has no Start, so nobody knows which days a period has; enter the first day of {periods[0]} as "
            "Start in the settings."
        )
    known = PeriodSpellings(periods)
    for label in closed:
        if known[label] is None:
            raise WrongUseError(f"{loaded.name} has no period {label}; its periods are {', '.join(periods)}.", "closed")
    found = [label for label in map(known.__getitem__, closed) if label is not None]
    if not found:
        raise WrongUseError(f"Name the period to close; the first one is {periods[0]}.", "closed")
    if found != list(periods[: len(found)]):
        first = " and then ".join(periods[: len(found)])
        raise WrongUseError(
            f"Periods are closed from the first one on: close {first}, not {' and '.join(found)}.", "closed"
        )
    return found


def _new(loaded: Loaded, portfolio: Portfolio, add: Sequence[str], closed: int) -> list[str]:
    """The labels of the periods that are added."""
    known = PeriodSpellings(portfolio.calendar.periods)
    for label in add:
        if known[label] is not None or not label.strip():
            raise WrongUseError(f"{loaded.name} has a period {label} already; give the new one another name.", "add")
    if closed == len(portfolio.calendar.periods) and not add:
        raise WrongUseError(f"No period of {loaded.name} would be left to plan in; add one.", "add")
    return [label.strip() for label in add]


def _refuse_odd_labels(portfolio: Portfolio, add: Sequence[str]) -> None:
    """A heading that nobody would read as a period cannot head one."""
    from portfolio.intake.values.periods import period_headings

    periods = portfolio.calendar.periods
    for label in add:
        if len(periods) not in period_headings(dict(enumerate([*periods, label])))[0]:
            raise WrongUseError(f"{label} would not be read as a period; head it like {periods[-1]}.", "add")


def _plan(
    loaded: Loaded, reading: Reading, portfolio: Portfolio, file: str | Path | None
) -> tuple[Plan, list[Finding]]:
    """The plan whose first period is closed, with what of it cannot be read."""
    from portfolio.intake.read_plan import earlier_plan, read_plan_rows

    path = Path(file) if file is not None else reading.path
    rows: tuple[tuple[str, str, str], ...] = ()
    if path is not None and (file is not None or reading.places is not None):
        try:
            rows = read_plan_rows(path).rows
        except WrongUseError:
            if file is not None:
                raise
    earlier = earlier_plan(rows, portfolio)
    if not earlier.plan.bookings:
        raise WrongUseError(
            f"{(path or Path(loaded.name)).name} has no plan of these periods, so nobody knows what was to be done; write "
            "one with `portfolio plan --write`, or give `plan` a file that holds it.",
            "plan",
        )
    wrong = [
        Finding(
            "warning",
            loaded.name,
            f"{epic} is left out of the plan: {reason}.",
            "A plan names epics and periods of the portfolio.",
            "Correct its planned start and finish, and close the period again.",
        )
        for epic, reason in earlier.left_out.items()
    ]
    return earlier.plan, wrong


@dataclass
class _Rolling:
    """A portfolio while its periods are closed one after the other: as it was given, and as its model completes it."""

    loaded: Loaded
    given: Portfolio
    whole: Portfolio
    plan: Plan
    findings: list[FieldFinding] = field(default_factory=list)

    def close(self) -> ClosedPeriod:
        """Closes the first period."""
        from portfolio.analysis.closing import Close, States
        from portfolio.analysis.next_calendar import moved_on

        model = self.loaded.model
        words = (
            _word(self.loaded, self.whole, "active", "In progress"),
            _word(self.loaded, self.whole, "done", "Done"),
        )
        close = Close(self.whole, self.plan, States(lambda state: kind_of(model, state), *words))
        period, calendar = close.closed(), moved_on(self.whole.calendar)
        self.given = moved(self.given, close, calendar)
        self.whole = with_states(model, moved(self.whole, close, calendar))
        self.plan = close.next_plan
        self.findings += close.findings
        return period

    def add(self, label: str) -> None:
        """Adds a last period that is as the one before it."""
        from portfolio.analysis.next_calendar import with_period

        self.given, self.whole = with_period(self.given, label), with_period(self.whole, label)


def _word(loaded: Loaded, portfolio: Portfolio, kind: StateKind, other: str) -> str:
    """What an epic is called that is in progress or done: the model's word, else one that the portfolio uses."""
    states = (*loaded.model.states, *(epic.state for epic in portfolio.epics if epic.state))
    return next((state for state in states if kind_of(loaded.model, state) == kind), other)


def _ended(reading: Reading, rule: EndedRule) -> Finding:
    """What is said of a guardrail about periods that are over."""
    over = " and ".join(rule.over)
    if rule.after is not None:
        kept = f"Its line is about {limit_words(rule.after)} from now on."
    elif reading.places is None:
        kept = f"It was taken out: {rule.line}."
    else:
        kept = "Its line was emptied, and what it said is kept on the sheet Notes."
    place = reading.place(("guardrails", rule.index, "where"))
    what = f"The guardrail {rule.before.name} is about {over}, which is over."
    return Finding("warning", place, what, "A limit is about periods of the plan.", kept)
