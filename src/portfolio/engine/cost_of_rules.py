"""Adds to an answer what all rules that people made cost together."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.engine.load import Loaded
from portfolio.operating_model.ranking import BEYOND_VALUE
from portfolio.results.answer import Answer
from portfolio.results.replan_report import ReplanReport

if TYPE_CHECKING:
    from portfolio.optimizer.execution.cancellation import CancelToken

SHARE, MOST_SECONDS = 0.2, 5.0
"""How much of the time that a plan may take this may take besides, and how many seconds at most."""


def with_cost_of_rules(
    loaded: Loaded, result: Answer | ReplanReport, time_limit: float, *, cancel: CancelToken | None = None
) -> Answer | ReplanReport:
    """The same answer with what its guardrails, WIP limits, budgets and approvals cost together, against no rules at all.

    Between two figures where time ends it; not known where there is no plan, or where no value decides.
    """
    from portfolio.analysis.pricing.cost_of_rules import cost_of_rules
    from portfolio.engine.re_solve import re_solver_of
    from portfolio.optimizer.execution.cancellation import CancelToken, run_cancellable

    answer = result.answer if isinstance(result, ReplanReport) else result
    if answer.plan is None or loaded.model.goal(loaded.ready) in BEYOND_VALUE:
        return result
    cancel = cancel or CancelToken()
    ends = time.monotonic() + min(MOST_SECONDS, SHARE * time_limit)
    re_solver = re_solver_of(loaded, answer, 0.0, ends, None, cancel)
    priced = replace(answer, cost_of_rules=run_cancellable(lambda: cost_of_rules(re_solver), cancel))
    return replace(result, answer=priced) if isinstance(result, ReplanReport) else priced
