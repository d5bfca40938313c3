"""Runs several solves at a time on the cores there are; Ctrl-C ends them all with the best they have."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from portfolio.optimizer.execution.cancellation import LOOK_EVERY, CancelToken

One = TypeVar("One")


def cores() -> int:
    """How many re-solves run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_parallel(tasks: Sequence[Callable[[], One]], cancel: CancelToken, at_once: int | None = None) -> list[One]:
    """What each task returns, in their order, as many at a time as there are cores; what one raises is raised here."""
    with ThreadPoolExecutor(max_workers=max(1, min(len(tasks), at_once or cores()))) as pool:
        under_way = [pool.submit(task) for task in tasks]
        open_ones = set(under_way)
        while open_ones:
            try:
                _, open_ones = wait(open_ones, timeout=LOOK_EVERY)
            except KeyboardInterrupt:
                cancel.raised.set()
        return [future.result() for future in under_way]
