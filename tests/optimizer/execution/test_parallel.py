"""Tasks on several cores: their results in order, and what one of them raises."""

from __future__ import annotations

import _thread
import threading
import time
from functools import partial

import pytest

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.execution.parallel import cores, run_parallel


def test_results_come_in_the_order_of_the_tasks() -> None:
    """However long each takes; no tasks, no results."""

    def slowly(number: int) -> int:
        time.sleep(0.05 * (3 - number))
        return number

    assert run_parallel([partial(slowly, number) for number in range(3)], CancelToken()) == [0, 1, 2]
    assert run_parallel([], CancelToken()) == []


def test_no_more_run_at_a_time_than_there_are_cores() -> None:
    """So that each of them has one."""
    running, most, lock = [0], [0], threading.Lock()

    def work() -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.02)
        with lock:
            running[0] -= 1

    run_parallel([work] * 12, CancelToken())
    assert most[0] <= cores()


def test_what_a_task_raises_is_raised_here() -> None:
    """After the others have ended."""

    def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_parallel([fails, lambda: None], CancelToken())


def test_ctrl_c_raises_the_flag_for_all() -> None:
    """Each task returns what it has."""
    cancel = CancelToken()
    threading.Timer(0.2, _thread.interrupt_main).start()
    assert run_parallel([lambda: cancel.raised.wait(20)] * 3, cancel) == [True] * 3
