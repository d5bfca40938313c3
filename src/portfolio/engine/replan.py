"""Re-plans: makes a new plan that changes least of the one that was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.load import Loaded
from portfolio.engine.plan import Progress, judge, plan, problem_of
from portfolio.engine.rank import rank
from portfolio.errors import WrongUseError
from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT

if TYPE_CHECKING:
    from portfolio.intake.read_plan import EarlierPlan
    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
    from portfolio.optimizer.outcome import Outcome
    from portfolio.results.answer import Answer
    from portfolio.results.replan_report import ReplanReport

DEFAULT_TOLERANCE = 0.01


def agreed_plan(agreed: Answer | Plan | str | Path, loaded: Loaded) -> EarlierPlan:
    """The plan that was agreed: an answer or its plan, or a file that holds one; with what of it is gone.

    Raises WrongUseError where it starts nothing that this portfolio has.
    """
    from portfolio.intake.read_plan import earlier_plan, read_earlier_plan

    if isinstance(agreed, str | Path):
        return read_earlier_plan(Path(agreed), loaded.ready, "agreed")
    earlier = earlier_plan(_spans(agreed, loaded.ready.calendar.periods), loaded.ready)
    if not earlier.plan.bookings:
        raise WrongUseError(
            "`agreed` starts no epic of this portfolio in a period that it has; give it a plan of this portfolio.",
            "agreed",
        )
    return earlier


def _spans(agreed: Answer | Plan, periods: Sequence[str]) -> list[tuple[str, str, str]]:
    """Each epic that starts, with the labels of its first and last period."""
    if not isinstance(agreed, Plan):
        return [(line.id, line.start, line.finish or line.start) for line in agreed.epics if line.start is not None]

    def label(period: int) -> str:
        return periods[period] if 0 <= period < len(periods) else f"period {period + 1}"

    return [
        (epic, label(booking.start), label(booking.start + booking.periods - 1))
        for epic, booking in agreed.bookings.items()
    ]


def replan(
    loaded: Loaded,
    agreed: Answer | Plan | str | Path,
    tolerance: float = DEFAULT_TOLERANCE,
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
    start: Plan | None = None,
    epics_kept: CountProgress | None = None,
    repairs: CountProgress | None = None,
) -> ReplanReport | Answer:
    """Of all plans within the tolerance of the best value, the one that changes least of what was agreed.

    `agreed` is an answer or its plan, or a workbook or JSON that holds one. Fewest agreed epics dropped, then fewest moved, then the
    most value. Two steps, each within the time limit: the best plan, then the fewest changes that keep its value up to the
    tolerance; of the second `epics_kept` hears how many agreed epics stay, of how many. The answer as it is where there
    is no plan.
    """
    from portfolio.analysis.difference import difference_of_plans, names_of
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.optimizer.replan import MinimumChange
    from portfolio.optimizer.solver import Limits
    from portfolio.results.replan_report import ReplanReport

    if not 0 <= tolerance <= 1:
        raise WrongUseError("`tolerance` is a share of the best value, from 0% to 100%.", "tolerance")
    earlier = agreed_plan(agreed, loaded)
    best = plan(loaded, gap, time_limit, progress=progress, cancel=cancel, start=start or earlier.plan, repairs=repairs)
    if best.plan is None or best.outcome.value is None:
        return best
    problem = problem_of(loaded, rank(loaded))
    floor = best.outcome.value - tolerance * abs(best.outcome.value)
    change = MinimumChange(problem, problem.formulation(), earlier.plan, best.plan, floor)
    fewest = change.solve(Limits(gap=gap, seconds=time_limit), cancel or CancelToken(), epics_kept)
    answer = judge(loaded, fewest.plan, _outcome(best.outcome, problem.value(fewest.plan)))
    names = names_of(answer.portfolio, answer.portfolio)
    effect = difference_of_plans(judge(loaded, earlier.plan), answer, names)
    return ReplanReport(
        answer, len(earlier.plan), effect, best.outcome.value, floor, tolerance, fewest.proven, dict(earlier.left_out)
    )


def _outcome(best: Outcome, value: float) -> Outcome:
    """What can be claimed of a plan that is worth this, beside the best one."""
    from portfolio.optimizer.outcome import relative_gap

    bound = None if best.bound is None else max(value, best.bound)
    return replace(
        best,
        claim=best.claim if best.value is not None and value >= best.value else "best found",
        value=value,
        bound=bound,
        gap=None if bound is None else relative_gap(value, bound),
    )
