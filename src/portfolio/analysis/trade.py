"""The trade: which epics of lower rank have the room that one of higher rank would need, and why that pays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

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
        trades = [
            (self._worth(names), int(way), names) for way in ways if (names := self._instead(int(way), own, used))
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

    @cached_property
    def _free(self) -> list[tuple[str, int, dict[int, float]]]:
        """Those of the plan that were chosen for their worth alone, least worth first, each with its rank and what it uses."""
        free = [
            (self._worth([name]), name, rank)
            for name in self.chosen
            if (rank := self.ranks.get(name)) is not None and not self._is_decided(name)
        ]
        return [(name, rank, dict(self._entries(self.chosen[name]))) for _, name, rank in sorted(free)]

    @cached_property
    def _holders(self) -> dict[int, list[int]]:
        """The places of those who use a row, by the row."""
        holders = defaultdict[int, list[int]](list)
        for place, (_, _, uses) in enumerate(self._free):
            for row in uses:
                holders[row].append(place)
        return holders

    def _is_decided(self, name: str) -> bool:
        """Whether an epic of the plan had to be in it."""
        portfolio = self.formulation.options.portfolio
        epic = portfolio.epics[portfolio.epic_index[name]]
        return epic.must or portfolio.is_in_progress(epic) or portfolio.class_policy(epic).at_once

    def _worth(self, names: list[str]) -> float:
        return float(sum(self.formulation.options.value[self.chosen[name]] for name in names))

    def _instead(self, way: int, own: int, used: Floats) -> list[str]:
        """Those ranked below who have the room that an option lacks: one alone where one has enough, else several, least worth first."""
        lacks = list(self._lacks(way, used))
        places = {place for row, _ in lacks for place in self._holders.get(row, ())}
        below = [one for place in sorted(places) if (one := self._free[place])[1] > own]
        for name, _, uses in below:
            if all(uses.get(row, 0.0) >= units for row, units in lacks):
                return [name]
        have, several = {row: 0.0 for row, _ in lacks}, list[str]()
        for name, _, uses in below:
            several.append(name)
            for row in have:
                have[row] += uses.get(row, 0.0)
            if all(have[row] >= units for row, units in lacks):
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
