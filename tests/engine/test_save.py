"""Saving pending edits into real workbooks: the cell that was meant holds what was meant, and nothing else is touched."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from portfolio.edits.address import Address, held
from portfolio.edits.raw_difference import cell_differences, cells_of
from portfolio.engine.edit import RefusedError, open_for_edits, read_value
from portfolio.engine.save import Cell, Merged, Waiting, content_of, formulas, merged, save

ROOT = Path(__file__).parents[1]
CORPUS = [path for path in sorted((ROOT / "cases" / "files").glob("*/*.xlsx")) if path.stat().st_size < 50_000]
FOLLOWS = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml", "xl/calcChain.xml"}
"""Parts that follow from what cells hold: that Excel calculates on opening, and the look of new cells."""
NEW: dict[str, object] = {"number": 7, "whole": 2, "share": 0.35, "text": "=Edited & more <b>", "yes/no": "yes"}


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def edits_of(path: Path, most: int = 12) -> list[Cell]:
    """Edits of a workbook: of each kind of field that it has one cell, formulas left out."""
    from portfolio.domain.field import entry
    from portfolio.edits.address import path_of, record_of

    opened = open_for_edits(path)
    closed = formulas(opened, content_of(path)).by_path
    found: dict[tuple[str, str], Cell] = {}
    for at, was in cells_of(opened.raw).items():
        record, name = record_of(at)
        kind = "number" if len(at) == 4 and at[2] != "criteria" else entry(record, name).kind
        where = path_of(opened.raw, at)
        if (at[0], at[2] if len(at) > 2 else at[1]) in found or where in closed or kind not in NEW:
            continue
        if name in (
            "model",
            "ranked_by",
            "name",
            "currency",
            "level",
            "state",
            "at_least",
            "at_most",
            "parent",
            "outcome",
        ):
            continue
        try:
            _, to = read_value(opened.raw, at, NEW[kind])
        except RefusedError:
            continue
        if to != was:
            found[at[0], at[2] if len(at) > 2 else at[1]] = Cell(at, was, to)
    return list(found.values())[:most]


def done(
    path: Path, cells: list[Cell], waiting: Waiting | None = None, choices: dict[Address, str] | None = None
) -> Merged:
    """The edits merged into a file as it is now."""
    return merged(open_for_edits(path), content_of(path), cells, waiting or Waiting(), choices or {})  # type: ignore[arg-type]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.parent.name + "/" + path.stem)
def test_edits_go_where_they_were_meant_and_nowhere_else(path: Path) -> None:
    """Of each real workbook every kind of cell is edited: read again it holds that, and no other part is another one."""
    cells = edits_of(path)
    opened, before = open_for_edits(path), content_of(path)
    found = done(path, cells)
    assert (found.clashes, len(found.written) + len(found.unwritten)) == ((), len(cells))
    now = open_for_edits(path, content=found.content)
    wanted = {cell.at: (cell.was, cell.to) for cell in found.written}
    assert cell_differences(opened.raw, now.raw) == wanted
    old, new = parts(before), parts(found.content)
    assert set(old) == set(new) | ({"xl/calcChain.xml"} & set(old))
    touched = {name for name in new if old[name] != new[name]} - FOLLOWS
    assert all("/worksheets/sheet" in name or "/tables/" in name for name in touched), touched


def test_most_of_the_corpus_can_be_edited() -> None:
    """Hardly any edit finds no place: what is refused is refused for a reason that people can mend."""
    every = [(cell, done(path, edits_of(path))) for path in CORPUS[:12] for cell in edits_of(path, 1)]
    assert sum(not found.unwritten for _, found in every) >= len(every) - 3


def book(tmp_path: Path) -> Path:
    """The bank's workbook, to be written into."""
    path = tmp_path / "bank.xlsx"
    path.write_bytes((ROOT.parent / "samples/retail-bank/portfolio.xlsx").read_bytes())
    return path


def test_what_somebody_else_saved_meanwhile_stays(tmp_path: Path) -> None:
    """Other cells are theirs, the same value is no question, and another value of the same cell is left to choose."""
    path = book(tmp_path)
    theirs = [Cell(("epics", "RB-102", "job_size"), 8, 5), Cell(("epics", "RB-103", "job_size"), None, 1)]
    mine = [
        Cell(("epics", "RB-101", "job_size"), 8, 13),
        Cell(("epics", "RB-102", "job_size"), 8, 3),
        Cell(("epics", "RB-103", "job_size"), held(open_for_edits(path).raw, ("epics", 2, "job_size")), 1),
    ]
    for cell in theirs:
        path_now = done(
            path,
            [Cell(cell.at, held(open_for_edits(path).raw, ("epics", int(cell.at[1][-1]) - 1, "job_size")), cell.to)],
        )
        assert save(path, path_now)
    found = done(path, mine)
    assert [clash.as_json() for clash in found.clashes] == [
        {"at": ["epics", "RB-102", "job_size"], "was": 8, "page": 3, "file": 5}
    ]
    assert [cell.at[1] for cell in found.written] == ["RB-101"]
    chosen = done(path, mine, choices={("epics", "RB-102", "job_size"): "page"})
    assert (chosen.clashes, {cell.at[1] for cell in chosen.written}) == ((), {"RB-101", "RB-102"})
    left = done(path, mine, choices={("epics", "RB-102", "job_size"): "file"})
    assert (left.clashes, {cell.at[1] for cell in left.written}) == ((), {"RB-101"})


def test_new_epics_columns_and_sheets(tmp_path: Path) -> None:
    """What has no place yet gets one: a row below the last epic, a column to the right, a sheet of decisions and one of votes."""
    path = book(tmp_path)
    cells = [
        Cell(("epics", "NEW-1", "title"), None, "=cmd|x"),
        Cell(("epics", "NEW-1", "effort", "PAY"), None, 5),
        Cell(("value_streams", "PAY", "teams"), None, 4),
        Cell(("settings", "discount_rate"), None, 0.08),
    ]
    decision = {
        "at": "2027-01-12T14:05:09+01:00",
        "by": "Ada",
        "kind": "approved",
        "subject": "plan",
        "because": "=1+1",
    }
    votes = [
        {"epic": "RB-101", "scorer": who, "field": "job_size", "value": size} for who, size in (("a", 5.0), ("b", 8.0))
    ]
    for _ in range(2):
        found = done(path, cells, Waiting(["NEW-1"], [decision], votes))
        assert found.unwritten == {}
        save(path, found)
    raw = open_for_edits(path).raw
    assert {name: raw["epics"][-1].get(name) for name in ("id", "title", "effort")} == {
        "id": "NEW-1",
        "title": "=cmd|x",
        "effort": {"PAY": 5},
    }
    assert (raw["value_streams"][0]["teams"], raw["discount_rate"]) == (4, 0.08)
    from openpyxl import load_workbook

    workbook = load_workbook(path)
    assert [cell.value for cell in workbook["Decisions"][1]][:5] == ["At", "By", "Decision", "Subject", "Because"]
    assert [row[4].value for row in workbook["Decisions"].iter_rows(min_row=2)] == ["=1+1", "=1+1"]
    assert all(row[4].data_type == "s" for row in workbook["Decisions"].iter_rows(min_row=2))
    assert [[cell.value for cell in row] for row in workbook["Votes"].iter_rows()] == [
        ["Epic", "Scorer", "Job size"],
        ["RB-101", "a", 5],
        ["RB-101", "b", 8],
    ]


def test_json_is_saved_field_by_field(tmp_path: Path) -> None:
    """JSON keeps its fields and their order, and what is not edited is as it was."""
    path = tmp_path / "small.json"
    raw = {"format": 1, "name": "Small", "epics": [{"id": "X", "job_size": 3, "title": "Räksmörgås"}]}
    path.write_text(json.dumps(raw), encoding="utf-8")
    found = done(
        path, [Cell(("epics", "X", "job_size"), 3, 5), Cell(("epics", "Z", "title"), None, "New")], Waiting(["Z"])
    )
    save(path, found)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "format": 1,
        "name": "Small",
        "epics": [{"id": "X", "job_size": 5, "title": "Räksmörgås"}, {"id": "Z", "title": "New"}],
    }


def test_an_epic_that_is_gone_is_said(tmp_path: Path) -> None:
    """An edit of an epic that somebody removed finds no place, and everything else is written."""
    path = book(tmp_path)
    found = done(path, [Cell(("epics", "GONE", "job_size"), 3, 5), Cell(("epics", "RB-101", "job_size"), 8, 5)])
    assert list(found.unwritten) == [("epics", "GONE", "job_size")]
    assert [cell.at[1] for cell in found.written] == ["RB-101"]
