"""A portfolio as a program loads it, by a model, with every finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from tests import asking


def test_errors_stop_every_step_and_come_all_at_once(tmp_path: Path) -> None:
    """Two errors are two findings, and neither ranking nor planning begins."""
    raw = asking.small(asking.epic("E", a=-1), asking.epic("F", earliest="PI 9"))
    loaded = asking.loaded(raw, tmp_path)
    assert loaded.portfolio is None
    for step in (engine.rank, engine.plan):
        with pytest.raises(engine.HasErrorsError) as problem:
            step(loaded)
        assert sum(finding.severity == "error" for finding in problem.value.findings) == 2


def test_a_model_named_on_the_way_wins(tmp_path: Path) -> None:
    """The model given to load counts, not the one the file names; an unknown one is wrong use."""
    path = asking.loaded(asking.small(asking.epic("E"), model="safe"), tmp_path).path
    assert engine.load(path, "safe").model.name == "safe"
    with pytest.raises(WrongUseError, match="no operating model"):
        engine.load(path, "unheard-of")


def test_what_was_given_is_apart_from_what_the_model_fills_in(tmp_path: Path) -> None:
    """The portfolio that is ready has the model's defaults; the one that was given is as it stands in the file."""
    raw = asking.small(asking.epic("E"))
    loaded = asking.loaded(raw, tmp_path)
    assert loaded.given.epics[0].urgency is None
    assert loaded.given.name == loaded.ready.name == raw["name"]
    assert loaded.model.name == "safe"


def test_a_field_is_said_by_its_path(tmp_path: Path) -> None:
    """JSON has no cells."""
    loaded = asking.loaded(asking.small(asking.epic("E")), tmp_path)
    assert loaded.cell(("epics", 0, "job_size")) == "epics[0].job_size"


def test_what_cannot_be_read_at_all_is_wrong_use(tmp_path: Path) -> None:
    """A file that is not there, and one that is no portfolio."""
    (tmp_path / "no.json").write_text("[1]", encoding="utf-8")
    for path, sentence in ((tmp_path / "gone.json", "does not exist"), (tmp_path / "no.json", "holds a list")):
        with pytest.raises(WrongUseError, match=sentence):
            engine.load(path)
