"""A period closed in the user's own workbook: it reads as what was computed, and nothing of theirs is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from portfolio import engine
from portfolio.storage.portfolio_json import to_json
from portfolio.workbook.in_place.next_text import with_figures
from tests import asking
from tests.engine.test_next import close_to, with_facts
from tests.random_portfolios import random_portfolio

pytestmark = pytest.mark.filterwarnings("ignore:Unknown extension", "ignore:Conditional Formatting")
INPUTS = ("Epics", "Effort", "Value streams", "Capacity", "Budget", "Portfolio")


def kept_workbook(raw: dict[str, Any], folder: Path, *own_sheets: str) -> Path | None:
    """A workbook as people keep it, with remarks, colours, a comment and a sheet of their own, and its plan written into it."""
    asking.loaded(raw, folder)
    path = folder / "kept.xlsx"
    path.unlink(missing_ok=True)
    engine.convert(engine.read_as_given(folder / "portfolio.json"), path)
    book = openpyxl.load_workbook(path)
    epics = book["Epics"]
    header = next(row for row in range(1, 12) if epics.cell(row, 1).value == "ID")
    last = epics.max_column + 1
    epics.cell(header, last).value = "Our remark"
    epics.cell(header + 1, last).value = "ask Ann"
    epics.cell(header + 1, 1).comment = Comment("Look here", "Bo")
    epics.cell(header + 1, 2).font = Font(bold=True, color="FF0000")
    book["Capacity"].cell(header + 1, 2).fill = PatternFill("solid", fgColor="00FF00")
    own = book.create_sheet("Ours")
    own["A1"], own["A2"] = "What we think", f"=Epics!A{header + 1}"
    for name in own_sheets:
        book.create_sheet(name)["A1"] = "ours"
    book.save(path)
    loaded = engine.load(path)
    if loaded.portfolio is None:
        return None
    answer = engine.plan(loaded, gap=0.0)
    if not answer.plan or len(raw["calendar"]["periods"]) < 2:
        return None
    engine.write_plan(answer, loaded, add_columns=True)
    return path


@pytest.mark.parametrize("seed", range(0, 36, 2))
def test_it_reads_as_what_was_computed(seed: int, tmp_path: Path) -> None:
    """Every input of the workbook that goes on is that of the portfolio that was computed; theirs is where it was."""
    raw = with_facts(random_portfolio(seed), seed)
    if not asking.is_sound(raw) or (path := kept_workbook(raw, tmp_path)) is None:
        pytest.skip("no plan to close")
    out = tmp_path / "next.xlsx"
    closing = engine.next_period(path, raw["calendar"]["periods"][0], add="PI 99")
    assert engine.write_next(closing, path, out) == ()
    again = engine.read_as_given(out)
    errors = [one.what for one in again.findings if one.severity == "error"]
    assert [what for what in errors if "before the plan starts" not in what] == []
    if again.portfolio is not None:
        close_to(to_json(again.portfolio), to_json(closing.after), str(seed))
    before, after = openpyxl.load_workbook(path), openpyxl.load_workbook(out)
    assert [[cell.value for cell in row] for row in after["Ours"].rows] == [
        [cell.value for cell in row] for row in before["Ours"].rows
    ]
    assert {"Closed", "Done"} <= set(after.sheetnames)
    for name in INPUTS:
        if name in before.sheetnames:
            same_looks(before[name], after[name])


def same_looks(before: Any, after: Any) -> None:
    """Every cell looks as it did, its comment is there, and text that is no input stays."""
    for row in before.iter_rows():
        for cell in row:
            now = after[cell.coordinate]
            if cell.value is not None and now.value is not None and not hasattr(cell.value, "year"):
                assert (now.font.b, now.fill.fgColor.rgb) == (cell.font.b, cell.fill.fgColor.rgb), cell.coordinate
            assert (now.comment is None) == (cell.comment is None), cell.coordinate
            if cell.value in {"ask Ann", "Our remark"}:
                assert now.value == cell.value


def test_a_second_quarter_adds_to_the_history(tmp_path: Path) -> None:
    """The sheet Closed keeps what was closed before; Done sums over all periods; a sheet of theirs called Done stays."""
    raw = asking.small(asking.epic("X", 90, a=20, min_periods=2, external_cost=100), asking.epic("Y", 20, a=10))
    path = kept_workbook(raw, tmp_path, "Done")
    assert path is not None
    engine.write_next(engine.next_period(path, "PI 1"), path, tmp_path / "second.xlsx")
    loaded = engine.load(tmp_path / "second.xlsx")
    answer = engine.plan(loaded, gap=0.0)
    assert {line.id: line.decision for line in answer.epics} == {"X": "continue", "Y": "start"}
    engine.write_plan(answer, loaded)
    closing = engine.next_period(tmp_path / "second.xlsx", "PI 2")
    engine.write_next(closing, tmp_path / "second.xlsx", tmp_path / "third.xlsx")
    (done,) = closing.done
    assert (done.id, done.effort_planned, done.effort_done, done.spend_planned, done.spend) == ("X", 20, 20, 2100, 2100)
    assert (str(done.started), str(done.finished), str(done.agreed_start)) == ("2027-01-04", "2027-05-23", "2027-01-04")
    third = openpyxl.load_workbook(tmp_path / "third.xlsx")
    assert third["Done"]["A1"].value == "ours"
    periods = [row[0].value for row in third["Closed"].iter_rows(min_row=5)]
    assert periods == ["PI 1", "PI 1", "PI 1", "PI 2", "PI 2", "PI 2"]
    assert [row[0].value for row in third["Done (portfolio)"].iter_rows(min_row=5)] == ["X"]
    assert third["Capacity"].cell(1, 2).value in {"PI 1 (closed)", None} or "PI 1 (closed)" in {
        cell.value for row in third["Capacity"].iter_rows() for cell in row
    }


def test_thousands_stay_thousands_and_theirs_is_said(tmp_path: Path) -> None:
    """A budget in kEUR goes on in kEUR; an effort that was a formula gives way to a figure, and that is said."""
    book = openpyxl.Workbook()
    sheets = {
        "Portfolio": [["Setting", "Value"], ["Start", "2027-01-04"], ["Period weeks", 10], ["Budget periods", 2]],
        "Epics": [
            [
                "ID",
                "User-business value",
                "Time criticality",
                "RR/OE",
                "Job size",
                "Value stream",
                "Effort",
                "Min periods",
            ],
            ["X", 8, 5, 3, 5, "A", "=10*2", 2],
        ],
        "Value streams": [["ID", "Cost per unit"], ["A", 1000]],
        "Capacity": [["Value stream", "PI 1", "PI 2"], ["A", 20, 20]],
        "Budget (kEUR)": [["Value stream", "PI 1", "PI 2"], ["A", 15, 15]],
    }
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "thousands.xlsx"
    book.save(path)
    plan = tmp_path / "plan.json"
    plan.write_text(
        '{"outcome": {}, "epics": [{"id": "X", "decision": "start", "start": "PI 1", "finish": "PI 2"}]}',
        encoding="utf-8",
    )
    values = openpyxl.load_workbook(path)
    values["Epics"]["G2"] = 20
    values.save(path)
    closing = engine.next_period(path, "PI 1", plan=plan)
    assert closing.closed[0].value_streams[0].spent == 10_000
    engine.write_next(closing, path, tmp_path / "next.xlsx")
    after = openpyxl.load_workbook(tmp_path / "next.xlsx")
    assert after["Budget (kEUR)"]["C2"].value == 20
    assert after["Epics"]["G2"].value == 10
    assert after["Portfolio"]["B2"].value == "2027-03-15"


def small_workbook(folder: Path) -> Path:
    """Epics with several efforts in a cell, and guardrails about periods, with a plan written into it."""
    book = openpyxl.Workbook()
    epics: Any = book.active
    epics.title = "Epics"
    epics.append(
        [
            "ID",
            "Title",
            "User-business value",
            "Time criticality",
            "RR/OE",
            "Job size",
            "Value stream",
            "Effort",
            "Max periods",
            "Min periods",
            "Start",
        ]
    )
    epics.append(["E1", "One", 8, 5, 3, 5, None, "Web: 20; App: 10", 2, 2, "PI 1"])
    epics.append(["E2", "Two", 5, 5, 3, 5, "Web; App", "10; 5", 1, None, None])
    epics.append(["E3", "Three", 5, 3, 3, 8, "Web", 30, 2, 2, None])
    for title, rows in (
        ("Portfolio", [("Setting", "Value"), ("Start", "2027-01-04"), ("Period weeks", 10)]),
        ("Capacity", [("Value stream", "PI 1", "PI 2", "PI 3"), ("Web", 20, 20, 20), ("App", 15, 15, 15)]),
        (
            "Guardrails",
            [
                ("Name", "Measure", "Where", "At most", "Our note"),
                ("Fair of spring", "effort", "period = PI 1", 30, "as every year"),
                ("First half", "effort", "Period = PI 1, PI 2", 60, None),
                ("Not too much", "epics", None, 9, None),
            ],
        ),
    ):
        more = book.create_sheet(title)
        for line in rows:
            more.append(line)
    path = folder / "own.xlsx"
    book.save(path)
    loaded = engine.load(path)
    engine.write_plan(engine.plan(loaded, gap=0), loaded, add_columns=True)
    return path


def test_several_efforts_in_one_cell_are_what_remains(tmp_path: Path) -> None:
    path, out = small_workbook(tmp_path), tmp_path / "next.xlsx"
    closing = engine.next_period(path, "PI 1")
    assert engine.write_next(closing, path, out) == ()
    again = engine.read_as_given(out)
    assert again.portfolio is not None
    assert [epic.effort for epic in again.portfolio.epics] == [epic.effort for epic in closing.after.epics]
    assert str(openpyxl.load_workbook(out)["Epics"]["H2"].value).startswith("Web: 10; App: 5")


def test_a_guardrail_about_a_period_that_is_over_is_closed(tmp_path: Path) -> None:
    """Its line is empty, what it said is kept, and what is also about other periods goes on about these."""
    path, out = small_workbook(tmp_path), tmp_path / "next.xlsx"
    closing = engine.next_period(path, "PI 1")
    engine.write_next(closing, path, out)
    book = openpyxl.load_workbook(out)
    lines = [[cell.value for cell in row] for row in book["Guardrails"]]
    assert lines[1] == [None, None, None, None, "as every year"]
    assert lines[2][2] == "Period = PI 2"
    kept = [cell.value for row in book["Notes"] for cell in row if cell.value]
    assert "Name: Fair of spring; Measure: effort; Where: Period = PI 1; At most: 30" in kept
    said = {one.place: one.what for one in closing.findings}
    assert said["own.xlsx, Guardrails!C2"] == "The guardrail Fair of spring is about PI 1, which is over."
    again = engine.load(out)
    assert [one.what for one in again.findings if one.severity == "error"] == []
    assert again.portfolio is not None
    assert [limit.name for limit in again.portfolio.guardrails] == ["First half", "Not too much"]


@pytest.mark.parametrize(
    ("text", "amounts", "new"),
    [
        ("Web: 20; App: 10", [(20, 5), (10, 0)], "Web: 5; App: 0"),
        ("VS1=20, VS2=10.5", [(20, 20), (10.5, 3.25)], "VS1=20, VS2=3.25"),
        ("12,5 / 8", [(12.5, 6.25), (8, 4)], "6,25 / 4"),
        ("about 20 days", [(20, 7)], "about 7 days"),
        ("20", [(20, 7), (3, 1)], None),
        ("Netz: 1,5\nApp: 2", [(30, 15), (40, 10)], "Netz: 0,75\nApp: 0.5"),
    ],
)
def test_figures_in_a_text(text: str, amounts: list[tuple[float, float]], new: str | None) -> None:
    assert with_figures(text, amounts) == new
