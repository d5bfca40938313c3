"""What both sides of the solver's pipe have: sent once, only what is otherwise than in the file, and told again where it was forgotten."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from portfolio.domain import Booking, Plan
from portfolio.edits.address import path_of
from portfolio.engine.edit import Edited, Opened, edited, new_epic, open_for_edits, with_values
from portfolio.web.frames import unpacked
from portfolio.web.known import KEPT, Figures, Known
from portfolio.web.solver_main import Worker
from portfolio.web.solver_process import Run
from tests.web.conftest import portfolio, scored


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Forty epics."""
    path = tmp_path / "small.json"
    path.write_text(json.dumps(portfolio(*(scored(f"E{number}", 8, 5, 3, 1) for number in range(40)))), "utf-8")
    return open_for_edits(path)


def changed(opened: Opened, **values: object) -> Edited:
    """The file with other job sizes, and with a new epic where `new` names one."""
    raw = opened.raw
    if new := values.pop("new", None):
        raw, _ = new_epic(raw, str(new))
    paths = {path_of(raw, ("epics", name, "job_size")): value for name, value in values.items()}
    return edited(opened, with_values(raw, list(paths.items())), paths)  # type: ignore[arg-type]


def test_only_what_is_otherwise_is_sent(opened: Opened) -> None:
    """Cells, new epics, settings, and parts that are not there any more; the file itself is named by its number."""
    now = changed(opened, E3=5, E39=8, new="New")
    raw = {name: value for name, value in now.raw.items() if name != "guardrails"} | {"name": "Other"}
    now = edited(opened, raw, now.changed)
    sent = pickle.dumps(Figures.of(now, 1))
    assert len(sent) < len(pickle.dumps(now.raw)) / 4
    there = pickle.loads(sent).edited(opened)
    assert there.raw == now.raw
    assert there.changed == now.changed
    assert there.loaded.ready == now.loaded.ready


def test_a_list_that_lost_records_is_sent_whole(opened: Opened) -> None:
    """Its places mean nothing any more."""
    raw = {**opened.raw, "epics": opened.raw["epics"][1:]}  # type: ignore[index]
    assert Figures.of(Edited(opened, raw, edited(opened, raw, ()).loaded), 1).edited(opened).raw == raw


def test_both_sides_forget_the_same() -> None:
    """What was named longest ago goes first."""
    known = Known[str]()
    for number in range(KEPT):
        known.keep(number, str(number))
    assert known.named(0) == "0"
    known.keep(KEPT, "new")
    assert known.named(1) is None
    assert known.named(0) == "0"


class Pipe:
    """A pipe that keeps what was put into it."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, tuple[object, ...]]] = []

    def send(self, number: int, content: bytes) -> None:
        """Keeps a message."""
        self.sent.append((number, unpacked(content)))


def test_what_is_not_known_is_said_and_told_again(opened: Opened) -> None:
    """A process that never heard of the figures, or forgot them, says so instead of failing."""
    there, back = Pipe(), Pipe()
    run, worker = Run(None, there), Worker(back)  # type: ignore[arg-type]
    now = changed(opened, E3=5)
    plan = (Plan({"E3": Booking(0, 1)}),)
    run.ask(1, "play", now, {}, plan)
    assert [message[0] for _, message in there.sent] == ["file", "figures", "play"]
    worker.hear(*there.sent[-1])
    assert back.sent == [(1, ("unknown",))]
    run.ask(2, "play", now, {}, plan)
    assert there.sent[-1][1][0] == "play"
    assert len(there.sent) == 4, "nothing is told twice"
    run.forget()
    there.sent.clear()
    run.ask(1, "play", now, {}, plan)
    assert [message[0] for _, message in there.sent] == ["file", "figures", "play"]
    for message in there.sent:
        worker.hear(*message)
    worker.threads["play"].shutdown()
    assert back.sent[-1][1][0] == "found"
