"""Scenarios: what a named set of changes does to the plan, and plans beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Finding, has_errors
from portfolio.edits import Applied, Scenario, apply, direction
from portfolio.engine.batch import BASE, best_of_all, solve_all
from portfolio.engine.load import HasErrorsError, Loaded, load, told_apart
from portfolio.engine.plan import DEFAULT_GAP, DEFAULT_TIME_LIMIT, Progress, judge, plan
from portfolio.errors import WrongUseError
from portfolio.operating_model import check_model

if TYPE_CHECKING:
    from portfolio.analysis.comparison import Alternative, Comparison
    from portfolio.intake.read_scenarios import Scenarios


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
    applied = [with_scenario(loaded, scenario)[1] for scenario in scenarios.scenarios]
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
    problems = [*check_model(loaded.model, changed), *check_scores(changed, loaded.model.scoring.rules)]
    place = scenario.changes[0].place if scenario.changes else scenario.place
    more = tuple(
        Finding(problem.severity, place, problem.what, problem.rule, problem.fix)
        for problem in problems
        if (problem.what, problem.rule) not in known
    )
    applied = replace(applied, findings=(*applied.findings, *more))
    others = tuple(row for row in loaded.reading.scenarios if str(row[0]).casefold() != scenario.name.casefold())
    reading = replace(loaded.reading, scenarios=others)
    return replace(loaded, portfolio=changed, findings=(*loaded.findings, *applied.findings), reading=reading), applied


def compare_scenarios(
    loaded: Loaded,
    scenarios: Sequence[Scenario],
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    progress: Callable[[str], Progress] | None = None,
) -> Comparison:
    """Plans a portfolio as it is, then each scenario from that plan, side by side on the cores there are.

    `time_limit` is for each plan, `progress` gives the progress of each by its name. Raises HasErrorsError with all that
    is wrong with any of the scenarios.
    """
    from portfolio.analysis.comparison import Alternative, compared
    from portfolio.analysis.difference import names_of

    sides = [with_scenario(loaded, scenario) for scenario in scenarios]
    _refuse_faulty(loaded, [applied for _, applied in sides])
    base = plan(loaded, gap, time_limit, progress and progress(BASE))
    portfolios, names = [side for side, _ in sides], [scenario.name for scenario in scenarios]
    answers = solve_all(portfolios, names, base.plan, gap, time_limit, progress)
    base, *answers = best_of_all([loaded, *portfolios], [base, *answers])
    told = [
        (
            Alternative(scenario.name, applied.alterations, answer, None, direction(loaded.ready, applied.alterations)),
            names_of(base.portfolio, answer.portfolio),
        )
        for scenario, (_, applied), answer in zip(scenarios, sides, answers, strict=True)
    ]
    findings = [*base.findings]
    for scenario, answer, (side, applied) in zip(scenarios, answers, sides, strict=True):
        findings += applied.findings
        findings += [
            replace(one, place=f"{one.place}, scenario {scenario.name}")
            for one in answer.findings[len(side.findings) :]
        ]
    return compared(Alternative(BASE, (), base), told, findings)


def _refuse_faulty(loaded: Loaded, applied: Sequence[Applied]) -> None:
    findings = [finding for one in applied for finding in one.findings]
    if has_errors(findings):
        raise HasErrorsError((*loaded.findings, *dict.fromkeys(findings)))


def compare_plans(first: Path, second: Path, on: Path | None = None, model: str | None = None) -> Comparison:
    """Puts two plans beside each other: workbooks with a plan in them, or what `plan --json` printed.

    Each is judged by the rules of its own portfolio: the workbook that it stands in, else the portfolio `on`, else that
    of the other plan. Raises WrongUseError if a file holds no plan, or no portfolio is there to judge it by.
    """
    from portfolio.analysis.comparison import compared
    from portfolio.analysis.difference import names_of

    sides = [_own_portfolio(path, on, model) for path in (first, second)]
    there = next((side for side in sides if side is not None), None)
    if there is None:
        raise WrongUseError(
            f"{first.name} and {second.name} name no portfolio; give the one that they plan with --on FILE."
        )
    names = told_apart(first, second)
    one, other = (
        _planned(path, name, side or there) for path, name, side in zip((first, second), names, sides, strict=True)
    )
    words = names_of(one.answer.portfolio, other.answer.portfolio)
    return compared(one, [(other, words)], [*one.answer.findings, *other.answer.findings])


def _own_portfolio(path: Path, on: Path | None, model: str | None) -> Loaded | None:
    """The portfolio to judge a plan by; None where the file holds nothing but the plan."""
    from portfolio.intake.read_plan import holds_portfolio

    if on is not None:
        return load(on, model)
    return load(path, model) if holds_portfolio(path) else None


def _planned(path: Path, name: str, loaded: Loaded) -> Alternative:
    from portfolio.analysis.comparison import Alternative
    from portfolio.intake.read_plan import read_earlier_plan

    earlier = read_earlier_plan(path, loaded.ready, "compare", empty=True)
    return Alternative(name, (), judge(loaded, earlier.plan))
