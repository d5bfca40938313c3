"""Copies with changed outcomes are merged row by row, by objective and key result."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from tests import asking


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_changes_of_two_copies_come_together(tmp_path: Path) -> None:
    """A target of one, a new objective of the other; what nobody touched stays."""
    rows = [
        {"objective": "Speed", "key_result": "Two days", "baseline": 5, "target": 2},
        {"objective": "Speed", "key_result": "Few calls", "baseline": 100, "target": 50},
    ]
    base = tmp_path / "base.xlsx"
    engine.write(asking.loaded(asking.small(asking.epic("X", outcome="Speed"), outcomes=rows), tmp_path), base)
    for name, cells in (("a", {"E2": 1}), ("b", {"A4": "Trust", "B4": "Complaints", "D4": 9, "E4": 3})):
        book = openpyxl.load_workbook(base)
        for cell, value in cells.items():
            book["Outcomes"][cell] = value
        book.save(tmp_path / f"{name}.xlsx")
    merged = tmp_path / "merged.xlsx"
    result = engine.merge(base, [tmp_path / "a.xlsx", tmp_path / "b.xlsx"])
    assert not result.merged.conflicts
    engine.write_merge(result, merged)
    found = [(row.label, row.target) for row in engine.load(merged).ready.outcomes]
    assert found == [("Speed: Two days", 1), ("Speed: Few calls", 50), ("Trust: Complaints", 3)]
