"""Cancels work: after Ctrl-C, or when another thread asks, it stops and keeps the best that it has."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

Result = TypeVar("Result")
CountProgress = Callable[[int, int], None]
"""Told now and then: how many of how many are done."""
LOOK_EVERY = 0.05
"""Seconds between two looks at the keyboard."""


@dataclass
class CancelToken:
    """A flag that another thread or a signal may raise; the solver and the search then stop and keep their best."""

    raised: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Asks the work that has this token to stop; it ends in a moment, with the best that it has."""
        self.raised.set()


def run_cancellable(work: Callable[[], Result], cancel: CancelToken, tick: Callable[[], None] = lambda: None) -> Result:
    """What the work returns, once it is done; Ctrl-C raises the flag, and what the work raises is raised here.

    `tick` is called now and then while it lasts.
    """
    result: list[Result] = []
    failure: list[BaseException] = []
    done = threading.Event()

    def run() -> None:
        try:
            result.append(work())
        except BaseException as problem:
            failure.append(problem)
        finally:
            done.set()

    threading.Thread(target=run, daemon=True).start()
    while not done.is_set():
        try:
            while not done.is_set():
                # Not Thread.join: Ctrl-C during a join makes Python take a running thread for a finished one.
                done.wait(LOOK_EVERY)
                tick()
        except KeyboardInterrupt:
            cancel.raised.set()
    if failure:
        raise failure[0]
    return result[0]
