"""Who computes: threads here, or the workers of a cluster; what is asked and what comes of it is the same with either."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.execution.parallel import cores, run_parallel

AHEAD = 2
"""Questions under way for each core."""

Asked = TypeVar("Asked")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Workers:
    """Who computes: `count` threads here, as many as there are cores without it, or the workers of a cluster.

    `cluster` is the address of a Dask scheduler or the file that it wrote; `certificates` a folder with ca.pem, cert.pem and
    key.pem, which are needed off this machine. `keep` is a folder where what is done of a study is kept, so that one that was
    broken off goes on where it was.
    """

    count: int | None = None
    keep: Path | None = None
    cluster: str | None = None
    certificates: Path | None = None

    @contextmanager
    def open(self) -> Iterator[None]:
        """Keeps the connection to a cluster as long as something is done with it; raises WrongUseError where there is none."""
        if self.cluster is None:
            yield
            return
        from portfolio.optimizer.execution.cluster import connected

        with connected(self.cluster, self.certificates):
            yield

    @property
    def at_once(self) -> int:
        """How many questions are answered at a time."""
        if self.cluster is None:
            return cores() if self.count is None else self.count
        from portfolio.optimizer.execution.cluster import connected

        with connected(self.cluster, self.certificates) as there:
            return there.threads

    def each(self, work: Callable[[Asked], Result], asked: Iterable[Asked]) -> Generator[Result, None, None]:
        """What the work makes of each question, in their order, and few of them ahead."""
        if self.cluster is None:
            return _in_threads(work, list(asked), self.at_once)
        from portfolio.optimizer.execution.cluster import each_there

        return each_there(self.cluster, self.certificates, work, list(asked))

    def call(self, work: Callable[..., Result], *asked: object, cancel: CancelToken) -> Result:
        """What the work makes of one question; it takes `cancel` as well, which ends it with the best that it has."""
        if self.cluster is None:
            return work(*asked, cancel=cancel)
        from portfolio.optimizer.execution.cluster import connected

        with connected(self.cluster, self.certificates) as there:
            return there.call(work, asked, cancel)

    def run_parallel(self, tasks: Sequence[Callable[[], Result]], cancel: CancelToken) -> list[Result]:
        """The results of tasks in their order, as many at a time as there is somebody to `call`; Ctrl-C ends them all."""
        with self.open():
            return run_parallel(tasks, cancel, self.at_once)


ON_THIS_MACHINE = Workers()
"""As many threads as there are cores."""


def _in_threads(work: Callable[[Asked], Result], asked: list[Asked], count: int) -> Generator[Result, None, None]:
    """As many at a time as there are threads, and few of them ahead; the compiled parts hold no lock."""
    if count <= 1 or len(asked) <= 1:
        for one in asked:
            yield work(one)
        return
    under_way: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(max_workers=count) as pool:
        try:
            for one in asked:
                under_way.append(pool.submit(work, one))
                if len(under_way) > AHEAD * count:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
