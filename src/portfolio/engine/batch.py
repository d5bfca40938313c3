"""Solves several changed portfolios side by side; each answer lends its plan to the others to begin from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.domain.tolerance import TOLERANCE
from portfolio.engine.load import Loaded
from portfolio.engine.plan import Progress, judge, plan, problem_of
from portfolio.engine.rank import rank

if TYPE_CHECKING:
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.optimizer.execution.workers import Workers
    from portfolio.results.answer import Answer

BASE = "As it is"
"""What the portfolio without any change is called beside its scenarios."""


def solve_all(
    sides: Sequence[Loaded],
    names: Sequence[str],
    start: Plan | None,
    gap: float,
    time_limit: float,
    progress: Callable[[str], Progress] | None = None,
    cancel: CancelToken | None = None,
    workers: Workers | None = None,
) -> list[Answer]:
    """The answers to several portfolios, sought side by side, each from the same plan; Ctrl-C ends them all."""
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.optimizer.execution.workers import ON_THIS_MACHINE

    cancel, workers = cancel or CancelToken(), workers or ON_THIS_MACHINE
    tasks = [
        partial(
            plan,
            side,
            gap,
            time_limit,
            progress=progress and progress(name),
            cancel=cancel,
            start=start,
            workers=workers,
        )
        for side, name in zip(sides, names, strict=True)
    ]
    return workers.run_parallel(tasks, cancel)


def best_of_all(sides: Sequence[Loaded], answers: Sequence[Answer], more: Sequence[Plan | None] = ()) -> list[Answer]:
    """Each portfolio's answer, or another one's plan where that keeps this one's rules and is worth more in it.

    So what only allows more never comes out as worse because the search ended earlier.
    """
    plans = [one for one in (*more, *(answer.plan for answer in answers)) if one is not None]
    return [_best_of(side, answer, plans) for side, answer in zip(sides, answers, strict=True)]


def _best_of(side: Loaded, answer: Answer, plans: Sequence[Plan]) -> Answer:
    from portfolio.optimizer.outcome import Outcome, relative_gap

    problem = problem_of(side, rank(side))
    value, best = answer.outcome.value, answer.plan
    for other in plans:
        worth = problem.accepted(other)
        if worth is not None and (value is None or worth > value + TOLERANCE * max(1.0, abs(value))):
            value, best = worth, other
    if best is None or value is None or best is answer.plan:
        return answer
    old = answer.outcome
    bound = None if old.bound is None else max(old.bound, value)
    gap = None if bound is None else relative_gap(value, bound)
    return judge(side, best, Outcome("best found", value, bound, gap, old.seconds, old.stopped_by))
