"""Edits of the page in a workbook: whatever can be entered for an epic gets a column where it has none, and reads back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portfolio.domain import Epic
from portfolio.domain.field import entry
from portfolio.edits.address import BY_NAME, fields_of
from portfolio.engine.edit import Opened, held, open_for_edits, read_value
from portfolio.engine.save import Cell, Waiting, content_of, merged, opened_after, save

FIRST = Path(__file__).parents[3] / "samples/first-steps/portfolio.xlsx"


def example(name: str) -> object:
    """A value that the field takes."""
    told = entry(Epic, name)
    if told.example is not None:
        return told.example if isinstance(told.example, str | int | float | bool) else str(told.example)
    return True if told.kind == "yes/no" else told.choices[0] if told.choices else "text"


def saved(file: Path, *names: str) -> tuple[Opened, dict[str, object]]:
    """The workbook after examples of these fields of its first epic were saved, and what was meant."""
    opened, content = open_for_edits(file), content_of(file)
    cells = []
    for name in names:
        path, value = read_value(opened.raw, ("epics", "E1", name), example(name))
        cells.append(Cell(("epics", "E1", name), held(opened.raw, path), value))
    found = merged(opened, content, cells, Waiting(), {})
    assert found.unwritten == {}
    save(file, found)
    return opened_after(opened, found), {cell.at[2]: cell.to for cell in cells}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.xlsx"
    shutil.copy(FIRST, path)
    return path


@pytest.mark.parametrize("name", ["reach", "impact", "ease", "confidence", "net_present_value"])
def test_a_score_that_ranks_nothing_alone_is_saved_and_reads_back(file: Path, name: str) -> None:
    """RICE needs both Reach and Impact; people enter one after the other."""
    opened, meant = saved(file, name)
    assert open_for_edits(file).raw["epics"][0][name] == meant[name]
    assert opened.raw == open_for_edits(file).raw


def test_every_field_of_an_epic_is_saved_and_reads_back(file: Path) -> None:
    """All at once, each in a column of its own where there was none."""
    names = [name for name in fields_of("epics") if name not in (*BY_NAME, "exclusive_group")]
    _, meant = saved(file, *names)
    now = open_for_edits(file).raw["epics"][0]
    assert {name: now.get(name) for name in meant} == meant
