"""A scheduler and its workers as processes of their own on this machine, in the open or with certificates."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from portfolio.optimizer.execution import cluster as clusters
from portfolio.optimizer.execution.cancellation import CancelToken

ROOT = Path(__file__).parents[1]
LONG = 120
"""Seconds that processes have to start in."""


@dataclass
class DaskCluster:
    """A scheduler, whose file says where it is, and its workers."""

    folder: Path
    tls: tuple[str, ...] = ()
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def file(self) -> str:
        """What the scheduler wrote."""
        return str(self.folder / "scheduler.json")

    def start_worker(self) -> subprocess.Popen[bytes]:
        """One more worker."""
        own = ("--scheduler-file", self.file, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        self.workers.append(_start("worker", *own, "--local-directory", str(self.folder), *self.tls))
        return self.workers[-1]


@contextmanager
def dask_cluster(folder: Path, workers: int = 2, tls: Path | None = None) -> Iterator[DaskCluster]:
    """A cluster that ends with the block; `tls` is a folder of certificates."""
    options = ("--tls-ca-file", "ca.pem", "--tls-cert", "cert.pem", "--tls-key", "key.pem")
    secured = () if tls is None else tuple(one if one.startswith("--") else str(tls / one) for one in options)
    cluster = DaskCluster(folder, secured)
    place = ("--host", "127.0.0.1", "--port", "0", "--protocol", "tls" if tls else "tcp")
    shown = ("--no-dashboard", "--no-show", "--scheduler-file", cluster.file)
    scheduler = _start("scheduler", *place, *shown, *secured)
    try:
        deadline = time.monotonic() + LONG
        while not Path(cluster.file).exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        for _ in range(workers):
            cluster.start_worker()
        _wait_for(cluster, workers, tls)
        yield cluster
    finally:
        for process in (*cluster.workers, scheduler):
            process.kill()
            process.wait()


def _wait_for(cluster: DaskCluster, workers: int, tls: Path | None) -> None:
    """Waits until the workers are there, which a busy machine takes longer for than a study waits."""
    from distributed import Client

    security = clusters.security_of(tls)
    with Client(clusters.address_of(cluster.file), timeout=LONG, security=security, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=LONG)


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    """Dask as a process of its own, with the program and the tests that this process has."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "dask", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": paths},
    )


def until_cancelled(what: str, cancel: CancelToken) -> str:
    """Work that lasts until it is cancelled; workers import it from here."""
    return f"{what} {cancel.raised.wait(60)}"


def certificates(folder: Path) -> Path:
    """A folder with a certificate authority, and a key and a certificate for this machine, as an administrator makes them."""
    folder.mkdir(parents=True, exist_ok=True)
    for step in (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test-authority"
        " -keyout ca-key.pem -out ca.pem",
        "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -keyout key.pem -out asked.pem",
        "x509 -req -in asked.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -out cert.pem",
    ):
        subprocess.run(["openssl", *step.split()], cwd=folder, check=True, capture_output=True)
    return folder
