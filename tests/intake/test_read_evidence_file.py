"""Evidence in files of its own: text tables known by name or headings, JSON, and what is no such table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio.domain import Portfolio
from portfolio.errors import WrongUseError
from portfolio.intake.read_evidence_file import read_evidence_file

BESIDE = Portfolio.model_validate(
    {"epics": [{"id": "EP-1", "title": "Cards"}], "value_streams": [{"id": "PAY", "name": "Payments"}]}
)


def test_a_table_is_known_by_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "deployments_2026.csv"
    path.write_text(
        "Service;Deployed at;Failed\nPayments;05.01.2026 16:00;ja\nLost app;06.01.2026;nein\n;07.01.2026;nein\n"
    )
    read = read_evidence_file(path, BESIDE)
    assert [(row.value_stream, row.deployed.isoformat(), row.failed) for row in read.evidence.deployments] == [
        ("PAY", "2026-01-05T16:00:00", True),
        ("Lost app", "2026-01-06", False),
    ]
    assert [str(finding) for finding in read.findings] == [
        "deployments_2026.csv, A4: Value stream is empty. Every row needs one. The row counts for nothing. Enter it, or delete the row."
    ]


def test_a_table_of_another_name_is_known_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Value stream,Period,Capacity,Delivered\nPAY,2026 Q1,100,90\n")
    assert read_evidence_file(path, BESIDE).evidence.delivered[0].delivered == 90


@pytest.mark.parametrize(
    "wrap", [lambda rows: rows, lambda rows: {"incidents": rows}, lambda rows: {"evidence": {"incidents": rows}}]
)
def test_json_is_a_list_an_object_of_lists_or_a_portfolio(wrap, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "incidents.json"
    rows = [
        {"value_stream": "pay", "began": "2026-01-05"},
        {"value_stream": "PAY", "began": "2026-01-05", "restored": "2026-01-04"},
    ]
    path.write_text(json.dumps(wrap(rows)))
    read = read_evidence_file(path, BESIDE)
    assert [row.value_stream for row in read.evidence.incidents] == ["PAY"]
    assert [finding.place for finding in read.findings] == ["incidents.json, incidents[1].restored"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("notes.csv", "A,B\n1,2\n", "notes.csv is none of the tables History, Blocked, .*; call it like one of them"),
        ("incidents.csv", "Value stream,Cause\nPAY,x\n", "incidents.csv has no header row of Incidents"),
        (
            "deployments.csv",
            "ID,Service,Failed\nD1,PAY,no\n",
            "deployments.csv has no column Deployed; Deployments needs it",
        ),
        ("things.json", "[]", "things.json is a list; call it like what it holds"),
        ("things.json", "{}", "things.json holds none of the lists history, blocked"),
    ],
)
def test_what_is_no_evidence_says_what_is_needed(name: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(WrongUseError, match=said):
        read_evidence_file(tmp_path / name, BESIDE)
