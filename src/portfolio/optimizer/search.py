"""The portfolio search: large-neighbourhood search whose parts are solved exactly by the same formulation.

It begins from a plan built epic by epic, first without and then along the relaxation, frees a neighbourhood of epics,
solves that part with all others fixed, and keeps what is better. Every step is limited by nodes, not by time, so
that a seed gives the same steps on any machine; time only decides how many there are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from portfolio.optimizer.construct import construct
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.neighbourhoods import NEIGHBOURHOODS, Standing
from portfolio.optimizer.solver import Interrupt, Limits, relax, solve
from portfolio.options import Floats

FIRST_SIZE, SMALLEST, GROWTH, SHRINK = 15.0, 8.0, 1.03, 0.8
NODES = 5
PART_GAP = 1e-4
LEAST_WEIGHT = 0.15
BETTER = 1e-9


@dataclass
class Search:
    """One search for a better plan; `columns` and `value` are those of the best plan so far."""

    formulation: Formulation
    ends: float
    seed: int = 0
    interrupt: Interrupt = field(default_factory=Interrupt)
    told: Callable[[float], None] = lambda _: None
    columns: Floats | None = None
    value: float = -np.inf

    def run(self) -> None:
        """Searches until the time is over or it is interrupted."""
        for _ in self.steps():
            if self._over():
                return

    def steps(self) -> Iterator[None]:
        """The search, step by step: first a plan to begin from, then one neighbourhood after another, without end."""
        self._take_if_any(construct(self.formulation, None))
        yield
        relaxation = relax(self.formulation, self._left(), self.interrupt)
        self._take_if_any(construct(self.formulation, relaxation))
        yield
        if self.columns is None:
            return
        if relaxation is None:
            relaxation = self.columns
        chance = np.random.default_rng(self.seed)
        size, weight = np.full(len(NEIGHBOURHOODS), FIRST_SIZE), np.ones(len(NEIGHBOURHOODS))
        while True:
            kind = int(chance.choice(len(NEIGHBOURHOODS), p=weight / weight.sum()))
            standing = Standing(self.formulation, self.columns, relaxation)
            scores = NEIGHBOURHOODS[kind](standing, chance)
            freed = np.argsort(-scores, kind="stable")[: int(size[kind])]
            gain, finished = self._step(freed)
            size[kind] = np.clip(size[kind] * (GROWTH if finished else SHRINK), SMALLEST, standing.epics)
            weight[kind] = max(LEAST_WEIGHT, 0.8 * weight[kind] + 0.2 * min(5.0, 1000.0 * gain))
            yield

    def _take_if_any(self, columns: Floats | None) -> None:
        if columns is not None:
            self._take(columns)

    def _step(self, freed: NDArray[np.intp]) -> tuple[float, bool]:
        """Plans some epics anew; returns the relative gain and whether the part was solved to its end."""
        epics = np.zeros(len(self.formulation.options.portfolio.epics), dtype=bool)
        epics[freed] = True
        before = self.value
        finished = self._solve_part(self._free(epics[self.formulation.options.epic]))
        return (self.value - before) / max(abs(before), 1e-12), finished

    def _free(self, options: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.concatenate([options, np.ones(self.formulation.columns - self.formulation.binaries, dtype=bool)])

    def _solve_part(self, free: NDArray[np.bool_]) -> bool:
        known = self.columns
        columns = np.zeros(self.formulation.columns) if known is None else known
        part = self.formulation.part(free, columns)
        limits = Limits(gap=PART_GAP, seconds=self._left(), nodes=NODES)
        solution = solve(part, limits, interrupt=self.interrupt, start=None if known is None else known[free])
        if solution.columns is not None:
            found = columns.copy()
            found[free] = solution.columns
            found[: self.formulation.binaries] = np.round(found[: self.formulation.binaries])
            self._take(found)
        return solution.ending == "gap reached"

    def _take(self, columns: Floats) -> None:
        value = float(self.formulation.objective @ columns)
        if self.columns is None or value > self.value + BETTER * abs(self.value):
            self.columns, self.value = columns, value
            self.told(value)

    def _left(self) -> float:
        return max(0.01, self.ends - time.monotonic())

    def _over(self) -> bool:
        return time.monotonic() >= self.ends or self.interrupt.raised.is_set()
