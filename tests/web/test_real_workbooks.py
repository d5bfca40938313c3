"""Saving into workbooks that many programs made: what is not meant stays as it is, byte for byte."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from portfolio.edits.address import held, path_of
from portfolio.engine.edit import open_for_edits
from portfolio.engine.save import Cell, Waiting, merged
from portfolio.errors import WrongUseError

ROOT = Path(__file__).parents[2]
OF_OTHERS = sorted((ROOT / "tests/xlsx/corpus").glob("*.xls[xm]"))
WITH_EPICS = sorted([*ROOT.glob("samples/*/portfolio.xlsx"), *ROOT.glob("tests/cases/files/*/*.xlsx")])
OF_A_NEW_SHEET = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
"""The parts that say that there is one more sheet, and how its headings look."""
CALCULATED_ANEW = "xl/calcChain.xml"
DECISION = {"at": "2027-01-04", "by": "Ada", "kind": "noted", "subject": "The plan", "because": "It fits."}


def parts(content: bytes) -> dict[str, bytes]:
    """Each part of a workbook by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def changed(before: bytes, after: bytes) -> set[str]:
    """The names of the parts that are not what they were."""
    old, new = parts(before), parts(after)
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}


def test_there_are_enough() -> None:
    assert len(OF_OTHERS) >= 20
    assert len(WITH_EPICS) >= 20


@pytest.mark.parametrize("file", OF_OTHERS, ids=lambda file: file.stem)
def test_a_decision_gets_a_sheet_and_every_other_part_stays(file: Path) -> None:
    """Charts, pictures, macros, protection, embedded documents: whatever stands in a workbook stands there afterwards."""
    content = file.read_bytes()
    opened = open_for_edits(file, content=content)
    if "revision_protected" in file.stem:
        with pytest.raises(WrongUseError, match="would not fit any more"):
            merged(opened, content, [], Waiting(decisions=[DECISION]), {})
        return
    found = merged(opened, content, [], Waiting(decisions=[DECISION]), {})
    told = changed(content, found.content)
    new = {name for name in told if name not in parts(content) and name.startswith("xl/worksheets/")}
    assert len(new) == 1
    workbook = {name for name in told if name.endswith(("/styles.xml", "/workbook.xml", "/workbook.xml.rels"))}
    assert told <= {*OF_A_NEW_SHEET, *workbook, *new, CALCULATED_ANEW}


@pytest.mark.parametrize("file", WITH_EPICS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_an_edit_changes_its_sheet_and_every_other_part_stays(file: Path) -> None:
    content = file.read_bytes()
    opened = open_for_edits(file, content=content)
    epic = next((one for one in opened.raw.get("epics") or () if one.get("title") not in (None, one.get("id"))), None)
    if epic is None:
        pytest.skip("no epic with a title")
    at = ("epics", str(epic["id"]), "title")
    was = held(opened.raw, path_of(opened.raw, at))
    found = merged(opened, content, [Cell(at, was, f"{was} once more")], Waiting(), {})
    assert found.unwritten == {}
    (part,) = changed(content, found.content)
    assert part.rpartition("/")[0].endswith("worksheets")
