"""Stopping: a token, the keyboard or another thread ends a search, and the best plan that was found is kept."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import portfolio
from benchmarks.generate import generate
from tests import asking
from tests.asking import small
from tests.random_portfolios import random_portfolio

PROGRAM = """
import sys, portfolio
from benchmarks.generate import generate
from tests import asking
def said(seconds, value, bound):
    if value is not None and not told:
        told.append(value)
        print("found", flush=True)
told = []
answer = portfolio.plan(asking.in_memory(generate(60, 6, 3)), gap=0, time_limit=60, progress=said)
print(answer.outcome.stopped_by, answer.plan is not None)
"""


def test_a_token_ends_a_search_with_the_best_plan() -> None:
    """As soon as there is a plan, another thread has had enough."""
    stop = portfolio.CancelToken()

    def hear(_: float, value: float | None, __: float) -> None:
        if value is not None:
            threading.Thread(target=stop.cancel).start()

    answer = portfolio.plan(asking.in_memory(generate(60, 6, 3)), gap=0, time_limit=120, progress=hear, cancel=stop)
    assert answer.plan is not None
    assert answer.outcome.stopped_by in {"interrupt", None}
    assert answer.outcome.seconds < 60


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_the_stop_of_a_kernel_keeps_the_best_plan() -> None:
    """An interrupt is no error: the cell ends with the plan."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "found\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.split()[-1] == "True"


def test_several_threads_may_plan_one_portfolio_each() -> None:
    """Solves do not disturb each other: each gives what it gives alone."""
    found = [asking.in_memory(random_portfolio(seed)) for seed in range(12)]
    sound = [one for one in found if one.portfolio is not None]
    alone = [portfolio.plan(one, gap=0).outcome.value for one in sound]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda one: portfolio.plan(one, gap=0).outcome.value, sound))
    assert together == pytest.approx(alone)


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Not by reading, planning, explaining or comparing; also not where something is wrong."""
    one = asking.in_memory(small({"id": "E", "benefit_per_week": 3, "effort": {"A": 3}}))
    portfolio.plan(one, gap=0)
    portfolio.explain(one, "E")
    portfolio.compare(one, {"Less": "scale capacity by 50%"}, gap=0)
    portfolio.from_frames(epics={"ID": ["E"], "Job size": ["many"]})
    assert capfd.readouterr() == ("", "")
