"""Studies beyond one machine: the chunks are made by the workers of a Dask cluster. Dask is imported here alone."""

from __future__ import annotations

import hashlib
import json
import pickle
import platform
import time
from collections import deque
from collections.abc import Generator
from contextlib import closing
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from distributed import Client, Future
    from distributed.security import Security

    from portfolio.simulation.chunked import Chunked

Result = TypeVar("Result")

AHEAD = 4
"""Chunks under way for each worker: the next one is there when one is done."""
WAIT = 30
"""Seconds to wait for a scheduler and its first worker."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""What this machine calls itself."""
CERTIFICATES = {"tls_ca_file": "ca.pem", "tls_client_cert": "cert.pem", "tls_client_key": "key.pem"}
"""The files of a folder of certificates."""


def on_cluster(
    study: Chunked[Result], chunks: list[int], cluster: str, certificates: Path | None
) -> Generator[tuple[int, Result], None, None]:
    """The results of some chunks, in their order, made by the workers of a cluster.

    A worker that dies costs nothing but time while another one is there: its chunks are made again. Raises WrongUseError
    where the cluster is not there, not safe, or of another build.
    """
    if not chunks:
        return
    content = pickle.dumps(study)
    name = hashlib.sha256(content).hexdigest()
    with closing(_client(cluster, certificates)) as client:
        _refuse_other_builds(client)
        waiting: deque[int] = deque(chunks)
        under_way: deque[tuple[int, Future]] = deque()
        while waiting or under_way:
            most = AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
            while waiting and len(under_way) < most:
                number = waiting.popleft()
                future = client.submit(_chunk, name, content, number, key=f"chunk-{number}-{name}", retries=2)
                under_way.append((number, future))
            first, future = under_way.popleft()
            yield first, future.result()
            future.release()


def _client(cluster: str, certificates: Path | None) -> Client:
    """A connection to the scheduler."""
    try:
        from distributed import Client
    except ImportError as missing:
        raise WrongUseError(
            "A cluster needs Dask, which is not installed; install it with `pip install portfolio[scale]`.", "cluster"
        ) from missing
    address = address_of(cluster)
    refuse_in_the_open(address)
    try:
        client = Client(address, timeout=WAIT, security=_security(certificates), set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as problem:
        raise WrongUseError(
            f"No scheduler answers at {address}; start one with `dask scheduler`.", "cluster"
        ) from problem
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError as problem:
        client.close()
        raise WrongUseError(
            f"The scheduler at {address} has no worker; start one with `dask worker {address}`.", "cluster"
        ) from problem
    return client


def address_of(cluster: str) -> str:
    """The address of a scheduler: as given, or as the file says that the scheduler wrote."""
    path = Path(cluster)
    if "://" not in cluster and path.suffix == ".json":
        _wait_for(path)
        try:
            return str(json.loads(path.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise WrongUseError(f"{path} is no file of a Dask scheduler.", "cluster") from problem
    return cluster if "://" in cluster else f"tcp://{cluster}"


def _wait_for(path: Path) -> None:
    """Gives a scheduler that has just been started the time to write its file."""
    for _ in range(10 * WAIT):
        if path.is_file():
            return
        time.sleep(0.1)
    raise WrongUseError(
        f"{path} is not there; start a scheduler that writes it with `dask scheduler --scheduler-file {path}`.",
        "cluster",
    )


def refuse_in_the_open(address: str) -> None:
    """Raises WrongUseError for a scheduler off this machine that could be listened to: who reaches it can run anything."""
    parts = urlsplit(address)
    if parts.scheme != "tls" and parts.hostname not in HERE:
        raise WrongUseError(
            f"{address} is another machine, and without certificates anybody there could read the portfolio and run programs; "
            "start the scheduler with TLS, give its address as tls://HOST:PORT, and `certificates`.",
            "cluster",
        )


def _security(certificates: Path | None) -> Security | None:
    """The certificates of a folder, else what Dask's own configuration says."""
    from distributed.security import Security

    if certificates is None:
        return None
    files = {name: Path(certificates) / file for name, file in CERTIFICATES.items()}
    missing = [path.name for path in files.values() if not path.is_file()]
    if missing:
        raise WrongUseError(f"{certificates} lacks {', '.join(missing)}.", "certificates")
    return Security(require_encryption=True, **{name: str(path) for name, path in files.items()})


def _refuse_other_builds(client: Client) -> None:
    """Raises WrongUseError where a worker computes with other programs than this one: its figures could differ."""
    own = own_build()
    for worker, other in sorted(client.run(build).items()):
        wrong = [
            f"{name} {other.get(name)} instead of {wanted}" for name, wanted in own.items() if other.get(name) != wanted
        ]
        if wrong:
            raise WrongUseError(
                f"The worker {worker} has {', '.join(wrong)}; install the same versions on all machines, so that they give the "
                "same figures.",
                "cluster",
            )


@cache
def build() -> dict[str, str]:
    """What figures depend on besides their inputs: versions, and the source of this program."""
    package = Path(__file__).parents[1]
    source = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(package.rglob("*.py")))).hexdigest()
    return {
        "portfolio": source[:12],
        "Python": platform.python_version(),
        "numpy": version("numpy"),
        "numba": version("numba"),
    }


def own_build() -> dict[str, str]:
    """The build of this process, which the workers' are held against."""
    return build()


_studies: dict[str, Chunked[object]] = {}
"""The study that a worker is at, so that it is unpacked once."""


def _chunk(name: str, content: bytes, number: int) -> object:
    """What a worker does: one chunk of a study."""
    study = _studies.get(name)
    if study is None:
        _studies.clear()
        study = _studies.setdefault(name, pickle.loads(content))
    return study.chunk(number)
