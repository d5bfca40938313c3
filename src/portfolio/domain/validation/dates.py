"""Dates and periods: they exist, come in order, and leave room for the epic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portfolio.domain.epic import Epic
from portfolio.domain.finding import FieldFinding, Severity
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.references import PERIOD_FIELDS, PeriodSpellings
from portfolio.domain.spelling import shown, suggestion


def _labels_of(epic: Epic) -> tuple[str | None, str | None, str | None]:
    return epic.earliest, epic.latest, epic.start


def check_period_labels(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Earliest, latest and start name periods of the plan."""
    labels = portfolio.calendar.periods
    if not labels:
        return
    known = PeriodSpellings(labels)
    sound: set[tuple[str | None, ...]] = set()
    for index, epic in enumerate(portfolio.epics):
        given = _labels_of(epic)
        if given in sound:
            continue
        if all(label is None or known[label] is not None for label in given):
            sound.add(given)
        for field, label in zip(PERIOD_FIELDS, given, strict=True):
            if label is not None and known[label] is None:
                fix = suggestion(label, labels, f"Write one of them, for example {labels[0]}.")
                rule = f"The periods are {', '.join(labels[:8])}{', …' if len(labels) > 8 else ''}."
                yield FieldFinding(
                    ("epics", index, field),
                    f"{field.capitalize()} {shown(label)} is not a period of the plan.",
                    rule,
                    fix,
                )


def check_windows(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """An epic's dates come in order and leave enough periods to do it in."""
    position = {label: number for number, label in reversed(list(enumerate(portfolio.calendar.periods)))}
    known = PeriodSpellings(portfolio.calendar.periods)
    sound: set[tuple[object, ...]] = set()
    for index, epic in enumerate(portfolio.epics):
        dates = (epic.earliest, epic.latest, epic.start, epic.min_periods, epic.max_periods)
        if dates not in sound:
            problems = list(_dates(index, epic, known, position))
            yield from problems
            if not problems:
                sound.add(dates)


def _dates(index: int, epic: Epic, known: PeriodSpellings, position: dict[str, int]) -> Iterator[FieldFinding]:
    if epic.max_periods is not None and epic.max_periods < epic.shortest:
        what = f"Max periods {epic.max_periods} is below Min periods {epic.shortest}."
        yield FieldFinding(
            ("epics", index, "max_periods"),
            what,
            "The most cannot be less than the fewest.",
            f"Enter {epic.shortest} or more.",
        )
    given = {
        field: position.get(known[label] or "")
        for field, label in zip(PERIOD_FIELDS, _labels_of(epic), strict=True)
        if label
    }
    if position and None not in given.values():
        yield from _window(
            index, epic, {field: number for field, number in given.items() if number is not None}, len(position)
        )


def _window(index: int, epic: Epic, given: dict[str, int], count: int) -> Iterator[FieldFinding]:
    first, last = given.get("start", given.get("earliest", 0)), given.get("latest", count - 1)
    if given.get("start", count) < given.get("earliest", 0):
        yield FieldFinding(
            ("epics", index, "start"),
            f"Start {epic.start} is before Earliest {epic.earliest}.",
            "An epic begins no sooner than its earliest period.",
            "Change one of the two.",
        )
    elif first > last:
        field = "start" if "start" in given else "earliest"
        what = f"Latest {epic.latest} is before {field.capitalize()} {getattr(epic, field)}."
        yield FieldFinding(
            ("epics", index, "latest"), what, "An epic ends no sooner than it begins.", "Change one of the two."
        )
    elif last - first + 1 < epic.shortest:
        field = next((field for field in ("latest", "start", "earliest") if field in given), "min_periods")
        severity: Severity = "error" if epic.must or epic.start else "warning"
        what = f"{epic.id} needs {epic.shortest} periods and has {last - first + 1}."
        fix = "Widen its dates, or lower Min periods." if given else "Lower Min periods, or plan more periods."
        rule = (
            "It has to fit, because it is decided."
            if severity == "error"
            else "It does not fit, so it is left out of the plan."
        )
        yield FieldFinding(("epics", index, field), what, rule, fix, severity)


def check_deadlines(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A deadline can be placed on the plan's time line and is not before its start."""
    for index, epic in enumerate(portfolio.epics):
        deadline, start = epic.deadline, portfolio.calendar.start
        in_time = isinstance(deadline, date) and start is not None and deadline >= start
        counts = start is not None or not isinstance(deadline, date) or epic.urgency == "deadline"
        if deadline is not None and not in_time and counts:
            yield from _deadline(index, deadline, portfolio, may_be_late=epic.state is not None)


def _deadline(index: int, deadline: date | float, portfolio: Portfolio, *, may_be_late: bool) -> Iterator[FieldFinding]:
    calendar = portfolio.calendar
    path = ("epics", index, "deadline")
    if not isinstance(deadline, date):
        if deadline < 0:
            yield FieldFinding(
                path, f"Deadline is week {deadline:g}.", "Weeks count from the start of the plan.", "Enter 0 or more."
            )
    elif calendar.start is None:
        yield FieldFinding(
            path,
            f"Deadline is the date {deadline}, but the plan has no start.",
            "A date is placed in the plan by its distance from the start.",
            "Enter Start (a date) in the portfolio's settings, or a number of weeks here.",
            "error" if portfolio.can_plan else "warning",
        )
    elif deadline < calendar.start:
        yield FieldFinding(
            path,
            f"Deadline {deadline} is before the plan starts, {calendar.start}.",
            "A deadline before start cannot be met.",
            "Correct one of the two dates.",
            "warning" if may_be_late else "error",
        )


def check_time_zone(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """The time zone is one that computers know."""
    name = portfolio.time_zone
    if name is None:
        return
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield FieldFinding(
            ("time_zone",),
            f"Time zone {shown(name)} is unknown.",
            "It is a name of the IANA list.",
            suggestion(name, sorted(available_timezones()), "Write for example Europe/Berlin, or leave it blank."),
        )
