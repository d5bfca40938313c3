"""The search beside the exact solver, on a core of its own.

It opens with a number of moves, and the exact solver begins from the plan found so far; then both go on side by side.
What the search finds later never steers the exact solver, so an answer that the exact solver finishes is the same every
time; only an answer stopped by the clock may come from the search.
"""

from __future__ import annotations

import threading
import time
from types import TracebackType

import numpy as np

from portfolio.domain import Plan
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.interrupt import Interrupt
from portfolio.optimizer.solver import Progress
from portfolio.optimizer.stoppable import run_stoppable
from portfolio.options import Floats

FROM_OPTIONS = 150
"""Options from which the search is worth its while: below, the exact solver is done before it has opened."""
OPENING_SHARE = 0.4
"""The share of the time that the opening may take at most."""


def prepare(formulation: Formulation) -> None:
    """Makes the search ready, if the portfolio is large enough for one: the clock of a plan begins after it."""
    if formulation.binaries >= FROM_OPTIONS:
        from portfolio.optimizer.search import prepare as compile_search

        compile_search()


class Companion:
    """A search that opens, then runs while the exact solver does; `columns` and `value` are those of its best plan."""

    def __init__(
        self,
        formulation: Formulation,
        seconds: float,
        interrupt: Interrupt,
        progress: Progress | None = None,
        start: Plan | None = None,
    ) -> None:
        self._began = time.monotonic()
        self._ends = self._began + seconds
        self._progress = progress
        self._stop = Interrupt()
        self._thread: threading.Thread | None = None
        self._failure: Exception | None = None
        self.columns: Floats | None = None
        self.value: float | None = None
        if formulation.binaries >= FROM_OPTIONS:
            run_stoppable(lambda: self._open(formulation, start, interrupt), interrupt, self._tick)

    def _open(self, formulation: Formulation, start: Plan | None, interrupt: Interrupt) -> None:
        from portfolio.optimizer.search import Search

        self._search = Search(formulation, start=start, told=self._told)
        self._search.open(self._began + OPENING_SHARE * (self._ends - self._began), interrupt)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _told(self, value: float, columns: Floats) -> None:
        self.columns, self.value = columns, value

    def _tick(self) -> None:
        if self._progress is not None:
            self._progress(time.monotonic() - self._began, self.value, np.inf)

    def __enter__(self) -> Companion:
        """Goes on searching, if the portfolio is large enough for a search."""
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops the search and waits for it; what went wrong in it is raised here."""
        self._stop.raised.set()
        if self._thread is not None:
            self._thread.join()
        if self._failure is not None and problem is None:
            raise self._failure

    def telling(self) -> Progress | None:
        """The progress, with the better of both values and the time since the opening."""
        progress = self._progress
        if progress is None:
            return None

        def tell(_: float, value: float | None, bound: float) -> None:
            known = [number for number in (value, self.value) if number is not None]
            progress(time.monotonic() - self._began, max(known, default=None), bound)

        return tell

    def _run(self) -> None:
        try:
            self._search.run(self._ends, self._stop)
        except Exception as failure:
            self._failure = failure
