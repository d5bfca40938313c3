"""The command line for the cases, and the marks of those that are not right yet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.not_yet import NOT_YET
from tests.cases.reading import Command
from tests.cli.running import run


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `portfolio` with these arguments."""
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is not right yet has to fail; the reason is the kind that the test speaks of."""
    for item in items:
        if item.nodeid.partition("tests/cases/")[2] in NOT_YET:
            test: Any = item
            kind = (test.function.__doc__ or "").partition("\n")[0]
            item.add_marker(pytest.mark.xfail(strict=True, reason=kind))
