"""The progress line: on a terminal, after a second, and nowhere else."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from portfolio.cli import progress
from portfolio.cli.progress import CountLine, ProgressLine
from tests import asking
from tests.cli.conftest import Command, saved


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def hurried(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal as standard error, and a line that waits for nothing."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0.0)
    return terminal


def test_value_bound_and_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds, value, bound and gap, and that Ctrl-C keeps the plan; the line is cleared at the end."""
    shown = hurried(monkeypatch)
    with ProgressLine() as line:
        line.tell(1.5, None, 1200.0)
        line.tell(2.5, 1000.0, 1100.0)
    text = shown.getvalue()
    assert "1.5 s  no plan yet  bound 1,200" in text
    assert "2.5 s  value 1,000  bound 1,100  gap 10.00%  Ctrl-C keeps the best plan" in text
    assert text.endswith("\r\x1b[2K")


def test_before_any_bound_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first moments, without value or bound, are shown without nonsense."""
    shown = hurried(monkeypatch)
    with ProgressLine() as line:
        line.tell(0.1, None, float("inf"))
        line.tell(0.2, 5.0, float("inf"))
    assert "nan" not in shown.getvalue()


def test_nothing_in_the_first_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick answers show no progress."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with ProgressLine() as line:
        line.tell(0.1, 1.0, 2.0)
    assert terminal.getvalue() == ""


def test_nothing_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard error is no terminal, nothing is written at all."""
    hurried(monkeypatch)
    plain = io.StringIO()
    monkeypatch.setattr(sys, "stderr", plain)
    with ProgressLine() as line:
        line.tell(9.0, 1.0, 2.0)
    assert plain.getvalue() == ""


def test_how_many_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds, how many of how many, and that Ctrl-C keeps what is known; cleared at the end."""
    shown = hurried(monkeypatch)
    with CountLine("kinds of repair looked for") as line:
        line.tell(2, 5)
    assert "s  2 of 5 kinds of repair looked for  Ctrl-C keeps what is known" in shown.getvalue()
    assert shown.getvalue().endswith("\r\x1b[2K")


def test_the_second_step_of_keeping_is_told(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept so far never exceeds what was agreed; where nothing has to change there is nothing to tell."""
    raw = asking.small(asking.epic("X", benefit=10, a=10), asking.epic("Y", benefit=9, a=10))
    path = saved(raw, tmp_path / "portfolio.json")
    plan = tmp_path / "agreed.json"
    plan.write_text(command("plan", path, "--gap", "0", "--json").out, encoding="utf-8")
    raw["value_streams"][0]["capacity"][0] = 5
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(CountLine, "tell", lambda _line, done, asked: told.append((done, asked)))
    command("plan", saved(raw, path), "--gap", "0", "--keep", plan)
    assert told
    assert {asked for _, asked in told} == {2}
    assert all(0 <= done <= 2 for done, _ in told)


def test_looking_for_repairs_is_told(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind after the other, also while a plan is to be kept."""
    raw = asking.small(asking.epic("X", a=99, must=True))
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(CountLine, "tell", lambda _line, done, asked: told.append((done, asked)))
    assert command("plan", saved(raw, tmp_path / "portfolio.json")).code == 1
    assert told == [(done, 5) for done in range(6)]
