"""The sheet Funding: its figures are the engine's, follow a change, and stand in the user's own workbook too."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.results.answer import Answer
from portfolio.results.funding import Funding
from portfolio.workbook.figures import Figures
from tests.recalculate import Sheets, cached, formulas
from tests.workbook.answers import (
    COMPLETE_PLAN,
    answer_for,
    answer_of,
    complete_answer,
    complete_portfolio,
    without_plan,
)
from tests.workbook.test_write_results import recalculated, written

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
MONEY = {"Budget": "budget", "Budget shift": "shift", "Funded": "funded", "Planned spend": "spend", "Left": "left",
         "CapEx": "capex", "OpEx": "opex", "MVP": "mvp", "Reserved": "reserved", "Released": "released",
         "In progress": "in_progress"}  # fmt: skip


def with_mvp(state: str = "Implementing: MVP") -> dict[str, Any]:
    """The portfolio that uses everything, with an MVP whose rest is spent in the next budget period."""
    raw = complete_portfolio()
    raw["epics"][1] |= {"mvp_periods": 1, "state": state, "earliest": "PI 2"}
    return raw


PLAN = COMPLETE_PLAN | {"E2": (1, 2)}


def answer(state: str = "Implementing: MVP") -> Answer:
    """Its answer for a plan made by hand."""
    return answer_for(with_mvp(state), PLAN)


def funding(found: Answer) -> Funding:
    """The engine's account of an answer's plan."""
    return Figures(found).funding


def parts(cells: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The tables of the sheet by the words above them; a table ends with an empty row."""
    rows: dict[int, dict[int, Any]] = {}
    for cell, value in cells.items():
        row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
        rows.setdefault(row, {})[column] = value
    found: dict[str, list[dict[str, Any]]] = {}
    for row, line in rows.items():
        if str(line.get(1, "")).startswith("By "):
            headings = rows[row + 1]
            table = found[line[1]] = []
            below = row + 2
            while below in rows:
                table.append({heading: rows[below].get(column) for column, heading in headings.items()})
                below += 1
    return found


def assert_shows(sheets: Sheets, expected: Funding) -> None:
    """The tables say what the engine says."""
    tables = parts(sheets["Funding"])
    lines = {(line.id, line.budget_period): line for line in expected.value_streams}
    assert len(tables["By value stream"]) == len(lines)
    for row in tables["By value stream"]:
        line = lines[row["Value stream"], row["Budget period"]]
        for heading, field in MONEY.items():
            value = getattr(line, field)
            if value is None or (field == "shift" and line.budget is None):
                assert row[heading] is None, (row, heading)
            else:
                assert row[heading] == pytest.approx(value, rel=1e-9, abs=1e-9), (row, heading)
    for row in tables["By budget period"]:
        asked = row["Budget period"]
        mine = [line for line in expected.value_streams if asked in (line.budget_period, "Total")]
        for heading, field in MONEY.items():
            total = sum(getattr(line, field) or 0.0 for line in mine)
            assert row[heading] == pytest.approx(total, rel=1e-9, abs=1e-9), (row, heading)
    moves = [
        (row["Value stream"], target, row["Budget period"], pytest.approx(row[target]))
        for row in tables["By value stream"]
        for target in dict.fromkeys(line.id for line in expected.value_streams)
        if row.get(target)
    ]
    assert moves == [(move.source, move.target, move.budget_period, move.amount) for move in expected.moves]
    for row, line in zip(tables["By epic"], expected.epics, strict=True):
        if row["Cost"] is None:
            continue
        shown = (row["ID"], row["Fund"] or None, row["Approval"], row["Decide after"] or None)
        assert shown == (line.id, line.fund, line.approval, line.decide_after)
        for heading, value in (("Cost", line.cost), ("Remaining cost", line.remaining), ("MVP cap", line.mvp)):
            assert (row[heading] in {"", None}) == (value is None), row
            assert value is None or row[heading] == pytest.approx(value)


def test_the_figures_are_the_engines(tmp_path: Path) -> None:
    """By budget period, by value stream and by epic, with who gives to whom; MVP money is there and not all 0."""
    found = answer()
    path = written(found, tmp_path / "results.xlsx")
    assert_shows(cached(path), funding(found))
    lines = funding(found).value_streams
    for field in ("mvp", "reserved", "in_progress", "capex"):
        assert any(getattr(line, field) > 0 for line in lines), field
    assert len(formulas(path)["Funding"]) > 100


def test_who_gives_to_whom_is_shown(tmp_path: Path) -> None:
    """Money that moves stands in the row of who gives and the column of who takes."""
    found = complete_answer()
    path = written(found, tmp_path / "results.xlsx")
    assert [(move.source, move.target) for move in funding(found).moves] == [("VS2", "VS1")]
    assert_shows(cached(path), funding(found))


def test_reserved_money_is_released_by_the_state(tmp_path: Path) -> None:
    """Persevere, written into the workbook: what was reserved is released, and the plan is the same."""
    path = written(answer(), tmp_path / "results.xlsx")
    changes = {("Epics", "E2", "State"): "Implementing: Persevere"}
    sheets = recalculated(path, tmp_path / "edited.xlsx", changes)
    assert_shows(sheets, funding(answer("Implementing: Persevere")))
    reserved = sum(row["Reserved"] for row in parts(cached(path)["Funding"])["By budget period"])
    now = {
        key: sum(row[key] for row in parts(sheets["Funding"])["By budget period"]) for key in ("Reserved", "Released")
    }
    assert now["Released"] > 0
    assert now["Reserved"] + now["Released"] == pytest.approx(reserved)


def test_a_changed_start_and_budget_are_followed(tmp_path: Path) -> None:
    """An epic moved to the next budget period takes its money along; a budget raised leaves more."""
    raw = with_mvp()
    for stream in raw["value_streams"]:
        stream.pop("max_budget_shift", None)
    path = written(answer_for(raw, PLAN), tmp_path / "results.xlsx")
    sheets = recalculated(
        path,
        tmp_path / "edited.xlsx",
        {("Epics", "E2", "Planned start"): "PI 3", ("Budget", "VS1", "PI 4"): 9000, ("Epics", "E8", "Approved"): "yes"},
    )
    raw["value_streams"][0]["budget"] = [*raw["value_streams"][0]["budget"][:3], 9000]
    raw["epics"][7]["approved"] = True
    assert_shows(sheets, funding(answer_for(raw, PLAN | {"E2": (2, 2)})))


def test_it_stands_in_the_users_own_workbook(tmp_path: Path) -> None:
    """The same sheet by plan --write, beside people's own, with its chart."""
    from tests.intake.messy import MessyWorkbook

    raw = with_mvp()
    path = MessyWorkbook(raw, 0).save(tmp_path / "user.xlsx")
    read = engine.load(path)
    found = answer_of(read.ready, read.model, PLAN)
    assert engine.write_plan(found, read, add_columns=True).changed
    assert_shows(cached(path), funding(found))
    with zipfile.ZipFile(path) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "/charts/chart" in name]
    assert any("Budget against planned spend" in chart for chart in charts)
    assert engine.load(path).portfolio == read.portfolio


def test_the_chart_is_native(tmp_path: Path) -> None:
    """Budget, funded and planned spend by budget period, drawn from the totals."""
    path = written(answer(), tmp_path / "results.xlsx")
    with zipfile.ZipFile(path) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "/charts/chart" in name]
    (chart,) = [text for text in charts if "Budget against planned spend" in text]
    assert all(f"Funding!${column}$5:${column}$6" in chart for column in "BCEF")


def test_without_a_plan_the_sheet_is_empty_and_alive(tmp_path: Path) -> None:
    """Nothing is spent, and budgets stand there to try plans by hand."""
    found = without_plan(answer())
    path = written(found, tmp_path / "none.xlsx")
    assert all(row["Planned spend"] == 0 for row in parts(cached(path)["Funding"])["By budget period"])


def test_funding_as_json(tmp_path: Path) -> None:
    """The answer carries the same figures for programs."""
    from tests import asking

    found = asking.answer(asking.small(asking.epic("X")), tmp_path).as_json()["funding"]
    assert list(found) == ["value_streams", "moves", "epics"]
    assert found["value_streams"][0]["spend"] == 400
    assert list(found["value_streams"][0])[:3] == ["id", "budget_period", "budget"]
