"""A study on a Dask cluster: two workers as processes of their own, one of them killed, and the driver killed too."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from portfolio.domain import Booking, Plan
from portfolio.errors import WrongUseError
from portfolio.simulation import cluster as clusters
from portfolio.simulation.chunked import Chunked
from portfolio.simulation.kept_chunks import content_of
from portfolio.simulation.study import PlayStudy
from portfolio.simulation.workers import Workers, run
from tests import asking
from tests.simulation.futures import epic, portfolio, stream
from tests.simulation.test_ranks import example, random_epics, study_of

pytest.importorskip("distributed")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Cluster:
    """A scheduler with its workers."""

    file: Path
    workers: list[subprocess.Popen[bytes]]


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Starts Dask as a process of its own, with the program and the tests that this process has."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "dask", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": paths},
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers on this machine; they end with the test."""
    file = tmp_path / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(file))
    scheduler = start("scheduler", *options)
    deadline = time.monotonic() + 60
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    own = (
        "--scheduler-file",
        str(file),
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
        "--local-directory",
        str(tmp_path),
    )
    workers = [start("worker", *own) for _ in range(2)]
    yield Cluster(file, workers)
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def played() -> PlayStudy:
    """A plan of two epics with ranges."""
    more = {"effort_low": 8, "effort_high": 20, "confidence": 0.8}
    epics = [epic("A", {"S": 10}, 10, **more), epic("B", {"S": 10}, 20, **more)]
    problem = asking.problem_of(portfolio(epics, [stream("S", 10)]))
    return PlayStudy(problem, Plan({"A": Booking(0, 1), "B": Booking(1, 1)}), draws=12_000)


def made(study: Chunked[object], count: int, workers: int | Workers) -> list[bytes]:
    """Each chunk of a study, bit by bit."""
    return [content_of(result) for _, result in run(study, range(count), workers)]


def test_a_worker_and_a_driver_that_are_killed_change_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """Serial, threads, two workers of which one is killed, and a driver that is killed and goes on: the same bytes."""
    study = played()
    alone = made(study, 12, 1)
    assert made(study, 12, 2) == alone
    going = run(study, range(12), Workers(cluster=str(cluster.file), keep=tmp_path / "kept"))
    found = [content_of(next(going)[1])]
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    found += [content_of(result) for _, result in going]
    assert found == alone
    ranks = study_of(example() | {"epics": random_epics(random.Random(2), 9)}, 4000, 1000)
    assert made(ranks, 4, Workers(cluster=str(cluster.file))) == made(ranks, 4, 1)


def test_a_command_that_is_killed_goes_on_where_it_was(cluster: Cluster, tmp_path: Path) -> None:
    """The command's JSON is the same on one core, and resumed on a cluster after kill -9."""
    path, kept = tmp_path / "ranked.json", tmp_path / "kept"
    path.write_text(json.dumps(example() | {"epics": random_epics(random.Random(4), 30)}))
    asked = [sys.executable, "-m", "portfolio", "simulate", str(path), "--ranks", "--draws", "30000", "--json"]
    on_cluster = [*asked, "--keep", str(kept), "--cluster", str(cluster.file)]
    driver = subprocess.Popen(on_cluster, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while driver.poll() is None and not list(kept.glob("*/chunk-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    with suppress(ProcessLookupError):
        driver.send_signal(signal.SIGKILL)
    driver.wait()
    assert list(kept.glob("*/chunk-*"))
    resumed = subprocess.run(on_cluster, capture_output=True, check=False)
    alone = subprocess.run(asked, capture_output=True, check=False)
    assert (resumed.returncode, resumed.stdout) == (0, alone.stdout)


def test_another_build_is_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose versions differ could give other figures, so nothing is run."""
    own = clusters.own_build() | {"numpy": "1.0"}
    monkeypatch.setattr(clusters, "own_build", lambda: own)
    with pytest.raises(WrongUseError, match=r"has numpy .* instead of 1\.0"):
        made(played(), 2, Workers(cluster=str(cluster.file)))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "missing.json"])
def test_nobody_there_is_said(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that does not answer is named, with the command that starts one."""
    monkeypatch.setattr(clusters, "WAIT", 1)
    with pytest.raises(WrongUseError, match="dask scheduler"):
        made(played(), 2, Workers(cluster=address))
