"""Searches for a better plan: opens with a first good one, then goes on until it is stopped.

Ruin and recreate under simulated annealing (Schrimpf and others, 2000; Christiaens and Vanden Berghe, 2020). Every
step is a number of moves, not a time, so a seed gives the same steps on any machine; time only decides how many.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.search.anneal import KEPT, anneal, fill, temperatures
from portfolio.optimizer.search.encode import Encoding, encode
from portfolio.optimizer.search.moves import NEVER, begin, gain, measure, place
from portfolio.optimizer.search.search_state import SOFT, empty_state
from portfolio.options import Floats, Ints

STEP = 4_000
"""Moves between two looks at the clock."""
OPENING_STEPS = 10
"""Steps of the first cycle of cooling; each later cycle has twice as many as the one before."""
PATIENCE = 16
"""Moves without a better plan, times the square of the number of epics, after which the search begins anew."""
PASSES = 4
"""How often all waiting epics are tried for the first plan: dependencies and shares open as others start."""


def prepare() -> None:
    """Compiles the search, some seconds on a machine's first run and hardly any time later."""
    state = empty_state()
    measure(state)
    begin(state)
    fill(state, np.zeros(0, dtype=np.int64))
    anneal(state, 0, 1.0, 1.0, 0.0)


class Search:
    """One search for a better plan; `columns` and `value` are those of the best plan so far that breaks nothing."""

    def __init__(
        self,
        formulation: Formulation,
        seed: int = 0,
        start: Plan | None = None,
        on_improvement: Callable[[float, Floats], None] = lambda *_: None,
    ) -> None:
        self.formulation, self._on_improvement = formulation, on_improvement
        self.encoding: Encoding = encode(formulation, seed)
        self.columns: Floats | None = None
        self.value = -np.inf
        rows = self.encoding.state.rows
        self._moving = (rows["kind"] == SOFT) | (rows["shift"] >= 0)
        self._again = start is not None
        self._begin_with(start)
        self._steps = self._cycles()

    def open(self, ends: float, cancel: CancelToken, steps: int = OPENING_STEPS) -> None:
        """The first cycle or so many of its steps, as far as there is time."""
        self._run(itertools.islice(self._steps, steps), ends, cancel)

    def run(self, ends: float, cancel: CancelToken) -> None:
        """Searches on until the time is over or it is interrupted."""
        self._run(self._steps, ends, cancel)

    def _run(self, steps: Iterator[None], ends: float, cancel: CancelToken) -> None:
        while time.monotonic() < ends and not cancel.raised.is_set():
            if next(steps, False) is False:
                return

    def _begin_with(self, start: Plan | None) -> None:
        """The plan given, as far as it fits, earliest epics first, then whatever else fits, most value per limit first."""
        state = self.encoding.state
        known = self._options_of(start or Plan())
        if not self._fits_as_it_is(known):
            state.epics["chosen"] = -1
            measure(state)
            begin(state)
            for option in known:
                if gain(state, option)[0] > NEVER:
                    place(state, option, 1)
        order = np.argsort(-state.epics["density"], kind="stable")
        for _ in range(PASSES):
            if not fill(state, order):
                break
        self._take(self._current())

    def _fits_as_it_is(self, known: Ints) -> bool:
        """Makes a whole plan the current one; it counts if it breaks nothing, though half of it might."""
        state = self.encoding.state
        state.epics["chosen"][state.options["epic"][known]] = known
        measure(state)
        begin(state)
        self._take(self._current())
        return self.columns is not None

    def _options_of(self, plan: Plan) -> Ints:
        options = self.encoding.state.options
        index = self.formulation.options.portfolio.epic_index
        wanted = {
            (index[epic], booking.start, booking.finish) for epic, booking in plan.bookings.items() if epic in index
        }
        ways = zip(options["epic"].tolist(), options["start"].tolist(), options["finish"].tolist(), strict=True)
        matching = np.array([place for place, way in enumerate(ways) if way in wanted], dtype=np.int64)
        return matching[np.argsort(options["start"][matching], kind="stable")]

    def _cycles(self) -> Iterator[None]:
        """Cycle after cycle from the best plan; where that has long been in vain, from the empty plan, time and again."""
        state, epics = self.encoding.state, self.encoding.state.epics
        steps, idle, patience = OPENING_STEPS, 0, PATIENCE * len(epics) ** 2
        anew = self.columns is None
        while len(state.options):
            if not anew:
                epics["chosen"] = epics["best"]
            mean = max(1e-9, abs(float(state.score["value"][0])) / max(1, int((epics["chosen"] >= 0).sum())))
            temperature = temperatures(mean, steps, self._again)
            for step in range(steps):
                idle += STEP
                if anneal(state, STEP, temperature[step], temperature[step + 1], self._best()) > self._best():
                    self._take(epics["best"])
                    idle, anew = 0, False
                yield
            steps, self._again = 2 * steps, True
            if idle > patience:
                steps, self._again, idle, anew = OPENING_STEPS, False, 0, True
                epics["chosen"] = -1

    def _best(self) -> float:
        return self.value / self.encoding.unit

    def _current(self) -> Ints | None:
        """What the current plan has chosen, if it breaks nothing."""
        score, epics = self.encoding.state.score, self.encoding.state.epics
        if score["broken"][0] > KEPT or score["stretched"][0] > KEPT:
            return None
        epics["best"] = epics["chosen"]
        chosen: Ints = epics["best"]
        return chosen

    def _take(self, chosen: Ints | None) -> None:
        if chosen is None:
            return
        columns = self._completed(self.encoding.option[chosen[chosen >= 0]])
        self.columns, self.value = columns, float(self.formulation.objective @ columns)
        self._on_improvement(self.value, columns)

    def _completed(self, options: Ints) -> Floats:
        """The columns of a plan: its options, the budget shifts it needs, the breaches it pays for."""
        formulation = self.formulation
        columns = np.zeros(formulation.columns)
        columns[options] = 1.0
        activity = formulation.activity(columns)
        besides = np.flatnonzero(~formulation.of_option & self._moving[formulation.row])
        row, column, size = formulation.row[besides], formulation.column[besides], formulation.coefficient[besides]
        limit = np.where(size < 0, formulation.row_upper[row], formulation.row_lower[row])
        columns[len(formulation.options) :] = formulation.lower[len(formulation.options) :]
        np.maximum.at(columns, column, (limit - activity[row]) / size)
        return columns
