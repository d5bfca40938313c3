"""Workbooks as they come back from other programs and other habits."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table as ExcelTable

from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.merge.base_sheet import with_base
from portfolio.merge.merge_copies import prepare, resolve
from portfolio.merge.read_contents import read_contents
from portfolio.merge.workbook_contents import Comment
from tests.merge.workbooks import (
    EPICS,
    HEADINGS,
    TOP,
    cell,
    epics_in,
    heading_places,
    insert_column,
    merged,
    put,
    returned,
    sent_out,
    sort_rows,
    written,
)
from tests.recalculate import recalculate_libreoffice


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return sent_out(tmp_path)


def nothing(book: Workbook) -> None:
    """No edit: only opened and saved."""
    assert book.sheetnames


def rewritten(path: Path, changes: dict[str, bytes]) -> Path:
    """A package with parts replaced or added."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()} | changes
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_copy_that_went_through_libreoffice(base: Path) -> None:
    """Sorted, edited and saved there: only the edits are seen, the snapshot is used, and what is written opens there."""

    def edit(book: Workbook) -> None:
        sort_rows(book)
        insert_column(book, 2)
        put("E3", "Job size", 1)(book)
        cell(book, "E1", "Twice the size").value = f"=D{cell(book, 'E1', 'ID').row}*4"

    copy = returned(base, "copy.xlsx", edit, "Ada")
    recalculate_libreoffice(copy, base.parent)
    merge = prepare(base, [base.parent / "recalculated" / "copy.xlsx"])
    assert [copy.base for copy in merge.returned] == ["own snapshot"]
    assert (merge.merged.conflicts, merge.merged.findings) == ([], [])
    assert {(change.row, change.heading, str(change.after)) for change in merge.merged.changes} == {
        ("e1", "Twice the size", "=D7*4"),
        ("e3", "Job size", "1"),
    }
    out = base.parent / "out.xlsx"
    out.write_bytes(merge.content)
    sheets = recalculate_libreoffice(out, base.parent)
    assert (sheets["Epics"]["E4"], sheets["Epics"]["C6"], sheets["Epics"]["C9"]) == (20, 1, 27)


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_hidden_keys_and_choices_survive_libreoffice(base: Path) -> None:
    """An epic without an ID was renamed there; a conflict was settled there."""
    (base.parent / "titles").mkdir()
    titles = sent_out(base.parent / "titles", [(epic[1], epic[2]) for epic in EPICS], ("Title", "Job size"))
    renamed = returned(titles, "renamed.xlsx", put("New ledger", "Title", "General ledger"))
    recalculate_libreoffice(renamed, titles.parent)
    found = prepare(titles, [titles.parent / "recalculated" / "renamed.xlsx"]).merged
    assert [(change.row, change.column, str(change.after)) for change in found.changes] == [
        ("new ledger", "title", "General ledger")
    ]
    assert (found.conflicts, found.findings, found.added, found.removed) == ([], [], [], [])

    out = base.parent / "out.xlsx"
    out.write_bytes(merged(base, put("E1", "Job size", 1), put("E1", "Job size", 2)).content)
    book = openpyxl.load_workbook(out)
    book["Conflicts"].cell(5, heading_places(book["Conflicts"], 4)["Choice"]).value = "b.xlsx"
    book.save(out)
    recalculate_libreoffice(out, base.parent)
    resolved = resolve(base.parent / "recalculated" / "out.xlsx")
    assert (resolved.resolved, resolved.left, resolved.findings) == (1, 0, [])
    book = openpyxl.load_workbook(io.BytesIO(resolved.content))
    assert cell(book, "E1", "Job size").value == 2
    assert "Conflicts" not in book.sheetnames


def test_sending_out_again_makes_no_difference(base: Path) -> None:
    """Neither for the bytes nor for what a reader of portfolios finds."""
    content = base.read_bytes()
    assert with_base(content, "again.xlsx") == content
    plain = base.parent / "plain.xlsx"
    book = openpyxl.load_workbook(base)
    del book["_portfolio_base"]
    book.save(plain)
    assert read_portfolio(base).raw == read_portfolio(plain).raw
    assert [finding.what for finding in read_portfolio(base).findings] == [
        finding.what for finding in read_portfolio(plain).findings
    ]


def test_an_excel_table_grows_with_its_rows_and_columns(tmp_path: Path) -> None:
    def as_table(book: Workbook) -> None:
        book["Epics"].add_table(ExcelTable(displayName="List", ref=f"A{TOP}:F{TOP + len(EPICS)}"))
        book["Epics"].delete_rows(TOP + 6)

    base = returned(sent_out(tmp_path), "table.xlsx", as_table)

    def edit(book: Workbook) -> None:
        sheet = book["Epics"]
        for column, value in enumerate(("E5", "Fraud radar", 5), 1):
            sheet.cell(TOP + 5, column).value = value
        sheet.cell(TOP, 7).value = "Sponsor"
        sheet.cell(TOP + 1, 7).value = "Finance"

    merge = merged(base, edit)
    sheet = written(merge)["Epics"]
    table = sheet.tables["List"]
    assert table.ref == f"A{TOP}:G{TOP + 5}"
    assert [column.name for column in table.tableColumns] == [*HEADINGS, "Sponsor"]
    assert (sheet.cell(TOP + 5, 2).value, sheet.cell(TOP + 1, 7).value) == ("Fraud radar", "Finance")


def test_dates_look_like_dates(tmp_path: Path) -> None:
    """A date in a cell that never held one, and beside others; a date is the same as its number."""
    epics = [("E1", "Chatbot", 5, datetime(2027, 3, 1)), ("E2", "Ledger", 8, None), ("E3", "Open data", 3, None)]
    base = sent_out(tmp_path, epics, ("ID", "Title", "Job size", "Deadline"))
    dated = merged(base, put("E2", "Deadline", datetime(2027, 5, 1)), put("E3", "Title", datetime(2027, 6, 1)))
    book = written(dated)
    assert (cell(book, "E2", "Deadline").value, cell(book, "E2", "Deadline").is_date) == (datetime(2027, 5, 1), True)
    assert (cell(book, "E3", "Title").value, cell(book, "E3", "Title").is_date) == (datetime(2027, 6, 1), True)
    assert [str(change.after) for change in dated.merged.changes] == ["2027-05-01", "2027-06-01"]

    def unformatted(book: Workbook) -> None:
        cell(book, "E1", "Deadline").value = 46447
        cell(book, "E1", "Deadline").number_format = "General"

    assert merged(base, unformatted).merged.changes == []


def test_a_column_that_is_there_twice_is_asked_about(base: Path) -> None:
    def twice(book: Workbook) -> None:
        sheet = book["Epics"]
        sheet.cell(TOP, 7).value = "Size"
        for row in range(TOP + 1, TOP + 5):
            sheet.cell(row, 7).value = sheet.cell(row, 3).value
        sheet.cell(TOP, 3).value = "size"
        sheet.cell(TOP + 1, 7).value = 99

    merge = merged(base, twice)
    assert [(conflict.kind, conflict.row, conflict.heading) for conflict in merge.merged.conflicts] == [
        ("header_ambiguous", "e1", "Job size")
    ]
    assert [(option.file, str(option.content)) for option in merge.merged.conflicts[0].options] == [
        ("a.xlsx, second column", "99")
    ]


def test_ranks_of_peoples_own_and_moved_starts_are_merged(tmp_path: Path) -> None:
    headings = ("ID", "Title", "Job size", "Rank", "Planned start")
    base = sent_out(tmp_path, [("E1", "Chatbot", 5, 1, "=C{row}"), ("E2", "Ledger", 3, 2, None)], headings)
    merge = merged(base, put("E1", "Rank", 7), put("E1", "Planned start", "PI 2"), put("E2", "Planned start", "PI 1"))
    assert merge.merged.conflicts == []
    assert [(change.row, str(change.after)) for change in merge.merged.changes] == [
        ("e1", "7"),
        ("e1", "PI 2"),
        ("e2", "PI 1"),
    ]
    assert merge.merged.findings == []
    assert cell(written(merge), "E1", "Rank").value == 7


def test_conflicts_that_were_there_stay_and_come_once(base: Path) -> None:
    copies = [returned(base, f"{name}.xlsx", put("E1", "Job size", size)) for name, size in (("a", 1), ("b", 2))]
    out = base.parent / "out.xlsx"
    out.write_bytes(prepare(base, copies).content)
    other = returned(base, "c.xlsx", put("E2", "Job size", 3))
    again = prepare(out, [*copies, other])
    sheet = written(again)["Conflicts"]
    assert [sheet.cell(row, 3).value for row in range(5, sheet.max_row + 1)] == ["E1 Chatbot"]
    assert epics_in(written(again))["E2"]["Job size"] == 3


def test_the_same_file_twice_is_one_copy_and_names_are_told_apart(base: Path) -> None:
    (base.parent / "team").mkdir()
    one = returned(base, "copy.xlsx", put("E1", "Job size", 1))
    other = returned(base, "other.xlsx", put("E1", "Job size", 2)).rename(base.parent / "team" / "copy.xlsx")
    merge = prepare(base, [one, other, one])
    assert {copy.file for copy in merge.returned} == {f"{base.parent.name}/copy.xlsx", "team/copy.xlsx"}
    assert len(merge.merged.conflicts) == 1


def test_what_is_no_workbook_is_refused(base: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.json").write_text("{}", encoding="utf-8")
    with pytest.raises(WrongUseError, match=r"copy\.json is not a workbook"):
        prepare(base, [tmp_path / "copy.json"])


def test_a_copy_that_another_program_packed_with_backslashes_is_refused(base: Path) -> None:
    copy = returned(base, "copy.xlsx", nothing)
    with zipfile.ZipFile(copy) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(copy, "w") as package:
        for name, content in parts.items():
            package.writestr(name if name.startswith("[") else name.replace("/", "\\"), content)
    with pytest.raises(WrongUseError, match=r"has no list of sheets; open it in Excel"):
        prepare(base, [copy])


def test_a_stranger_is_noticed(base: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    stranger = sent_out(tmp_path / "far", [("X1", "Something", 1, 1, None, None), ("X2", "Other", 1, 1, None, None)])
    with pytest.raises(
        WrongUseError, match=r"None of the epics of base\.xlsx is in base\.xlsx, so it is not a copy of it"
    ):
        prepare(base, [stranger])


def test_a_workbook_without_any_input_sheet_is_refused(base: Path, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(WrongUseError, match=r"empty\.xlsx has none of the sheets of base\.xlsx \(Epics, Portfolio, "):
        prepare(base, [tmp_path / "empty.xlsx"])


def test_a_copy_without_any_epic_is_still_a_copy(base: Path) -> None:
    """Everything was deleted: that is an edit, which is asked about or applied, and not another portfolio."""
    merge = merged(base, lambda book: book["Epics"].delete_rows(TOP + 1, 4))
    assert {row.row for row in merge.merged.removed} == {"e1", "e2", "e3", "e4"}


def test_a_number_typed_as_text_is_written_as_the_number(base: Path) -> None:
    """Formulas do not count text; what is no number is asked about."""
    merge = merged(base, put("E1", "Job size", "13"), put("E2", "Job size", "20 "), put("E3", "Job size", "about 5"))
    assert [conflict.kind for conflict in merge.merged.conflicts] == ["type"]
    book = written(merge)
    assert [cell(book, epic, "Job size").value for epic in ("E1", "E2", "E3")] == [13, 20, 3]


def test_an_old_or_protected_file_is_named_as_what_it_is(base: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(WrongUseError, match=r"old\.xlsx is an old Excel file \(\.xls\); save it as \.xlsx\."):
        prepare(base, [old])
    with pytest.raises(WrongUseError, match=r"none\.xlsx does not exist; a workbook \(\.xlsx\) is needed\."):
        prepare(base, [tmp_path / "none.xlsx"])


THREADED = """<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="C4" personId="{1}" id="{A}"><text>Is this right?</text></threadedComment>
<threadedComment ref="C4" personId="{2}" id="{B}" parentId="{A}"><text>Yes</text></threadedComment></ThreadedComments>"""
PEOPLE = """<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<person displayName="Ada" id="{1}"/><person displayName="Grace" id="{2}"/></personList>"""
RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="../threadedComments/threadedComment1.xml"
 Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>"""


def test_threaded_comments_come_with_their_authors(base: Path) -> None:
    copy = returned(base, "copy.xlsx", nothing)
    with zipfile.ZipFile(copy) as package:
        links = package.read("xl/_rels/workbook.xml.rels")
    person = (
        b'<Relationship Id="rId99" Target="persons/person.xml" Type="http://x/relationships/person"/></Relationships>'
    )
    rewritten(
        copy,
        {
            "xl/_rels/workbook.xml.rels": links.replace(b"</Relationships>", person),
            "xl/persons/person.xml": PEOPLE.encode(),
            "xl/threadedComments/threadedComment1.xml": THREADED.encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": RELATIONS.encode(),
        },
    )
    merge = prepare(base, [copy])
    said = [(new.row, new.column, new.comment) for new in merge.merged.comments]
    comments = [Comment("Ada", "Is this right?"), Comment("Grace", "Yes")]
    assert said == [("e1", "job_size", comment) for comment in comments]
    text = cell(written(merge), "E1", "Job size").comment.text
    assert all(word in text for word in ("Ada", "Is this right?", "Grace", "Yes"))


def test_shared_formulas_are_spelt_out(base: Path) -> None:
    """Excel writes a column of formulas once and refers to it; that is no edit."""
    copy = returned(base, "copy.xlsx", nothing)
    with zipfile.ZipFile(copy) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    sheet = sheet.replace(b"<f>C4*2</f>", b'<f t="shared" ref="E4:E7" si="0">C4*2</f>')
    for row in (5, 6, 7):
        sheet = sheet.replace(f"<f>C{row}*2</f>".encode(), b'<f t="shared" si="0"/>')
    rewritten(copy, {"xl/worksheets/sheet1.xml": sheet})
    assert b'si="0"/>' in zipfile.ZipFile(copy).read("xl/worksheets/sheet1.xml")
    assert prepare(base, [copy]).merged.changes == []


def test_ten_thousand_epics_carry_a_small_snapshot() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Epics")
    sheet.append(["ID", "Title", *(f"Field {number}" for number in range(28))])
    for row in range(10_000):
        sheet.append(
            [f"EP-{row}", f"Epic number {row * 7919 % 10_007}", *((row * number) % 21 for number in range(28))]
        )
    packed = io.BytesIO()
    book.save(packed)
    content = with_base(packed.getvalue(), "big.xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {info.filename: info.compress_size for info in package.infolist()}
        snapshot = next(name for name in parts if b"Portfolio base snapshot" in package.read(name)[:4000])
    assert parts[snapshot] < 1_000_000


@pytest.mark.parametrize("sheet", ["Epics", "My epics"])
def test_rows_and_headings_wherever_they_are(sheet: str, base: Path) -> None:
    """The sheet was renamed, rows were inserted above, and the order of the columns is another one."""

    def edit(book: Workbook) -> None:
        put("E2", "Remark", "moved")(book)
        book["Epics"].move_range("F3:F7", cols=3)
        book["Epics"].title = sheet

    merge = merged(base, edit)
    assert [(change.row, change.column, str(change.after)) for change in merge.merged.changes] == [
        ("e2", "=remark", "moved")
    ]


def test_a_formula_that_refers_to_what_is_gone_is_said(base: Path) -> None:
    def to_new(book: Workbook) -> None:
        cell(book, "E3", "Twice the size").value = f"=C{TOP + 2}+1"

    def without(book: Workbook) -> None:
        for entry in book["Epics"][TOP + 2]:
            entry.value = None

    merge = merged(base, to_new)
    assert merge.merged.findings == []
    moved_on = returned(base, "moved.xlsx", without)
    found: Any = prepare(moved_on, [base.parent / "a.xlsx"])
    assert [finding.what for finding in found.merged.findings if finding.severity == "error"] == [
        f"Not merged: the formula =C{TOP + 2}+1."
    ]


def test_a_cell_that_cannot_be_written_is_said_and_all_others_are(base: Path) -> None:
    """Here a cell of the base lies within an array formula."""

    def with_array(book: Workbook) -> None:
        book["Epics"]["F5"] = ArrayFormula("F5:F6", "=C5:C6*3")

    merge = prepare(
        returned(base, "array.xlsx", with_array),
        [returned(base, "a.xlsx", put("E3", "Remark", "mine")), returned(base, "b.xlsx", put("E1", "Remark", "yours"))],
    )
    (finding,) = merge.merged.findings
    assert (finding.place, finding.what) == ("array.xlsx, Epics!F6", 'Not merged: "mine".')
    assert "array formula" in finding.rule
    assert {(change.row, change.status) for change in merge.merged.changes} == {("e1", "applied"), ("e3", "not merged")}
    assert cell(written(merge), "E1", "Remark").value == "yours"


def test_the_same_contents_read_the_same(base: Path) -> None:
    first, second = (read_contents(base.read_bytes(), "x") for _ in range(2))
    assert first == second
    assert list(heading_places(openpyxl.load_workbook(base)["Epics"])) == list(HEADINGS)
