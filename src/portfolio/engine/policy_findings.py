"""Which policies of its model a portfolio, or a plan of it, does not keep: what is meant and what history says, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.domain import FieldFinding, Finding, Portfolio
from portfolio.engine.load import Loaded, completed
from portfolio.engine.past import history_findings, past_of
from portfolio.engine.prescribed import prescribed
from portfolio.operating_model import OperatingModel
from portfolio.policies import OF_PLANS, Subject, Words, check_policies
from portfolio.scoring import benefits

if TYPE_CHECKING:
    from portfolio.results.answer import Answer


def policy_findings(loaded: Loaded, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Every policy that is not kept, after what of the history counts for nothing."""
    yield from history_findings(loaded)
    chosen = _chosen(loaded.model)
    if chosen:
        yield from check_policies(policy_subject(loaded, portfolio), chosen)


def plan_policy_findings(loaded: Loaded, answer: Answer) -> tuple[Finding, ...]:
    """What evidence says against counting on a plan, by the policies of the model that are about plans; none without evidence."""
    portfolio, there = answer.portfolio, answer.portfolio.evidence
    chosen = [one for one in _chosen(loaded.model) if one[0] in OF_PLANS]
    if not chosen or not (there.history or there.delivered or there.actuals):
        return ()
    load: dict[str, list[float]] = {stream.id: [] for stream in portfolio.value_streams}
    for line in answer.value_streams:
        load[line.id].append(line.effort)
    subject = replace(policy_subject(loaded, portfolio), load=load)
    return loaded.reading.locate(check_policies(subject, chosen))


def _chosen(model: OperatingModel) -> list[tuple[str, dict[str, float], str]]:
    """The checks that a model names, with its limits and the statement that each measures."""
    policies = () if model.policies is None else model.policies.policies
    return [(policy.check, policy.limits, policy.statement) for policy in policies if policy.check is not None]


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


def policy_subject(loaded: Loaded, portfolio: Portfolio) -> Subject:
    """What policy checks look at: the portfolio, what each epic earns per week, its past, and the words of its model."""
    rules = loaded.model.scoring.rules
    size = ["job_size"] if rules.denominator == "job_size" else []
    read = loaded.reading.portfolio
    is_chosen = loaded.asked_model is not None or (read is not None and read.model is not None)
    return Subject(
        portfolio,
        benefits(portfolio, rules),
        () if portfolio.ranked_by == "sheet" or portfolio.shape is not None else (*rules.weights, *size),
        loaded.model.categories.enablers,
        portfolio.calendar.weeks,
        _words(loaded.model),
        past_of(loaded),
        () if read is None or not is_chosen else prescribed(loaded.model, completed(loaded.model, read)),
        loaded.model.title,
    )
