"""Prices every rule of a portfolio, and one unit more of everything that is limited, by solving again from its plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.load import Loaded
from portfolio.engine.plan import Progress, plan
from portfolio.engine.re_solve import BASE_SHARE, needs_value, re_solver_of
from portfolio.optimizer.default_limits import DEFAULT_TIME_LIMIT

if TYPE_CHECKING:
    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
    from portfolio.optimizer.execution.workers import Workers
    from portfolio.results.prices import PriceLine, PriceList


def prices(
    loaded: Loaded,
    gap: float = 0.0,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
    start: Plan | None = None,
    capacity: float = 1.0,
    money: float | None = None,
    re_solves: CountProgress | None = None,
    rules: Sequence[str] = (),
    on_answer: Callable[[PriceLine], None] | None = None,
    workers: Workers | None = None,
) -> PriceList:
    """Prices every guardrail, dependency and must, and one unit more of everything that is limited.

    `capacity` and `money` say how much a unit is (`money` None: 1 % of each budget). `time_limit` is for the plan and
    all re-solves together; the plan may take half of it. There are no prices where no plan is possible. The rules that are
    called by `rules` are priced before all others; `on_answer` hears each of their prices. `workers` says who solves again: the cores
    of this machine without it, or a cluster. Raises WrongUseError for a name that no rule has.
    """
    from portfolio.analysis.pricing import price_list, priced_rules
    from portfolio.optimizer.execution.cancellation import CancelToken, run_cancellable
    from portfolio.optimizer.execution.workers import ON_THIS_MACHINE
    from portfolio.results.prices import PriceList

    needs_value(loaded, "priced")
    asked = priced_rules.named(loaded.ready, rules)
    cancel, workers = cancel or CancelToken(), workers or ON_THIS_MACHINE
    ends = time.monotonic() + time_limit
    with workers.open():
        limit = time_limit * BASE_SHARE
        answer = plan(loaded, gap, limit, progress=progress, cancel=cancel, start=start, for_proof=True)
        if answer.plan is None:
            return PriceList(answer)
        re_solver = re_solver_of(loaded, answer, gap, ends, re_solves, cancel, workers)
        return run_cancellable(
            lambda: price_list(re_solver, answer, capacity, money, asked, on_answer or (lambda _: None)), cancel
        )
