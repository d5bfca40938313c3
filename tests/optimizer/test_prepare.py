"""Compiling the search: said where somebody waits for it, remembered for the next run, not needed for small portfolios."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from portfolio.optimizer import search
from portfolio.optimizer.cuts import packing
from portfolio.optimizer.execution import compilation
from portfolio.optimizer.prepare import prepare
from tests import asking
from tests.cli.conftest import saved


@pytest.fixture
def another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder in which nothing is compiled yet; compiling takes no time."""
    monkeypatch.setattr(compilation, "_folder", lambda *_: str(tmp_path))
    monkeypatch.setattr(compilation, "_compiled_here", set())
    monkeypatch.setattr(search, "prepare", lambda: None)
    monkeypatch.setattr(packing, "prepare", lambda: None)
    return tmp_path


def test_whoever_waits_for_the_compiler_is_told_once(
    another_machine: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The first run says it; the same process and the next one on this machine do not."""
    assert another_machine.is_dir()
    assert prepare()
    assert [(record.levelno, "portfolio prepare" in record.message) for record in caplog.records] == [
        (logging.WARNING, True)
    ]
    assert not prepare()
    monkeypatch.setattr(compilation, "_compiled_here", set())
    assert not prepare()
    assert len(caplog.records) == 1


def test_after_an_update_it_compiles_again(another_machine: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What was compiled by another installation, Python or processor does not count; asked for, nothing is said."""
    (another_machine / "compiled-by-another").touch()
    assert prepare(quiet=True)
    assert not caplog.records


def test_a_machine_that_keeps_nothing_says_it_in_each_process(
    another_machine: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A cache that cannot be written is no fault; within one process nothing is compiled twice."""
    assert another_machine.is_dir()
    monkeypatch.setattr(compilation, "_folder", lambda *_: None)
    assert prepare()
    assert not prepare()
    assert len(caplog.records) == 1


def test_a_small_portfolio_loads_no_compiler(tmp_path: Path) -> None:
    """Not even to find that it is not needed: a small plan is there at once on any machine."""
    path = saved(asking.small(asking.epic("X"), asking.epic("Y", a=2, b=1)), tmp_path / "small.json")
    code = (
        "import sys; from portfolio.cli import main; sys.argv = ['portfolio', 'plan', sys.argv[1], '--json']\n"
        "try: main()\nexcept SystemExit: pass\nprint('numba' in sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True, timeout=60)
    assert ended.stderr.strip() == "False"


def test_the_notice_is_on_standard_error_without_any_set_up() -> None:
    """Python prints a warning that nobody listens to; nothing but the sentence is printed, and nothing on standard output."""
    code = "from portfolio.optimizer.prepare import LOGGER, NOTICE; LOGGER.warning(NOTICE)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout == ""
    assert ended.stderr.startswith("The search is compiled")
