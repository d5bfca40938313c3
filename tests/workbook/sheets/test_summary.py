"""The page that decides: one printed page, what starts now follows a change, the model's text and money stand elsewhere."""

from __future__ import annotations

import copy
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio.workbook.write_workbook import write_inputs, write_results
from tests.recalculate import cached
from tests.workbook.answers import COMPLETE_PLAN, answer_for, complete_answer, complete_portfolio
from tests.workbook.joining import recomputed
from tests.workbook.test_write_results import as_cell, written

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portfolio that uses everything, with a plan."""
    return written(complete_answer(), tmp_path_factory.mktemp("summary") / "a.xlsx")


def listed(cells: dict[str, Any], title: str) -> list[str]:
    """The lines below a heading in the first column, down to the first empty one."""
    row = next(int(cell[1:]) for cell, value in cells.items() if cell[0] == "A" and str(value).startswith(title)) + 1
    found = []
    while cells.get(f"A{row}") not in (None, ""):
        found.append(str(cells[f"A{row}"]))
        row += 1
    return found


def test_it_is_one_printed_page(path: Path) -> None:
    """Upright, everything on it, and short enough to be read: the model's text stands on a sheet of its own."""
    book = openpyxl.load_workbook(path)
    page = book["Summary"]
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) in ((1, 1), (None, None))  # 1 is what absent means
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.orientation == "portrait"
    assert page.max_row < 75
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not any("Policy" in text or "Role:" in text for text in texts)
    own = [str(row[0].value) for row in book["Operating model"].iter_rows() if row[0].value]
    assert {"Policy", "Decision"} <= set(own)
    assert book.sheetnames.index("Summary") == 0


def test_what_starts_now_follows_the_plan(path: Path, tmp_path: Path) -> None:
    """Named as on Plan; an epic whose start is moved is gone from the list, and it is said that the plan was changed."""
    before = cached(path)["Summary"]
    answer = complete_answer()
    first = answer.portfolio.calendar.periods[0]
    starts = {line.id for line in answer.epics if line.decision == "start" and line.start == first}
    assert starts
    assert {line.split()[0] for line in listed(before, "What starts now")} == starts
    assert before.get("A3") in (None, "")
    book = openpyxl.load_workbook(path)
    heading = {cell.value: cell.column for cell in book["Epics"][1]}
    gone = min(starts)
    row = next(cell.row for cell in book["Epics"]["A"] if cell.value == gone)
    book["Epics"].cell(row, heading["Planned start"]).value = answer.portfolio.calendar.periods[1]
    book.save(tmp_path / "b.xlsx")
    after = recomputed(tmp_path / "b.xlsx")["Summary"]
    assert {line.split()[0] for line in listed(after, "What starts now")} == starts - {gone}
    assert str(after["A3"]).startswith("Changed since it was computed")


def test_no_funding_without_money(tmp_path: Path) -> None:
    """A portfolio without budgets and costs has no such sheet; one external cost is money."""
    raw = copy.deepcopy(complete_portfolio())
    raw["guardrails"] = []
    raw.pop("epic_threshold", None)
    for stream in raw["value_streams"]:
        for field in ("budget", "cost_per_unit", "max_budget_shift"):
            stream.pop(field, None)
    for epic in raw["epics"]:
        for field in ("external_cost", "mvp_cost", "mvp_periods"):
            epic.pop(field, None)
    assert (
        "Funding" not in openpyxl.load_workbook(written(answer_for(raw, COMPLETE_PLAN), tmp_path / "a.xlsx")).sheetnames
    )
    raw["epics"][0]["external_cost"] = 5
    assert "Funding" in openpyxl.load_workbook(written(answer_for(raw, COMPLETE_PLAN), tmp_path / "b.xlsx")).sheetnames


def test_the_roadmap_has_days(path: Path) -> None:
    """The first day of each period above it; an epic begins on its first period's day and ends the day before the next."""
    cells = cached(path)["Plan"]
    answer = complete_answer()
    calendar = answer.portfolio.calendar
    heads = {str(value): re.sub(r"\d", "", cell) for cell, value in cells.items() if re.fullmatch(r"[A-Z]+4", cell)}
    days = [date(2027, 1, 4) + timedelta(weeks=10 * number) for number in range(len(calendar.periods))]
    for label, day in zip(calendar.periods, days, strict=True):
        assert as_cell(cells[f"{heads[label]}2"]) == as_cell(day)
    for line in answer.epics:
        row = next(cell[1:] for cell, value in cells.items() if re.fullmatch(r"B\d+", cell) and value == line.id)
        begins, ends = (as_cell(cells.get(f"{heads[name]}{row}")) for name in ("Begins", "Ends"))
        if line.start is None or line.finish is None:
            assert (begins, ends) == ("", "")
        else:
            assert begins == as_cell(days[calendar.index(line.start)])
            assert ends == as_cell(days[calendar.index(line.finish)] + timedelta(weeks=10, days=-1))


def test_the_roadmap_says_what_each_epic_waits_for(path: Path) -> None:
    """Each predecessor with when it is done; and a line is drawn to what begins after it."""
    answer = complete_answer()
    cells = cached(path)["Plan"]
    column = next(re.sub(r"\d", "", cell) for cell, value in cells.items() if value == "After")
    finish = {line.id: line.finish or "waits" for line in answer.epics}
    for epic in answer.portfolio.epics:
        row = next(cell[1:] for cell, value in cells.items() if re.fullmatch(r"B\d+", cell) and value == epic.id)
        before = [link.predecessor for link in answer.portfolio.dependencies if link.successor == epic.id]
        assert (cells.get(f"{column}{row}") or "") == ", ".join(f"{name} ({finish[name]})" for name in before)


def test_charts_begin_at_zero(path: Path) -> None:
    """A column that is twice as high is twice as much: no axis of values begins anywhere else."""
    with zipfile.ZipFile(path) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        assert charts
        for name in charts:
            text = package.read(name).decode()
            for axis in re.findall(r"<c:valAx>.*?</c:valAx>", text, re.DOTALL):
                assert '<c:min val="0"/>' in axis, name


def test_a_workbook_of_inputs_has_none_of_it(tmp_path: Path) -> None:
    """Nothing is said of a plan where there is none."""
    answer = complete_answer()
    write_inputs(answer.portfolio, answer.model, tmp_path / "a.xlsx")
    assert not {"Summary", "Operating model"} & set(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames)
    write_results(answer, tmp_path / "b.xlsx")
    assert {"Summary", "Operating model"} <= set(openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames)
