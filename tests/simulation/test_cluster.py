"""A study on a Dask cluster: two workers as processes of their own, one of them killed, and the driver killed too."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from portfolio.domain import Booking, Plan
from portfolio.errors import WrongUseError
from portfolio.optimizer.execution import cluster as clusters
from portfolio.optimizer.execution import cluster_address
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.execution.workers import Workers
from portfolio.simulation.chunked import Chunked, run
from portfolio.simulation.kept_chunks import content_of
from portfolio.simulation.study import PlayStudy
from tests import asking
from tests.cli.conftest import saved
from tests.cli.running import run as run_command
from tests.dask_clusters import DaskCluster, certificates, dask_cluster, until_cancelled
from tests.simulation.futures import epic, portfolio, stream
from tests.simulation.test_ranks import example, random_epics, study_of

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler and two workers on this machine, for all tests of this file."""
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as there:
        yield there


def played() -> PlayStudy:
    """A plan of two epics with ranges."""
    more = {"effort_low": 8, "effort_high": 20, "confidence": 0.8}
    epics = [epic("A", {"S": 10}, 10, **more), epic("B", {"S": 10}, 20, **more)]
    problem = asking.problem_of(portfolio(epics, [stream("S", 10)]))
    return PlayStudy(problem, Plan({"A": Booking(0, 1), "B": Booking(1, 1)}), draws=12_000)


def made(study: Chunked[object], count: int, workers: int | Workers) -> list[bytes]:
    """Each chunk of a study, bit by bit."""
    return [content_of(result) for _, result in run(study, range(count), workers)]


def test_a_worker_that_is_killed_changes_nothing(cluster: DaskCluster, tmp_path: Path) -> None:
    """Serial, threads, and two workers of which one is killed at its work: the same bytes; another one may come later."""
    study = played()
    alone = made(study, 12, 1)
    assert made(study, 12, 2) == alone
    going = run(study, range(12), Workers(cluster=cluster.file, keep=tmp_path / "kept"))
    found = [content_of(next(going)[1])]
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    cluster.start_worker()
    found += [content_of(result) for _, result in going]
    assert found == alone
    ranks = study_of(example() | {"epics": random_epics(random.Random(2), 9)}, 4000, 1000)
    assert made(ranks, 4, Workers(cluster=cluster.file)) == made(ranks, 4, 1)


def test_a_command_that_is_killed_goes_on_where_it_was(
    cluster: DaskCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command's JSON is the same on one core, and resumed on a cluster after kill -9."""
    path, kept = tmp_path / "ranked.json", tmp_path / "kept"
    path.write_text(json.dumps(example() | {"epics": random_epics(random.Random(4), 30)}))
    asked = [sys.executable, "-m", "portfolio", "simulate", str(path), "--ranks", "--draws", "30000", "--json"]
    on_cluster = [*asked, "--keep", str(kept), "--cluster", cluster.file]
    driver = subprocess.Popen(on_cluster, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while driver.poll() is None and not list(kept.glob("*/*/chunk-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        driver.send_signal(signal.SIGKILL)
    driver.wait()
    assert 0 < len(list(kept.glob("*/*/chunk-*"))) < 30
    resumed = subprocess.run(on_cluster, capture_output=True, check=False)
    alone = run_command(capsys, monkeypatch, *asked[3:])
    assert (resumed.returncode, resumed.stdout.decode()) == (0, alone.out)


def test_commands_that_solve_again_say_the_same_on_a_cluster(
    cluster: DaskCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps of a figure, scenarios, prices and the plan that holds: the same JSON, but for how long it took."""
    raw = asking.small(
        *(asking.epic(name, a=4, b=2, benefit_per_week=worth) for name, worth in zip("VWXY", (1, 2, 3, 4), strict=True))
    )
    for one in raw["epics"]:
        one |= {"effort_cases": [[4, 0.5], [9, 0.5]], "effort": {"A": 4}}
    raw |= {"shared_by_portfolio": 0, "shared_by_value_stream": 0}
    path = saved(raw, tmp_path / "sound.json")
    for asked in (
        ("compare", path, "--vary", "capacity 80%..120% by 20%", "--gap", "0"),
        ("prices", path),
        ("plan", path, "--robust", "mean"),
    ):
        alone = run_command(capsys, monkeypatch, *asked, "--json")
        there = run_command(capsys, monkeypatch, *asked, "--json", "--cluster", cluster.file)
        assert (there.code, without_seconds(there.json)) == (alone.code, without_seconds(alone.json))


def without_seconds(content: object) -> object:
    """JSON without how long a solve took."""
    if isinstance(content, dict):
        return {name: without_seconds(one) for name, one in content.items() if name != "seconds"}
    return [without_seconds(one) for one in content] if isinstance(content, list) else content


def test_what_is_cancelled_ends_on_the_cluster_too(cluster: DaskCluster) -> None:
    """Ctrl-C here ends what the workers are at, and their best comes back."""
    cancel, workers = CancelToken(), Workers(cluster=cluster.file)
    threading.Timer(0.5, cancel.cancel).start()
    tasks = [partial(workers.call, until_cancelled, name, cancel=cancel) for name in "ABC"]
    began = time.monotonic()
    assert workers.run_parallel(tasks, cancel) == ["A True", "B True", "C True"]
    assert time.monotonic() - began < 30


def test_another_build_is_refused(cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose versions differ could give other figures, so nothing is run."""
    own = clusters.own_build() | {"numpy": "1.0"}
    monkeypatch.setattr(clusters, "own_build", lambda: own)
    with pytest.raises(WrongUseError, match=r"has numpy .* instead of 1\.0"):
        made(played(), 2, Workers(cluster=cluster.file))
    with pytest.raises(WrongUseError, match="no portfolio"):
        clusters.refuse_other_build("tcp://elsewhere:1", ModuleNotFoundError("portfolio"))


def test_a_worker_that_comes_later_is_held_against_who_asks(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every question carries the build of the asker, since workers may join at any time."""
    own = clusters.own_build() | {"numpy": "1.0"}
    monkeypatch.setattr(clusters, "own_build", lambda: own)
    monkeypatch.setattr(clusters.Cluster, "refuse_other_builds", lambda _: None)
    with pytest.raises(WrongUseError, match=r"The worker tcp://127\.0\.0\.1:\d+ has other versions"):
        made(played(), 2, Workers(cluster=cluster.file))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")
def test_with_certificates_the_answer_is_the_same_and_without_them_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real cluster with TLS: who has its certificates gets the same bytes, and nobody else gets in."""
    own = certificates(tmp_path / "own")
    with dask_cluster(tmp_path, workers=1, tls=own) as secured:
        address = clusters.address_of(secured.file)
        assert address.startswith("tls://")
        assert made(played(), 2, Workers(cluster=secured.file, certificates=own)) == made(played(), 2, 1)
        monkeypatch.setattr(cluster_address, "WAIT", 3)
        for others in (None, certificates(tmp_path / "others")):
            with pytest.raises(WrongUseError, match=r"No scheduler answers at tls://.* certificates"):
                made(played(), 2, Workers(cluster=address, certificates=others))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "missing.json"])
def test_nobody_there_is_said(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that does not answer is named, with the command that starts one."""
    monkeypatch.setattr(cluster_address, "WAIT", 1)
    with pytest.raises(WrongUseError, match="dask scheduler"):
        made(played(), 2, Workers(cluster=address))
