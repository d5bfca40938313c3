"""Compares what scenarios do to the plan, and plans beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Finding, Plan, has_errors
from portfolio.edits import Applied, Scenario, direction, scenario_from_sentences
from portfolio.engine.agreed import agreed_plan, with_frozen
from portfolio.engine.batch import BASE, best_of_all, solve_all
from portfolio.engine.load import HasErrorsError, Loaded, load, told_apart
from portfolio.engine.plan import Progress, judge, plan
from portfolio.engine.scenario import scenarios_of, with_scenario
from portfolio.engine.steady import steady
from portfolio.errors import WrongUseError
from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT

if TYPE_CHECKING:
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.optimizer.execution.workers import Workers
    from portfolio.results.alternative import Alternative
    from portfolio.results.answer import Answer
    from portfolio.results.comparison import Comparison


def compare(
    loaded: Loaded,
    scenarios: Mapping[str, str | Sequence[str]] | None = None,
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    progress: Callable[[str], Progress] | None = None,
    cancel: CancelToken | None = None,
    agreed: Answer | Plan | str | Path | None = None,
    workers: Workers | None = None,
) -> Comparison:
    """Plans a portfolio as it is and as each scenario changes it, side by side.

    Scenarios are sentences by their name, `{"Fewer people": ["scale capacity of Shop by 80%"]}`; without any, those that
    the portfolio brings along. Of plans as good as each other, those are taken that change least of the first one, or of an
    `agreed` one, which is an answer, its plan, or a file that holds it. `time_limit` is for each plan, `progress` gives the progress of each by its name;
    `workers` says who plans the scenarios: the cores of this machine without it, or a cluster. Raises HasErrorsError with all that is wrong with any of them.
    """
    portfolio = loaded.ready
    if scenarios is None:
        own = scenarios_of(loaded)
        chosen, findings = list(own.scenarios), own.findings
    else:
        read = [scenario_from_sentences(portfolio, name, changes) for name, changes in scenarios.items()]
        chosen, findings = [one for one, _ in read], tuple(finding for _, wrong in read for finding in wrong)
    if has_errors(findings):
        raise HasErrorsError((*loaded.findings, *findings))
    if not chosen:
        raise WrongUseError(
            f"{loaded.name} has no scenarios to compare; say some, each as a list of changes by its name."
        )
    return compare_scenarios(loaded, chosen, gap, time_limit, progress, cancel, agreed, workers)


def compare_scenarios(
    loaded: Loaded,
    scenarios: Sequence[Scenario],
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    progress: Callable[[str], Progress] | None = None,
    cancel: CancelToken | None = None,
    agreed: Answer | Plan | str | Path | None = None,
    workers: Workers | None = None,
) -> Comparison:
    """Plans a portfolio as it is, then each scenario from that plan, side by side on the cores there are.

    Of plans as good as each other within the gap, each takes the one that changes least of the first, or of the `agreed` one.
    `time_limit` is for each plan, `progress` gives the progress of each by its name. Raises HasErrorsError with all that is wrong.
    """
    from portfolio.analysis.comparison import comparison_of
    from portfolio.analysis.difference import names_of
    from portfolio.results.alternative import Alternative

    earlier = None if agreed is None else agreed_plan(agreed, loaded)
    loaded = loaded if earlier is None else with_frozen(loaded, earlier)
    sides = [with_scenario(loaded, scenario) for scenario in scenarios]
    _refuse_faulty(loaded, [applied for _, applied in sides])
    base = plan(loaded, gap, time_limit, progress=progress and progress(BASE), cancel=cancel)
    portfolios, names = [side for side, _ in sides], [scenario.name for scenario in scenarios]
    answers = solve_all(portfolios, names, base.plan, gap, time_limit, progress, cancel, workers)
    base, *answers = best_of_all([loaded, *portfolios], [base, *answers])
    kept = None if earlier is None else earlier.placeable(loaded.ready)
    base = base if kept is None else steady(loaded, base, kept, gap, cancel)
    answers = [
        _steadied(
            side, answer, kept or base.plan, gap, cancel, base if direction(loaded.ready, applied.edits) > 0 else None
        )
        for (side, applied), answer in zip(sides, answers, strict=True)
    ]
    alternatives = [
        (
            Alternative(scenario.name, applied.edits, answer, None, direction(loaded.ready, applied.edits)),
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
    return comparison_of(Alternative(BASE, (), base), alternatives, findings)


def _steadied(
    side: Loaded, answer: Answer, other: Plan | None, gap: float, cancel: CancelToken | None, base: Answer | None
) -> Answer:
    """The answer that changes least of another plan; what only allows more than `base` is never worth less than that."""
    if other is None:
        return answer
    return steady(side, answer, other, gap, cancel, None if base is None else base.outcome.value)


def _refuse_faulty(loaded: Loaded, applied: Sequence[Applied]) -> None:
    findings = [finding for one in applied for finding in one.findings]
    if has_errors(findings):
        raise HasErrorsError((*loaded.findings, *dict.fromkeys(findings)))


def compare_plans(first: Path, second: Path, on: Path | None = None, model: str | None = None) -> Comparison:
    """Puts two plans beside each other: workbooks with a plan in them, or answers in JSON.

    Each is judged by the rules of its own portfolio: the workbook that it stands in, else the portfolio `on`, else that
    of the other plan. Raises WrongUseError if a file holds no plan, or no portfolio is there to judge it by.
    """
    from portfolio.analysis.comparison import comparison_of
    from portfolio.analysis.difference import names_of

    sides = [_own_portfolio(path, on, model) for path in (first, second)]
    there = next((side for side in sides if side is not None), None)
    if there is None:
        raise WrongUseError(
            f"{first.name} and {second.name} name no portfolio; give the one that they plan with `on` FILE.", "on"
        )
    names = told_apart(first, second)
    one, other = (
        _planned(path, name, side or there) for path, name, side in zip((first, second), names, sides, strict=True)
    )
    words = names_of(one.answer.portfolio, other.answer.portfolio)
    return comparison_of(one, [(other, words)], [*one.answer.findings, *other.answer.findings])


def _own_portfolio(path: Path, on: Path | None, model: str | None) -> Loaded | None:
    """The portfolio to judge a plan by; None where the file holds nothing but the plan."""
    from portfolio.intake.read_plan import holds_portfolio

    if on is not None:
        return load(on, model)
    return load(path, model) if holds_portfolio(path) else None


def _planned(path: Path, name: str, loaded: Loaded) -> Alternative:
    from portfolio.intake.read_plan import read_earlier_plan
    from portfolio.results.alternative import Alternative

    earlier = read_earlier_plan(path, loaded.ready, "plans", empty=True)
    answer = judge(loaded, earlier.plan)
    unread = (
        Finding(
            "warning",
            name,
            f"{epic} is left out of this plan: {reason}.",
            "A plan is judged by the epics and periods that its portfolio has.",
            "Look at its planned start and finish.",
        )
        for epic, reason in earlier.left_out.items()
    )
    return Alternative(name, (), replace(answer, findings=(*answer.findings, *unread)))
