"""Which policies of its model a portfolio, or a plan of it, does not keep: what is meant and what history says, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from portfolio.domain import FieldFinding, Portfolio
from portfolio.engine.load import Loaded, completed
from portfolio.engine.past import history_findings, past_of
from portfolio.engine.prescribed import prescribed
from portfolio.operating_model import OperatingModel
from portfolio.policies import (
    BY_NAME,
    AgeingWork,
    Past,
    Prescribed,
    Subject,
    WarnedIn,
    Words,
    check_policies,
    older_than,
)
from portfolio.scoring import benefits

if TYPE_CHECKING:
    from portfolio.results.answer import Answer
    from portfolio.results.running import Age, RunningLine


def policy_findings(loaded: Loaded, portfolio: Portfolio, as_of: date | None = None) -> Iterator[FieldFinding]:
    """Every policy that is not kept by the end of a day, the last of the history without; first what of it counts for nothing."""
    yield from history_findings(loaded)
    chosen = chosen_checks(loaded.model)
    if chosen:
        subject = policy_subject(loaded, portfolio)
        yield from check_policies(subject if as_of is None else replace(subject, past=past_of(loaded, as_of)), chosen)


def _prescribed(loaded: Loaded) -> tuple[Prescribed, ...]:
    """What the way of working asks for, where somebody chose it: a default is nobody's identity."""
    read = loaded.reading.portfolio
    is_chosen = loaded.asked_model is not None or (read is not None and read.model is not None)
    return () if read is None or not is_chosen else prescribed(loaded.model, completed(loaded.model, read))


def with_evidence(loaded: Loaded, answer: Answer) -> Answer:
    """The answer with what evidence says against counting on its plan, and how old each epic in progress is; as it is without any.

    Warnings are of the policies of the model that are about plans.
    """
    there = answer.portfolio.evidence
    if not (there.history or there.delivered or there.actuals):
        return answer
    subject = policy_subject(loaded, answer.portfolio)
    load: dict[str, list[float]] = {stream.id: [] for stream in answer.portfolio.value_streams}
    for line in answer.value_streams:
        load[line.id].append(line.effort)
    chosen = chosen_checks(loaded.model, "plans")
    found = loaded.reading.locate(check_policies(replace(subject, load=load), chosen))
    running = tuple(_with_age(line, loaded.model, subject.past) for line in answer.running)
    return replace(answer, findings=(*answer.findings, *found), running=running)


def ages(loaded: Loaded) -> tuple[Age, ...]:
    """How old each epic in progress is that is ranked, by its history, in the order of the sheet; none without history."""
    portfolio = loaded.rankable or loaded.portfolio
    past = past_of(loaded)
    if portfolio is None or past is None:
        return ()
    return tuple(age for epic in portfolio.epics if (age := _age(loaded.model, past, epic.id)) is not None)


def _age(model: OperatingModel, past: Past, epic: str) -> Age | None:
    """How old an epic in progress is, and older than what by the policy of its model; None where history does not know it as open."""
    from portfolio.results.running import Age

    known = past.by_id.get(epic.casefold())
    if known is None or not known.is_open:
        return None
    times, days = past.lead_times_of(known.stream), past.age(known)
    limits = next((limits for name, limits, _ in chosen_checks(model) if name == AgeingWork.name), {})
    share = {**AgeingWork.limits, **limits}["share"]
    return Age(epic, days, "" if times is None else older_than(days, times[1], share, model.vocabulary.epic.many))


def _with_age(line: RunningLine, model: OperatingModel, past: Past | None) -> RunningLine:
    """An epic in progress with its age by its history, and than what it is older."""
    age = None if past is None else _age(model, past, line.id)
    return line if age is None else replace(line, age=age.days, older_than=age.older_than)


def chosen_checks(model: OperatingModel, warned_in: WarnedIn | None = None) -> list[tuple[str, dict[str, float], str]]:
    """The checks that a model names, with its limits and the statement that each measures; where a place is said, those that warn there."""
    policies = () if model.policies is None else model.policies.policies
    return [
        (policy.check, policy.limits, policy.statement)
        for policy in policies
        if policy.check is not None and (warned_in is None or warned_in in BY_NAME[policy.check].also_in)
    ]


def _words(model: OperatingModel) -> Words:
    nouns = model.vocabulary
    return Words(
        nouns.epic.many,
        nouns.value_stream.many,
        nouns.period.one,
        nouns.period.many,
        nouns.review.one,
        model.decision_rights_text("stop epics"),
    )


def policy_subject(loaded: Loaded, portfolio: Portfolio, past: Past | None = None) -> Subject:
    """What policy checks look at: the portfolio, what each epic earns per week, its past, and the words of its model.

    The past is that of the portfolio's own history on its last day, unless another one is given.
    """
    rules = loaded.model.scoring.rules
    size = ["job_size"] if rules.denominator == "job_size" else []
    return Subject(
        portfolio,
        benefits(portfolio, rules),
        () if portfolio.ranked_by == "sheet" or portfolio.shape is not None else (*rules.weights, *size),
        loaded.model.categories.enablers,
        portfolio.calendar.weeks,
        _words(loaded.model),
        past_of(loaded) if past is None else past,
        lambda: _prescribed(loaded),
        loaded.model.title,
        loaded.model.categories.released,
    )
