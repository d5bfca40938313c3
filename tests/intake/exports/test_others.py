"""Exports of Aha!, of a WSJF tool, and of others that have columns of epics."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from portfolio.errors import WrongUseError
from portfolio.intake.exports.read_export import read_export
from tests.intake.exports.exporting import DATA, epics, filled, headings, imported, said


def test_epics_of_aha(tmp_path: Path) -> None:
    """The headings of a real export; a score that a formula made is not taken for a part of WSJF."""
    header = ["Epic URL", "Epic reference #", "Epic name", "Epic type", "Epic status", "Epic product value score",
              "Release name", "Epic tags", "Epic initial estimate", "Workspace name", "Initiative name"]  # fmt: skip
    rows = [
        {"Epic reference #": "APP-E-1", "Epic name": "Sign online", "Epic status": "Under consideration",
         "Epic product value score": "31", "Epic tags": "web, H1", "Epic initial estimate": "20", "Workspace name": "Apps",
         "Initiative name": "Paperless"},
        {"Epic reference #": "APP-E-2", "Epic name": "Letters", "Epic status": "Shipped"},
    ]  # fmt: skip
    result = imported(tmp_path / "aha.csv", filled(header, *rows))
    found = epics(result)["APP-E-1"]
    assert (result.mapping.name, found.state, found.horizon, found.theme) == ("aha", "Reviewing", "H1", "Paperless")
    assert (found.effort, found.user_business_value) == ({"Apps": 20}, None)
    assert (result.done, result.unused) == ({"Shipped": 1}, ("Epic product value score",))


def test_master_features_of_aha(tmp_path: Path) -> None:
    header = headings("aha-master-features.csv")
    row = {header[0]: "APP-E-1", header[1]: "Sign online", header[2]: "Apps", "Master feature initial estimate": "2d"}
    result = imported(tmp_path / "aha.csv", filled(header, row))
    assert (epics(result)["APP-E-1"].title, epics(result)["APP-E-1"].effort) == ("Sign online", {"Apps": 2})


def test_features_are_not_taken_for_epics() -> None:
    with pytest.raises(
        WrongUseError, match=r"aha-features\.csv is an export of Aha! without a column for ID; export it"
    ):
        read_export(DATA / "aha-features.csv")


def test_a_table_of_epics(tmp_path: Path) -> None:
    """Any table with the headings of a workbook; dependencies may stand in a column."""
    header = headings("wsjf-tool.csv")
    row = ["A", "First", "8", "5", "3", "2", "Enabler", "Core", "Funnel", "CFO office"]
    text = ",".join([*header, "Depends on"]) + "\n" + ",".join([*row, ""]) + "\nB,Second,1,1,1,1,,,,,A\n"
    result = imported(tmp_path / "epics.csv", text)
    assert (result.mapping.name, result.unused) == ("csv", ("Component",))
    found = epics(result)["A"]
    assert (found.user_business_value, found.rr_oe, found.job_size, found.type) == (8, 3, 2, "Enabler")
    assert [(link.predecessor, link.successor) for link in result.portfolio.dependencies] == [("A", "B")]


def test_effort_of_nobody(tmp_path: Path) -> None:
    """Effort without a value stream is not taken, which is said once for all rows; a relation is a dependency."""
    header = headings("linear.csv")
    rows = [
        {"ID": f"L-{number}", "Title": "x", "Estimate": "3", "Blocked by": "L-1" if number == 2 else ""}
        for number in range(1, 13)
    ]
    result = imported(tmp_path / "linear.csv", filled(header, *rows))
    assert all(epic.effort == {} for epic in result.portfolio.epics)
    assert [(link.predecessor, link.successor) for link in result.portfolio.dependencies] == [("L-1", "L-2")]
    assert said(result)[0] == (
        "warning  linear.csv, Estimate: Effort is given without a value stream, and was not taken, in row 2, 3, 4, 5, 6, 7, "
        "8, 9 and 4 more. Effort is asked of a value stream. Name the column of the value streams in a mapping of your "
        "own, or enter both in the portfolio."
    )


def test_dates_of_workflow_states_are_not_used() -> None:
    result = read_export(DATA / "flow.csv")
    assert (len(result.portfolio.epics), result.portfolio.epics[0].title) == (25, "Sample Item 26")
    assert "Dev Active" in result.unused


def test_a_tool_whose_headings_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError) as refusal:
        imported(tmp_path / "crm.csv", "Lead ID,Account,Won\n1,Harbour,yes\n")
    assert str(refusal.value) == (
        "crm.csv has no headings of any column mapping; its headings are: Lead ID, Account, Won. "
        "Write a mapping of your own, beginning with portfolio import --show-mapping csv, and give it with `mapping`."
    )


def test_an_export_as_a_workbook(tmp_path: Path) -> None:
    """The first sheet counts; titles above the header row do no harm; rows are numbered as the sheet shows them."""
    path = tmp_path / "aha.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Report")
        sheet.write("A1", "Epics of the quarter")
        sheet.write_row("A3", ["Epic reference #", "Epic name", "Job size", "Deadline"])
        sheet.write_row("A4", ["E-1", "Sign online", 5, "soon"])
        sheet.write_row("A5", [2, "Letters", 3])
    result = read_export(path)
    assert [(epic.id, epic.job_size) for epic in result.portfolio.epics] == [("E-1", 5), ("2", 3)]
    assert result.written == "sheet Report"
    assert said(result)[0].startswith('error  aha.xlsx, row 4, Deadline: Deadline is "soon".')
