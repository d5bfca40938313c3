"""What an epic's effort, benefit or external cost is multiplied by: a range, cases, or how past epics went."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.domain import Epic, Portfolio
from portfolio.domain.evidence import LEAST_ACTUALS, LEAST_OWN_ACTUALS, Actual
from portfolio.simulation.kernel.random_numbers import PORTFOLIO, Kind, stream_name

Z90 = 1.2815515655446004
"""What a standard normal number stays below in nine of ten draws."""
FIELDS = {Kind.EFFORT: "effort", Kind.BENEFIT: "benefit", Kind.COST: "external_cost"}
"""The field that each kind of factor multiplies."""


@dataclass(frozen=True)
class Spread:
    """A range around a value: two half lognormals joined at the median."""

    down: float
    up: float

    @property
    def is_certain(self) -> bool:
        """Whether it is always the value."""
        return self.down == 0 == self.up


@dataclass(frozen=True)
class Cases:
    """Factors in ascending order, each with its chance; the chances add up to 1."""

    factors: tuple[float, ...]
    chances: tuple[float, ...]

    @property
    def is_certain(self) -> bool:
        """Whether it is always the value."""
        return len(self.factors) == 1 and self.factors[0] == 1


@dataclass(frozen=True)
class PastEpics:
    """How finished epics went: mean and standard deviation of the logarithm of actual over estimated effort."""

    name: str
    count: int
    mean: float
    deviation: float

    @property
    def is_certain(self) -> bool:
        """Never: even epics that all went alike are a sample; without any spread their mean still counts."""
        return False


Factor = Spread | Cases | PastEpics


def spread_of(low: float | None, value: float, high: float | None) -> Spread:
    """The spread of low, value and high as 10th, 50th and 90th percentile; a blank side mirrors the other in proportion."""
    down = None if low is None else math.log(value / low) / Z90
    up = None if high is None else math.log(high / value) / Z90
    return Spread(down if down is not None else up or 0.0, up if up is not None else down or 0.0)


def cases_of(pairs: Iterable[tuple[float, float]], value: float) -> Cases:
    """Cases as factors of the value, their chances scaled to 1."""
    ordered = sorted((amount, chance) for amount, chance in pairs)
    total = math.fsum(chance for _, chance in ordered)
    return Cases(tuple(amount / value for amount, _ in ordered), tuple(chance / total for _, chance in ordered))


def base_of(epic: Epic, kind: Kind) -> float:
    """The figure of an epic that a factor multiplies; a benefit that is not given per week is a factor already."""
    if kind == Kind.EFFORT:
        return math.fsum(epic.effort.values())
    if kind == Kind.BENEFIT:
        return epic.benefit_per_week or 1.0
    return epic.external_cost or 0.0


def own_factor(epic: Epic, kind: Kind) -> Spread | Cases | None:
    """What an epic itself says of a figure; None where it says nothing, or the figure is 0 and stays it."""
    field, base = FIELDS[kind], base_of(epic, kind)
    low, high, cases = (getattr(epic, f"{field}_{part}") for part in ("low", "high", "cases"))
    if base <= 0:
        return None
    if cases is not None:
        return cases_of(cases, base)
    if low is not None or high is not None:
        return spread_of(low, base, high)
    return None


class ReferenceClasses:
    """The finished epics of a portfolio, by value stream where there are enough, else all together."""

    def __init__(self, portfolio: Portfolio) -> None:
        used = portfolio.ranges_from_history is not False
        finished = [row for row in portfolio.evidence.actuals if row.counts] if used else []
        self.all = _past_epics(PORTFOLIO, finished, LEAST_ACTUALS)
        names = dict.fromkeys(row.value_stream for row in finished if row.value_stream)
        found = {
            name: _past_epics(
                stream_name(name), [row for row in finished if row.value_stream == name], LEAST_OWN_ACTUALS
            )
            for name in names
        }
        self.by_stream = {name: past for name, past in found.items() if past is not None}

    def of(self, epic: Epic, portfolio: Portfolio) -> PastEpics | None:
        """The class of an epic without a range of its own."""
        return self.by_stream.get(portfolio.largest_stream(epic) or "", self.all)


def _past_epics(name: str, rows: list[Actual], least: int) -> PastEpics | None:
    if len(rows) < least:
        return None
    logs = [math.log((row.actual_effort or 1.0) / (row.estimated_effort or 1.0)) for row in rows]
    mean = math.fsum(logs) / len(logs)
    deviation = math.sqrt(math.fsum((log - mean) ** 2 for log in logs) / (len(logs) - 1))
    return PastEpics(name, len(rows), mean, deviation)
