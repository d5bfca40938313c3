"""Plans made with cautious figures: every effort at a higher percentile of its own, every capacity at a lower one."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.problem import Problem
from portfolio.simulation.candidates import Candidate
from portfolio.simulation.capacity import Delivery, PastPeriods
from portfolio.simulation.factors import Cases, Factor, PastEpics, Spread
from portfolio.simulation.kernel.draw import two_sided
from portfolio.simulation.kernel.random_numbers import Kind
from portfolio.simulation.replanning import Factors, make_anew, problem_in
from portfolio.simulation.unknowns import uncertainty_of

EFFORT_AT = (0.6, 0.7, 0.8, 0.9)
"""Percentiles of every effort."""
CAPACITY_AT = (0.4, 0.3, 0.2)
"""Percentiles of every capacity."""


def cautious_plans(problem: Problem, start: Plan) -> Iterator[Candidate]:
    """A plan for each percentile of effort and of capacity, where any of them varies."""
    portfolio = problem.portfolio
    uncertainty = uncertainty_of(portfolio, [epic.id for epic in portfolio.epics])
    periods, streams = len(portfolio.calendar.periods), len(portfolio.value_streams)
    efforts = {name: factor for (name, kind), factor in uncertainty.factors.items() if kind == Kind.EFFORT}
    for share in EFFORT_AT if efforts else ():
        effort = {name: factor_at(factor, share) for name, factor in efforts.items()}
        made = make_anew(problem_in(problem, Factors(effort, {}, {}, np.ones((periods, streams)))), start)
        if made is not None:
            yield Candidate(f"every effort at its P{share * 100:.0f}", made.plan)
    for share in CAPACITY_AT if uncertainty.capacity else ():
        there = np.ones((periods, streams))
        for name, delivery in uncertainty.capacity.items():
            there[:, portfolio.stream_index[name]] = share_at(delivery, share)
        made = make_anew(problem_in(problem, Factors({}, {}, {}, there)), start)
        if made is not None:
            yield Candidate(f"every capacity at its P{share * 100:.0f}", made.plan)


def factor_at(factor: Factor, share: float) -> float:
    """A percentile of a factor; of past epics the one without the spread of a sample's own error."""
    z = NormalDist().inv_cdf(share)
    if isinstance(factor, Spread):
        return two_sided(z, factor.down, factor.up)
    if isinstance(factor, PastEpics):
        return float(np.exp(factor.mean + factor.deviation * np.sqrt(1 + 1 / factor.count) * z))
    return _case_at(factor, share)


def _case_at(factor: Cases, share: float) -> float:
    reached = np.cumsum(factor.chances)
    return factor.factors[min(int(np.searchsorted(reached, share - 1e-9)), len(factor.factors) - 1)]


def share_at(delivery: Delivery, share: float) -> float:
    """A percentile of what a value stream delivers of its capacity."""
    if isinstance(delivery, PastPeriods):
        ordered = sorted(delivery.shares)
        return ordered[min(int(np.ceil(share * len(ordered) - 1e-9)) - 1, len(ordered) - 1)]
    return two_sided(NormalDist().inv_cdf(share), delivery.down, delivery.up)
