"""What every study has in common: a name, and chunks that are made each by itself, here or elsewhere, and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable
from contextlib import closing
from importlib.metadata import version
from typing import Generic, Protocol, TypeVar, cast

from portfolio.optimizer.execution.workers import Workers
from portfolio.simulation.kept_chunks import KeptChunks

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


class Chunked(Protocol, Generic[Result_co]):
    """A study that is made chunk by chunk, each by itself."""

    @property
    def name(self) -> str:
        """The study's name: the same for the same portfolio, plans, seed and settings."""

    def chunk(self, number: int) -> Result_co:
        """The result of one chunk."""


def id_of(study: Chunked[object]) -> str:
    """What a study is called where it is shown: its name and the version of this program, since another one may count otherwise."""
    return hashlib.sha256(f"{study.name} {version('portfolio')}".encode()).hexdigest()


def run(
    study: Chunked[Result], chunks: Iterable[int], workers: int | Workers | None = None
) -> Generator[tuple[int, Result], None, None]:
    """The result of each chunk, in their order; what was kept is read, and only what is missing is made."""
    who = workers if isinstance(workers, Workers) else Workers(workers)
    wanted = list(chunks)
    kept = None if who.keep is None else KeptChunks(who.keep, study.name)
    there = set() if kept is None else kept.numbers()
    with closing(who.each(study.chunk, [number for number in wanted if number not in there])) as made:
        for number in wanted:
            if kept is not None and number in there:
                yield number, cast("Result", kept.read(number))
                continue
            result = next(made)
            if kept is not None:
                kept.keep(number, result)
            yield number, result
