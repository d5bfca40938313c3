"""Runs the search beside the exact solver, on a core of its own.

It opens with a number of moves, and the exact solver begins from the plan found by then; the search goes on. What it
finds later never steers the exact solver, so an answer that the exact solver finishes is the same every time; only an
answer stopped by the clock may come from the search.
"""

from __future__ import annotations

import threading
import time
from types import TracebackType

from portfolio.domain import Plan
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.options import Floats

OPENING_SHARE = 0.4
"""The share of the time that the opening may take at most."""


class BackgroundSearch:
    """A search in a thread of its own; `columns` and `value` are those of its best plan so far.

    One that only opens leaves its core to others afterwards.
    """

    def __init__(
        self,
        formulation: Formulation,
        seconds: float,
        cancel: CancelToken,
        start: Plan | None,
        *,
        only_opens: bool = False,
    ) -> None:
        self.columns: Floats | None = None
        self.value: float | None = None
        self.opening: Floats | None = None
        self._formulation, self._start, self._only_opens = formulation, start, only_opens
        self._began, self._seconds, self._interrupt = time.monotonic(), seconds, cancel
        self._opened, self._stop = threading.Event(), CancelToken()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> BackgroundSearch:
        """The search begins."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops the search and waits for it; what went wrong in it is raised here."""
        self._stop.raised.set()
        self._thread.join()
        if self._failure is not None and problem is None:
            raise self._failure

    def wait(self) -> None:
        """Waits for the end of the opening; `opening` then holds the columns of the best plan it found, if any."""
        self._opened.wait()

    def _run(self) -> None:
        from portfolio.optimizer.search import Search

        try:
            search = Search(self._formulation, start=self._start, on_improvement=self._improved)
            search.open(self._began + OPENING_SHARE * self._seconds, self._interrupt)
            self.opening = self.columns
            self._opened.set()
            if self._only_opens:
                return
            search.run(self._began + self._seconds, self._stop)
        except BaseException as failure:
            self._failure = failure
        finally:
            self._opened.set()

    def _improved(self, value: float, columns: Floats) -> None:
        self.columns, self.value = columns, value
