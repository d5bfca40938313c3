"""Neighbourhoods: which epics a step of the search plans anew while all others keep their place.

Each member gives every epic a score; the highest are freed. A little chance in the scores makes every step different,
the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from portfolio.optimizer.formulation import Formulation
from portfolio.options import Floats, Ints, summed


@dataclass(frozen=True)
class Standing:
    """Where the search stands: the plan's columns, those of the relaxation, and what follows from them for each epic."""

    formulation: Formulation
    columns: Floats
    relaxation: Floats

    @property
    def epics(self) -> int:
        """How many epics the portfolio has."""
        return len(self.formulation.options.portfolio.epics)

    @cached_property
    def start(self) -> Ints:
        """First period of each epic in the plan; -1 for one that waits."""
        return self._of_chosen(self.formulation.options.start)

    @cached_property
    def finish(self) -> Ints:
        """Last period of each epic in the plan; -1 for one that waits."""
        return self._of_chosen(self.formulation.options.finish)

    def _of_chosen(self, values: Ints) -> Ints:
        chosen = np.flatnonzero(self.columns[: self.formulation.binaries] > 0.5)
        found = np.full(self.epics, -1, dtype=np.int64)
        found[self.formulation.options.epic[chosen]] = values[chosen]
        return found

    @cached_property
    def waits(self) -> NDArray[np.bool_]:
        """Which epics wait."""
        return self.start < 0

    @cached_property
    def needs(self) -> NDArray[np.bool_]:
        """Which epic needs which value stream."""
        options = self.formulation.options
        table = np.zeros((self.epics, len(options.portfolio.value_streams)), dtype=bool)
        table[options.epic[options.work.option], options.work.stream] = True
        return table

    @cached_property
    def disagreement(self) -> Floats:
        """For each epic, how far plan and relaxation are apart, from 0 to 2."""
        binaries = self.formulation.binaries
        apart = np.abs(self.columns[:binaries] - self.relaxation[:binaries])
        return summed(self.formulation.options.epic, apart, self.epics)

    @cached_property
    def wanted(self) -> NDArray[np.bool_]:
        """Which epics the relaxation would start, at least in part."""
        share = self.relaxation[: self.formulation.binaries]
        return summed(self.formulation.options.epic, share, self.epics) > 0

    def around(self, period: int, before: int, after: int) -> NDArray[np.bool_]:
        """Which epics are in progress near a period."""
        return ~self.waits & (self.start <= period + after) & (self.finish >= period - before)


Neighbourhood = Callable[[Standing, Generator], Floats]


def disagreement(standing: Standing, chance: Generator) -> Floats:
    """Epics that plan and relaxation treat differently."""
    return np.minimum(standing.disagreement, 1.0) + 0.7 * chance.random(standing.epics)


def window(standing: Standing, chance: Generator) -> Floats:
    """Epics in progress around one period, and waiting ones that the relaxation wants."""
    period = int(chance.integers(len(standing.formulation.options.portfolio.calendar.periods)))
    near = standing.around(period, 1, 1) | (standing.waits & standing.wanted)
    return 0.5 * near + chance.random(standing.epics)


def streams(standing: Standing, chance: Generator) -> Floats:
    """Epics of two value streams."""
    chosen = chance.permutation(standing.needs.shape[1])[:2]
    return standing.needs[:, chosen].any(axis=1) + 0.9 * chance.random(standing.epics)


def streams_in_window(standing: Standing, chance: Generator) -> Floats:
    """Epics of some value streams around one period, and waiting ones of theirs."""
    count = standing.needs.shape[1]
    chosen = chance.permutation(count)[: max(2, count // 3)]
    period = int(chance.integers(len(standing.formulation.options.portfolio.calendar.periods)))
    near = standing.around(period, 1, 2) | standing.waits
    return (standing.needs[:, chosen].any(axis=1) & near) + 0.9 * chance.random(standing.epics)


def component(standing: Standing, chance: Generator) -> Floats:
    """Epics that depend on each other, and others of the value streams they need."""
    portfolio = standing.formulation.options.portfolio
    linked: dict[int, list[int]] = {}
    for link in portfolio.dependencies:
        ends = portfolio.epic_index[link.predecessor], portfolio.epic_index[link.successor]
        linked.setdefault(ends[0], []).append(ends[1])
        linked.setdefault(ends[1], []).append(ends[0])
    found = np.zeros(standing.epics, dtype=bool)
    queue = [int(chance.integers(standing.epics))]
    while queue:
        epic = queue.pop()
        if not found[epic]:
            found[epic] = True
            queue += linked.get(epic, [])
    near = standing.needs[:, standing.needs[found].any(axis=0)].any(axis=1)
    return found + 0.3 * near + 0.3 * chance.random(standing.epics)


NEIGHBOURHOODS: tuple[Neighbourhood, ...] = (disagreement, window, streams, streams_in_window, component)
"""Every neighbourhood, in the order in which they are first tried."""
