"""Work beyond one machine: it is done by the workers of a Dask cluster. Dask is imported here alone."""

from __future__ import annotations

import hashlib
import pickle
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import uuid4

from portfolio.errors import WrongUseError
from portfolio.optimizer.execution import cluster_address
from portfolio.optimizer.execution.build import build
from portfolio.optimizer.execution.cancellation import LOOK_EVERY, CancelToken
from portfolio.optimizer.execution.cluster_address import address_of, refuse_in_the_open, security_of

if TYPE_CHECKING:
    from distributed import Client, Future

Asked = TypeVar("Asked")
Result = TypeVar("Result")

AHEAD = 4
"""Questions under way for each thread of the workers: the next one is there when one is answered."""


@dataclass
class Cluster:
    """A connection to the scheduler of a cluster, for all who ask while it is open."""

    client: Client
    address: str
    users: int = 0

    @property
    def threads(self) -> int:
        """How many questions its workers answer at a time."""
        return max(1, sum(worker["nthreads"] for worker in self._workers.values()))

    @property
    def _workers(self) -> dict[str, dict[str, int]]:
        return dict(self.client.scheduler_info(n_workers=-1)["workers"])

    def each(self, work: Callable[[Asked], Result], asked: list[Asked]) -> Generator[Result, None, None]:
        """What the work makes of each question, in their order; the work is sent along and unpacked once by each worker."""
        content = pickle.dumps(work)
        name = hashlib.sha256(content).hexdigest()
        waiting: deque[Asked] = deque(asked)
        under_way: deque[Future] = deque()
        while waiting or under_way:
            most = AHEAD * self.threads
            while waiting and len(under_way) < most:
                under_way.append(self._submit(_answer, name, content, waiting.popleft()))
            yield cast("Result", self._result(under_way.popleft()))

    def call(self, work: Callable[..., Result], asked: tuple[object, ...], cancel: CancelToken) -> Result:
        """What the work makes of one question, which `cancel` ends there too with the best that it has."""
        token = uuid4().hex
        return cast("Result", self._result(self._submit(_call, token, pickle.dumps((work, asked))), cancel, token))

    def _submit(self, work: Callable[..., object], *asked: object) -> Future:
        return self.client.submit(work, own_build(), *asked, key=f"portfolio-{uuid4().hex}")

    def _result(self, future: Future, cancel: CancelToken | None = None, token: str = "") -> object:
        """What a worker sends back, once it does; raises WrongUseError where nobody is left who could."""
        done, looked, told = threading.Event(), time.monotonic(), False
        future.add_done_callback(lambda _: done.set())
        while not done.wait(LOOK_EVERY):
            if cancel is not None and cancel.raised.is_set() and not told:
                told = True
                self.client.run(_cancel, token)
            if time.monotonic() - looked > cluster_address.WAIT:
                self._refuse_alone()
                looked = time.monotonic()
        return self._received(future)

    def _refuse_alone(self) -> None:
        """Raises WrongUseError where no worker is there, nor comes."""
        try:
            self.client.wait_for_workers(1, timeout=cluster_address.WAIT)
        except (TimeoutError, OSError, ValueError) as problem:
            raise self._left() from problem

    def _received(self, future: Future) -> object:
        from concurrent.futures import CancelledError

        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        try:
            result: object = future.result()
        except KilledWorker as problem:
            raise WrongUseError(
                f"Workers of {self.address} died again and again on the same part; they may lack memory.", "cluster"
            ) from problem
        except (CancelledError, CommClosedError) as problem:
            raise self._left() from problem
        finally:
            future.release()
        return result

    def _left(self) -> WrongUseError:
        return WrongUseError(
            f"{self.address} has no worker any more, or its scheduler went away; start it again, and give the same command "
            "again.",
            "cluster",
        )

    def refuse_other_builds(self) -> None:
        """Raises WrongUseError where a worker computes with other programs than this one: its figures could differ."""
        for worker, other in sorted(self.client.run(build, on_error="return").items()):
            refuse_other_build(worker, other)


_open: dict[tuple[str, Path | None], Cluster] = {}
_lock = threading.RLock()


@contextmanager
def connected(cluster: str, certificates: Path | None) -> Iterator[Cluster]:
    """A connection to a cluster, the same one for all who need it at a time; closed when nobody does.

    Raises WrongUseError where the cluster is not there, not safe, or of another build.
    """
    key = cluster, certificates
    with _lock:
        there = _open.get(key) or _open.setdefault(key, _connect(cluster, certificates))
        there.users += 1
    try:
        yield there
    finally:
        with _lock:
            there.users -= 1
            if not there.users:
                _open.pop(key, None)
                there.client.close()


def each_there(
    cluster: str, certificates: Path | None, work: Callable[[Asked], Result], asked: list[Asked]
) -> Generator[Result, None, None]:
    """What the work makes of each question, in their order, by the workers of a cluster.

    A worker that dies costs nothing but time while another one is there: what it had is made again.
    """
    if not asked:
        return
    with connected(cluster, certificates) as there, closing(there.each(work, asked)) as answers:
        yield from answers


def _connect(cluster: str, certificates: Path | None) -> Cluster:
    """A connection to the scheduler, whose workers compute as this process does."""
    try:
        from distributed import Client
    except ImportError as missing:
        raise WrongUseError(
            "A cluster needs Dask, which is not installed; install it with `pip install portfolio[scale]`.", "cluster"
        ) from missing
    address = address_of(cluster)
    refuse_in_the_open(address)
    security, client = security_of(certificates), Client.__new__(Client)
    try:
        Client.__init__(client, address, timeout=cluster_address.WAIT, security=security, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as problem:
        # Left to the collector of garbage, it may be closed while another connection begins, which Dask waits for without end.
        client.close()
        start = "start one with `dask scheduler`"
        if address.startswith("tls:"):
            start = f"{start}, or give the folder of the certificates that it was started with as `certificates`"
        raise WrongUseError(f"No scheduler answers at {address}; {start}.", "cluster") from problem
    there = Cluster(client, address)
    try:
        client.wait_for_workers(1, timeout=cluster_address.WAIT)
        there.refuse_other_builds()
    except TimeoutError as problem:
        client.close()
        raise WrongUseError(
            f"The scheduler at {address} has no worker; start one with `dask worker {address}`.", "cluster"
        ) from problem
    except WrongUseError:
        client.close()
        raise
    return there


def refuse_other_build(worker: str, other: dict[str, str] | BaseException) -> None:
    """Raises WrongUseError where the build of a worker is not that of this process, or it cannot even say its own."""
    wrong = "no portfolio, or one that it cannot use"
    if not isinstance(other, BaseException):
        wrong = ", ".join(
            f"{name} {other.get(name)} instead of {wanted}"
            for name, wanted in own_build().items()
            if other.get(name) != wanted
        )
    if wrong:
        raise WrongUseError(
            f"The worker {worker} has {wrong}; install the same versions on all machines, so that they give the "
            "same figures.",
            "cluster",
        )


def own_build() -> dict[str, str]:
    """The build of this process, which the workers' are held against."""
    return build()


_works: dict[str, Callable[[object], object]] = {}
_tokens: dict[str, CancelToken] = {}


def _answer(asker: dict[str, str], name: str, content: bytes, asked: object) -> object:
    """What a worker does: one question of those that the same work answers."""
    _refuse_asker(asker)
    work = _works.get(name)
    if work is None:
        _works.clear()
        work = _works.setdefault(name, pickle.loads(content))
    return work(asked)


def _call(asker: dict[str, str], token: str, content: bytes) -> object:
    """What a worker does: one question of its own, until it is answered or cancelled."""
    _refuse_asker(asker)
    work, asked = pickle.loads(content)
    try:
        return work(*asked, cancel=_tokens.setdefault(token, CancelToken()))
    finally:
        _tokens.pop(token, None)


def _cancel(token: str) -> None:
    """Ends a question that a worker is at, or begins later."""
    _tokens.setdefault(token, CancelToken()).cancel()


def _refuse_asker(asker: dict[str, str]) -> None:
    """A worker that came later is held against who asks as well."""
    if asker != build():
        from distributed import get_worker

        raise WrongUseError(
            f"The worker {get_worker().address} has other versions than the machine that asks; install the same on all machines.",
            "cluster",
        )
