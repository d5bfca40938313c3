"""Formulas of the file: what they make is closed from the first moment, and what reads a changed cell keeps its last result, said so."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from portfolio.merge.formula_references import ranges
from portfolio.web.app import create_app
from portfolio.web.meeting import Meeting
from tests.web.conftest import ORIGIN, Visitor, opened

FIRST = Path(__file__).parents[2] / "samples/first-steps/portfolio.xlsx"
EPICS = "xl/worksheets/sheet2.xml"


def with_formulas(path: Path, **formulas: str) -> None:
    """The sample with formulas in cells of its sheet Epics; each keeps the number that stands there as its last result."""
    with zipfile.ZipFile(FIRST) as sample, zipfile.ZipFile(path, "w") as new:
        for name in sample.namelist():
            content = sample.read(name)
            for cell, formula in formulas.items() if name == EPICS else ():
                content, count = re.subn(rf'(<c r="{cell}">)(<v>)'.encode(), rf"\1<f>{formula}</f>\2".encode(), content)
                assert count == 1
            new.writestr(name, content)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[tuple[Path, Visitor, Meeting]]:
    path = tmp_path / "first.xlsx"
    with_formulas(path, H2="F2/4", H3="H2+3", H4="SUM($E$4:F5)-18", G5="Epics!E6-12")
    for meeting in opened(path):
        with TestClient(create_app(meeting), base_url=ORIGIN) as server:
            yield path, Visitor(server, meeting, "decide"), meeting


def test_what_formulas_make_is_closed_from_the_first_moment(tmp_path: Path) -> None:
    path = tmp_path / "first.xlsx"
    with_formulas(path, H2="F2/4")
    for meeting in opened(path):
        with TestClient(create_app(meeting), base_url=ORIGIN) as server:
            ada = Visitor(server, meeting, "score")
            assert ada.get("/api/state").json()["epics"][0]["computed"] == ["job_size"]
            answer = ada.edit((["epics", "E1", "job_size"], 8))
    assert answer["status"] == 422
    assert answer["refused"][0]["message"] == "Epics!H2 holds a formula."  # type: ignore[index]


def test_who_changes_what_a_formula_reads_hears_that_it_keeps_its_last_result(
    books: tuple[Path, Visitor, Meeting],
) -> None:
    """Directly, by way of another formula, in a range, and from another spelling of the sheet; each is said once."""
    _, ada, _ = books
    said = {
        (name, field): ada.edit((["epics", name, field], 1))["notes"]
        for name, field in (
            ("E2", "time_criticality"),
            ("E1", "time_criticality"),
            ("E3", "user_business_value"),
            ("E5", "user_business_value"),
            ("E4", "time_criticality"),
        )
    }
    assert [*said.values()] == [
        [],
        ["Epics!H2 and another cell keep their last results until Excel calculates."],
        ["Epics!H4 keeps its last result until Excel calculates."],
        ["Epics!G5 keeps its last result until Excel calculates."],
        [],
    ]


def test_saving_says_it_and_leaves_the_formulas(books: tuple[Path, Visitor, Meeting]) -> None:
    path, ada, _ = books
    ada.edit((["epics", "E1", "time_criticality"], 8))
    answer = ada.post("/api/save", json={}).json()
    assert answer["notes"] == ["Epics!H2 and another cell keep their last results until Excel calculates."]
    with zipfile.ZipFile(path) as saved:
        assert b"<f>F2/4</f><v>5</v>" in saved.read(EPICS)
    state = ada.get("/api/state").json()
    assert [epic["computed"] for epic in state["epics"][:2]] == [["job_size"], ["job_size"]]


def test_what_a_formula_reads() -> None:
    def read(formula: str) -> list[tuple[str, int, int, int, int]]:
        return [(one.sheet, one.top, one.bottom, one.left, one.right) for one in ranges(formula, "Epics", 7)]

    assert read("A1+$B$2*'Value streams'!C3") == [
        ("epics", 1, 1, 1, 1), ("epics", 2, 2, 2, 2), ("value streams", 3, 3, 3, 3),
    ]  # fmt: skip
    assert read('SUM(B9:A2)&"C4"') == [("epics", 2, 9, 1, 2)]
    assert read("SUM(Effort!B:C)") == [("effort", 1, 1_048_576, 2, 3)]
    assert read("Table1[@[Job size]]") == [("epics", 7, 7, 1, 16_384)]
    assert read("SUM(Table1[Job size])") == [("epics", 1, 1_048_576, 1, 16_384)]
