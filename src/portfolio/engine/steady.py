"""Keeps answers steady: of plans that are as good as the one found, the one that changes least of another plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.load import Loaded
from portfolio.engine.plan import judge, problem_of
from portfolio.operating_model.ranking import BEYOND_VALUE

if TYPE_CHECKING:
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.results.answer import Answer

LEAST_SECONDS, SHARE = 1.0, 0.5
"""Seconds that there are for it at least, and as a share of what finding the plan took."""


def steady(
    side: Loaded,
    answer: Answer,
    other: Plan,
    gap: float,
    cancel: CancelToken | None = None,
    at_least: float | None = None,
) -> Answer:
    """The answer whose plan changes least of another one, among those within the gap that was asked for.

    So a cut in one value stream shuffles no other for nothing. `at_least` is a value that may not be given up. An answer
    without a plan, or in which an order decides, is as it was.
    """
    from portfolio.optimizer.at_once import with_expedited
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.optimizer.outcome import relative_gap
    from portfolio.optimizer.replan import MinimumChange
    from portfolio.optimizer.solver import Limits

    outcome, plan = answer.outcome, answer.plan
    kept = Plan({name: one for name, one in other.bookings.items() if name in answer.portfolio.epic_index})
    valued = side.model.goal(answer.portfolio) not in BEYOND_VALUE
    if plan is None or outcome.value is None or not kept.bookings or not valued or plan.bookings == kept.bookings:
        return answer
    if outcome.bound is None or outcome.stopped_by == "interrupt":
        return answer
    lowest = outcome.bound - gap * abs(outcome.bound)
    floor = min(outcome.value, lowest if at_least is None else max(lowest, at_least))
    limits, cancel = Limits(gap=gap, seconds=max(LEAST_SECONDS, SHARE * outcome.seconds)), cancel or CancelToken()
    problem = with_expedited(problem_of(side, answer.ranking), limits, cancel)
    found = MinimumChange(problem, problem.formulation(), kept, plan, floor).solve(limits, cancel).plan
    if found.bookings == plan.bookings:
        return answer
    value = problem.value(found)
    bound = max(value, outcome.bound)
    claim = outcome.claim if value >= outcome.value - 1e-9 * max(1.0, abs(outcome.value)) else "best found"
    steadied = judge(side, found, replace(
        outcome, claim=claim, value=value, bound=bound, gap=relative_gap(value, bound)
    ))  # fmt: skip
    prices = {(line.id, line.decision, line.start): line for line in answer.running}
    running = tuple(prices.get((line.id, line.decision, line.start), line) for line in steadied.running)
    return replace(steadied, findings=answer.findings, running=running)
