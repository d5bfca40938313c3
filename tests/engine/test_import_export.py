"""An export of another tool as a portfolio, by a program."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError

EXPORT = "ID,Title,Job size,Shoe size\nE1,Chatbot,5,42\nE2,Ledger,8,43\n"


def export(folder: Path, content: str = EXPORT) -> Path:
    """A table that somebody keeps."""
    path = folder / "epics.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_what_was_taken_and_what_was_not_is_counted(tmp_path: Path) -> None:
    """The portfolio has the epics; the account names the columns that were read and those that were not."""
    found = engine.import_export(export(tmp_path))
    assert [(epic.id, epic.job_size) for epic in found.portfolio.epics] == [("E1", 5), ("E2", 8)]
    assert found.read == 2
    assert found.unused == ("Shoe size",)
    assert {name for names in found.columns.values() for name in names} == {"ID", "Title", "Job size"}


def test_a_portfolio_is_updated(tmp_path: Path) -> None:
    """What the export says replaces, all else stays; who is only in the portfolio is named."""
    there = tmp_path / "there.json"
    there.write_text(
        '{"format": 1, "epics": [{"id": "E1", "title": "Old", "rr_oe": 3}, {"id": "E9", "title": "Mine"}]}',
        encoding="utf-8",
    )
    found = engine.import_export(export(tmp_path), into=there)
    epics = {epic.id: epic for epic in found.portfolio.epics}
    assert (epics["E1"].title, epics["E1"].job_size, epics["E1"].rr_oe) == ("Chatbot", 5, 3)
    assert (epics["E9"].title, epics["E2"].title) == ("Mine", "Ledger")
    assert found.kept == ("E9",)


def test_a_mapping_is_given_as_its_file_holds_it(tmp_path: Path) -> None:
    """It can be written to a file and used as one's own; an unknown name is wrong use."""
    own = tmp_path / "own.yaml"
    own.write_text(engine.mapping_text("csv"), encoding="utf-8")
    assert engine.import_export(export(tmp_path), own).portfolio == engine.import_export(export(tmp_path)).portfolio
    with pytest.raises(WrongUseError, match="jira"):
        engine.mapping_text("jirra")


def test_errors_in_the_portfolio_to_update_come_all_at_once(tmp_path: Path) -> None:
    """Nothing is imported into what cannot be read."""
    there = tmp_path / "there.json"
    there.write_text('{"format": 1, "epics": [{"id": "E1", "job_size": "big", "rr_oe": "?"}]}', encoding="utf-8")
    with pytest.raises(engine.HasErrorsError) as problem:
        engine.import_export(export(tmp_path), into=there)
    errors = {finding.place for finding in problem.value.findings if finding.severity == "error"}
    assert errors == {"there.json, epics[0].job_size", "there.json, epics[0].rr_oe"}
