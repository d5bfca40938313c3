"""A near name is used only after somebody said yes: by an option, or at a terminal; a pipeline is never asked."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases.tables import workbook

EPICS = [
    ["ID", "BV", "TC", "RROE", "Size", "Value stream", "Effort"],
    ["A", 8, 5, 3, 5, "Claims", 5],
    ["B", 5, 3, 2, 3, "Clams", 5],
]
SHEETS = {"Epics": EPICS, "Capacity": [["Value stream", "PI 1"], ["Claims", 10]]}


def at_a_terminal(arguments: list[str | Path], answer: str) -> tuple[int, str]:
    """Runs a command whose input and messages are a terminal; its exit code and what was said there."""
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "portfolio", *map(str, arguments)]
    running = subprocess.Popen(command, stdin=terminal, stderr=terminal, stdout=subprocess.DEVNULL)
    os.close(terminal)
    os.write(controller, answer.encode())
    said = b""
    while True:
        try:
            chunk = os.read(controller, 4096)
        except OSError:
            break
        if not chunk:
            break
        said += chunk
    os.close(controller)
    return running.wait(timeout=60), said.decode()


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_a_terminal_is_asked(tmp_path: Path, answer: str, code: int) -> None:
    """Yes reads Clams as Claims, and says so; anything else leaves the error."""
    path = workbook(tmp_path / "misspelt.xlsx", SHEETS)
    ended, said = at_a_terminal(["check", path], answer)
    assert ended == code
    assert "Nothing is called Clams. Is Claims meant?" in said
    assert ("was taken for Claims" in said) == (code == 0)


def test_a_pipeline_is_never_asked(tmp_path: Path) -> None:
    """Neither input that is a file nor JSON leads to a question."""
    path = workbook(tmp_path / "misspelt.xlsx", SHEETS)
    command = [sys.executable, "-m", "portfolio", "check", str(path)]
    ended = subprocess.run(command, input="y\n", capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "meant?" not in ended.stderr
    assert "meant?" not in at_a_terminal(["check", path, "--json"], "y\n")[1]
