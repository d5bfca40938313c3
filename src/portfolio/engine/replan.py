"""Re-plans: makes a new plan that changes least of the one that was agreed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.agreed import Agreed, agreed_plan
from portfolio.engine.load import Loaded
from portfolio.engine.plan import Progress, judge, plan, problem_of
from portfolio.engine.rank import rank
from portfolio.errors import WrongUseError
from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT

if TYPE_CHECKING:
    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
    from portfolio.optimizer.outcome import Outcome
    from portfolio.optimizer.problem import Problem
    from portfolio.results.answer import Answer
    from portfolio.results.replan_report import ReplanReport

DEFAULT_TOLERANCE = 0.01


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
    known = start or earlier.placeable(loaded.ready)
    best = plan(loaded, gap, time_limit, progress=progress, cancel=cancel, start=known, repairs=repairs)
    if best.plan is None or best.outcome.value is None:
        return best
    problem = problem_of(loaded, rank(loaded))
    floor = best.outcome.value - tolerance * abs(best.outcome.value)
    change = MinimumChange(problem, problem.formulation(), earlier.plan, best.plan, floor)
    fewest = change.solve(Limits(gap=gap, seconds=time_limit), cancel or CancelToken(), epics_kept)
    answer = judge(loaded, fewest.plan, _outcome(best.outcome, problem.value(fewest.plan)))
    names = names_of(answer.portfolio, answer.portfolio)
    effect = difference_of_plans(_as_agreed(loaded, earlier, problem), answer, names)
    known_then = earlier.known
    if known_then is not None:
        lines = (
            replace(line, new=line.change == "started" and line.id.casefold() not in known_then)
            for line in effect.epics
        )
        effect = replace(effect, epics=tuple(lines))
    return ReplanReport(
        answer, len(earlier.plan), effect, best.outcome.value, floor, tolerance, fewest.proven, dict(earlier.left_out)
    )


def _as_agreed(loaded: Loaded, agreed: Agreed, problem: Problem) -> Answer:
    """The agreed plan as an answer; what was agreed for a time outside the plan is worth what it would be then."""
    import numpy as np

    from portfolio.urgency import expected_value

    portfolio, within = loaded.ready, agreed.placeable(loaded.ready)
    answer = judge(loaded, within)
    lines = []
    for line in answer.epics:
        booking = agreed.plan.bookings.get(line.id)
        if booking is None or line.id in within:
            lines.append(line)
            continue
        epic, done = (
            portfolio.epics[portfolio.epic_index[line.id]],
            max(0.0, (booking.finish + 1) * portfolio.calendar.weeks),
        )
        value = float(expected_value(epic, np.array([done]), problem.benefit.get(line.id, 0.0), portfolio)[0])
        start, finish = agreed.spans[line.id]
        lines.append(replace(line, start=start, finish=finish, periods=booking.periods, value=value))
    return replace(answer, epics=tuple(lines))


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
