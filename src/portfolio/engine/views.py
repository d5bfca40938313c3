"""Puts together what views show: a portfolio with its ranking, its plan, and what was agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Plan, Portfolio
from portfolio.engine.load import HasErrorsError, Loaded
from portfolio.engine.rank import rank
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.results.answer import Answer
    from portfolio.results.flow.flow import Flow
    from portfolio.results.frontier import Frontier
    from portfolio.results.simulated.ranks import Ranks
    from portfolio.results.simulated.simulation import Simulation
    from portfolio.results.views import Shown

DRAWS = 1000
"""Futures that are enough for whole per cents beside a plan."""


def shown(
    loaded: Loaded,
    answer: Answer | None = None,
    agreed: Answer | Plan | str | Path | None = None,
    frontier: Frontier | None = None,
) -> Shown:
    """What the views of a portfolio show; `portfolio.results.views.VIEWS` makes each of them from it.

    An `agreed` plan, or a file that holds one, is judged by the portfolio as it is now. An answer stays as it is, whatever
    figures it was made for. Raises HasErrorsError where not even a ranking is possible.
    """
    from portfolio.results.answer import Answer
    from portfolio.results.views import Shown

    portfolio = answer.portfolio if answer is not None else loaded.rankable or loaded.portfolio
    if portfolio is None:
        raise HasErrorsError(loaded.findings)
    ranking = answer.ranking if answer is not None else rank(loaded, partly=True)
    if answer is None or answer.plan is None or agreed is None:
        return Shown(portfolio, loaded.model, ranking, answer, frontier=frontier)
    if isinstance(agreed, Answer):
        from portfolio.analysis.difference import difference_of_plans, names_of

        names = names_of(agreed.portfolio, answer.portfolio)
        effect = difference_of_plans(agreed, answer, names)
        return Shown(portfolio, loaded.model, ranking, answer, agreed, effect, frontier)
    from portfolio.analysis.difference import judged
    from portfolio.engine.agreed import agreed_plan
    from portfolio.engine.plan import problem_of
    from portfolio.engine.replan import as_agreed, effect_of

    earlier = agreed_plan(agreed, loaded)
    problem = problem_of(loaded, ranking)
    before = as_agreed(loaded, earlier, problem)
    verdict = judged(earlier.placeable(portfolio), earlier.left_out, problem)
    effect = replace(effect_of(before, answer, earlier), old_plan=verdict)
    return Shown(portfolio, loaded.model, ranking, answer, before, effect, frontier)


def measured(loaded: Loaded, as_of: date | None = None) -> Flow | None:
    """What the portfolio's own dated history tells of flow as of a day, else of the last day that it tells of; None without any."""
    from portfolio.engine.flow import flow
    from portfolio.measures.days import day_of
    from portfolio.measures.transitions import transitions_of

    portfolio = loaded.portfolio or loaded.rankable
    if portfolio is None or not (portfolio.evidence.history or portfolio.evidence.objectives):
        return None
    if as_of is None:
        days = transitions_of(portfolio.evidence.history, None).day
        as_of = day_of(int(days.max())) if len(days) else date.today()
    try:
        return flow(loaded, as_of=as_of)
    except (HasErrorsError, WrongUseError):
        return None


def how_sure(what: Shown, loaded: Loaded, workers: int | None = None) -> Shown:
    """The same with its plan and its ranking in many futures; as it is where nobody said that anything is uncertain."""
    plan = None if what.planned is None else what.planned.plan
    simulation, found = futures(loaded, what.portfolio, plan, workers)
    return replace(what, simulation=simulation, ranks=found)


def futures(
    loaded: Loaded, portfolio: Portfolio, plan: Plan | None, workers: int | None = None
) -> tuple[Simulation | None, Ranks | None]:
    """A plan played forward in many futures, and the ranking in them; None for what is the same in all."""
    return _played(plan, loaded, workers), _ranks(portfolio, plan, loaded, workers)


def _played(plan: Plan | None, loaded: Loaded, workers: int | None) -> Simulation | None:
    """The plan played forward; None without a plan, and where every future is the plan."""
    from portfolio.engine.simulate import simulate, study_of

    if plan is None or not plan.bookings:
        return None
    try:
        if study_of(loaded, plan).uncertainty.is_certain:
            return None
        return simulate(loaded, plan, draws=DRAWS, workers=workers)
    except (HasErrorsError, WrongUseError):
        return None


def _ranks(portfolio: Portfolio, plan: Plan | None, loaded: Loaded, workers: int | None) -> Ranks | None:
    """The ranking in many futures; None where no future has another one."""
    from portfolio.engine.ranks import ranks

    if not _moves(portfolio):
        return None
    try:
        found = ranks(loaded, plan, draws=DRAWS, workers=workers)
    except (HasErrorsError, WrongUseError):
        return None
    return None if found.is_certain else found


def _moves(portfolio: Portfolio) -> bool:
    """Whether somebody said what may move the ranking: steps of scores, votes, or estimates that are not one figure."""
    from portfolio.simulation.unknowns import uncertainty_of

    if portfolio.score_step_chance or portfolio.evidence.votes:
        return True
    return bool(uncertainty_of(portfolio, [epic.id for epic in portfolio.epics]).factors)
