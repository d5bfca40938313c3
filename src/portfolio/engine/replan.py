"""Keeping: a new plan that changes least of the one that was agreed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.load import Loaded
from portfolio.engine.plan import DEFAULT_GAP, DEFAULT_TIME_LIMIT, Progress, judge, plan, problem_of, rank
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.analysis.replan_report import ReplanReport
    from portfolio.intake.read_plan import EarlierPlan
    from portfolio.optimizer.execution.cancellation import Count
    from portfolio.results.answer import Answer

DEFAULT_TOLERANCE = 0.01


def agreed_plan(path: Path, loaded: Loaded) -> EarlierPlan:
    """Reads the plan that was agreed, from a workbook or JSON that `plan` wrote; with what of it is gone."""
    from portfolio.intake.read_plan import read_earlier_plan

    return read_earlier_plan(path, loaded.ready, "--keep")


def replan(
    loaded: Loaded,
    agreed: EarlierPlan,
    tolerance: float = DEFAULT_TOLERANCE,
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    progress: Progress | None = None,
    start: Plan | None = None,
    kept: Count | None = None,
    repairs: Count | None = None,
) -> ReplanReport | Answer:
    """Of all plans within the tolerance of the best value, the one that changes least of what was agreed.

    Fewest agreed epics dropped, then fewest moved, then the most value. Two steps, each within the time limit: the best
    plan, then the fewest changes that keep its value up to the tolerance; of the second `kept` hears how many agreed epics
    stay, of how many. The answer as it is where there is no plan.
    """
    from portfolio.analysis.difference import compare_plans, names_of
    from portfolio.analysis.replan_report import ReplanReport
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.optimizer.outcome import Outcome, relative_gap
    from portfolio.optimizer.replan import MinimumChange
    from portfolio.optimizer.solver import Limits

    if not 0 <= tolerance <= 1:
        raise WrongUseError("--tolerance is a share of the best value, from 0% to 100%.")
    best = plan(loaded, gap, time_limit, progress, start=start or agreed.plan, repairs=repairs)
    if best.plan is None or best.outcome.value is None:
        return best
    problem = problem_of(loaded, rank(loaded))
    floor = best.outcome.value - tolerance * abs(best.outcome.value)
    stability = MinimumChange(problem, problem.formulation(), agreed.plan, best.plan, floor)
    steady = stability.least_change(Limits(gap=gap, seconds=time_limit), CancelToken(), kept)
    value, bound = problem.value(steady.plan), best.outcome.bound
    same = value >= best.outcome.value
    outcome = Outcome(
        best.outcome.claim if same else "best found",
        value,
        None if bound is None else max(value, bound),
        None if bound is None else relative_gap(value, max(value, bound)),
        best.outcome.seconds,
        best.outcome.stopped_by,
    )
    answer = judge(loaded, steady.plan, outcome)
    names = names_of(answer.portfolio, answer.portfolio)
    effect = compare_plans(judge(loaded, agreed.plan), answer, names)
    return ReplanReport(
        answer, len(agreed.plan), effect, best.outcome.value, floor, tolerance, steady.proven, dict(agreed.left_out)
    )
