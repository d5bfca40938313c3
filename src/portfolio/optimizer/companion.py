"""The search beside the exact solver, on a core of its own.

The exact solver proves bounds and finds the optimum of what it can solve outright; on larger portfolios the search has the
better plan when time is over. What the search finds never steers the exact solver, so an answer that the exact solver
finishes is the same every time; only an answer stopped by the clock may come from the search.
"""

from __future__ import annotations

import threading
import time
from types import TracebackType

from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.search import Search
from portfolio.optimizer.solver import Interrupt, Progress

FROM_OPTIONS = 150
"""Options from which the search is worth a thread: below, the exact solver is done before it begins."""


class Companion:
    """A search that runs while the exact solver does; `search` holds its best plan."""

    def __init__(self, formulation: Formulation, seconds: float) -> None:
        self.search = Search(formulation, time.monotonic() + seconds, interrupt=Interrupt())
        self._thread = threading.Thread(target=self._run, daemon=True) if formulation.binaries >= FROM_OPTIONS else None
        self._failure: Exception | None = None

    def __enter__(self) -> Companion:
        """Starts the search, if the portfolio is large enough for one."""
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops the search and waits for it; what went wrong in it is raised here."""
        self.search.interrupt.raised.set()
        if self._thread is not None:
            self._thread.join()
        if self._failure is not None and problem is None:
            raise self._failure

    def telling(self, progress: Progress | None) -> Progress | None:
        """The same progress, with the better of both values."""
        if progress is None:
            return None

        def tell(seconds: float, value: float | None, bound: float) -> None:
            found = None if self.search.columns is None else self.search.value
            known = [number for number in (value, found) if number is not None]
            progress(seconds, max(known, default=None), bound)

        return tell

    def _run(self) -> None:
        try:
            self.search.run()
        except Exception as failure:
            self._failure = failure
