"""Takes, of many plans, the one that holds in most futures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.choices import Choosing
from portfolio.engine.load import Loaded
from portfolio.engine.plan import judge, problem_of
from portfolio.engine.simulate import simulate
from portfolio.engine.sureness import both
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.optimizer.execution.workers import Workers
    from portfolio.results.answer import Answer
    from portfolio.results.simulated.choice_chances import ChosenBy, RobustChoice


def robust(
    loaded: Loaded,
    answer: Answer,
    by: ChosenBy = "dates",
    workers: int | Workers | None = None,
) -> tuple[Answer, RobustChoice]:
    """The answer for the plan that holds in most futures, chosen among the one given and others, and what it was chosen by.

    `by` is `mean`, `worst` (the mean of the worst tenth of futures) or `dates` (the best mean of those that keep their dates
    with 85 %). Raises WrongUseError where there is no plan, or no value decides what starts.
    """
    from portfolio.optimizer.outcome import Outcome, relative_gap

    if answer.plan is None:
        raise WrongUseError(f"No plan of {loaded.name} is possible, so none can hold.")
    simulation = simulate(loaded, answer.plan, choices=Choosing(robust=by), workers=workers)
    assert simulation.robust is not None
    place = [line.name for line in simulation.robust.candidates].index(simulation.robust.chosen)
    chosen = Plan(simulation.robust.plans[place])
    value = problem_of(loaded, answer.ranking).value(chosen)
    known = answer.outcome
    bound = None if known.bound is None else max(value, known.bound)
    gap = None if bound is None else relative_gap(value, bound)
    outcome = Outcome("best found", value, bound, gap, known.seconds, None)
    judged = judge(loaded, chosen, outcome)
    return replace(judged, findings=both(judged.findings, simulation.findings)), simulation.robust
