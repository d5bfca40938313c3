"""Who makes the chunks of a study: threads here, or the workers of a cluster; and where what they made is kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from portfolio.optimizer.execution.parallel import cores
from portfolio.simulation.chunked import Chunked
from portfolio.simulation.kept_chunks import KeptChunks

AHEAD = 2
"""Chunks under way for each core."""

Result = TypeVar("Result")
Made = Generator[tuple[int, Result], None, None]


@dataclass(frozen=True)
class Workers:
    """Who makes chunks: `count` threads here, as many as there are cores without it, or those of a cluster.

    `cluster` is the address of a Dask scheduler or the file that it wrote; `certificates` a folder with ca.pem, cert.pem and
    key.pem, which are needed off this machine. `keep` is a folder where the result of each chunk is kept, so that a study
    that was broken off goes on where it was.
    """

    count: int | None = None
    keep: Path | None = None
    cluster: str | None = None
    certificates: Path | None = None

    def make(self, study: Chunked[Result], chunks: list[int]) -> Made[Result]:
        """The results of some chunks, in their order."""
        if self.cluster is None:
            return _in_threads(study, chunks, cores() if self.count is None else self.count)
        from portfolio.simulation.cluster import on_cluster

        return on_cluster(study, chunks, self.cluster, self.certificates)


def run(study: Chunked[Result], chunks: Iterable[int], workers: int | Workers | None = None) -> Made[Result]:
    """The result of each chunk, in their order; what was kept is read, and only what is missing is made."""
    who = workers if isinstance(workers, Workers) else Workers(workers)
    wanted = list(chunks)
    kept = None if who.keep is None else KeptChunks(who.keep, study.id)
    there = set() if kept is None else kept.numbers()
    with closing(who.make(study, [number for number in wanted if number not in there])) as made:
        for number in wanted:
            if kept is not None and number in there:
                yield number, cast("Result", kept.read(number))
                continue
            _, result = next(made)
            if kept is not None:
                kept.keep(number, result)
            yield number, result


def _in_threads(study: Chunked[Result], chunks: list[int], count: int) -> Made[Result]:
    """As many at a time as there are threads, and few of them ahead; the compiled parts hold no lock."""
    if count <= 1 or len(chunks) <= 1:
        for number in chunks:
            yield number, study.chunk(number)
        return
    under_way: deque[tuple[int, Future[Result]]] = deque()
    with ThreadPoolExecutor(max_workers=count) as pool:
        try:
            for number in chunks:
                under_way.append((number, pool.submit(study.chunk, number)))
                if len(under_way) > AHEAD * count:
                    first, future = under_way.popleft()
                    yield first, future.result()
            while under_way:
                first, future = under_way.popleft()
                yield first, future.result()
        finally:
            for _, future in under_way:
                future.cancel()
