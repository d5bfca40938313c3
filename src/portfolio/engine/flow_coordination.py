"""Adds coordination between value streams to flow: how it went period by period, and what it costs where that is asked for."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.engine.flow_evidence import FlowEvidence
from portfolio.engine.load import Loaded
from portfolio.measures.coordination import coordination
from portfolio.measures.scaling import growth
from portfolio.operating_model.ranking import BEYOND_VALUE
from portfolio.optimizer.default_limits import DEFAULT_TIME_LIMIT
from portfolio.results.flow.coordination import Coordination, CoordinationCost
from portfolio.results.flow.delivery import Share
from portfolio.results.flow.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress

LACKS = "Coordination needs dependencies between two value streams, or the sheet Delivered."


def with_coordination(
    found: Flow, evidence: FlowEvidence, homes: Mapping[str, str | None], over: Collection[str]
) -> Flow:
    """The flow with its dependencies between value streams, and whether added capacity added throughput."""
    portfolio = evidence.portfolio
    linked = coordination(
        portfolio.dependencies,
        portfolio.evidence.blocked,
        evidence.as_of,
        homes,
        over,
        sum(epic.id.casefold() not in over for epic in portfolio.epics),
        evidence.streams,
        found.periods,
    )
    grown = growth(portfolio.evidence.delivered, evidence.streams, _finished(found))
    if linked is None and not grown:
        return found
    return replace(found, coordination=replace(linked or Coordination(Share(0, 0), 0), growth=grown))


def _finished(found: Flow) -> dict[str | None, dict[str, int]]:
    """How many epics were finished in each period, where parts are value streams."""
    if found.by != "value stream":
        return {}
    labels = [period.label.casefold() for period in found.periods]
    return {line.group: dict(zip(labels, line.finished, strict=True)) for line in found.throughput}


def with_cost(
    found: Flow,
    loaded: Loaded | None,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    re_solves: CountProgress | None = None,
    cancel: CancelToken | None = None,
) -> Flow:
    """The flow with what dependencies between value streams cost: the plan is made, and made again without them."""
    if found.coordination is None:
        return replace(found, lacks={**found.lacks, "coordination": LACKS})
    cost = _cost(loaded, time_limit, re_solves, cancel)
    return replace(found, coordination=replace(found.coordination, cost=cost))


def _cost(
    loaded: Loaded | None, time_limit: float, re_solves: CountProgress | None, cancel: CancelToken | None
) -> CoordinationCost:
    if loaded is None or loaded.portfolio is None:
        return CoordinationCost("", 0, why_not="What dependencies cost needs a portfolio that can be planned.")
    if loaded.model.goal(loaded.ready) in BEYOND_VALUE:
        why_not = f"What dependencies cost is a difference of value, and in {loaded.model.title} plans follow order or choice."
        return CoordinationCost("", 0, why_not=why_not)
    return _priced(loaded, time_limit, re_solves, cancel)


def _priced(
    loaded: Loaded, time_limit: float, re_solves: CountProgress | None, cancel: CancelToken | None
) -> CoordinationCost:
    from portfolio.analysis.pricing.coordination import coordination_cost
    from portfolio.engine.plan import plan
    from portfolio.engine.re_solve import BASE_SHARE, re_solver_of
    from portfolio.optimizer.execution.cancellation import CancelToken, run_cancellable

    cancel, ends = cancel or CancelToken(), time.monotonic() + time_limit
    answer = plan(loaded, 0.0, time_limit * BASE_SHARE, cancel=cancel, for_proof=True)
    if answer.plan is None:
        return CoordinationCost("", 0, why_not="What dependencies cost is not known: no plan is possible.")
    re_solver = re_solver_of(loaded, answer, 0.0, ends, re_solves, cancel)
    return run_cancellable(lambda: coordination_cost(re_solver, loaded.ready.value_unit), cancel)
