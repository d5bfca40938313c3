"""Measures: quantities of a plan, as amounts that options add to groups.

`effort`, `spend`, `capex` and `opex` are sums over the work. `epics` counts epics in progress, `starts` epics in their
first period: each once per group, however much work it has there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from portfolio.domain.limit_spec import MeasureName
from portfolio.guardrails.grouping import Groups, passes
from portfolio.options import Floats, Ints, Options

UNITS: Mapping[MeasureName, str] = {
    "effort": "effort", "spend": "money", "capex": "money", "opex": "money", "epics": "epics", "starts": "epics",
}  # fmt: skip


@dataclass(frozen=True)
class Amounts:
    """What each option adds to each group it touches: three parallel columns."""

    group: Ints
    option: Ints
    amount: Floats


def amounts(options: Options, measure: MeasureName, where: Mapping[str, tuple[str, ...]], groups: Groups) -> Amounts:
    """How much of a measure each option adds to each group, counting only the work that passes the filter."""
    work = options.work
    group = groups.of_work(options)
    keep = (group >= 0) & passes(options, where)
    if measure == "starts":
        keep &= work.period == options.start[work.option]
    group, option = group[keep], work.option[keep]
    if UNITS[measure] == "epics":
        pairs = np.unique(option * np.int64(groups.count) + group)
        return Amounts(pairs % groups.count, pairs // groups.count, np.ones(len(pairs)))
    columns = {"effort": work.effort, "spend": work.spend, "capex": work.capex, "opex": work.spend - work.capex}
    return Amounts(group, option, columns[measure][keep])
