"""Excel tables that grow with what is added, and notes beside those that are there."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.editing import PackageEditor
from tests.xlsx.packages import package, part


def book(*, totals: bool = False, notes: bool = False) -> bytes:
    """A workbook with an Excel table in B3:C6 and, if asked for, a note on B4."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = workbook.add_worksheet("Epics")
    sheet.add_table(
        2, 1, 5, 2, {"columns": [{"header": "ID"}, {"header": "Size", "total_function": "sum"}], "total_row": totals}
    )
    if notes:
        sheet.write_comment(3, 1, "first", {"author": "Finance & Co"})
    workbook.close()
    return out.getvalue()


def table_of(content: bytes) -> openpyxl.worksheet.table.Table:
    """The table as another reader sees it."""
    (table,) = openpyxl.load_workbook(io.BytesIO(content))["Epics"].tables.values()
    return table


def test_a_table_gains_a_column() -> None:
    editing = PackageEditor(book(), "book.xlsx")
    for _ in range(2):
        editing.edit("Epics", [CellEdit(3, 4, 'Planned "start" & <more>'), CellEdit(4, 4, "PI 1")])
        editing.add_table_column("Epics", 4, 3, 'Planned "start" & <more>')
    table = table_of(editing.content())
    assert (table.ref, table.autoFilter.ref) == ("B3:D6", "B3:D6")
    assert [(column.id, column.name) for column in table.tableColumns] == [
        (1, "ID"),
        (2, "Size"),
        (3, 'Planned "start" & <more>'),
    ]
    assert 'tableColumns count="3"' in part(editing.content(), "xl/tables/table1.xml")


def test_a_table_that_follows_a_query_keeps_its_columns() -> None:
    """Each of its columns belongs to a field of the query; a column beside it is none of them."""
    editing = PackageEditor(book(), "book.xlsx")
    name = "xl/tables/table1.xml"
    editing.parts.write(name, editing.parts.read(name).replace(b"<table ", b'<table tableType="queryTable" '))
    before = editing.content()
    editing.add_table_column("Epics", 4, 3, "WSJF")
    assert editing.content() == before


def test_a_column_elsewhere_is_none_of_the_table() -> None:
    editing = PackageEditor(book(), "book.xlsx")
    editing.add_table_column("Epics", 6, 3, "Far")
    editing.add_table_column("Epics", 4, 9, "Low")
    assert table_of(editing.content()).ref == "B3:C6"


def test_a_table_gains_rows_but_not_below_its_totals() -> None:
    editing = PackageEditor(book(), "book.xlsx")
    editing.add_table_rows("Epics", 7, 2, 2)
    assert table_of(editing.content()).ref == "B3:C8"
    with_totals = PackageEditor(book(totals=True), "book.xlsx")
    with_totals.add_table_rows("Epics", 7, 2, 2)
    assert table_of(with_totals.content()).ref == "B3:C6"
    with_totals.add_table_column("Epics", 4, 3, "More")
    assert table_of(with_totals.content()).autoFilter.ref == "B3:D5"


def test_headings_of_a_table_are_not_written_over() -> None:
    editing = PackageEditor(book(), "book.xlsx")
    with pytest.raises(WrongUseError, match=r"Epics!C3 .* the headings of an Excel table"):
        editing.edit("Epics", [CellEdit(3, 3, "Job size")])
    editing.edit("Epics", [CellEdit(3, 3, "Size")])


@pytest.mark.parametrize(
    ("content", "had_one"),
    [(package(""), False), (book(), False), (book(notes=True), True)],
    ids=["by hand", "no notes", "a note"],
)
def test_a_note_arrives_beside_the_others(content: bytes, had_one: bool, tmp_path: Path) -> None:
    editing = PackageEditor(content, "book.xlsx")
    sheet = editing.sheets[0]
    for _ in range(2):
        editing.comment(sheet, 4, 2, "Sales", "second <note>")
        editing.comment(sheet, 9, 1, "Finance & Co", "third")
    path = tmp_path / "book.xlsx"
    path.write_bytes(editing.content())
    found = openpyxl.load_workbook(path)[sheet]
    assert found["B4"].comment.text == ("first\nsecond <note>" if had_one else "second <note>")
    assert (found["A9"].comment.author, found["A9"].comment.text) == ("Finance & Co", "third")
    assert part(editing.content(), "xl/comments1.xml").count("<author>") == (1 if had_one else 2)
    shapes = re.findall(r'<v:shape id="(_x0000_s\d+)"', part(editing.content(), "xl/drawings/vmlDrawing1.vml"))
    assert len(set(shapes)) == len(shapes) == 2
