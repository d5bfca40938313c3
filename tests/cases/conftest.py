"""The command line for the cases."""

from __future__ import annotations

import pytest

from tests.cases.reading import Command
from tests.cli.running import run


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `portfolio` with these arguments."""
    return lambda *arguments: run(capsys, monkeypatch, *arguments)
