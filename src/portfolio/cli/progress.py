"""The progress line: value, bound and gap, once the search for a plan has taken longer than a second."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

from portfolio.results.claim import progress_words

QUIET_SECONDS = 1.0
EVERY_SECONDS = 0.2


class ProgressLine:
    """Writes to standard error, over itself on a terminal and nothing at all elsewhere."""

    def __init__(self, about: str = "") -> None:
        self._about = f"{about}  " if about else ""
        self._began = time.monotonic()
        self._last = 0.0
        self._shown = False
        self._lock = threading.Lock()

    def tell(self, seconds: float, value: float | None, bound: float) -> None:
        """Shows where the search stands: seconds gone, value of the best plan so far, and its bound."""
        now = time.monotonic()
        with self._lock:
            if not sys.stderr.isatty() or now - self._began < QUIET_SECONDS or now - self._last < EVERY_SECONDS:
                return
            self._last, self._shown = now, True
        words = f"{self._about}{seconds:5.1f} s  {progress_words(value, bound)}  Ctrl-C keeps the best plan"
        sys.stderr.write(f"\r\x1b[2K{words}")
        sys.stderr.flush()

    def __enter__(self) -> ProgressLine:
        """The line itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clears the line."""
        clear(self._shown)


def clear(shown: bool = True) -> None:
    """Takes a progress line off a terminal, if one is shown, so that something else can stand there."""
    if shown and sys.stderr.isatty():
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()


class CountLine:
    """Shows how many of so many are done, on a terminal only."""

    def __init__(self, what: str) -> None:
        self._what, self._began, self._shown = what, time.monotonic(), False
        self._told, self._last = (-1, -1), 0.0
        self._lock = threading.Lock()

    def tell(self, done: int, asked: int) -> None:
        """Shows where it stands."""
        now = time.monotonic()
        with self._lock:
            same = self._told == (done, asked) and now - self._last < EVERY_SECONDS
            if same or not sys.stderr.isatty() or now - self._began < QUIET_SECONDS:
                return
            self._shown, self._told, self._last = True, (done, asked), now
            seconds = f"{now - self._began:5.1f} s  "
            sys.stderr.write(f"\r\x1b[2K{seconds}{done} of {asked} {self._what}  Ctrl-C keeps what is known")
            sys.stderr.flush()

    def __enter__(self) -> CountLine:
        """The line itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clears the line."""
        clear(self._shown)
