"""Merging real workbooks: what came back was sorted, widened, commented and edited; what goes out is the base, changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from portfolio.intake.read_portfolio import read_portfolio
from portfolio.merge.merge_copies import prepare, resolve
from tests.merge.workbooks import (
    EPICS,
    TOP,
    cell,
    epics_in,
    heading_places,
    insert_column,
    insert_row,
    merged,
    put,
    returned,
    sent_out,
    sort_rows,
    written,
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return sent_out(tmp_path)


def nothing(book: Workbook) -> None:
    """No edit: only opened and saved."""


def test_a_copy_that_was_only_saved_changes_nothing(base: Path) -> None:
    """Not a cell, not a part of the package besides the snapshot."""
    merge = merged(base, nothing)
    found = merge.merged
    assert (found.changes, found.conflicts, found.findings, found.added, found.columns) == ([], [], [], [], [])
    assert [(copy.file, copy.author, copy.base) for copy in merge.returned] == [("a.xlsx", "A", "own snapshot")]
    assert merge.content == prepare(base, []).content


def test_only_changed_cells_differ(base: Path) -> None:
    """All other parts of the package are the base's own bytes."""
    merge = merged(base, put("E2", "Job size", 21))
    with zipfile.ZipFile(base) as old, zipfile.ZipFile(io.BytesIO(merge.content)) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        snapshot = next(name for name in old.namelist() if b"Portfolio base snapshot" in old.read(name))
    assert changed == {"xl/worksheets/sheet1.xml", snapshot} | (changed & {"xl/workbook.xml"})
    assert cell(written(merge), "E2", "Job size").value == 21


def test_edits_arrive_whatever_happened_to_rows_and_columns(base: Path) -> None:
    """One sorted the rows, another inserted a column in front, a third calls the size by another name."""

    def sorted_and_edited(book: Workbook) -> None:
        sort_rows(book)
        put("E1", "Job size", 1)(book)

    def widened_and_edited(book: Workbook) -> None:
        insert_column(book, 1)
        put("E2", "Job size", 2)(book)

    def renamed_and_edited(book: Workbook) -> None:
        put("E3", "Job size", 20)(book)
        cell(book, "E3", "Job size").offset(row=TOP - cell(book, "E3", "Job size").row).value = "Size"

    merge = merged(base, sorted_and_edited, widened_and_edited, renamed_and_edited)
    assert merge.merged.conflicts == []
    applied = [(change.label, change.heading, str(change.after)) for change in merge.merged.changes]
    assert applied == [
        ("E1 Chatbot", "Job size", "1"),
        ("E2 New ledger", "Job size", "2"),
        ("E3 Open data", "Job size", "20"),
    ]
    found = epics_in(written(merge))
    assert list(found) == ["E1", "E2", "E3", "E4"]
    assert [found[epic]["Job size"] for epic in found] == [1, 2, 20, 13]
    assert [finding.what for finding in merge.merged.findings] == ["The column Job size is called Size."]


def test_a_changed_id_is_an_edit_of_the_id(base: Path) -> None:
    """The epic is neither removed nor new, and another copy's edit of it arrives."""
    merge = merged(base, put("E2", "ID", "EP-2"), put("E2", "Job size", 1))
    assert (merge.merged.added, merge.merged.removed, merge.merged.conflicts) == ([], [], [])
    assert epics_in(written(merge))["EP-2"]["Job size"] == 1


def test_two_epics_never_end_up_with_one_id(base: Path) -> None:
    def new_epic(book: Workbook) -> None:
        insert_row(book, TOP + 5, ("E9", "Another epic", 3))

    merge = merged(base, put("E2", "ID", "E9"), new_epic)
    assert [conflict.kind for conflict in merge.merged.conflicts] == ["changed_id"]
    assert epics_in(written(merge))["E9"]["Title"] == "Another epic"
    assert epics_in(written(merge))["E2"]["Title"] == "New ledger"


def test_a_copied_row_is_asked_about_and_nothing_of_it_is_lost(base: Path) -> None:
    def copied(book: Workbook) -> None:
        insert_row(book, TOP + 1, ("E2", "Copy of the ledger", 99))

    merge = merged(base, copied)
    (conflict,) = merge.merged.conflicts
    assert (conflict.kind, conflict.label) == ("duplicate_id", "E2 New ledger")
    held = {column: str(content) for column, content in conflict.options[0].cells}
    assert held == {"id": "E2", "title": "Copy of the ledger", "job_size": "99"}
    assert merge.merged.changes == []


def test_new_epics_go_below_the_last_one(base: Path) -> None:
    """Into the blank row above the totals first, then below them; the totals stay where they are."""

    def with_new(name: str, title: str) -> Any:
        def edit(book: Workbook) -> None:
            insert_row(book, TOP + 2, (name, title, 5, 5, f"=C{TOP + 2}*2"))

        return edit

    merge = merged(base, with_new("E5", "Fraud radar"), with_new("E6", "Branch of the future"))
    assert merge.merged.conflicts == []
    sheet = written(merge)["Epics"]
    assert [sheet.cell(row, 1).value for row in range(TOP + 1, TOP + 8)] == [
        "E1",
        "E2",
        "E3",
        "E4",
        "E5",
        "Total",
        "E6",
    ]
    assert (sheet.cell(TOP + 5, 5).value, sheet.cell(TOP + 7, 5).value) == (f"=C{TOP + 5}*2", f"=C{TOP + 7}*2")


def test_the_same_new_epic_comes_once(base: Path) -> None:
    def new_epic(value: int) -> Any:
        def edit(book: Workbook) -> None:
            sheet = book["Epics"]
            for column, entry in enumerate(("E5", "Fraud radar", 5, value), 1):
                sheet.cell(TOP + 5, column).value = entry

        return edit

    merge = merged(base, new_epic(8), new_epic(8), new_epic(13))
    assert [(row.row, row.files) for row in merge.merged.added] == [("e5", ("a.xlsx", "b.xlsx", "c.xlsx"))]
    assert [(conflict.kind, conflict.heading) for conflict in merge.merged.conflicts] == [
        ("value", "User-business value")
    ]
    assert epics_in(written(merge))["E5"] == {"ID": "E5", "Title": "Fraud radar", "Job size": 5}


def test_a_removed_epic_leaves_an_empty_row(base: Path) -> None:
    def without_ledger(book: Workbook) -> None:
        book["Epics"].delete_rows(TOP + 2)

    merge = merged(base, without_ledger, put("E3", "Job size", 1))
    assert merge.merged.conflicts == []
    sheet = written(merge)["Epics"]
    assert [sheet.cell(row, 1).value for row in range(TOP + 1, TOP + 5)] == ["E1", None, "E3", "E4"]
    assert all(entry.value is None for entry in sheet[TOP + 2])


def test_formulas_are_compared_as_formulas(base: Path) -> None:
    """After sorting and inserting columns they are the same; an edited one arrives where its epic stands."""

    def moved_and_edited(book: Workbook) -> None:
        sort_rows(book)
        insert_column(book, 2)
        entry = cell(book, "E2", "Twice the size")
        entry.value = f"=D{entry.row}*3+E{entry.row}"

    merge = merged(base, moved_and_edited)
    assert [(change.label, str(change.before)) for change in merge.merged.changes] == [
        ("E2 New ledger", f"=C{TOP + 2}*2")
    ]
    assert merge.merged.conflicts == []
    assert cell(written(merge), "E2", "Twice the size").value == f"=C{TOP + 2}*3+D{TOP + 2}"


def test_sorting_leaves_ranges_as_they_are(tmp_path: Path) -> None:
    """A formula over some fixed rows, and one over all rows, say the same after sorting and after a new row."""
    epics = [
        (f"E{turn}", title, turn, "=C{row}/SUM($C$4:$C$5)", "=RANK(C{row},C$4:C$7)")
        for turn, title in enumerate(("Chatbot", "Ledger", "Abroad", "Data"), 1)
    ]
    base = sent_out(tmp_path, epics, ("ID", "Title", "Job size", "Share", "Place"))

    def with_row(book: Workbook) -> None:
        insert_row(book, TOP + 3, ("E9", "New", 9))

    for edit, added in ((sort_rows, 0), (with_row, 1)):
        found = merged(base, edit).merged
        assert ([change for change in found.changes if change.row != "e9"], found.conflicts) == ([], [])
        assert len(found.added) == added


def test_a_value_over_a_formula_is_asked_about(base: Path) -> None:
    merge = merged(base, put("E2", "Twice the size", 16))
    assert [conflict.kind for conflict in merge.merged.conflicts] == ["formula_overwritten"]
    assert cell(written(merge), "E2", "Twice the size").value == f"=C{TOP + 2}*2"


def test_new_columns_and_comments_are_carried_over(base: Path) -> None:
    def commented(book: Workbook) -> None:
        insert_column(book, 1, "Sponsor")
        cell(book, "E3", "Sponsor").value = "Finance"
        cell(book, "E3", "Job size").comment = Comment("Too small", "Ada")

    merge = merged(base, commented, put("E1", "Remark", "done"))
    assert [(column.heading, column.files) for column in merge.merged.columns] == [("Sponsor", ("a.xlsx",))]
    book = written(merge)
    assert heading_places(book["Epics"])["Sponsor"] == 7
    assert cell(book, "E3", "Sponsor").value == "Finance"
    assert "Too small" in cell(book, "E3", "Job size").comment.text
    assert "Ada" in cell(book, "E3", "Job size").comment.text
    again = prepare(Path(returned(base, "next.xlsx", nothing)), [])
    assert again.merged.comments == []


def test_other_sheets_are_merged_too(base: Path) -> None:
    def edit(book: Workbook) -> None:
        book["Portfolio"]["B3"] = 4
        book["Portfolio"].append(("Currency", "EUR"))
        book["Capacity"]["C3"] = 25
        book["Capacity"]["D1"] = "PI 3"
        book["Capacity"]["D2"], book["Capacity"]["D3"] = 7, 8
        book["Dependencies"].append(("E3", "E4"))
        book["Value streams"]["C2"] = 11

    merge = merged(base, edit)
    assert merge.merged.conflicts == []
    path = base.parent / "out.xlsx"
    path.write_bytes(merge.content)
    found = read_portfolio(path).raw
    assert (found["portfolio_wip_limit"], found["currency"]) == (4, "EUR")
    assert found["calendar"]["periods"] == ["PI 1", "PI 2", "PI 3"]
    assert [stream["capacity"] for stream in found["value_streams"]] == [[40, 40, 7], [30, 25, 8]]
    assert found["value_streams"][0]["cost_per_unit"] == 11
    assert found["dependencies"][1] == {"predecessor": "E3", "successor": "E4"}


def test_missing_columns_and_sheets_are_no_empty_cells(base: Path) -> None:
    def cut(book: Workbook) -> None:
        book["Epics"].delete_cols(6)
        del book["Capacity"]

    merge = merged(base, cut)
    assert merge.merged.changes == []
    assert sorted(finding.what for finding in merge.merged.findings) == [
        "The sheet Capacity, or its header row, no longer exists.",
        "There is no column Remark any more.",
    ]
    assert epics_in(written(merge))["E1"]["Remark"] == "ask finance"


def test_what_is_not_merged_is_said(base: Path) -> None:
    def beside(book: Workbook) -> None:
        book["Epics"]["A1"] = "Epics for 2028"
        book["Epics"]["J2"] = "call me"
        book.create_sheet("Ideas")["B2"] = "more chatbots"

    said = " ".join(map(str, merged(base, beside).merged.findings))
    for words in ("Ideas", "Epics for 2028", "J2 call me", "Epics for 2027 no longer exists"):
        assert words in said


def test_the_base_may_move_on(base: Path) -> None:
    """What the base changed since is no edit of the copy: the copy brings its own base along."""
    copy = returned(base, "copy.xlsx", put("E1", "Job size", 1))
    moved = returned(base, "moved.xlsx", put("E2", "Job size", 2))
    merge = prepare(moved, [copy])
    assert merge.merged.conflicts == []
    assert [found["Job size"] for found in epics_in(written(merge)).values()] == [1, 2, 3, 13]


def test_a_base_that_renamed_an_epic_is_still_its_base(base: Path) -> None:
    """The base gave E2 another ID since; one copy changed its title, the other has a new epic with that ID."""

    def new_epic(book: Workbook) -> None:
        insert_row(book, TOP + 5, ("E9", "Another epic", 3))

    copy = returned(base, "copy.xlsx", put("E2", "Title", "General ledger"))
    other = returned(base, "other.xlsx", new_epic)
    moved = returned(base, "moved.xlsx", put("E2", "ID", "E9"))
    merge = prepare(moved, [copy, other])
    assert (merge.merged.added, merge.merged.removed) == ([], [])
    assert [(conflict.kind, conflict.label) for conflict in merge.merged.conflicts] == [
        ("duplicate_id", "E9 New ledger")
    ]
    assert epics_in(written(merge))["E9"]["Title"] == "General ledger"


def test_a_snapshot_that_was_changed_is_not_used(base: Path) -> None:
    def tampered(book: Workbook) -> None:
        sheet = book["_portfolio_base"]
        sheet.cell(5, 2).value = "A" + str(sheet.cell(5, 2).value)[1:]
        put("E1", "Job size", 1)(book)

    def without(book: Workbook) -> None:
        del book["_portfolio_base"]

    merge = merged(base, tampered, without)
    assert [copy.base for copy in merge.returned] == ["BASE", "BASE"]
    assert [finding.what.split(":")[0] for finding in merge.merged.findings] == [
        "The base snapshot in it was changed",
        "There is no base snapshot in it.",
    ]
    assert epics_in(written(merge))["E1"]["Job size"] == 1


def test_the_snapshot_is_hidden_from_people_and_the_same_every_time(base: Path) -> None:
    book = openpyxl.load_workbook(base)
    assert book["_portfolio_base"].sheet_state == "veryHidden"
    assert book.active is not None
    assert book.active.title == "Epics"
    again = prepare(base, [])
    assert again.content == prepare(base, []).content
    assert written(again)["_portfolio_base"]["B4"].value == book["_portfolio_base"]["B4"].value


def test_epics_without_ids_keep_their_identity_by_hidden_keys(tmp_path: Path) -> None:
    """Renamed, sorted, and a copied row in between: the edits still find their epics."""
    headings = ("Title", "User-business value", "Job size", "Time criticality")
    base = sent_out(tmp_path, [(title, value, size, 1) for _, title, size, value, *_ in EPICS], headings)
    sheet = openpyxl.load_workbook(base)["Epics"]
    (column,) = [entry for entry in sheet[TOP] if entry.value == "Portfolio key"]
    assert sheet.column_dimensions[column.column_letter].hidden
    assert sheet.column_dimensions["A"].hidden is False

    def renamed(book: Workbook) -> None:
        put("New ledger", "Title", "General ledger")(book)
        put("General ledger", "Job size", 1)(book)

    merge = merged(base, renamed, put("New ledger", "Time criticality", 5))
    assert (merge.merged.conflicts, merge.merged.added, merge.merged.removed) == ([], [], [])
    book = written(merge)
    assert (cell(book, "General ledger", "Job size").value, cell(book, "General ledger", "Time criticality").value) == (
        1,
        5,
    )


def choose(path: Path, *choices: str, other: Any = None) -> None:
    """Fills in the sheet Conflicts."""
    book = openpyxl.load_workbook(path)
    sheet = book["Conflicts"]
    places = heading_places(sheet, 4)
    for row, choice in enumerate(choices, 5):
        sheet.cell(row, places["Choice"]).value = choice or None
    if other is not None:
        sheet.cell(5, places["Other value"]).value = other
    book.save(path)


@pytest.fixture
def out(base: Path) -> Path:
    """A merge with two conflicts: the size of E1 and the removal of E4."""

    def ann(book: Workbook) -> None:
        put("E1", "Job size", 1)(book)
        book["Epics"].delete_rows(TOP + 4)

    def bob(book: Workbook) -> None:
        put("E1", "Job size", 2)(book)
        put("E4", "Remark", "keep this")(book)

    path = base.parent / "out.xlsx"
    path.write_bytes(merged(base, ann, bob).content)
    return path


def test_conflicts_stand_on_a_sheet_with_who_said_what(out: Path) -> None:
    sheet = openpyxl.load_workbook(out)["Conflicts"]
    rows = [[entry.value for entry in row][1:9] for row in sheet.iter_rows(min_row=4, max_row=6)]
    assert rows[0] == [
        "Sheet", "Row", "Column", "What", "Sent out", "In the base now", "Who says what", "Choice",
    ]  # fmt: skip
    assert rows[1][:3] == ["Epics", "E4 Payments abroad", None]
    assert rows[1][3] == "removed by one, edited by another"
    assert rows[1][6] == "a.xlsx (A): remove the row\nb.xlsx (B): keep the row, edited: Remark: keep this"
    assert rows[2][:6] == ["Epics", "E1 Chatbot", "Job size", "different values", "5", "5"]
    assert rows[2][6] == "a.xlsx (A): 1\nb.xlsx (B): 2"


def test_the_sheet_of_conflicts_explains_itself(out: Path) -> None:
    """To somebody who has only the workbook: what to do, what is offered, and all of the text to be seen."""
    sheet = openpyxl.load_workbook(out)["Conflicts"]
    assert "do not agree" in sheet["A2"].value
    assert "portfolio merge --resolve FILE --write" in sheet["A3"].value
    rules = sheet.data_validations.dataValidation
    assert [str(rule.sqref) for rule in rules] == ["I5", "I6"]
    offered = [[cell.value for row in sheet[rule.formula1.replace("$", "")] for cell in row] for rule in rules]
    assert offered == [["a.xlsx", "b.xlsx", "keep"]] * 2
    assert all("keep" in rule.prompt and "Other value" in rule.error for rule in rules)
    assert (sheet.row_dimensions[5].height, sheet.row_dimensions[6].height) == (48.75, 33.75)
    assert sheet.print_area == "'Conflicts'!$A$1:$J$6"


def test_choices_are_applied_and_the_rest_stays(out: Path) -> None:
    choose(out, "", "b.xlsx")
    resolved = resolve(out)
    assert (resolved.resolved, resolved.left, resolved.findings) == (1, 1, [])
    book = openpyxl.load_workbook(io.BytesIO(resolved.content))
    assert cell(book, "E1", "Job size").value == 2
    assert book["Conflicts"].max_row == 5
    out.write_bytes(resolved.content)
    choose(out, "a.xlsx")
    done = resolve(out)
    assert (done.resolved, done.left, done.findings) == (1, 0, [])
    book = openpyxl.load_workbook(io.BytesIO(done.content))
    assert "Conflicts" not in book.sheetnames
    assert list(epics_in(book)) == ["E1", "E2", "E3"]


def test_keep_and_another_value(out: Path) -> None:
    for choice in ("keep", "b.xlsx"):
        choose(out, choice, "keep")
        found = resolve(out)
        assert (found.resolved, found.left) == (2, 0)
        assert epics_in(openpyxl.load_workbook(io.BytesIO(found.content)))["E4"]["Remark"] == "keep this"
    choose(out, "", "", other=7)
    found = resolve(out)
    assert (found.resolved, found.left) == (0, 2)
    assert [finding.what for finding in found.findings] == ["Other value is 7."]


def test_a_choice_that_is_not_understood_is_a_finding_at_its_cell(out: Path) -> None:
    choose(out, "keep", "c.xlsx")
    found = resolve(out)
    (finding,) = found.findings
    assert finding.place == "out.xlsx, Conflicts!I6"
    assert (finding.what, finding.fix) == ('Choice is "c.xlsx".', "Choose one of them from the list.")
    assert (found.resolved, found.left) == (1, 1)
    book = openpyxl.load_workbook(io.BytesIO(found.content))
    assert [book["Conflicts"].cell(5, column).value for column in (3, 9)] == ["E1 Chatbot", "c.xlsx"]


def test_a_cell_that_was_changed_meanwhile_is_not_written_over(out: Path) -> None:
    """Somebody typed another value into the cell, and somebody else chose on the sheet."""
    choose(out, "", "b.xlsx")
    book = openpyxl.load_workbook(out)
    cell(book, "E1", "Job size").value = 77
    book.save(out)
    found = resolve(out)
    assert (found.resolved, found.left) == (0, 2)
    assert "it holds" in found.findings[0].rule
    assert cell(openpyxl.load_workbook(io.BytesIO(found.content)), "E1", "Job size").value == 77


def test_formulas_are_chosen_like_values(base: Path) -> None:
    """Two formulas for one cell; the chosen one reads as its author meant it, in the base's positions."""

    def three(book: Workbook) -> None:
        sort_rows(book)
        entry = cell(book, "E2", "Twice the size")
        entry.value = f"=C{entry.row}*3"

    path = base.parent / "out.xlsx"
    path.write_bytes(merged(base, three, put("E2", "Twice the size", f"=C{TOP + 2}*4")).content)
    choose(path, "a.xlsx")
    found = resolve(path)
    assert (found.resolved, found.left, found.findings) == (1, 0, [])
    assert cell(openpyxl.load_workbook(io.BytesIO(found.content)), "E2", "Twice the size").value == f"=C{TOP + 2}*3"


def test_a_removed_row_can_be_brought_back(base: Path) -> None:
    """The base removed an epic that a copy edited; choosing the copy adds it again."""
    copy = returned(base, "copy.xlsx", put("E2", "Remark", "keep me"))

    def without(book: Workbook) -> None:
        for entry in book["Epics"][TOP + 2]:
            entry.value = None

    merge = prepare(returned(base, "moved.xlsx", without), [copy])
    assert [(conflict.kind, conflict.row) for conflict in merge.merged.conflicts] == [("delete_edit", "e2")]
    path = base.parent / "out.xlsx"
    path.write_bytes(merge.content)
    assert list(epics_in(written(merge))) == ["E1", "E3", "E4"]
    choose(path, "copy.xlsx")
    found = epics_in(openpyxl.load_workbook(io.BytesIO(resolve(path).content)))
    assert found["E2"] == {
        "ID": "E2", "Title": "New ledger", "Job size": 8, "User-business value": 13, "Remark": "keep me",
        "Twice the size": found["E2"]["Twice the size"],
    }  # fmt: skip


def test_a_heading_of_ones_own_may_be_renamed(base: Path) -> None:
    """The column is known by what is in it; the heading of the base stays, and that is said."""

    def renamed(book: Workbook) -> None:
        book["Epics"].cell(TOP, 6).value = "Notes of the team"
        for row in range(TOP + 1, TOP + 5):
            book["Epics"].cell(row, 6).value = book["Epics"].cell(row, 6).value or "none yet"

    def only_renamed(book: Workbook) -> None:
        book["Epics"].cell(TOP, 6).value = "Notes of the team"

    merge = merged(base, only_renamed)
    assert (merge.merged.changes, merge.merged.columns) == ([], [])
    assert [finding.what for finding in merge.merged.findings] == ["The column Remark is called Notes of the team."]
    other = merged(base, renamed)
    assert [column.heading for column in other.merged.columns] == ["Notes of the team"]
    assert [finding.what for finding in other.merged.findings] == ["There is no column Remark any more."]
