"""Varies one figure: finds the best plan at each step, and the frontier that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.domain import Finding, has_errors
from portfolio.edits import Unknown, variation
from portfolio.engine.batch import BASE, best_of_all, solve_all
from portfolio.engine.load import HasErrorsError, Loaded
from portfolio.engine.plan import Progress, plan
from portfolio.engine.scenario import with_scenario
from portfolio.engine.steady import steady
from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT

if TYPE_CHECKING:
    from portfolio.domain import Plan
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.optimizer.execution.workers import Workers
    from portfolio.results.answer import Answer
    from portfolio.results.frontier import Frontier


def vary(
    loaded: Loaded,
    steps: str,
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    progress: Callable[[str], Progress] | None = None,
    cancel: CancelToken | None = None,
    place: str = "steps",
    workers: Workers | None = None,
) -> Frontier:
    """Plans a portfolio for each step of one figure, such as `budget 80%..120% by 5%`, side by side.

    Every step begins from the plan without any change; then each takes over the plan of another step where that keeps
    its rules and is worth more, so that more never comes out as worse. Of plans as good as each other within the gap, each
    takes the one that changes least of the step before, from the tightest one on. `time_limit` is for each plan, `progress` gives
    the progress of each by its name; `workers` says who plans the steps: the cores of this machine without it, or a cluster. Raises HasErrorsError where the range, which stands at `place`, or one of its steps
    is not possible.
    """
    from portfolio.analysis.frontier import with_bounds
    from portfolio.results.alternative import Alternative
    from portfolio.results.frontier import Frontier, Step

    try:
        varied = variation(loaded.ready, steps, place)
    except Unknown as unknown:
        finding = Finding("error", place, unknown.what, unknown.rule, unknown.fix)
        raise HasErrorsError((*loaded.findings, finding)) from None
    sides = [with_scenario(loaded, scenario) for scenario in varied.scenarios]
    wrong = tuple(dict.fromkeys(finding for _, applied in sides for finding in applied.findings))
    if has_errors(wrong):
        raise HasErrorsError((*loaded.findings, *wrong))
    base = plan(loaded, gap, time_limit, progress=progress and progress(BASE), cancel=cancel)
    portfolios = [side for side, _ in sides]
    names = [scenario.name for scenario in varied.scenarios]
    answers = solve_all(portfolios, names, base.plan, gap, time_limit, progress, cancel, workers)
    answers = best_of_all(portfolios, answers, [base.plan])
    answers = _steadied(portfolios, answers, base.plan, varied.direction, gap, cancel)
    outcomes = with_bounds([answer.outcome for answer in answers], varied.direction)
    planned = tuple(
        Step(amount, Alternative(name, applied.edits, replace(answer, outcome=outcome)))
        for amount, name, (_, applied), answer, outcome in zip(
            varied.steps, names, sides, answers, outcomes, strict=True
        )
    )
    findings = [*loaded.findings, *wrong]
    for name, side, answer in zip(names, portfolios, answers, strict=True):
        findings += [replace(one, place=f"{one.place}, {name}") for one in answer.findings[len(side.findings) :]]
    return Frontier(varied.name, varied.percent, varied.direction, planned, tuple(findings))


def _steadied(
    sides: Sequence[Loaded],
    answers: Sequence[Answer],
    base: Plan | None,
    direction: int,
    gap: float,
    cancel: CancelToken | None,
) -> list[Answer]:
    """The answers, each with the plan that changes least of the step before; what allows more is never worth less."""
    found = list(answers)
    turns = range(len(found))
    before, value = base, None
    for turn in reversed(turns) if direction < 0 else turns:
        if before is not None:
            found[turn] = steady(sides[turn], found[turn], before, gap, cancel, value)
        if found[turn].plan is not None:
            before, value = found[turn].plan, found[turn].outcome.value if direction else None
    return found
