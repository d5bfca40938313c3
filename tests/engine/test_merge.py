"""Copies that came back, merged and resolved by a program."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from portfolio.engine.merge import check_merge_path, conflict_words, refuse_choices
from portfolio.errors import FileChangedError, WrongUseError
from tests.merge.workbooks import epics_in, put, returned, sent_out


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A workbook as it is sent out."""
    return sent_out(tmp_path)


@pytest.fixture
def copies(base: Path) -> list[Path]:
    """Two copies that agree on E2 and not on E1."""
    ann = returned(
        base, "ann.xlsx", lambda book: [put("E1", "Job size", 1)(book), put("E2", "Job size", 2)(book)], "Ann"
    )
    bob = returned(base, "bob.xlsx", put("E1", "Job size", 13), "Bob")
    return [ann, bob]


def choose(path: Path, choice: str) -> None:
    """Somebody fills in the cell to choose in."""
    book = openpyxl.load_workbook(path)
    sheet = book["Conflicts"]
    (column,) = [cell.column for row in sheet.iter_rows() for cell in row if cell.value == "Choice"]
    (heading,) = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == "Choice"]
    sheet.cell(heading + 1, column, choice)
    book.save(path)


def test_merging_writes_nothing_by_itself(base: Path, copies: list[Path]) -> None:
    """What copies agree on is in the merged content, what they do not is a conflict with its words."""
    before = {path: path.read_bytes() for path in base.parent.iterdir()}
    result = engine.merge(base, copies)
    assert {path: path.read_bytes() for path in base.parent.iterdir()} == before
    (conflict,) = result.merged.conflicts
    assert conflict_words(conflict) == "different values"
    assert [option.words for option in conflict.options] == ["1", "13"]
    assert [change["status"] for change in engine.merge_json(result)["changes"]].count("applied") == 1


def test_a_merge_is_written_and_resolved(base: Path, copies: list[Path]) -> None:
    """The merged workbook has a sheet to choose on; what is chosen there is applied in the file itself."""
    out = base.parent / "merged.xlsx"
    engine.write_merge(engine.merge(base, copies), out)
    assert epics_in(openpyxl.load_workbook(out))["E2"]["Job size"] == 2
    choose(out, "bob.xlsx")
    resolved = engine.resolve(out)
    assert (resolved.resolved, resolved.left) == (1, 0)
    engine.write_resolved(resolved, out)
    assert epics_in(openpyxl.load_workbook(out))["E1"]["Job size"] == 13


def test_what_was_changed_since_is_not_written_over(base: Path, copies: list[Path]) -> None:
    """Somebody saved the workbook between reading and writing: nothing of theirs is lost."""
    out = base.parent / "merged.xlsx"
    engine.write_merge(engine.merge(base, copies), out)
    choose(out, "bob.xlsx")
    resolved = engine.resolve(out)
    choose(out, "ann.xlsx")
    there = out.read_bytes()
    with pytest.raises(FileChangedError):
        engine.write_resolved(resolved, out)
    assert out.read_bytes() == there


def test_where_a_merge_may_be_written(base: Path, copies: list[Path]) -> None:
    """Never over a file that is read, as another kind of file, or over choices that somebody has made."""
    for path in (base, copies[0]):
        with pytest.raises(WrongUseError, match="never written over"):
            check_merge_path(path, (base, *copies))
    with pytest.raises(WrongUseError, match="should end in"):
        check_merge_path(base.parent / "out.json", (base, *copies))
    out = base.parent / "merged.xlsx"
    check_merge_path(out, (base, *copies))
    refuse_choices(out)
    engine.write_merge(engine.merge(base, copies), out)
    refuse_choices(out)
    choose(out, "bob.xlsx")
    with pytest.raises(WrongUseError, match="has choices on its sheet Conflicts"):
        refuse_choices(out)
