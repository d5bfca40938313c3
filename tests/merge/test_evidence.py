"""Copies to which evidence was added are merged row by row, and nobody learns who gave which score."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from tests import asking

EVIDENCE = {
    "history": [{"epic": "X", "state": "Implementing", "entered": "2026-11-02"}],
    "delivered": [{"value_stream": "V", "period": "2026 Q3", "capacity": 100, "delivered": 90}],
    "votes": [{"epic": "X", "scorer": "Ann", "user_business_value": 5}],
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "base.xlsx"
    raw = asking.small(asking.epic("X"), evidence=EVIDENCE)
    raw["evidence"]["delivered"][0]["value_stream"] = raw["value_streams"][0]["id"]
    engine.write(asking.loaded(raw, tmp_path), path)
    return path


def copied(base: Path, name: str, rows: dict[str, list[object]]) -> Path:
    """A copy in which a row is added at the end of sheets."""
    book = openpyxl.load_workbook(base)
    for sheet, row in rows.items():
        book[sheet].append(row)
    book.save(base.with_name(name))
    return base.with_name(name)


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_rows_of_two_copies_come_together(base: Path) -> None:
    one = copied(base, "a.xlsx", {"History": ["X", "Done", "2027-02-01"], "Votes": ["X", "Zoe", 8]})
    two = copied(base, "b.xlsx", {"History": ["Old one", "Done", "2026-09-01T10:00:00+02:00"]})
    result = engine.merge(base, [one, two])
    assert not result.merged.conflicts
    assert not [row.label for row in result.merged.added if "Zoe" in row.label or "Ann" in row.label]
    merged = base.with_name("merged.xlsx")
    engine.write_merge(result, merged)
    evidence = engine.load(merged).ready.evidence
    assert [(row.epic, row.state) for row in evidence.history] == [
        ("X", "Implementing"),
        ("X", "Done"),
        ("Old one", "Done"),
    ]
    assert [vote.user_business_value for vote in evidence.votes] == [5, 8]


def test_results_written_into_a_workbook_leave_its_evidence_alone(base: Path) -> None:
    before = engine.load(base)
    engine.write_plan(engine.plan(before, time_limit=5), before)
    assert engine.load(base).ready.evidence == before.ready.evidence
