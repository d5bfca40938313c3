"""Checks a portfolio: says everything that is wrong, the traps that it is in, and the policies that it does not keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portfolio.domain import FieldFinding, Finding, Portfolio, has_errors
from portfolio.engine.diagnostics import diagnostic_findings
from portfolio.engine.load import Loaded
from portfolio.engine.plan import problem_of
from portfolio.engine.rank import rank
from portfolio.operating_model import OperatingModel
from portfolio.policies import Subject, Words, check_policies
from portfolio.scoring import benefits


def check(loaded: Loaded) -> tuple[Finding, ...]:
    """Every finding of a portfolio; where none is an error, also its traps, if it can be planned, and its policies."""
    portfolio = loaded.portfolio
    if portfolio is None or has_errors(loaded.findings):
        return loaded.findings
    diagnostics = diagnostic_findings(loaded, problem_of(loaded, rank(loaded))) if portfolio.can_plan else ()
    later = [*_open_guardrails(portfolio), *_policies(loaded, portfolio)]
    return (*loaded.findings, *diagnostics, *loaded.reading.locate(later))


def _open_guardrails(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Guardrails that the model suggests and that nobody has given a figure, in one finding."""
    rows = [index for index, limit in enumerate(portfolio.guardrails) if portfolio.is_open(limit)]
    if rows:
        names = ", ".join(portfolio.guardrails[index].name for index in rows)
        yield FieldFinding(
            ("guardrails", rows[0], "at_most"),
            f"{names}: no figure yet.",
            "They are usual in this way of working, and a guardrail limits nothing until it has a figure.",
            "Enter At least or At most for each, or delete its row.",
            "warning",
        )


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


def _policies(loaded: Loaded, portfolio: Portfolio) -> Iterable[FieldFinding]:
    """Which policies of its model a portfolio does not keep."""
    if loaded.model.policies is None:
        return ()
    chosen = [
        (policy.check, policy.limits, policy.statement)
        for policy in loaded.model.policies.policies
        if policy.check is not None
    ]
    return check_policies(policy_subject(loaded, portfolio), chosen)


def policy_subject(loaded: Loaded, portfolio: Portfolio) -> Subject:
    """What policy checks look at: the portfolio, what each epic earns per week, and the words of its model."""
    rules = loaded.model.scoring.rules
    size = ["job_size"] if rules.denominator == "job_size" else []
    return Subject(
        portfolio,
        benefits(portfolio, rules),
        () if portfolio.ranked_by == "sheet" or portfolio.shape is not None else (*rules.weights, *size),
        loaded.model.categories.enablers,
        portfolio.calendar.weeks,
        _words(loaded.model),
    )
