"""Makes the portfolio that a scenario stands for, as if it had been read so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Finding, has_errors
from portfolio.edits import Applied, Scenario, apply, scenario_from_sentences
from portfolio.engine.load import HasErrorsError, Loaded
from portfolio.engine.open_work import is_translated
from portfolio.operating_model import check_model

if TYPE_CHECKING:
    from portfolio.intake.read_scenarios import Scenarios


def scenario(loaded: Loaded, name: str, changes: str | Sequence[str] | None = None) -> Loaded:
    """The portfolio that changes make of another one, said as sentences: `scale capacity of Web by 80%`.

    Without changes, it is the scenario of that name which stands on the sheet Scenarios or beside the file. What is wrong
    with a change is a finding of the portfolio that comes out. Raises WrongUseError where there is no such scenario,
    HasErrorsError where the portfolio itself has errors.
    """
    portfolio = loaded.ready
    if changes is None:
        return with_scenario(loaded, own_scenario(loaded, name))[0]
    chosen, findings = scenario_from_sentences(portfolio, name, changes)
    if findings:
        return replace(loaded, portfolio=None, findings=(*loaded.findings, *findings))
    return with_scenario(loaded, chosen)[0]


def own_scenario(loaded: Loaded, name: str, file: Path | None = None) -> Scenario:
    """The scenario of a name that a portfolio brings along, or that stands in the YAML file given.

    Raises WrongUseError where there is none, HasErrorsError where something is wrong with how any of them is written.
    """
    there = scenarios_of(loaded, file)
    chosen = there.named(name)
    if has_errors(there.findings):
        raise HasErrorsError((*loaded.findings, *there.findings))
    return chosen


def scenarios_of(loaded: Loaded, file: Path | None = None) -> Scenarios:
    """The scenarios of a portfolio: on its sheet Scenarios, and in the YAML file beside it or the one given.

    Raises WrongUseError if a file cannot be read as scenarios at all; everything else is a finding of theirs.
    """
    from portfolio.intake.read_scenarios import read_scenarios

    return read_scenarios(loaded.path, file)


def check_scenarios(loaded: Loaded, scenarios: Scenarios) -> tuple[Finding, ...]:
    """Everything that is wrong with any scenario of a portfolio, each at its line or cell."""
    if loaded.portfolio is None:
        return scenarios.findings
    applied = [with_scenario(loaded, one)[1] for one in scenarios.scenarios]
    return (*scenarios.findings, *(finding for one in applied for finding in one.findings))


def with_scenario(loaded: Loaded, scenario: Scenario) -> tuple[Loaded, Applied]:
    """The portfolio that a scenario makes, as if it had been read so, and what changed in it.

    It is not completed again by the model: that would bring back a default guardrail or limit that was relaxed. The scenario
    itself is no longer one of its own: a copy that holds its changes would make them twice.
    """
    from portfolio.scoring import check_scores

    applied = apply(loaded.ready, scenario)
    if applied.portfolio is None:
        return replace(loaded, portfolio=None, findings=(*loaded.findings, *applied.findings)), applied
    changed = applied.portfolio
    known = {(finding.what, finding.rule) for finding in (*loaded.findings, *applied.findings)}
    problems = [*check_model(loaded.model, changed, is_translated), *check_scores(changed, loaded.model.scoring.rules)]
    place = scenario.lines[0].place if scenario.lines else scenario.place
    more = tuple(
        Finding(problem.severity, place, problem.what, problem.rule, problem.fix)
        for problem in problems
        if (problem.what, problem.rule) not in known
    )
    applied = replace(applied, findings=(*applied.findings, *more))
    others = tuple(row for row in loaded.reading.scenarios if str(row[0]).casefold() != scenario.name.casefold())
    reading = replace(loaded.reading, scenarios=others)
    return replace(loaded, portfolio=changed, findings=(*loaded.findings, *applied.findings), reading=reading), applied
