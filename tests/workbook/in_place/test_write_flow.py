"""Flow in the user's own workbook: sheets of ours beside theirs, and forecasts added to the ones that they keep, never twice."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.workbook.in_place.put_results import WrittenInto

AS_OF = date(2027, 6, 30)
Rows = list[list[Any]]
EPICS: Rows = [
    ["ID", "Title", "Job size", "User-business value", "Time criticality", "RR/OE", "Value stream", "Effort", "Our remark"],
    *([f"E{place}", f"Epic {place}", 3, 5, 3, 1, "A", 4, f"ask R{place}"] for place in range(1, 10)),
]  # fmt: skip


def portfolio(path: Path, **sheets: Rows) -> Path:
    """A workbook as people keep it: a remark beside the epics, a sheet called Flow of their own, seven epics done, one a month."""
    history: Rows = [["Epic", "State", "Entered"]]
    for place in range(1, 8):
        history += [
            [f"E{place}", "Implementing: MVP", date(2026, 11, place)],
            [
                f"E{place}",
                "Done",
                datetime(2026, 11, 20) if place == 1 else date(2026 + (place > 2), (place + 9) % 12 + 1, 15),
            ],
        ]
    own: dict[str, Rows] = {
        "Portfolio": [["Setting", "Value"], ["Time zone", "Europe/Berlin"]], "Epics": EPICS,
        "Value streams": [["ID", "Name"], ["A", "Stream A"]],
        "Capacity": [["Value stream", "PI 1", "PI 2"], ["A", 20, 20]], "History": history, "Flow": [["Our flow of tea"]],
    }  # fmt: skip
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in (own | sheets).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def written(path: Path, **asked: Any) -> WrittenInto:
    loaded = engine.load(path)
    return engine.write_flow(engine.flow(loaded, as_of=AS_OF, per="month", **asked), loaded)


def cells(path: Path, title: str) -> Rows:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[title].iter_rows()]


def test_flow_stands_beside_what_people_typed(tmp_path: Path) -> None:
    """Their own sheet of that name stays theirs; a second time nothing changes; no forecast is kept that nobody asked for."""
    path = portfolio(tmp_path / "p.xlsx")
    before = {title: cells(path, title) for title in ("Epics", "History", "Flow")}
    assert written(path) == WrittenInto(True, ())
    assert {title: cells(path, title) for title in before} == before
    names = openpyxl.load_workbook(path).sheetnames
    assert {"Flow (portfolio)", "Flow days"} <= {*names}
    assert "Forecasts" not in names
    assert "Throughput: finished per period" in {row[0] for row in cells(path, "Flow (portfolio)")}
    assert not written(path).changed
    assert len(engine.load(path).ready.epics) == len(EPICS) - 1


def test_a_forecast_is_kept_where_it_can_be_judged_once(tmp_path: Path) -> None:
    """The next period of all and each part, and each epic of the ranking by its day; the same one is not added again."""
    path = portfolio(tmp_path / "p.xlsx")
    assert written(path, forecast=True).changed
    rows = cells(path, "Forecasts")
    assert rows[0] == ["Made on", "Subject", "Question", "By", "Chance", "P50", "P85", "Seed", "Outcome", "Known on"]
    assert rows[1][:4] == [datetime(2027, 6, 30), "portfolio", "how many", datetime(2027, 7, 31)]
    kept = engine.load(path).ready.evidence.forecasts
    assert {(row.subject, row.question) for row in kept} >= {("portfolio", "how many"), ("E8", "done"), ("E9", "done")}
    assert all(isinstance(row.p85, date) for row in kept if row.question == "done")
    assert not written(path, forecast=True).changed
    assert cells(path, "Forecasts") == rows


def test_forecasts_are_added_to_the_sheet_that_people_keep(tmp_path: Path) -> None:
    """In their language, in their order, below their rows, of which none changes; a forecast that stands there is not repeated."""
    theirs: Rows = [
        ["Worüber", "Frage", "Gemacht am", "Bis", "P50", "P85", "Ausgang", "Notiz"],
        ["portfolio", "how many", date(2027, 6, 30), date(2027, 7, 31), 9, 9, None, "by hand"],
        ["E8", "done", date(2027, 1, 4), None, date(2027, 3, 1), date(2027, 4, 1), "yes", None],
    ]  # fmt: skip
    path = portfolio(tmp_path / "p.xlsx", Prognosen=theirs)
    before = cells(path, "Prognosen")
    assert written(path, forecast=True).changed
    rows = cells(path, "Prognosen")
    assert rows[:3] == before
    assert "Forecasts" not in openpyxl.load_workbook(path).sheetnames
    added = {(row[0], row[1]) for row in rows[3:]}
    assert ("portfolio", "how many") not in added
    assert {("E8", "done"), ("E9", "done")} <= added
    assert all(row[2] == datetime(2027, 6, 30) and row[7] is None for row in rows[3:])


def test_what_is_no_workbook_is_not_written_into(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"format": 1, "epics": [{"id": "E1"}]}', encoding="utf-8")
    loaded = engine.load(path)
    with pytest.raises(WrongUseError, match="is not a workbook"):
        engine.write_flow(engine.flow(loaded, as_of=AS_OF), loaded)
