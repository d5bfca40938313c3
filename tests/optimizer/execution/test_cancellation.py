"""Work that can be stopped: what it raises is raised to who waits for it, and Ctrl-C reaches it as a flag."""

from __future__ import annotations

import _thread
import threading
import time

import pytest

from portfolio.optimizer.execution.cancellation import CancelToken, run_cancellable


def test_it_waits_until_the_work_is_done() -> None:
    """And calls the tick meanwhile, from the thread that waits; what the work returns is returned."""
    done, threads = [], set()

    def work() -> None:
        time.sleep(0.2)
        done.append(threading.get_ident())

    run_cancellable(work, CancelToken(), lambda: threads.add(threading.get_ident()))
    assert run_cancellable(lambda: 7, CancelToken()) == 7
    assert len(done) == 1
    assert threads == {threading.get_ident()}
    assert done[0] not in threads


def test_what_the_work_raises_is_raised_here() -> None:
    """As it is, without raising the flag."""
    cancel = CancelToken()

    def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_cancellable(work, cancel)
    assert not cancel.raised.is_set()


def test_ctrl_c_raises_the_flag_and_the_work_ends_by_itself() -> None:
    """Nothing is torn down: the work sees the flag and returns what it has."""
    cancel, kept = CancelToken(), []

    def work() -> None:
        kept.append(cancel.raised.wait(20))

    threading.Timer(0.2, _thread.interrupt_main).start()
    run_cancellable(work, cancel)
    assert kept == [True]
