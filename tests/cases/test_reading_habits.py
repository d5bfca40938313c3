"""Spreadsheets as people really keep them: never a different portfolio without a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.habits import HABITS
from tests.cases.messy import wrong
from tests.cases.more_habits import MORE_HABITS
from tests.cases.reading import Command, imported, opened
from tests.cases.tables import workbook

ALL = {**HABITS, **MORE_HABITS}


@pytest.mark.parametrize("habit", ALL)
def test_nothing_is_read_otherwise_in_silence(command: Command, tmp_path: Path, habit: str) -> None:
    """What a spreadsheet says is read as it is, or a finding names what was not understood."""
    messy = ALL[habit]
    assert isinstance(messy.content, dict)
    path = workbook(tmp_path / "habit.xlsx", messy.content, hidden=messy.hidden)
    assert wrong(messy, opened(command, path, tmp_path)) == []


@pytest.mark.parametrize("habit", [name for name, messy in ALL.items() if len(messy.content) == 1])
def test_imports_do_the_same(command: Command, tmp_path: Path, habit: str) -> None:
    """The importer understands one table of epics neither more nor less than the other commands."""
    messy = ALL[habit]
    assert isinstance(messy.content, dict)
    path = workbook(tmp_path / "habit.xlsx", messy.content, hidden=messy.hidden)
    assert wrong(messy, imported(command, path, tmp_path)) == []
