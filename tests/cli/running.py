"""Commands as tests run them: in this process for speed, as a process of their own where that matters."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from portfolio import cli


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which has to be JSON and nothing else."""
        return json.loads(self.out)


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> Ended:
    """Runs a command in this process, from its arguments to its exit code."""
    monkeypatch.setattr(sys, "argv", ["portfolio", *map(str, arguments)])
    with pytest.raises(SystemExit) as ending:
        cli.main()
    printed = capsys.readouterr()
    code = ending.value.code
    return Ended(code if isinstance(code, int) else 0, printed.out, printed.err)


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """Starts a command as a process of its own, which hears Ctrl-C even if the tests run in the background."""
    command = [sys.executable, "-m", "portfolio", *map(str, arguments)]
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    try:
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    finally:
        signal.signal(signal.SIGINT, heard)


def run_apart(*arguments: str | Path) -> Ended:
    """Runs a command as a process of its own."""
    process = start(*arguments)
    out, err = process.communicate(timeout=60)
    return Ended(process.returncode, out, err)
