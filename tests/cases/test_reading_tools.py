"""Exports of other tools, in their real column headings: nothing of them is read otherwise without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.messy import understood, wrong
from tests.cases.reading import Command, Reading, imported
from tests.cases.tables import workbook
from tests.cases.tools import EXPORTS, TOOLS, WORKBOOKS, rows_of

ASKED_FOR = [
    "Asana",
    "ClickUp",
    "monday.com",
    "Planner",
    "Linear",
    "Shortcut",
    "OpenProject",
    "Productboard",
    "VersionOne",
    "Rally",
    "Trello",
    "GitLab",
    "Notion",
]
"""Tools whose exports have to be understood; of others a finding says what was not."""


def reading_of(tool: str, command: Command, folder: Path) -> Reading:
    """The export of a tool as `import` reads it."""
    name = str(TOOLS[tool].content)
    path = EXPORTS / f"{name}.csv"
    if name in WORKBOOKS:
        path = workbook(folder / f"{name}.xlsx", {WORKBOOKS[name]: rows_of(name)})
    return imported(command, path, folder, *TOOLS[tool].options)


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_is_read_otherwise_in_silence(command: Command, tmp_path: Path, tool: str) -> None:
    """Of an export every epic, score and link is read as it is, or a finding names what was not understood."""
    assert wrong(TOOLS[tool], reading_of(tool, command, tmp_path)) == []


@pytest.mark.parametrize("tool", ASKED_FOR)
def test_exports_are_read(command: Command, tmp_path: Path, tool: str) -> None:
    """The exports of these tools are understood as they are: epics, what ended, other levels, scores and links."""
    assert understood(TOOLS[tool], reading_of(tool, command, tmp_path))
