"""Four quarters of one portfolio: imported, planned, agreed, run, edited by two people, closed, and planned again.

Every figure is reconciled with a ledger of plain dicts that shares no code with the product: epic by epic no effort is lost
or counted twice, and money in is money spent, planned and left.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from tests.cli.conftest import Command

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unknown extension", "ignore:Conditional Formatting", "ignore:Data Validation"
)
SCORES = ("User-business value", "Time criticality", "RR/OE", "Job size")
EPICS = {
    "E1": ("Checkout", (20, 13, 8, 8), "Web", 40, 2),
    "E2": ("Search", (13, 8, 5, 5), "Web", 30, 1),
    "E3": ("Depot", (13, 5, 8, 8), "Store", 45, 2),
    "E4": ("Scanner", (8, 5, 3, 5), "Store", 20, 1),
    "E5": ("Vouchers", (8, 3, 2, 3), "Web", 25, 1),
    "E6": ("Archive", (3, 2, 1, 3), "Store", 30, 1),
}
CAPACITY, RATE, BUDGET = {"Web": 45, "Store": 40}, {"Web": 100, "Store": 80}, {"Web": 5000, "Store": 4000}
PERIODS = ["PI 1", "PI 2", "PI 3", "PI 4"]
DONE_IN = ({"E1": 15}, {"E1": 20, "E3": 10}, {"E3": 15}, {})
"""What people say was done of epics in each quarter; of all others what was planned."""


def imported(command: Command, folder: Path) -> Path:
    """A backlog as a tool exports it, made into a workbook; then capacity, money and a column of their own by hand."""
    backlog = folder / "backlog.csv"
    lines = [",".join(["ID", "Title", *SCORES, "Value stream", "Effort", "Min periods", "Status"])]
    for name, (title, scores, stream, effort, length) in EPICS.items():
        lines.append(",".join(map(str, (name, title, *scores, stream, effort, length, "Ready"))))
    backlog.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = folder / "quarter.xlsx"
    assert command("import", backlog, "-o", path).code == 0
    book = openpyxl.load_workbook(path)
    for name, rows in {
        "Capacity": [["Value stream", *PERIODS], *([stream, *[units] * 4] for stream, units in CAPACITY.items())],
        "Budget": [["Value stream", *PERIODS], *([stream, *[money] * 4] for stream, money in BUDGET.items())],
        "Value streams": [["ID", "Cost per unit"], *([stream, rate] for stream, rate in RATE.items())],
        "Portfolio": [["Setting", "Value"], ["Start", "2027-01-04"], ["Period weeks", 13], ["Budget periods", 4]],
    }.items():
        if name in book.sheetnames:
            del book[name]
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    sheet = book["Epics"]
    place = sheet.max_column + 1
    sheet.cell(header_of(sheet), place).value = "Our remark"
    for row in rows_of(sheet).values():
        sheet.cell(row, place).value = f"remark of {sheet.cell(row, 1).value}"
    book.save(path)
    return path


def header_of(sheet: Any) -> int:
    """The row of the headings."""
    return next(row for row in range(1, 15) if sheet.cell(row, 1).value == "ID")


def rows_of(sheet: Any) -> dict[str, int]:
    """The row of each epic."""
    first = header_of(sheet) + 1
    return {
        sheet.cell(row, 1).value: row for row in range(first, sheet.max_row + 1) if sheet.cell(row, 1).value in EPICS
    }


def column_of(sheet: Any, heading: str) -> int:
    """The column of a heading, added to the right where it is not there."""
    row = header_of(sheet)
    for column in range(1, sheet.max_column + 1):
        if sheet.cell(row, column).value == heading:
            return column
    sheet.cell(row, sheet.max_column + 1).value = heading
    return sheet.max_column


def edited(source: Path, target: Path, author: str, cells: dict[tuple[str, str], object]) -> None:
    """A copy in which somebody typed something beside some epics."""
    book = openpyxl.load_workbook(source)
    sheet = book["Epics"]
    for (epic, heading), value in cells.items():
        sheet.cell(rows_of(sheet)[epic], column_of(sheet, heading)).value = value
    book.properties.lastModifiedBy = author
    book.save(target)


class Ledger:
    """What an honest clerk would write down: effort left of each epic, money left of each value stream."""

    def __init__(self) -> None:
        self.left = {name: float(epic[3]) for name, epic in EPICS.items()}
        self.done = dict.fromkeys(EPICS, 0.0)
        self.money = {stream: 4.0 * money for stream, money in BUDGET.items()}
        self.spent = dict.fromkeys(BUDGET, 0.0)
        self.finished: dict[str, int] = {}

    def close(self, quarter: int, plan: dict[str, tuple[str, str]], periods: list[str], told: dict[str, float]) -> None:
        """Takes off what was done, and what the plan spent, which is its share of the work that was left."""
        for name, (first, last) in plan.items():
            if first != periods[0]:
                continue
            length = periods.index(last) + 1
            planned = self.left[name] / length
            stream = EPICS[name][2]
            self.spent[stream] += planned * RATE[stream]
            self.money[stream] -= planned * RATE[stream]
            units = told.get(name, planned)
            self.done[name] += units
            self.left[name] -= units
            if self.left[name] < 1e-9:
                self.finished[name] = quarter


def test_four_quarters(command: Command, tmp_path: Path) -> None:
    """Nothing lost, nothing counted twice, money in = money spent + planned + left; what is done has its days."""
    path, ledger = imported(command, tmp_path), Ledger()
    for quarter in range(4):
        periods = list(engine.load(path).ready.calendar.periods)
        keep = ("--keep", path) if quarter else ()
        planned = command("plan", path, *keep, "--gap", "0", "--write", "--add-columns", "--json").json
        plan = {line["id"]: (line["start"], line["finish"]) for line in planned["epics"] if line["start"]}
        reconcile(planned, ledger)
        told = {name: units for name, units in DONE_IN[quarter].items() if plan.get(name, ("",))[0] == periods[0]}
        copies = tmp_path / f"ada{quarter}.xlsx", tmp_path / f"bo{quarter}.xlsx"
        edited(path, copies[0], "Ada", {(name, "Effort done"): units for name, units in told.items()})
        edited(path, copies[1], "Bo", {(name, "Owner"): f"Bo {quarter}" for name in ("E2", "E6")})
        merged = tmp_path / f"merged{quarter}.xlsx"
        ended = command("merge", path, *copies, "-o", merged, "--force")
        assert ended.code == 0, ended.err
        plan_file = tmp_path / f"plan{quarter}.json"
        plan_file.write_text(json.dumps(planned), encoding="utf-8")
        target = tmp_path / f"quarter{quarter + 1}.xlsx"
        ended = command(
            "next", merged, "--closed", periods[0], "--add", f"PI {quarter + 5}", "--plan", plan_file, "-o", target
        )
        assert ended.code == 0, ended.err
        ledger.close(quarter, plan, periods, told)
        compare(target, ledger, quarter)
        path = target
    assert {name: ledger.finished[name] for name in ("E1", "E2", "E3")} == {"E1": 2, "E2": 2, "E3": 3}
    assert all(ledger.done[name] == pytest.approx(EPICS[name][3]) for name in ledger.finished)


def reconcile(planned: dict[str, Any], ledger: Ledger) -> None:
    """The plan asks for what is left of what it starts, and for no more money than is left."""
    spend = dict.fromkeys(BUDGET, 0.0)
    for line in planned["epics"]:
        if line["start"]:
            stream = EPICS[line["id"]][2]
            assert line["spend"] == pytest.approx(ledger.left[line["id"]] * RATE[stream]), line["id"]
            spend[stream] += line["spend"]
    assert not set(ledger.finished) & {line["id"] for line in planned["epics"]}
    used = {
        stream: sum(line["spend"] for line in planned["value_streams"] if line["id"] == stream) for stream in BUDGET
    }
    assert used == pytest.approx(spend)


def compare(path: Path, ledger: Ledger, quarter: int) -> None:
    """The workbook that goes on holds what the ledger holds, and every remark."""
    loaded = engine.read_as_given(path).portfolio
    assert loaded is not None
    for epic in loaded.epics:
        if epic.id not in ledger.finished:
            assert sum(epic.effort.values()) == pytest.approx(ledger.left[epic.id]), epic.id
        assert ledger.done[epic.id] + ledger.left[epic.id] == pytest.approx(EPICS[epic.id][3])
        assert epic.owner == (f"Bo {quarter}" if epic.id in {"E2", "E6"} else None)
    assert {epic.id for epic in loaded.epics if epic.state == "Done"} == set(ledger.finished)
    first_year = sum(
        label == loaded.calendar.budget_periods[0] for label in loaded.calendar.budget_periods[: 3 - quarter]
    )
    for stream in loaded.value_streams:
        if first_year:
            assert stream.budget is not None
            assert sum(stream.budget[:first_year]) == pytest.approx(ledger.money[stream.id])
        assert ledger.money[stream.id] + ledger.spent[stream.id] == pytest.approx(4 * BUDGET[stream.id])
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book["Epics"]
    column = column_of(sheet, "Our remark")
    assert {name: sheet.cell(row, column).value for name, row in rows_of(sheet).items()} == {
        name: f"remark of {name}" for name in EPICS
    }
    closed = [[cell.value for cell in row] for row in book["Closed"].iter_rows(min_row=4)]
    lines = [dict(zip(closed[0], row, strict=True)) for row in closed[1:]]
    for name in EPICS:
        mine = [line for line in lines if line["ID"] == name and line["Kind"] == "epic"]
        assert sum(line["Effort done"] for line in mine) == pytest.approx(ledger.done[name]), name
    for stream in BUDGET:
        mine = [line for line in lines if line["ID"] == stream and line["Kind"] == "value stream"]
        assert sum(line["Spent"] for line in mine) == pytest.approx(ledger.spent[stream])
        assert len(mine) == quarter + 1
    done = [row[0].value for row in book["Done"].iter_rows(min_row=5)]
    assert sorted(done) == sorted(ledger.finished)
