"""The trade: which epics of lower rank have the room that one of higher rank would need, and why that pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from portfolio.domain import Epic
from portfolio.domain.tolerance import TOLERANCE
from portfolio.domain.wording import amount, first_of
from portfolio.optimizer.formulation import Formulation
from portfolio.options import Floats, Ints

_MOST_NAMED = 3


@dataclass(frozen=True)
class Trade:
    """Says why a plan prefers epics of lower rank: a rank is value for size, and a plan is worth what fits into it."""

    formulation: Formulation
    chosen: Mapping[str, int]
    """The option in which each epic of the plan is done."""
    ranks: Mapping[str, int | None] = field(default_factory=dict)

    def words(self, epic: Epic, ways: Ints, used: Floats) -> str:
        """`; in PI 2 the room goes to L5, ranked below it but worth 624 points against 420 points`; or nothing.

        `used` is what the plan uses of each row, `ways` the options of the epic. Of those in which epics of lower rank have all
        the room that is missing, it is the one in which they earn least. Nothing where an order decides, or where what they
        earn is less than the epic would, so that something else keeps it out.
        """
        portfolio, options = self.formulation.options.portfolio, self.formulation.options
        own = self.ranks.get(epic.id)
        if portfolio.ranked_by == "sheet" or own is None:
            return ""
        below = [name for name in self.chosen if self._yields(name, own)]
        trades = [
            (self._worth(names), int(way), names) for way in ways if (names := self._instead(int(way), below, used))
        ]
        if not trades:
            return ""
        earned, way, names = min(trades)
        mine, unit = float(options.value[way]), portfolio.value_unit
        if earned < mine:
            return ""
        return (
            f"; in {portfolio.calendar.periods[options.start[way]]} the room goes to {first_of(names, _MOST_NAMED)}, ranked below it "
            f"but worth {amount(earned, unit)} against {amount(mine, unit)}"
        )

    def _yields(self, name: str, rank: int) -> bool:
        """Whether an epic of the plan is ranked lower and was chosen for its worth alone."""
        portfolio, other = self.formulation.options.portfolio, self.ranks.get(name)
        epic = portfolio.epics[portfolio.epic_index[name]]
        decided = epic.must or portfolio.is_in_progress(epic) or portfolio.class_policy(epic).at_once
        return other is not None and other > rank and not decided

    def _worth(self, names: list[str]) -> float:
        return float(sum(self.formulation.options.value[self.chosen[name]] for name in names))

    def _instead(self, way: int, below: list[str], used: Floats) -> list[str]:
        """Those who have the room that an option lacks: one alone where one has enough, else several, least worth first."""
        lacks = dict(self._lacks(way, used))
        has = {name: {row: units for row, units in self._entries(self.chosen[name]) if row in lacks} for name in below}
        in_order = sorted((name for name in below if has[name]), key=lambda name: (self._worth([name]), name))
        for name in in_order:
            if all(has[name].get(row, 0.0) >= units for row, units in lacks.items()):
                return [name]
        several: list[str] = []
        for name in in_order if lacks else ():
            several.append(name)
            if all(sum(has[one].get(row, 0.0) for one in several) >= units for row, units in lacks.items()):
                return several
        return []

    def _lacks(self, way: int, used: Floats) -> Iterator[tuple[int, float]]:
        """How much of each row is missing for an option."""
        for row, units in self._entries(way):
            over = used[row] + units - self.formulation.row_upper[row]
            if np.isfinite(over) and over > TOLERANCE * max(1.0, abs(used[row] + units)):
                yield row, float(over) - TOLERANCE

    def _entries(self, option: int) -> Iterator[tuple[int, float]]:
        """What an option uses of each row."""
        first, rows, coefficients = self.formulation.by_column
        entries = slice(first[option], first[option + 1])
        yield from zip(rows[entries].tolist(), coefficients[entries].tolist(), strict=True)
