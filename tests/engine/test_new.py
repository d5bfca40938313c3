"""A portfolio to begin with, made by a program."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS


@pytest.mark.parametrize("model", ["safe", "less"])
def test_a_starter_names_its_model_and_can_be_read(tmp_path: Path, model: str) -> None:
    """What is written is a portfolio of that model, without a finding of severity error."""
    path = tmp_path / "begin.xlsx"
    engine.new(path, model)
    loaded = engine.load(path)
    assert loaded.model.name == model
    assert loaded.ready.epics


def test_nothing_is_written_over_and_nothing_but_a_workbook(tmp_path: Path) -> None:
    """A file that exists stays as it is; another ending and an unknown model are wrong use."""
    there = tmp_path / "mine.xlsx"
    there.write_bytes(b"mine")
    for path, model, sentence in (
        (there, "safe", "mine.xlsx exists already"),
        (tmp_path / "new.json", "safe", "should end in .xlsx"),
        (tmp_path / "new.xlsx", "sfae", "Did you mean safe"),
    ):
        with pytest.raises(WrongUseError, match=sentence):
            engine.new(path, model)
    assert there.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [there]


@pytest.mark.parametrize("model", ["safe", "less", "spotify", "enterprise-kanban"])
def test_a_starter_has_ranges_and_sheets_for_evidence_where_somebody_wants_them(tmp_path: Path, model: str) -> None:
    """They are read as they stand, without a word of complaint, and plans do not change by them."""
    plain, whole = tmp_path / "plain.xlsx", tmp_path / "whole.xlsx"
    engine.new(plain, model)
    engine.new(whole, model, parts=("ranges", "evidence"))
    before, after = engine.load(plain), engine.load(whole)
    assert after.findings == before.findings
    sheets = {*openpyxl.load_workbook(whole).sheetnames} - {*openpyxl.load_workbook(plain).sheetnames}
    assert sheets == {sheet.name for sheet in EVIDENCE_SHEETS}
    assert after.ready.evidence.is_empty
    assert any(epic.effort_high for epic in after.ready.epics)
    assert not any(epic.effort_high for epic in before.ready.epics)
    assert {stream.capacity_low for stream in after.ready.value_streams} == {0.85}
