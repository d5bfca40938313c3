"""A changed name is followed wherever it stands: in a cell of its own, between others, before a lag, in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from portfolio import engine
from portfolio.merge.base_sheet import with_base
from portfolio.merge.mentions import with_new_names
from portfolio.merge.merge_copies import prepare
from tests.merge.workbooks import returned, written

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")


def sent_out(folder: Path) -> Path:
    """Epics that wait for each other in one column, efforts in text, guardrails and scenarios that name everything."""
    book = Workbook()
    epics: Any = book.active
    epics.title = "Epics"
    epics.append(["ID", "Title", "Job size", "Depends on", "Value stream", "Effort", "Earliest", "Benefit per week"])
    for row in (
        ("E1", "Chatbot", 5, None, "Web", 8, "PI 2", 100),
        ("E2", "New ledger", 8, "E1, E12", "Web", "Web: 5; Web shop: 2", None, 100),
        ("E12", "Open data", 3, "e1", "Web shop", 6, None, 100),
        ("E3", "Web", 3, "E1FS+2w; E2 (https://example.org/browse/E1)", "Web shop", 6, None, 100),
        ("E4", "Payments", 3, "E1 Chatbot und E12", "Web", 6, "PI 2", 100),
        ("E5", "Refunds", 3, "Chatbot\nE2", "Web", 6, None, 100),
    ):
        epics.append(row)
    for title, rows in (
        ("Value streams", [("ID", "Name"), ("Web", "Website"), ("Web shop", "Shop")]),
        ("Capacity", [("Value stream", "PI 1", "PI 2", "PI 3"), ("Web", 40, 40, 40), ("Web shop", 30, 20, 20)]),
        ("Guardrails", [("Name", "Measure", "Where", "At most"), ("Few", "effort", "epic = E1, E2", 100)]),
        (
            "Scenarios",
            [
                ("Scenario", "Change", "What", "Value"),
                ("Fewer", "scale", "capacity of Web in PI 2", 0.5),
                ("", "scale", "capacity of Web shop", 0.5),
                ("Now", "lock", "E1", "PI 2"),
                ("", "ban", "E12", None),
                ("", "add", "dependency of E3 on E1", None),
            ],
        ),
    ):
        more = book.create_sheet(title)
        for line in rows:
            more.append(line)
    path = folder / "base.xlsx"
    book.save(path)
    path.write_bytes(with_base(path.read_bytes(), path.name))
    return path


def column(book: Workbook, sheet: str, heading: str) -> list[object]:
    """Everything below a heading."""
    rows = list(book[sheet].iter_rows(values_only=True))
    return [row[rows[0].index(heading)] for row in rows[1:]]


def changed(sheet: str, cell: str, value: str) -> Any:
    """An edit of one cell."""

    def edit(book: Workbook) -> None:
        book[sheet][cell].value = value

    return edit


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return sent_out(tmp_path)


def test_an_id_is_followed_into_lists_of_links_and_into_scenarios(base: Path) -> None:
    merge = prepare(base, [returned(base, "a.xlsx", changed("Epics", "A2", "FER-17"))])
    book = written(merge)
    assert column(book, "Epics", "Depends on") == [
        None,
        "FER-17, E12",
        "FER-17",
        "FER-17FS+2w; E2 (https://example.org/browse/E1)",
        "FER-17 Chatbot und E12",
        "Chatbot\nE2",
    ]
    assert column(book, "Scenarios", "What")[2:] == ["FER-17", "E12", "dependency of E3 on FER-17"]
    assert column(book, "Guardrails", "Where") == ["epic = FER-17, E2"]
    assert {change.sheet for change in merge.merged.changes} == {"Epics", "Guardrails", "Scenarios"}
    assert all(change.files == ("a.xlsx",) for change in merge.merged.changes)
    assert merge.merged.findings == []


def test_the_merged_workbook_says_what_the_base_said(base: Path, tmp_path: Path) -> None:
    """Every link and every scenario still means the same epics, streams and periods."""

    def rename(book: Workbook) -> None:
        for sheet, cell, value in (
            ("Epics", "A2", "FER-17"),
            ("Value streams", "A2", "W"),
            ("Capacity", "C1", "2027 Q2"),
        ):
            book[sheet][cell].value = value

    merge = prepare(base, [returned(base, "a.xlsx", rename)])
    path = tmp_path / "merged.xlsx"
    path.write_bytes(merge.content)
    old, new = engine.load(base), engine.load(path)
    assert not [finding for finding in new.findings if finding.severity == "error"]
    names = {"E1": "FER-17", "Web": "W", "PI 2": "2027 Q2"}
    assert [(names.get(one.predecessor, one.predecessor), one.successor) for one in old.portfolio.dependencies] == [
        (one.predecessor, one.successor) for one in new.portfolio.dependencies
    ]
    efforts = [
        {names.get(stream, stream): units for stream, units in epic.effort.items()} for epic in old.portfolio.epics
    ]
    assert efforts == [epic.effort for epic in new.portfolio.epics]
    earliest = [names.get(str(epic.earliest), epic.earliest) for epic in old.portfolio.epics]
    assert earliest == [epic.earliest for epic in new.portfolio.epics]
    assert column(written(merge), "Scenarios", "What")[:2] == ["capacity of W in 2027 Q2", "capacity of Web shop"]
    assert column(written(merge), "Scenarios", "Value")[2] == "2027 Q2"


def test_a_title_is_followed_where_it_is_what_others_say(base: Path) -> None:
    merge = prepare(base, [returned(base, "a.xlsx", changed("Epics", "B2", "Talking robot"))])
    links = column(written(merge), "Epics", "Depends on")
    assert links[4:] == ["E1 Talking robot und E12", "Talking robot\nE2"]


def test_a_name_that_is_also_another_one_is_left(base: Path) -> None:
    """An epic is called Web as well as a value stream; the links mean the epic, the capacity the stream."""
    merge = prepare(base, [returned(base, "a.xlsx", changed("Value streams", "A2", "W"))])
    book = written(merge)
    assert column(book, "Epics", "Title")[3] == "Web"
    assert column(book, "Epics", "Value stream") == ["W", "W", "Web shop", "Web shop", "W", "W"]
    assert column(book, "Epics", "Effort")[1] == "W: 5; Web shop: 2"


def test_two_ids_that_are_swapped_are_swapped_everywhere(base: Path) -> None:
    def swap(book: Workbook) -> None:
        book["Epics"]["A2"].value, book["Epics"]["A4"].value = "E12", "E1"

    links = column(written(prepare(base, [returned(base, "a.xlsx", swap)])), "Epics", "Depends on")
    assert links[1] == "E12, E1" or links[1] == "E1, E12"


def test_a_copy_that_changed_the_scenario_too_is_at_one_with_it(base: Path) -> None:
    def both(book: Workbook) -> None:
        book["Epics"]["A2"].value = "FER-17"
        book["Scenarios"]["C4"].value = "FER-17"
        book["Epics"]["D3"].value = "FER-17, E12"

    merge = prepare(base, [returned(base, "a.xlsx", both)])
    assert merge.merged.findings == []
    assert column(written(merge), "Scenarios", "What")[2] == "FER-17"
    assert column(written(merge), "Epics", "Depends on")[1] == "FER-17, E12"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("E1", "X"),
        ("e1;E2", "X;E2"),
        ("E12, E1/E2", "E12, E1/E2"),
        ("E1 + E2", "X + E2"),
        ("E1-2", "E1-2"),
        ("E1EA-3 Tage", "XEA-3 Tage"),
        ("E1-2d, E3", "X-2d, E3"),
        ("see https://example.org/E1 and E1.", "see https://example.org/E1 and X."),
        ("E1\u3001E2", "X\u3001E2"),
        ("[E1] (E1)", "[X] (X)"),
        ("E1 shop", "E1 shop"),
    ],
)
def test_names_in_texts(text: str, new: str) -> None:
    assert with_new_names(text, {"E1": "X"}, {"E2", "E12", "E1 shop"})[0] == new


def test_a_removed_remark_on_a_result_sheet_is_said(tmp_path: Path) -> None:
    """What people typed beside results is part of what went out, although this program did not write it."""
    base = sent_out(tmp_path)
    engine.write_plan(engine.plan(engine.load(base), gap=0), engine.load(base))
    book = openpyxl.load_workbook(base)
    book["Plan"]["Z9"].value = "ask the board"
    book.save(base)
    engine.write_plan(engine.plan(engine.load(base), gap=0), engine.load(base))
    place = next(
        cell.coordinate for row in openpyxl.load_workbook(base)["Plan"] for cell in row if cell.value == "ask the board"
    )
    found = prepare(base, [returned(base, "a.xlsx", changed("Plan", place, ""))]).merged.findings
    assert [finding.place for finding in found] == [f"a.xlsx, Plan!{place}"]
