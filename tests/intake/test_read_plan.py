"""Reading an earlier plan from people's own workbooks: whatever their sheets and columns are called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.domain import Booking
from portfolio.errors import WrongUseError
from portfolio.intake.read_plan import read_earlier_plan, read_plan
from tests import asking


def portfolio() -> Any:
    """Two epics and four periods."""
    return asking.portfolio_of(asking.small(asking.epic("X", title="Rocket"), asking.epic("Y")))


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("title", ["Epics", "Backlog", "Our initiatives"])
def test_the_epics_are_found_as_the_reader_finds_them(tmp_path: Path, title: str) -> None:
    """Under a title row, with other words for the ID and the results in any order."""
    rows: list[list[Any]] = [
        ["Portfolio 2027"],
        [],
        ["Planned finish", "Summary", "Key", "Size", "BV", "planned START"],
        ["PI 3", "Rocket", "x", 3, 5, "PI 2"],
        [None, "Moon", "Y", 3, 5, None],
        ["PI 1", "Mars", "Z", 3, 5, "PI 1"],
    ]
    found = read_earlier_plan(workbook(tmp_path / "a.xlsx", {"Notes": [["Hello"]], title: rows}), portfolio())
    assert dict(found.plan.bookings) == {"X": Booking(1, 2)}
    assert found.left_out == {"Z": "it is no longer in the portfolio"}


def test_titles_stand_in_for_ids(tmp_path: Path) -> None:
    rows = [["Title", "Job size", "Planned start", "Planned finish"], ["Y", 3, "PI 4", "PI 4"]]
    assert dict(read_plan(workbook(tmp_path / "a.xlsx", {"Epics": rows}), portfolio()).bookings) == {"Y": Booking(3, 1)}


def test_periods_that_are_gone_are_said(tmp_path: Path) -> None:
    rows = [
        ["ID", "Title", "Planned start", "Planned finish"],
        ["X", "a", "PI 4", "PI 5"],
        ["Y", "b", "PI 1", "PI 1"],
    ]
    found = read_earlier_plan(workbook(tmp_path / "a.xlsx", {"Epics": rows}), portfolio())
    assert found.left_out == {"X": "there is no PI 5"}


def test_a_plan_written_in_place_is_read(tmp_path: Path) -> None:
    """Where the epics have no result columns, from the sheet Plan; where they have some, from them."""
    raw = asking.small(asking.epic("X"), asking.epic("Y", a=9))
    json_path, path = tmp_path / "p.json", tmp_path / "p.xlsx"
    json_path.write_text(json.dumps(raw), encoding="utf-8")
    from portfolio.engine.convert import write_portfolio

    write_portfolio(engine.load(json_path).ready, path)
    for add_columns in (False, True):
        loaded = engine.load(path)
        answer = engine.plan(loaded, gap=0)
        assert answer.plan is not None
        assert engine.write_plan(answer, loaded, add_columns=add_columns).changed
        assert dict(read_plan(path, loaded.ready).bookings) == dict(answer.plan.bookings)


def test_an_empty_plan_is_one_where_it_may_be(tmp_path: Path) -> None:
    """Nothing starts: no plan to begin from, but one to compare; what starts elsewhere only is none at all."""
    head = ["ID", "Title", "Planned start", "Planned finish"]
    nothing = workbook(tmp_path / "a.xlsx", {"Epics": [head, ["X", "a", None, None]]})
    with pytest.raises(WrongUseError, match="starts no epic of this portfolio"):
        read_plan(nothing, portfolio())
    assert len(read_earlier_plan(nothing, portfolio(), empty=True).plan) == 0
    elsewhere = workbook(tmp_path / "b.xlsx", {"Epics": [head, ["Z", "a", "PI 1", "PI 1"]]})
    with pytest.raises(WrongUseError, match="starts no epic of this portfolio"):
        read_earlier_plan(elsewhere, portfolio(), empty=True)


def test_a_workbook_without_a_plan_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Epics": [["ID", "Title", "Job size"], ["X", "a", 3]]})
    with pytest.raises(WrongUseError, match="no planned starts"):
        read_plan(path, portfolio())
