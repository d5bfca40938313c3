"""Solves a portfolio's changes again from its plan, as explanations and prices need it, within one time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.engine.load import Loaded
from portfolio.engine.plan import problem_of
from portfolio.errors import WrongUseError
from portfolio.operating_model.ranking import BEYOND_VALUE

if TYPE_CHECKING:
    from portfolio.analysis.pricing import ReSolver
    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
    from portfolio.optimizer.execution.workers import Workers
    from portfolio.results.answer import Answer

BASE_SHARE = 0.5
"""The share of the time that the plan itself may take; the re-solves have the rest."""


def needs_value(loaded: Loaded, what: str) -> None:
    """Raises WrongUseError where no value decides: prices are differences of value."""
    if loaded.model.goal(loaded.ready) in BEYOND_VALUE:
        raise WrongUseError(
            f"{loaded.name} cannot be {what} by re-solving: in {loaded.model.title}, plans follow "
            f"{'the order of the sheet' if loaded.ready.ranked_by == 'sheet' else 'order or choice'}, not value. The "
            "command plan shows the reasons; to get prices, give `model` a model that ranks by value.",
            "model",
        )


def re_solver_of(
    loaded: Loaded,
    answer: Answer,
    gap: float,
    ends: float,
    re_solves: CountProgress | None,
    cancel: CancelToken,
    workers: Workers | None = None,
) -> ReSolver:
    """What solves changed portfolios from the plan of an answer; `re_solves` hears how many of how many are done."""
    from portfolio.analysis.pricing import ReSolver, bounded_value
    from portfolio.optimizer.execution.workers import ON_THIS_MACHINE
    from portfolio.optimizer.optimize import Best

    base = bounded_value(Best(answer.plan, answer.outcome))
    problem, told = problem_of(loaded, answer.ranking), re_solves or (lambda *_: None)
    re_solver = ReSolver(problem, base, gap, ends, cancel, told, workers=workers or ON_THIS_MACHINE)
    if base.proven:
        re_solver.seconds = max(re_solver.seconds, answer.outcome.seconds)
    return re_solver
