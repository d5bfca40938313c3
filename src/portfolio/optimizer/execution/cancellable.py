"""Long work in a thread of its own, so that Ctrl-C reaches us and the work can end with what it has."""

from __future__ import annotations

import threading
from collections.abc import Callable

from portfolio.optimizer.execution.cancellation import Interrupt

LOOK_EVERY = 0.05


def run_stoppable(work: Callable[[], object], interrupt: Interrupt, tick: Callable[[], None] = lambda: None) -> None:
    """Waits until the work is done; Ctrl-C raises the interrupt, and what the work raises is raised here.

    `tick` is called now and then while it lasts.
    """
    failure: list[BaseException] = []
    done = threading.Event()

    def run() -> None:
        try:
            work()
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
            interrupt.raised.set()
    if failure:
        raise failure[0]
