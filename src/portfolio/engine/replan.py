"""Re-plans: makes a new plan that changes least of the one that was agreed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.agreed import Agreed, agreed_plan, with_frozen
from portfolio.engine.load import Loaded
from portfolio.engine.plan import Progress, judge, plan, problem_of
from portfolio.engine.rank import rank
from portfolio.engine.running import with_prices_of
from portfolio.errors import WrongUseError
from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT

if TYPE_CHECKING:
    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
    from portfolio.optimizer.outcome import Outcome
    from portfolio.optimizer.problem import Problem
    from portfolio.optimizer.solver import Limits
    from portfolio.results.answer import Answer
    from portfolio.results.plan_difference import PlanEffect
    from portfolio.results.replan_report import Places, ReplanReport

DEFAULT_TOLERANCE = 0.01
NO_VALUE = (
    "is a share of the best value, and here the order of the sheet decides, not value; {instead} says how many "
    "{periods} later than its rank allows what was agreed may end."
)


def replan(
    loaded: Loaded,
    agreed: Answer | Plan | str | Path,
    tolerance: float | None = None,
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    places: int = 0,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
    start: Plan | None = None,
    epics_kept: CountProgress | None = None,
    repairs: CountProgress | None = None,
) -> ReplanReport | Answer:
    """Of all plans within the tolerance of the best value, the one that changes least of what was agreed.

    `agreed` is an answer or its plan, or a workbook or JSON that holds one. The `tolerance` is 1 % where none is given. Fewest agreed epics dropped, then fewest moved, then the
    most value. Two steps, each within the time limit: the best plan, then the fewest changes that keep its value up to the
    tolerance; of the second `epics_kept` hears how many agreed epics stay, of how many. The answer as it is where there
    is no plan.

    Where the order of the sheet decides there is no value to give up: best rank first, each epic keeps its agreed time if that
    makes it end at most `places` periods later than its rank allows, and never at the cost of one above it.
    """
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.optimizer.solver import Limits
    from portfolio.results.replan_report import ReplanReport

    ordered = loaded.model.goal(loaded.ready) == "rank order"
    tolerance = _tolerance(tolerance, places, loaded if ordered else None)
    earlier = agreed_plan(agreed, loaded)
    loaded = with_frozen(loaded, earlier)
    known = start or earlier.placeable(loaded.ready)
    best = plan(loaded, gap, time_limit, progress=progress, cancel=cancel, start=known, repairs=repairs)
    if best.plan is None or best.outcome.value is None:
        return best
    problem = problem_of(loaded, rank(loaded))
    floor = best.outcome.value - tolerance * abs(best.outcome.value)
    limits, cancel = Limits(gap=gap, seconds=time_limit), cancel or CancelToken()
    if ordered:
        answer, proven = _kept_in_order(loaded, problem, best, earlier.plan, places, limits, cancel)
    else:
        answer, proven = _kept(loaded, problem, best, earlier.plan, floor, limits, cancel, epics_kept)
    answer = with_prices_of(answer, best)
    before = as_agreed(loaded, earlier, problem)
    effect = effect_of(before, answer, earlier)
    return ReplanReport(
        answer, len(earlier.plan), effect, best.outcome.value, floor, tolerance, proven, dict(earlier.left_out),
        _places(best.plan, answer.plan, len(loaded.ready.calendar.periods), places) if ordered else None, before,
    )  # fmt: skip


def effect_of(before: Answer, answer: Answer, earlier: Agreed) -> PlanEffect:
    """What leads from the agreed plan to this one; what the agreed portfolio did not have is new."""
    from portfolio.analysis.difference import difference_of_plans, names_of

    names = names_of(answer.portfolio, answer.portfolio)
    effect = difference_of_plans(before, answer, names)
    known_then = earlier.known
    if known_then is not None:
        lines = (
            replace(line, new=line.change == "started" and line.id.casefold() not in known_then)
            for line in effect.epics
        )
        effect = replace(effect, epics=tuple(lines))
    return effect


def _tolerance(tolerance: float | None, places: int, ordered: Loaded | None) -> float:
    """The share of the value that may be given up; raises WrongUseError for what makes no sense where an order decides, or not."""
    if tolerance is not None and not 0 <= tolerance <= 1:
        raise WrongUseError("`tolerance` is a share of the best value, from 0% to 100%.", "tolerance")
    if places < 0:
        raise WrongUseError("`places` is a number of periods, 0 or more.", "places")
    if ordered is not None and tolerance:
        many = ordered.model.vocabulary.period.many
        raise WrongUseError(f"`tolerance` {NO_VALUE.format(instead='`places`', periods=many)}", "tolerance", "places")
    if ordered is None and places:
        raise WrongUseError("`places` is for plans in the order of the sheet; this one is after value, so give `tolerance`.",
                            "places", "tolerance")  # fmt: skip
    if ordered is not None:
        return 0.0
    return DEFAULT_TOLERANCE if tolerance is None else tolerance


def _kept(
    loaded: Loaded,
    problem: Problem,
    best: Answer,
    agreed: Plan,
    floor: float,
    limits: Limits,
    cancel: CancelToken,
    epics_kept: CountProgress | None,
) -> tuple[Answer, bool]:
    """The plan worth the floor that changes least of what was agreed, and whether fewer changes are proven impossible."""
    from portfolio.optimizer.at_once import with_expedited
    from portfolio.optimizer.replan import MinimumChange

    first = with_expedited(problem, limits, cancel)
    change = MinimumChange(first, first.formulation(), agreed, best.plan or Plan(), floor)
    fewest = change.solve(limits, cancel, epics_kept)
    return judge(loaded, fewest.plan, _outcome(best.outcome, problem.value(fewest.plan))), fewest.proven


def _kept_in_order(
    loaded: Loaded, problem: Problem, best: Answer, agreed: Plan, places: int, limits: Limits, cancel: CancelToken
) -> tuple[Answer, bool]:
    """The plan in rank order that keeps what was agreed, and whether every epic was settled exactly."""
    from portfolio.optimizer.rank_order import RankOrder

    order = RankOrder(problem, problem.formulation(), limits, None, cancel, agreed, places)
    plan, outcome = order.answer()
    if plan is None or best.plan is None or plan.bookings == best.plan.bookings:
        return best, outcome.stopped_by is None
    return judge(loaded, plan, outcome), outcome.stopped_by is None


def _places(best: Plan | None, kept: Plan | None, periods: int, allowed: int) -> Places:
    """By how many periods each epic ends later than in the plan by the order alone; one that waits ends after the last."""
    from portfolio.results.replan_report import Places

    def end(plan: Plan | None, name: str) -> int:
        return plan.bookings[name].finish if plan is not None and name in plan else periods

    names = dict.fromkeys(name for plan in (best, kept) if plan is not None for name in plan)
    later = {name: end(kept, name) - end(best, name) for name in names}
    return Places(allowed, {name: places for name, places in later.items() if places > 0})


def as_agreed(loaded: Loaded, agreed: Agreed, problem: Problem) -> Answer:
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
