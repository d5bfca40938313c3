"""Sheets of evidence: found by their names in any language, read by heading, wrong rows left out and said, nothing lost on the way."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import portfolio
from portfolio import engine
from portfolio.domain.evidence import LISTS
from portfolio.domain.field import entry
from portfolio.errors import WrongUseError
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS
from portfolio.intake.languages import vocabulary

EPICS = ["ID", "Title", "User-business value", "Time criticality", "RR/OE", "Job size"]
ROWS = [["EP-1", "Instant payments", 8, 5, 3, 5], ["EP-2", "Onboarding", 5, 8, 1, 3]]
AMERICAN = dt.timezone(dt.timedelta(hours=-5))


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook with two epics, and these sheets beside them."""
    workbook = openpyxl.Workbook()
    workbook.active.title = "Epics"
    for row in [EPICS, *ROWS]:
        workbook.active.append(row)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def complete() -> dict[str, Any]:
    """A portfolio with a row of each list of evidence, and every kind of moment and answer."""
    named = {"value_stream": "S", "epic": "A", "parent": "A", "subject": "A"}
    fields = {name: [field for field in record.model_fields if field != "criteria"] for name, record in LISTS.items()}
    rows = {
        name: [{field: named.get(field, entry(record, field).example) for field in fields[name]}]
        for name, record in LISTS.items()
    }
    moments = ("2027-03-01T00:00:00", "2027-03-01T09:29:59", "2027-03-01T23:30:00-05:00", "2027-03-01T09:30:00.250")
    rows["history"] += [{"epic": "gone", "state": "Done", "entered": moment} for moment in (*moments, "2027-03-02")]
    rows["forecasts"] += [
        {"made_on": "2027-01-04", "subject": "portfolio", "question": "value", "outcome": answer, "p50": 0, "p85": 3.5}
        for answer in (True, False, 0, 12, "2027-03-21")
    ]
    rows["votes"][0]["criteria"] = {"Belief": 3}
    calendar = {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1"]}
    streams = [{"id": "S", "cost_per_unit": 1, "capacity": [50]}]
    epics = [{"id": "A", "benefit_per_week": 10, "effort": {"S": 40}}]
    return {"format": 1, "calendar": calendar, "value_streams": streams, "epics": epics, "evidence": rows}


def test_nothing_is_lost_between_json_workbooks_and_frames(tmp_path: Path) -> None:
    source, again = tmp_path / "p.json", tmp_path / "q.xlsx"
    raw = complete()
    del raw["evidence"]["votes"][0]["criteria"]
    source.write_text(json.dumps(raw))
    loaded = engine.load(source)
    assert loaded.findings == ()
    engine.convert(engine.read_as_given(source), again)
    assert engine.load(again).ready == loaded.ready
    assert portfolio.from_frames(**portfolio.to_frames(loaded)).ready == loaded.ready


def test_a_portfolio_without_evidence_has_no_sheet_of_it(tmp_path: Path) -> None:
    source, written = tmp_path / "p.json", tmp_path / "q.xlsx"
    source.write_text(json.dumps({**complete(), "evidence": {}}))
    engine.convert(engine.read_as_given(source), written)
    assert not {sheet.name for sheet in EVIDENCE_SHEETS} & {*openpyxl.load_workbook(written).sheetnames}
    assert "evidence" not in portfolio.to_frames(engine.load(source))


@pytest.mark.parametrize("language", ["cs", "de", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "sv"])
def test_every_sheet_is_read_in_every_language(language: str, tmp_path: Path) -> None:
    """The first words of a language for a sheet and for its columns mean just these, whatever other languages say."""
    names, headings = vocabulary().words("evidence_sheets", language), vocabulary().words("headings.evidence", language)
    epics = vocabulary().words("headings.epics", language)
    sheets = {}
    for sheet in EVIDENCE_SHEETS:
        name = sheet.field.removeprefix("evidence.")
        row = {
            column.field: {"epic": "EP-1", "parent": "EP-1"}.get(column.field, column.example)
            for column in sheet.columns
        }
        sheets[names[name][0]] = [
            [(headings.get(field) or epics[field])[0] for field in row],
            [
                dt.date.fromisoformat(value) if str(value)[4:5] == "-" and len(str(value)) == 10 else value
                for value in row.values()
            ],
        ]
    loaded = engine.load(book(tmp_path / "p.xlsx", **sheets))
    assert [str(finding) for finding in loaded.findings if "!" in finding.place and "Epics!" not in finding.place] == []
    for sheet in EVIDENCE_SHEETS:
        (row,) = getattr(loaded.ready.evidence, sheet.field.removeprefix("evidence."))
        given = [column.field for column in sheet.columns if getattr(row, column.field) is not None]
        assert given == [column.field for column in sheet.columns]


def test_moments_are_read_however_tools_write_them(tmp_path: Path) -> None:
    said = [
        (dt.datetime(2027, 3, 1, 9, 30), dt.datetime(2027, 3, 1, 9, 30)),
        (dt.date(2027, 3, 1), dt.date(2027, 3, 1)),
        ("2027-03-01T23:30:00.000-0500", dt.datetime(2027, 3, 1, 23, 30, tzinfo=AMERICAN)),
        ("12/Jan/26 3:04 PM", dt.datetime(2026, 1, 12, 15, 4)),
        ("12.01.2026, 15:04", dt.datetime(2026, 1, 12, 15, 4)),
        ("13/01/2026 12:05:06 AM", dt.datetime(2026, 1, 13, 0, 5, 6)),
        ("2027年3月1日 09:30", dt.datetime(2027, 3, 1, 9, 30)),
    ]
    rows = [["EP-1", f"S{number}", cell] for number, (cell, _) in enumerate(said)]
    loaded = engine.load(book(tmp_path / "p.xlsx", History=[["Epic", "State", "Entered"], *rows]))
    assert [row.entered for row in loaded.ready.evidence.history] == [moment for _, moment in said]


def test_epics_and_value_streams_are_known_by_title_and_whoever_left_keeps_its_name(tmp_path: Path) -> None:
    history = [
        ["Epic", "State", "Entered"],
        ["ep-1", "Done", "2026-03-01"],
        ["Onboarding", "Done", "2026-03-01"],
        ["EP-77", "Done", "2026-03-01"],
    ]
    streams = [["ID", "Name"], ["PAY", "Payments"]]
    incidents = [["Value stream", "Began"], ["Payments", "2026-03-01"], ["Lost app", "2026-03-02"]]
    loaded = engine.load(book(tmp_path / "p.xlsx", History=history, **{"Value streams": streams}, Incidents=incidents))
    evidence = loaded.ready.evidence
    assert [row.epic for row in evidence.history] == ["EP-1", "EP-2", "EP-77"]
    assert [row.value_stream for row in evidence.incidents] == ["PAY", "Lost app"]


def test_a_wrong_row_counts_for_nothing_and_the_others_count(tmp_path: Path) -> None:
    history = [
        ["Epic", "State", "Entered", "Author"],
        ["EP-1", "Ready", dt.date(2026, 1, 5), "Ann"],
        [None, "Done", dt.date(2026, 1, 6), "Ann"],
        ["EP-1", "Done", "soon", "Ann"],
        ["EP-1", "Done", "01/02/2026", "Ann"],
        ["EP-2", "Done", dt.date(2026, 1, 7), "Ann"],
    ]
    loaded = engine.load(book(tmp_path / "p.xlsx", History=history))
    assert [row.epic for row in loaded.ready.evidence.history] == ["EP-1", "EP-2"]
    found = [(finding.place.partition(", ")[2], finding.severity) for finding in loaded.findings]
    assert found == [("History!A3", "warning"), ("History!C4", "warning"), ("History!C5", "warning")]
    assert all("The row counts for nothing." in finding.rule for finding in loaded.findings)


def test_names_of_people_are_not_kept(tmp_path: Path) -> None:
    heading = ["Epic", "State", "Entered", "Author", "Assignee", "Reporter", "E-mail"]
    row = ["EP-1", "Done", dt.date(2026, 1, 7), "Ann", "Bob", "Cleo", "ann@example.org"]
    engine.convert(engine.read_as_given(book(tmp_path / "p.xlsx", History=[heading, row])), tmp_path / "p.json")
    text = (tmp_path / "p.json").read_text()
    assert not [name for name in ("Ann", "Bob", "Cleo", "@") if name in text]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("History", [["Version", "Date", "Changed by"], [1, dt.date(2026, 1, 1), "Ann"]]),
        ("Votes", [["Team", "Mood"], ["A", 3]]),
        ("Incidents", [["A free text that somebody wrote"]]),
        ("Objectives", [["Objective", "Owner"], ["Grow", "CFO"]]),
    ],
)
def test_a_sheet_that_is_something_else_is_left_alone(name: str, rows: list[list[Any]], tmp_path: Path) -> None:
    loaded = engine.load(book(tmp_path / "p.xlsx", **{name: rows}))
    assert loaded.ready.evidence.is_empty
    assert loaded.findings == ()


def test_a_sheet_that_lacks_a_column_says_which(tmp_path: Path) -> None:
    loaded = engine.load(book(tmp_path / "p.xlsx", History=[["Epic", "Entered"], ["EP-1", dt.date(2026, 1, 5)]]))
    assert [str(finding) for finding in loaded.findings] == [
        "p.xlsx, History!A1: The sheet History has no column State. Without it its rows say nothing, and none of them is read. "
        "Add it beside Epic, Entered, or rename the sheet, if it is something else."
    ]


def test_frames_of_evidence_say_what_they_lack() -> None:
    epics = pd.DataFrame([{"id": "A", "user_business_value": 8, "time_criticality": 5, "rr_oe": 3, "job_size": 5}])
    moments = pd.to_datetime(["2027-03-01T23:30:00-05:00", "2027-03-02T00:00:00-05:00"])
    history = pd.DataFrame({"epic": ["A", "A"], "state": ["Ready", "Done"], "entered": moments})
    loaded = portfolio.from_frames(epics, evidence={"history": history})
    assert [row.entered.isoformat() for row in loaded.ready.evidence.history] == [
        "2027-03-01T23:30:00-05:00",
        "2027-03-02T00:00:00-05:00",
    ]
    lacking = portfolio.from_frames(epics, evidence={"history": history.drop(columns="state")})
    assert "has no column State" in lacking.findings[-1].what
    with pytest.raises(WrongUseError, match=r"`histroy` is no list of the evidence; write history\."):
        portfolio.from_frames(epics, evidence={"histroy": history})
