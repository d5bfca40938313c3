"""Any edits of any copies, end to end on real workbooks: what is merged is what the tables alone say."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from portfolio.merge.base_sheet import with_base
from portfolio.merge.merge_copies import prepare
from tests.merge.workbooks import (
    EPICS,
    HEADINGS,
    TOP,
    cell,
    epics_in,
    insert_column,
    insert_row,
    returned,
    sent_out,
    sort_rows,
    written,
)

FIELDS = ("Job size", "User-business value", "Remark")
VALUES = {
    "Job size": st.integers(1, 9),
    "User-business value": st.integers(1, 9),
    "Remark": st.sampled_from(["yes", "=1+1 is text", "Ünïcode & <tags>", "two\nlines", "  blanks inside  x"]),
}
IDS = [str(epic[0]) for epic in EPICS]


@st.composite
def edits(draw: st.DrawFn) -> dict[tuple[str, str], Any]:
    """New values of some cells."""
    places = draw(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(FIELDS)), max_size=4, unique=True))
    return {place: draw(VALUES[place[1]]) for place in places}


def edited(changes: dict[tuple[str, str], Any], shuffle: int) -> Any:
    """A person who edits and also sorts, inserts a column, or inserts and removes a row of their own."""

    def edit(book: Workbook) -> None:
        if shuffle & 1:
            sort_rows(book)
        if shuffle & 2:
            insert_column(book, shuffle % 5 + 1)
        if shuffle & 4:
            insert_row(book, TOP + 1, ())
        for (epic, field), value in changes.items():
            entry = cell(book, epic, field)
            entry.value = value
            if isinstance(value, str):
                entry.data_type = "s"

    return edit


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(edits(), st.integers(0, 7)), min_size=1, max_size=3))
def test_every_edit_arrives_or_is_asked_about(people: list[tuple[dict[tuple[str, str], Any], int]]) -> None:
    """And nothing else changes, neither in another cell nor in the package around it."""
    with tempfile.TemporaryDirectory() as folder:
        base = sent_out(Path(folder))
        copies = [returned(base, f"{turn}.xlsx", edited(*person)) for turn, person in enumerate(people)]
        merge = prepare(base, copies)
        found, old = epics_in(written(merge)), epics_in(written(prepare(base, [])))
    asked = {(conflict.row, conflict.heading): conflict for conflict in merge.merged.conflicts}
    for epic, cells in old.items():
        for field in {*cells, *FIELDS}:
            said = {turn: changes[epic, field] for turn, (changes, _) in enumerate(people) if (epic, field) in changes}
            new = {turn: value for turn, value in said.items() if value != cells.get(field)}
            if len(set(new.values())) > 1:
                options = {
                    option.file: option.content.value
                    for option in asked.pop((epic.lower(), field)).options
                    if option.content
                }
                assert options == {f"{turn}.xlsx": value for turn, value in new.items()}
                assert found[epic].get(field) == cells.get(field)
            else:
                assert found[epic].get(field) == next(iter(new.values()), cells.get(field))
    assert asked == {}
    assert merge.merged.findings == []


SEPARATORS = ("; ", ", ", "\n", " and ", " und ", " + ", " & ", "\u3001", ";")
NEW_IDS = ("FER-17", "E9", "E11", "e-1", "Epic 1", "17")


@st.composite
def links(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """For each epic, the others it waits for, and the text that says so."""
    waits = [draw(st.lists(st.sampled_from([other for other in IDS if other != own]), unique=True)) for own in IDS]
    return waits, [draw(st.sampled_from(SEPARATORS)).join(others) for others in waits]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    links(), st.dictionaries(st.sampled_from(IDS), st.sampled_from(NEW_IDS), min_size=1), st.integers(0, 7), st.data()
)
def test_a_changed_id_arrives_wherever_it_is_named(
    said: tuple[list[str], list[str]], new_ids: dict[str, str], shuffle: int, data: st.DataObject
) -> None:
    """In lists beside the epics, in scenarios and in guardrails; and whatever another person does meanwhile is merged."""
    assume(len({*new_ids.values()}) == len(new_ids))
    waits, texts = said
    named = data.draw(st.sampled_from(IDS))

    def rename(book: Workbook) -> None:
        cells = {epic: cell(book, epic, "ID") for epic in new_ids}
        for epic, entry in cells.items():
            entry.value = new_ids[epic]
        edited({}, shuffle & 3)(book)

    with tempfile.TemporaryDirectory() as folder:
        rows = [(*epic, text or None) for epic, text in zip(EPICS, texts, strict=True)]
        base = sent_out(Path(folder), rows, (*HEADINGS, "Depends on"))
        book = openpyxl.load_workbook(base)
        for title, lines in (
            ("Scenarios", [("Scenario", "Change", "What", "Value"), ("A", "set", f"job size of {named}", 3)]),
            ("Guardrails", [("Name", "Measure", "Where", "At most"), ("Few", "epics", f"epic = {named}", 1)]),
        ):
            sheet = book.create_sheet(title)
            for line in lines:
                sheet.append(line)
        book.save(base)
        base.write_bytes(with_base(base.read_bytes(), base.name))
        other = edited({(IDS[0], "Remark"): "seen"}, shuffle >> 1)
        merge = prepare(base, [returned(base, "a.xlsx", rename), returned(base, "b.xlsx", other)])
    book = written(merge)
    found = epics_in(book)
    new = {epic: new_ids.get(epic, epic) for epic in IDS}
    assert [*found] == [new[epic] for epic in IDS]
    for epic, others in zip(IDS, waits, strict=True):
        text = str(found[new[epic]].get("Depends on", ""))
        parts = re.split(r"[;,+&\u3001\n]|\s(?:and|und)\s", text) if text else []
        assert [part.strip() for part in parts] == [new[other] for other in others]
    assert (book["Scenarios"]["C2"].value, book["Guardrails"]["C2"].value) == (
        f"job size of {new[named]}",
        f"epic = {new[named]}",
    )
    assert found[new[IDS[0]]]["Remark"] == "seen"
    assert (merge.merged.conflicts, merge.merged.findings) == ([], [])
