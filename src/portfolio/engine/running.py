"""What is in progress: which states say so, and which running epics are late already or cannot be planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.domain import Epic, FieldFinding, Finding, Portfolio
from portfolio.domain.validation import plannable
from portfolio.domain.wording import moment_words
from portfolio.engine.open_work import kind_of
from portfolio.operating_model import OperatingModel

if TYPE_CHECKING:
    from portfolio.analysis.pricing import ReSolver
    from portfolio.intake.read_portfolio import Reading
    from portfolio.results.answer import Answer


def with_states(model: OperatingModel, portfolio: Portfolio) -> Portfolio:
    """The portfolio that knows what states say: who is running, in the model's words and everybody's, and who is committed to."""
    states = {*model.states, *(epic.state for epic in portfolio.epics if epic.state)}
    active = frozenset(state for state in states if kind_of(model, state) == "active")
    return (
        portfolio.with_active_states(active).with_commitment(model.commitment_terms).with_classes(model.class_policies)
    )


def running_findings(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Running epics that are late already, and those whose remaining work is not known; neither is an error."""
    if not portfolio.can_plan:
        return
    for index, epic in enumerate(portfolio.epics):
        if not portfolio.is_running(epic):
            continue
        unknown = plannable(epic, portfolio)
        if unknown is not None:
            yield FieldFinding(
                ("epics", index, "state"),
                f"{epic.id} is {epic.state} and in no plan: {unknown[:1].lower() + unknown[1:] if unknown[1:2].islower() else unknown}",
                "What is running goes on with the effort that remains.",
                "Enter what remains of it, or say that it is done or stopped.",
                "warning",
            )
            continue
        yield from _late(index, epic, portfolio)


def _late(index: int, epic: Epic, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A latest period or a deadline that is over before the epic can be done."""
    calendar = portfolio.calendar
    first = 0 if epic.start is None else calendar.index(epic.start)
    done = (first + epic.shortest) * calendar.weeks
    limits = []
    if epic.latest is not None:
        limits.append(
            ("latest", (calendar.index(epic.latest) + 1) * calendar.weeks, f"its Latest is {epic.latest}, until")
        )
    if epic.deadline is not None:
        limits.append(("deadline", calendar.week_of(epic.deadline), "its Deadline is"))
    for field, week, words in limits:
        if week < done:
            yield FieldFinding(
                ("epics", index, field),
                f"{epic.id} is late already: it is done by {moment_words(done, calendar)} at the earliest, and "
                f"{words} {moment_words(epic.deadline if field == 'deadline' and epic.deadline is not None else week, calendar)}.",
                "It is running, so it goes on as fast as it can.",
                "Agree on a new date, lower Min periods, or stop it.",
                "warning",
            )


def without_late(reading: Reading, portfolio: Portfolio) -> tuple[Finding, ...]:
    """What was found while reading, without what is said of running epics that are late: they are not left out for that."""
    late = {
        (reading.place(("epics", index, field)), epic.id)
        for index, epic in enumerate(portfolio.epics)
        if portfolio.is_running(epic)
        for field in ("latest", "deadline")
    }
    return tuple(
        finding
        for finding in reading.findings
        if finding.severity == "error"
        or not any(
            finding.place == place and finding.what.startswith((f"{epic} needs", "Deadline")) for place, epic in late
        )
    )


def with_prices(answer: Answer, re_solver: ReSolver) -> Answer:
    """The answer with what going on with each running epic costs: those that stop or pause, and others.

    Those that go on are asked about only where the way of working decides about running work again.
    """
    from portfolio.analysis.pricing.going_on import price_of_going_on

    prices = {line.id: price_of_going_on(re_solver, line.id) for line in answer.not_going_on}
    if answer.model.running_work is not None:
        prices |= _prices_of_rules(answer, re_solver)
    lines = tuple(
        replace(line, at_least=prices[line.id][0], at_most=prices[line.id][1]) if line.id in prices else line
        for line in answer.running
    )
    return replace(answer, running=lines)


def _prices_of_rules(answer: Answer, re_solver: ReSolver) -> dict[str, tuple[float | None, float | None]]:
    """What it costs that a running epic has to go on: the value without that rule less the value with it."""
    from portfolio.analysis.pricing.prices import prices
    from portfolio.guardrails.going_on import going_on

    portfolio = answer.portfolio
    going = {line.id for line in answer.running if line.decision == "continue"}
    rules = [rule for rule in going_on(portfolio) if rule.epic in going]
    found = prices(re_solver, [rule.dropped(portfolio) for rule in rules])
    return {rule.epic: (line.at_least, line.at_most) for rule, line in zip(rules, found, strict=True)}


def with_prices_of(answer: Answer, best: Answer) -> Answer:
    """The answer with the prices that are known of the best plan, for the running epics that both plans do the same with."""
    known = {(line.id, line.decision): (line.at_least, line.at_most) for line in best.running}
    lines = tuple(
        replace(line, at_least=prices[0], at_most=prices[1])
        if line.at_least is None and (prices := known.get((line.id, line.decision))) is not None
        else line
        for line in answer.running
    )
    return replace(answer, running=lines)
