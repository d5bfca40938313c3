"""The sheet Flow: the purpose, every figure as a table, native charts beside them, and text that stays text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from portfolio import engine
from portfolio.results.flow.flow import PURPOSE

SAMPLE = Path(__file__).parent.parent / "intake" / "history" / "actionableagile.csv"
KINDS = "Analysis Active=active; Analysis Done=waiting; Dev Active=active; Dev Done=waiting"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The workbook of a real file's flow."""
    found = engine.flow(history=[SAMPLE], as_of=date(2016, 3, 31), kinds=KINDS, per="month")
    path = tmp_path / "flow.xlsx"
    engine.write(found, path, source=SAMPLE)
    return path


def test_every_sheet_says_what_it_is_for(written: Path) -> None:
    """In the line below its title."""
    book = load_workbook(written)
    assert book.sheetnames == ["Flow", "Flow days"]
    assert all(sheet["A2"].value == PURPOSE for sheet in book)


def test_figures_stand_as_tables(written: Path) -> None:
    """The median, and what 85 % take more than; a day's row adds up."""
    rows = [[cell.value for cell in row] for row in load_workbook(written)["Flow"].iter_rows()]
    (line,) = (row for row in rows if row[:2] == ["All", 17] and row[4] == 20)
    assert line[5] == "more than 132"
    days = [[cell.value for cell in row] for row in load_workbook(written)["Flow days"].iter_rows(min_row=4)]
    assert (len(days), days[-1][1], days[-1][-1]) == (132, 8, 17)


def test_charts_are_native_and_none_is_empty(written: Path) -> None:
    """Cumulative flow, ages and throughput; no chart of key results where there are none."""
    with ZipFile(written) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3


def test_a_portfolio_without_history_has_a_sheet_without_charts(tmp_path: Path) -> None:
    """What is lacking stands there as sentences."""
    source = tmp_path / "empty.json"
    source.write_text('{"format": 1, "epics": [{"id": "=E1", "job_size": 1}]}', encoding="utf-8")
    path = tmp_path / "flow.xlsx"
    engine.write(engine.flow(engine.load(source), as_of=date(2027, 3, 31)), path, source=source)
    texts = [cell.value for row in load_workbook(path)["Flow"].iter_rows() for cell in row if cell.value]
    assert any("need the sheet History" in str(text) for text in texts)
