"""Funding by fund: sums both ways, live, and nothing is lost when an epic changes its fund."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.recalculate import cached
from tests.workbook.answers import COMPLETE_PLAN, answer_for, complete_portfolio
from tests.workbook.joining import recomputed
from tests.workbook.sheets.test_funding import parts
from tests.workbook.test_write_results import written

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
FUNDS = "By fund: planned spend"


def raw() -> dict[str, Any]:
    """Two funds, one of them written in two ways, and an epic without one."""
    found = copy.deepcopy(complete_portfolio())
    for number, epic in enumerate(found["epics"]):
        epic["fund"] = ("Core", "Growth", "core", None)[number % 4]
    return found


def by_hand(answer: Any, fund: str | None) -> dict[str, float]:
    """What is spent of a fund by budget period, added up line by line."""
    calendar, found = answer.portfolio.calendar, dict.fromkeys(answer.portfolio.calendar.budget_labels, 0.0)
    for line in answer.measured.work:
        own = answer.portfolio.epics[answer.portfolio.epic_index[line.epic]].fund
        if (own or "").lower() == (fund or "").lower():
            for period, spend in enumerate(line.spend_by_period):
                found[calendar.budget_periods[period]] += spend
    return found


def test_each_fund_and_year_with_totals(tmp_path: Path) -> None:
    """A row per fund however it is written, the rest, and the sum; the sums are those of the value streams."""
    answer = answer_for(raw(), COMPLETE_PLAN)
    sheet = parts(cached(written(answer, tmp_path / "a.xlsx"))["Funding"])
    rows = {row["Fund"]: row for row in sheet[FUNDS]}
    assert list(rows) == ["Core", "Growth", "Of no fund, or another", "All funds"]
    for label, fund in (("Core", "core"), ("Growth", "growth"), ("Of no fund, or another", None)):
        for period, spend in by_hand(answer, fund).items():
            assert rows[label][period] == pytest.approx(spend)
    for period, total in ((row["Budget period"], row["Planned spend"]) for row in sheet["By budget period"]):
        assert rows["All funds"]["Total" if period == "Total" else period] == pytest.approx(total)


def test_an_epic_that_changes_its_fund_is_still_counted(tmp_path: Path) -> None:
    """Its money moves to the new fund's row, or to the rest where the new fund has no row; the sum stays."""
    answer = answer_for(raw(), COMPLETE_PLAN)
    path = written(answer, tmp_path / "a.xlsx")
    before = {row["Fund"]: row["Total"] for row in parts(cached(path)["Funding"])[FUNDS]}
    book = openpyxl.load_workbook(path)
    heading = {cell.value: cell.column for cell in book["Epics"][1]}
    moved = next(iter(COMPLETE_PLAN))
    row = next(cell.row for cell in book["Epics"]["A"] if cell.value == moved)
    book["Epics"].cell(row, heading["Fund"]).value = "Quite new"
    book.save(tmp_path / "b.xlsx")
    after = {row["Fund"]: row["Total"] for row in parts(recomputed(tmp_path / "b.xlsx")["Funding"])[FUNDS]}
    assert after["All funds"] == pytest.approx(before["All funds"])
    assert after["Of no fund, or another"] > before["Of no fund, or another"]
    assert sum(value for name, value in after.items() if name != "All funds") == pytest.approx(after["All funds"])
