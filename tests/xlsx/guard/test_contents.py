"""A workbook is read and written wherever its parts lie, as its package says."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio import engine
from tests.cases.tables import workbook

ROWS = [["ID", "Title", "BV", "TC", "RROE", "Size"], ["E1", "Tea", 8, 5, 3, 5], ["E2", "Rum", 5, 3, 2, 3]]
WAYS: dict[str, Callable[[str], str]] = {
    "another folder": lambda part: part.replace("xl/", "book/"),
    "a folder in a folder": lambda part: part.replace("xl/", "office/book/"),
    "other names": lambda part: part.replace("sharedStrings.xml", "texts.xml").replace("styles.xml", "looks.xml"),
    "another folder and other names": lambda part: part.replace("xl/", "b/").replace("sharedStrings", "texts"),
}


def renamed(path: Path, rename: Callable[[str], str]) -> None:
    """Calls the parts of a workbook otherwise, and says so in every list of parts."""
    with zipfile.ZipFile(path) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            listed = part.endswith(".rels") or part == "[Content_Types].xml"
            new.writestr(rename(part), rename(content.decode()) if listed else content)


@pytest.mark.parametrize("way", WAYS)
def test_parts_lie_where_the_package_says(tmp_path: Path, way: str) -> None:
    """Another folder, or other names for what sheets share: read, ranked, written into and read again."""
    path = workbook(tmp_path / "moved.xlsx", {"Epics": ROWS})
    renamed(path, WAYS[way])
    loaded = engine.load(path)
    ranking = engine.rank(loaded)
    assert [(epic.title, epic.wsjf) for epic in ranking.epics] == [("Rum", 10 / 3), ("Tea", 16 / 5)]
    engine.write_ranking(ranking, loaded, add_columns=True)
    again = engine.load(path)
    assert engine.rank(again).epics == ranking.epics
    assert "Ranking" in again.reading.places.sheets if again.reading.places else False
