"""Who makes a study changes nothing: one thread or two, kept and gone on with; what does not fit is refused."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from portfolio.domain import Booking, Plan
from portfolio.errors import WrongUseError
from portfolio.optimizer.execution.cluster import address_of, refuse_in_the_open
from portfolio.optimizer.execution.workers import Workers
from portfolio.simulation import chunked, kept_chunks
from portfolio.simulation.chunked import Chunked, run
from portfolio.simulation.kept_chunks import KeptChunks, content_of
from portfolio.simulation.rank_study import RankStudy, rank_anew
from portfolio.simulation.study import PlayStudy
from tests import asking
from tests.simulation.futures import epic, portfolio, stream
from tests.simulation.test_ranks import example, random_epics, study_of


def ranked(draws: int = 3500) -> RankStudy:
    """The ranking of a few random epics."""
    return study_of(example() | {"epics": random_epics(random.Random(5), 12)}, draws, 100_000)


def played() -> PlayStudy:
    """A plan of one epic with a range."""
    raw = portfolio([epic("A", {"S": 10}, 10, effort_low=8, effort_high=20)], [stream("S", 10)])
    return PlayStudy(asking.problem_of(raw), Plan({"A": Booking(0, 1)}), draws=2500)


def made(study: Chunked[object], workers: int | Workers) -> list[bytes]:
    """Each chunk of a study, bit by bit."""
    return [content_of(result) for _, result in run(study, study.chunks, workers)]


@pytest.mark.parametrize("study", [ranked(), played()], ids=["ranks", "plan"])
def test_threads_and_files_give_the_same_chunks(study: RankStudy | PlayStudy, tmp_path: Path) -> None:
    """One thread, two threads, kept, and read again are the same byte for byte."""
    alone = made(study, 1)
    assert made(study, 2) == alone
    assert made(study, Workers(2, tmp_path)) == alone
    assert made(study, Workers(1, tmp_path)) == alone


def test_only_what_is_missing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A study that was broken off goes on where it was."""
    study = ranked()
    going = run(study, study.chunks, Workers(1, tmp_path))
    next(going)
    next(going)
    going.close()
    asked: list[int] = []
    chunk = RankStudy.chunk
    monkeypatch.setattr(RankStudy, "chunk", lambda self, number: asked.append(number) or chunk(self, number))
    again = rank_anew(study, Workers(1, tmp_path))
    assert asked == [2, 3]
    assert (again.tally.above == rank_anew(study, 1).tally.above).all()


def test_a_second_result_of_a_chunk_has_to_be_the_first(tmp_path: Path) -> None:
    """A machine that computes differently is found out, and the first result stays."""
    kept = KeptChunks(tmp_path, "study")
    kept.keep(0, 1.5)
    kept.keep(0, 1.5)
    with pytest.raises(WrongUseError, match="another result"):
        kept.keep(0, 2.5)
    assert kept.read(0) == 1.5


@pytest.mark.parametrize("content", ["", "[", '{"type": "os:system", "fields": {}}', '{"float": "much"}'])
def test_a_file_that_is_no_chunk_is_named(content: str, tmp_path: Path) -> None:
    """What was not written here is neither counted nor run."""
    kept = KeptChunks(tmp_path, "study")
    kept.path(0).write_text(content)
    with pytest.raises(WrongUseError, match="delete it"):
        kept.read(0)


def test_another_study_is_kept_apart(tmp_path: Path) -> None:
    """Another seed, or other scores, are another study."""
    one, other = ranked(1000), study_of(example("A", "B", "C", "D", "E"), 1000, 100)
    made(one, Workers(1, tmp_path))
    made(other, Workers(1, tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([one.name, other.name])


def test_a_study_of_another_version_is_begun_anew_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What another version kept may be counted otherwise: it is left where it is, and the figures have another name."""
    study = ranked(1000)
    alone, name = made(study, Workers(1, tmp_path)), chunked.id_of(study)
    assert not caplog.records
    monkeypatch.setattr(kept_chunks, "build", lambda: {"portfolio": "another"})
    monkeypatch.setattr(chunked, "version", lambda _: "9.9")
    assert made(study, Workers(1, tmp_path)) == alone
    assert "begun anew" in caplog.text
    assert len(list(tmp_path.glob("*/*/chunk-*"))) == 2
    assert chunked.id_of(study) != name
    caplog.clear()
    assert made(study, Workers(1, tmp_path)) == alone
    assert not caplog.records


def test_without_dask_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, before anything is done."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongUseError, match=r"pip install portfolio\[scale\]"), Workers(cluster="127.0.0.1:1").open():
        pass


@pytest.mark.parametrize("address", ["tcp://10.0.0.7:8786", "tcp://planner.example:8786", "tcp://[2001:db8::1]:8786"])
def test_off_this_machine_nothing_goes_in_the_open(address: str) -> None:
    """Without certificates a scheduler elsewhere is refused before anything is sent."""
    with pytest.raises(WrongUseError, match="TLS"):
        refuse_in_the_open(address)


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:8786", "tls://10.0.0.7:1"]
)
def test_this_machine_and_tls_are_taken(address: str) -> None:
    """On this machine nobody listens, and with TLS nobody can."""
    refuse_in_the_open(address)


def test_the_address_is_in_the_file_of_the_scheduler(tmp_path: Path) -> None:
    """The file that a scheduler writes stands for its address; a host alone is one too."""
    path = tmp_path / "scheduler.json"
    path.write_text('{"address": "tcp://127.0.0.1:4321"}')
    assert address_of(str(path)) == "tcp://127.0.0.1:4321"
    assert address_of("127.0.0.1:8786") == "tcp://127.0.0.1:8786"
    path.write_text("{}")
    with pytest.raises(WrongUseError, match="no file of a Dask scheduler"):
        address_of(str(path))
