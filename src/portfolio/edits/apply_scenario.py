"""Applies a scenario to a portfolio, and checks the result as a whole like any other portfolio."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portfolio.domain.finding import FieldFinding, Finding, Path, has_errors
from portfolio.domain.json_form import record_form
from portfolio.domain.parsing import build
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.validation import validate
from portfolio.edits.amounts import add, scale, set_figure
from portfolio.edits.draft import Draft
from portfolio.edits.figure_names import Unknown
from portfolio.edits.relaxing import ban, lock, relax
from portfolio.edits.scenario import Scenario, ScenarioEdit, ScenarioLine, Verb


@dataclass(frozen=True)
class Applied:
    """What a scenario makes of a portfolio: null where it has errors; the edits that its lines came down to."""

    scenario: Scenario
    portfolio: Portfolio | None
    edits: tuple[ScenarioEdit, ...]
    findings: tuple[Finding, ...]


def apply(portfolio: Portfolio, scenario: Scenario) -> Applied:
    """Makes a scenario's edits, line by line; everything that is wrong with them is said at once.

    The portfolio that comes out is validated as a whole; what was wrong with the old one already is not said again.
    """
    draft = Draft({"format": portfolio.format, **record_form(portfolio)})
    for line in scenario.lines:
        try:
            _VERBS[line.verb](draft, line)
        except Unknown as trouble:
            draft.findings.append(Finding("error", line.place, trouble.what, trouble.rule, trouble.fix))
    if draft.findings:
        return Applied(scenario, None, tuple(draft.edits), tuple(draft.findings))
    raw, origin = draft.without_removed()
    changed, problems = build(raw)
    changed = (
        None
        if changed is None
        else changed.with_active_states(portfolio.active_states)
        .with_commitment(portfolio.commitment)
        .with_classes(portfolio.classes)
    )
    known = {(problem.what, problem.rule) for problem in validate(portfolio)}
    findings = tuple(
        Finding(
            problem.severity, draft.place(_moved(problem, origin), scenario), problem.what, problem.rule, problem.fix
        )
        for problem in problems
        if (problem.what, problem.rule) not in known
    )
    return Applied(scenario, None if has_errors(findings) else changed, tuple(draft.edits), findings)


def _moved(problem: FieldFinding, origin: dict[str, list[int]]) -> Path:
    """Where a problem stood before records were removed."""
    section, *rest = problem.path or ("",)
    if section in origin and rest and isinstance(rest[0], int):
        return (section, origin[str(section)][rest[0]], *rest[1:])
    return problem.path


_VERBS: dict[Verb, Callable[[Draft, ScenarioLine], None]] = {
    "set": set_figure,
    "scale": scale,
    "add": add,
    "lock": lock,
    "ban": ban,
    "relax": relax,
}
