"""Every command, ready to run, and files to run it on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import asking, examples
from tests.cli.running import Ended, run

Command = Callable[..., Ended]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `portfolio` with these arguments."""
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def saved(raw: asking.Raw, path: Path) -> Path:
    """A portfolio as a JSON file."""
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A portfolio without any finding."""
    return saved(asking.small(asking.epic("X", title="Rocket"), asking.epic("Y", a=2, b=1)), tmp_path / "sound.json")


@pytest.fixture
def example_j(tmp_path: Path) -> Path:
    """Example J."""
    return saved(examples.example_j(), tmp_path / "j.json")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A portfolio with two errors and a warning."""
    raw = asking.small(asking.epic("X", a=-1), asking.epic("Y", earliest="PI 9"), asking.epic("Z", a=0))
    return saved(raw, tmp_path / "faulty.json")


@pytest.fixture
def impossible(tmp_path: Path) -> Path:
    """A portfolio for which there is no plan."""
    epics = (asking.epic(name, a=8, must=True, latest="PI 1") for name in "XY")
    return saved(asking.small(*epics), tmp_path / "impossible.json")
