"""A price list: what every rule costs and what one unit more of anything is worth, highest first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from portfolio.analysis.pricing import priced_rules
from portfolio.analysis.pricing.prices import Price, prices
from portfolio.analysis.pricing.re_solver import ReSolver
from portfolio.domain import Finding
from portfolio.optimizer.outcome import Outcome
from portfolio.optimizer.tolerances import PROVEN_GAP


@dataclass(frozen=True)
class PriceLine:
    """What one change is worth: the best value after it less the best value before.

    The two figures are equal where both values are proven; else the price lies between them, null where a bound is not
    known. `found` is what the best plan found with the change is worth more than the best one known without it, null where
    none was found. `amount` is how much was added, for a unit more.
    """

    kind: str
    name: str
    place: dict[str, str]
    amount: float | None
    unit: str | None
    at_least: float | None
    at_most: float | None
    found: float | None

    @property
    def likely(self) -> float:
        """What lines are sorted by: what was found."""
        return self.found if self.found is not None else -math.inf

    @property
    def known(self) -> bool:
        """Whether the price is one figure."""
        return self.at_least is not None and self.at_least == self.at_most


@dataclass(frozen=True)
class PriceList:
    """Every price of a portfolio.

    `coordination_tax` is the price of all cross-stream dependencies together: those whose two epics have different
    largest value streams. `remove_first` is the single one of them that costs most, null where none costs anything alone.
    `better` is what a plan of the portfolio as it is, come upon on the way, is worth more than the plan; 0 where none was.
    """

    portfolio: str | None
    unit: str
    outcome: Outcome
    rules: tuple[PriceLine, ...]
    units: tuple[PriceLine, ...]
    coordination_tax: PriceLine | None
    cross_stream: int
    remove_first: PriceLine | None
    better: float
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The price list in the published JSON format."""
        return {
            "format": 1,
            "portfolio": self.portfolio,
            "unit": self.unit,
            "outcome": asdict(self.outcome),
            "rules": [asdict(line) for line in self.rules],
            "units": [asdict(line) for line in self.units],
            "coordination_tax": None if self.coordination_tax is None else asdict(self.coordination_tax),
            "cross_stream_dependencies": self.cross_stream,
            "remove_first": None if self.remove_first is None else asdict(self.remove_first),
            "better": self.better,
            "findings": [finding.as_json() for finding in self.findings],
        }


def price_list(
    re_solver: ReSolver, outcome: Outcome, findings: Sequence[Finding], capacity: float, money: float | None
) -> PriceList:
    """Prices every rule and every unit more of one portfolio."""
    portfolio = re_solver.problem.portfolio
    kept = priced_rules.rules(portfolio)
    more = priced_rules.units(portfolio, capacity, money)
    cross = priced_rules.cross_stream(portfolio)
    together = [priced_rules.all_of(cross)] if cross else []
    found = prices(re_solver, [*kept, *together, *more])
    lines = [_line(price) for price in found]
    ends = len(kept) + len(together)
    alone = [line for line, change in zip(lines, kept, strict=False) if change in cross]
    dearest = max(alone, key=lambda line: line.likely, default=None)
    smallest = PROVEN_GAP * max(1.0, abs(re_solver.base.value))
    return PriceList(
        portfolio=portfolio.name,
        unit=portfolio.value_unit,
        outcome=outcome,
        rules=_sorted(lines[: len(kept)]),
        units=_sorted(lines[ends:]),
        coordination_tax=lines[len(kept)] if cross else None,
        cross_stream=len(cross),
        remove_first=dearest if dearest is not None and dearest.likely > smallest else None,
        better=re_solver.known_value - re_solver.base.value,
        findings=tuple(findings),
    )


def _sorted(lines: list[PriceLine]) -> tuple[PriceLine, ...]:
    """Highest first; equal ones in the order of the portfolio."""
    return tuple(sorted(lines, key=lambda line: (-line.likely, -(math.inf if line.at_most is None else line.at_most))))


def _line(price: Price) -> PriceLine:
    change = price.change
    figures = (price.at_least, price.at_most, price.found)
    return PriceLine(
        change.kind,
        change.name,
        dict(change.place),
        change.amount,
        change.unit,
        *(figure if math.isfinite(figure) else None for figure in figures),
    )
