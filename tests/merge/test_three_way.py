"""What has to be true of every merge, whatever was edited by whom."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.merge.dictionaries import COLUMNS, SHEET, Rows, edits_of, filled, merge, result

NAMES = [f"E{number}" for number in range(1, 8)]
VALUES = st.one_of(st.none(), st.integers(0, 4).map(float))
CELLS = st.dictionaries(st.sampled_from(COLUMNS), VALUES)
TABLES = st.dictionaries(st.sampled_from(NAMES), CELLS, min_size=1)


@st.composite
def edited(draw: st.DrawFn, before: Rows) -> Rows:
    """A copy of a table with some cells changed, rows removed and rows added."""
    rows = {row: dict(cells) for row, cells in before.items() if draw(st.integers(0, 5))}
    for cells in rows.values():
        if draw(st.booleans()):
            cells |= draw(CELLS)
    for name in draw(st.lists(st.sampled_from([*NAMES, "N1", "N2"]), max_size=2)):
        if name not in before:
            rows[name] = draw(CELLS)
    names = draw(st.permutations(list(rows)))
    return {name: rows[name] for name in names}


@st.composite
def situations(draw: st.DrawFn) -> tuple[Rows, Rows, dict[str, Rows]]:
    """What was sent out, what the base is now, and up to three copies."""
    sent = draw(TABLES)
    base = draw(edited(sent)) if draw(st.booleans()) else sent
    count = draw(st.integers(1, 3))
    return sent, base, {f"{name}.xlsx": draw(edited(sent)) for name in "abc"[:count]}


@given(TABLES)
def test_merging_nothing_is_the_identity(base: Rows) -> None:
    """No copy, or a copy in which nothing was done."""
    for copies in ({}, {"a": base}, {"a": base, "b": base}):
        merged = merge(base, copies)
        assert result(base, merged) == filled(base)
        assert [*merged.changes, *merged.conflicts, *merged.findings, *merged.added, *merged.removed] == []


@given(situations())
def test_the_order_of_the_copies_makes_no_difference(situation: tuple[Rows, Rows, dict[str, Rows]]) -> None:
    """Neither does the order of the rows in them."""
    sent, base, copies = situation
    first = merge(base, copies, sent)
    for turned in itertools.permutations(copies):
        again = merge(base, {file: copies[file] for file in turned}, sent)
        assert again == first


@settings(max_examples=300)
@given(situations())
def test_no_edit_is_ever_lost(situation: tuple[Rows, Rows, dict[str, Rows]]) -> None:
    """It is applied, or it is an option of a conflict: each cell, each row that was removed."""
    sent, base, copies = situation
    merged = merge(base, copies, sent)
    after = result(base, merged)
    for file, now in copies.items():
        for row, column, value in edits_of(sent, now):
            applied = row in after and after[row].get(column) == value
            assert applied or offered(merged, file, row, column, value), (file, row, column, value)
        for row in sent.keys() - now.keys():
            options = [option for conflict in merged.conflicts for option in conflict.options if row in option.rows]
            assert row not in after or file in [option.file for option in options]


def offered(merged: Any, file: str, row: str, column: str, value: Any) -> bool:
    """Whether a conflict has this file's value for the cell, or its whole row with the value in it."""
    for conflict in merged.conflicts:
        for option in conflict.options:
            held = dict(option.cells).get(column) if option.action == "add" else option.content
            fits = conflict.row == row and (conflict.column in ("", column)) and option.file == file
            if fits and option.action != "remove" and (None if held is None else held.value) == value:
                return True
    return False


@given(situations())
def test_nothing_is_invented(situation: tuple[Rows, Rows, dict[str, Rows]]) -> None:
    """Every cell of the result stands in the base or in a copy; where copies disagree, the base keeps what it has."""
    sent, base, copies = situation
    merged = merge(base, copies, sent)
    after = result(base, merged)
    for row, cells in after.items():
        for column, value in cells.items():
            said = [rows.get(row, {}).get(column) for rows in (base, *copies.values())]
            assert value in said
    for conflict in merged.conflicts:
        if conflict.column and conflict.row in base and conflict.row in after:
            assert after[conflict.row].get(conflict.column) == base[conflict.row].get(conflict.column)


@given(st.data())
def test_disjoint_edits_all_arrive(data: st.DataObject) -> None:
    """If no two copies touch the same cell, there is no conflict and every edit is there."""
    base = data.draw(TABLES)
    copies = {file: {row: dict(cells) for row, cells in base.items()} for file in "abc"}
    expected = {row: dict(cells) for row, cells in base.items()}
    for row, column in itertools.product(base, COLUMNS):
        file, value = data.draw(st.sampled_from("abc")), data.draw(VALUES)
        copies[file][row][column] = expected[row][column] = value
    for file, name in zip("abc", ("N1", "N2", "N3"), strict=True):
        if data.draw(st.booleans()):
            copies[file][name] = expected[name] = data.draw(CELLS)
    merged = merge(base, copies)
    assert merged.conflicts == []
    assert result(base, merged) == filled(expected)


@given(st.data())
def test_the_same_copy_twice_is_that_copy(data: st.DataObject) -> None:
    """Agreeing edits are made once: merge(base, x, x) is x."""
    base = data.draw(TABLES)
    now = data.draw(edited(base))
    merged = merge(base, {"a": now, "b": now})
    if any(conflict.kind == "many_removed" for conflict in merged.conflicts):
        return
    assert merged.conflicts == []
    assert result(base, merged) == filled(now)
    assert all(change.files == ("a", "b") for change in merged.changes)


@given(st.data())
def test_merging_again_changes_nothing(data: st.DataObject) -> None:
    """What was merged without conflict is there already when the same copies are merged into the result."""
    base = data.draw(TABLES)
    copies = {"a": data.draw(edited(base)), "b": data.draw(edited(base))}
    once = result(base, merge(base, copies))
    again = merge(once, copies, base)
    assert result(once, again) == once
    assert all(change.status != "applied" for change in again.changes)


def conflict_kinds(base: Rows, copies: dict[str, Rows], before: Rows | None = None) -> list[str]:
    return [conflict.kind for conflict in merge(base, copies, before).conflicts]


def test_two_values_are_a_conflict_with_both_authors() -> None:
    merged = merge({"E": {"a": 1.0}}, {"x": {"E": {"a": 2.0}}, "y": {"E": {"a": 3.0}}})
    (conflict,) = merged.conflicts
    assert (conflict.kind, conflict.row, conflict.column, str(conflict.now)) == ("value", "E", "a", "1")
    said = [(option.file, option.author, str(option.content)) for option in conflict.options]
    assert said == [("x", "author of x", "2"), ("y", "author of y", "3")]
    assert merged.edits[SHEET].cells == {}


def test_a_base_that_moved_on_is_a_conflict_too() -> None:
    assert conflict_kinds({"E": {"a": 5.0}}, {"x": {"E": {"a": 2.0}}}, {"E": {"a": 1.0}}) == ["value"]
    assert conflict_kinds({"E": {"a": 2.0}}, {"x": {"E": {"a": 2.0}}}, {"E": {"a": 1.0}}) == []


def test_removed_by_one_and_untouched_elsewhere_is_removed() -> None:
    base: Rows = {"E": {"a": 1.0}, "F": {"a": 1.0}}
    merged = merge(base, {"x": {"F": {"a": 1.0}}, "y": base})
    assert merged.conflicts == []
    assert result(base, merged) == {"F": {"a": 1.0}}


def test_removed_by_one_and_edited_by_another_is_left_to_choose() -> None:
    base: Rows = {"E": {"a": 1.0}, "F": {"a": 1.0}}
    merged = merge(base, {"x": {"F": {"a": 1.0}}, "y": {"E": {"a": 2.0}, "F": {"a": 1.0}}})
    assert [(conflict.kind, conflict.row) for conflict in merged.conflicts] == [("delete_edit", "E")]
    assert result(base, merged) == {"E": {"a": 2.0}, "F": {"a": 1.0}}


def test_an_extract_removes_nothing() -> None:
    """Somebody sent back his three rows of ten."""
    base: Rows = {f"E{number}": {"a": float(number)} for number in range(10)}
    extract = {row: {"a": 99.0} for row in ("E1", "E2", "E3")}
    merged = merge(base, {"x": extract})
    assert [conflict.kind for conflict in merged.conflicts] == ["many_removed"]
    assert merged.conflicts[0].options[0].rows == ("E0", "E4", "E5", "E6", "E7", "E8", "E9")
    assert result(base, merged) == base | extract


def test_text_in_the_place_of_a_number_is_asked_about() -> None:
    assert conflict_kinds({"E": {"a": 5.0}}, {"x": {"E": {"a": "about 5"}}}) == ["type"]
    assert conflict_kinds({"E": {"a": 5.0}}, {"x": {"E": {"a": "5"}}}) == []
    assert conflict_kinds({"E": {"a": "about 5"}}, {"x": {"E": {"a": 5.0}}}) == []


def test_fifteen_digits_count() -> None:
    assert merge({"E": {"a": 0.1 + 0.2}}, {"x": {"E": {"a": 0.3}}}).changes == []
    assert merge({"E": {"a": 0.3}}, {"x": {"E": {"a": 0.3000001}}}).changes != []
