"""Cells changed in place: what is written, what stays, what is refused."""

from __future__ import annotations

import re
from datetime import date

import pytest

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.cell import CellEdit, Formula
from portfolio.xlsx.patch.editing import PackageEditor
from tests.xlsx.packages import package, part, part_names

SHEET = "xl/worksheets/sheet1.xml"


def edited(content: bytes, *edits: CellEdit) -> str:
    """The first sheet's XML after edits, which have to be a fixed point."""
    editing = PackageEditor(content, "book.xlsx")
    editing.edit("Sheet", edits)
    after = editing.content()
    again = PackageEditor(after, "book.xlsx")
    again.edit("Sheet", edits)
    assert again.content() == after
    return part(after, SHEET)


def data(xml: str) -> str:
    """What stands between the tags of sheetData."""
    found = re.search(r"<sheetData>(.*)</sheetData>", xml, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        (8, '<c r="B2"><v>8</v></c>'),
        (0.1, '<c r="B2"><v>0.1</v></c>'),
        (1e300, '<c r="B2"><v>1e+300</v></c>'),
        (True, '<c r="B2" t="b"><v>1</v></c>'),
        (date(2027, 1, 4), '<c r="B2"><v>46391</v></c>'),
        ("=1+1", '<c r="B2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'),
        (" <a> & b", '<c r="B2" t="inlineStr"><is><t xml:space="preserve"> &lt;a&gt; &amp; b</t></is></c>'),
        ("a\rb\x01", '<c r="B2" t="inlineStr"><is><t xml:space="preserve">a_x000D_b_x0001_</t></is></c>'),
        (
            "_x0041_x0042_",
            '<c r="B2" t="inlineStr"><is><t xml:space="preserve">_x005F_x0041_x005F_x0042_</t></is></c>',
        ),
        (Formula('IF(A1<2,"a",1)', "a"), '<c r="B2" t="str"><f>IF(A1&lt;2,"a",1)</f><v>a</v></c>'),
        (Formula("A1", 2.5), '<c r="B2"><f>A1</f><v>2.5</v></c>'),
        (Formula("A1=1", False), '<c r="B2" t="b"><f>A1=1</f><v>0</v></c>'),
        (Formula("A1"), '<c r="B2"><f>A1</f></c>'),
    ],
)
def test_a_cell_is_written_as_what_it_is(content: object, cell: str) -> None:
    xml = edited(package('<row r="2"><c r="A2"><v>1</v></c></row>'), CellEdit(2, 2, content))  # type: ignore[arg-type]
    assert data(xml) == f'<row r="2"><c r="A2"><v>1</v></c>{cell}</row>'


def test_dates_counted_from_1904() -> None:
    content = package("", workbook='<workbookPr date1904="1"/>')
    assert "<v>44929</v>" in edited(content, CellEdit(1, 1, date(2027, 1, 4)))


def test_everything_around_a_changed_cell_keeps_its_bytes() -> None:
    row = '<row  r=\'5\' ht="20"  customHeight = \'1\' ><!-- <c r="B5"/> --><c r=\'A5\' s="3" ><v>1</v></c >{}<c r="D5"/></row >'
    old = row.format('<c s="4" r="B5" t="s" vm="1"><v>0</v></c>')
    shared = '<sst xmlns="x"><si><t>old</t></si></sst>'
    content = package(old, more={"xl/sharedStrings.xml": shared})
    new = row.format('<c r="B5" s="4"><v>7</v></c>')
    assert data(edited(content, CellEdit(5, 2, 7))) == new


def test_cells_without_a_name_are_counted_from_the_left() -> None:
    content = package("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    xml = edited(content, CellEdit(1, 2, 9), CellEdit(2, 2, 8))
    assert data(xml) == (
        '<row><c><v>1</v></c><c r="B1"><v>9</v></c></row><row><c><v>3</v></c><c r="B2"><v>8</v></c></row>'
    )


def test_new_rows_and_cells_stand_in_their_place() -> None:
    content = package('<row r="2"/><row r="5"><c r="C5"/><c r="E5"/></row>')
    edits = [
        CellEdit(1, 1, 1),
        CellEdit(2, 1, 2),
        CellEdit(3, 1, 3),
        CellEdit(5, 4, 5),
        CellEdit(5, 1, 4),
        CellEdit(9, 1, 6),
    ]
    assert data(edited(content, *edits)) == (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
        '<row r="3"><c r="A3"><v>3</v></c></row>'
        '<row r="5"><c r="A5"><v>4</v></c><c r="C5"/><c r="D5"><v>5</v></c><c r="E5"/></row>'
        '<row r="9"><c r="A9"><v>6</v></c></row>'
    )


def test_an_empty_sheet_gets_its_first_row() -> None:
    editing = PackageEditor(package(""), "book.xlsx")
    editing.edit("Other", [CellEdit(3, 2, "x")])
    assert '<sheetData><row r="3"><c r="B3"' in part(editing.content(), "xl/worksheets/sheet2.xml")


def test_a_prefix_is_kept() -> None:
    content = package("")
    sheet = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'
    content = package("", more={SHEET: sheet})
    assert '<x:row r="1"><x:c r="A1"><x:f>B1</x:f><x:v>2</x:v></x:c></x:row>' in edited(
        content, CellEdit(1, 1, Formula("B1", 2.0))
    )


def test_looks_come_from_the_cell_then_its_row_then_its_column() -> None:
    columns = '<cols><col min="2" max="3" style="6"/></cols>'
    content = package(
        '<row r="1"><c r="B1" s="9"/></row><row r="2" s="8" customFormat="1"/><row r="3"/>', before=columns
    )
    xml = edited(content, *(CellEdit(row, 2, 1) for row in (1, 2, 3)))
    assert re.findall(r'<c r="B\d" s="(\d)">', xml) == ["9", "8", "6"]


def test_the_extent_and_the_spans_grow() -> None:
    content = package('<row r="2" spans="1:2"><c r="A2"/></row>', before='<dimension ref="A2:B2"/>')
    xml = edited(content, CellEdit(2, 5, 1), CellEdit(7, 1, 1))
    assert '<dimension ref="A2:E7"/>' in xml
    assert '<row r="2" spans="1:5">' in xml


def test_the_spans_of_an_empty_row_grow_too() -> None:
    xml = edited(package('<row r="2" spans="2:3" ht="20"/>'), CellEdit(2, 5, 1))
    assert data(xml) == '<row r="2" spans="2:5" ht="20"><c r="E2"><v>1</v></c></row>'


def test_emptying_keeps_the_look_and_an_untouched_cell_is_not_made() -> None:
    content = package('<row r="1"><c r="A1" s="2" t="str"><f>B1</f><v>x</v></c></row>')
    assert data(edited(content, CellEdit(1, 1, None), CellEdit(4, 4, None))) == '<row r="1"><c r="A1" s="2"/></row>'


def test_shared_formulas_are_written_out_where_one_of_their_cells_changes() -> None:
    rows = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    assert data(edited(package(rows), CellEdit(1, 2, 5))) == (
        '<row r="1"><c r="B1"><v>5</v></c></row>'
        '<row r="2"><c r="B2"><f>A2*$A$1</f><v>2</v></c></row>'
        '<row r="3"><c r="B3"><f>A3*$A$1</f><v>3</v></c></row>'
    )
    assert data(edited(package(rows), CellEdit(1, 3, 5))).count('t="shared"') == 3


@pytest.mark.parametrize(
    ("rows", "after", "cell", "what"),
    [
        ("", '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>', (3, 3), "C3 .* merged cells .B2:C3."),
        ('<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2</f></c></row>', "", (2, 1), "A2 .* an array formula"),
        ('<row r="1"><c r="A1"><f t="array" ref="A1">B1</f></c></row>', "", (1, 1), "A1 .* an array formula"),
        ('<row r="1"><c r="A1"><f t="dataTable" ref="A1:B2" dt2D="1"/></c></row>', "", (2, 2), "B2 .* a data table"),
    ],
)
def test_what_is_part_of_something_is_refused_by_its_name(
    rows: str, after: str, cell: tuple[int, int], what: str
) -> None:
    editing = PackageEditor(package(rows, after=after), "book.xlsx")
    before = editing.content()
    with pytest.raises(WrongUseError, match=rf"Sheet!{what}"):
        editing.edit("Sheet", [CellEdit(9, 9, 1), CellEdit(*cell, 1)])
    assert editing.content() == before


def test_the_first_of_merged_cells_can_be_written() -> None:
    content = package("", after='<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>')
    assert '<c r="B2"><v>1</v></c>' in edited(content, CellEdit(2, 2, 1))


def test_inside_a_pivot_table_is_refused() -> None:
    links = '<Relationship Id="rId1" Type="pivotTable" Target="../pivotTables/pivotTable1.xml"/>'
    pivot = '<pivotTableDefinition xmlns="x"><location ref="A3:C9" firstHeaderRow="1"/></pivotTableDefinition>'
    editing = PackageEditor(package("", links=links, more={"xl/pivotTables/pivotTable1.xml": pivot}), "book.xlsx")
    with pytest.raises(WrongUseError, match=r"Sheet!B4 .* a pivot table"):
        editing.edit("Sheet", [CellEdit(4, 2, 1)])


def test_signed_packages_are_refused() -> None:
    with pytest.raises(WrongUseError, match="is signed"):
        PackageEditor(package("", more={"_xmlsignatures/sig1.xml": "<Signature/>"}), "book.xlsx")


def test_a_sheet_with_a_row_twice_is_refused() -> None:
    editing = PackageEditor(package('<row r="1"/><row r="1"/>'), "book.xlsx")
    with pytest.raises(WrongUseError, match="row 1 is there twice"):
        editing.edit("Sheet", [CellEdit(1, 1, 1)])


def test_formulas_are_calculated_on_opening_and_their_order_is_made_anew() -> None:
    chain = '<calcChain xmlns="x"><c r="A1" i="1"/></calcChain>'
    content = package('<row r="1"><c r="A1"><f>B1</f><v>2</v></c></row>', more={"xl/calcChain.xml": chain})
    links = part(content, "xl/_rels/workbook.xml.rels").replace(
        "</Relationships>",
        '<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" '
        'Target="calcChain.xml"/></Relationships>',
    )
    content = package(
        '<row r="1"><c r="A1"><f>B1</f><v>2</v></c></row>',
        more={"xl/calcChain.xml": chain, "xl/_rels/workbook.xml.rels": links},
    )
    editing = PackageEditor(content, "book.xlsx")
    editing.edit("Sheet", [CellEdit(1, 2, 3)])
    after = editing.content()
    assert "xl/calcChain.xml" not in part_names(after)
    assert "calcChain" not in part(after, "xl/_rels/workbook.xml.rels")
    assert '</sheets><calcPr fullCalcOnLoad="1"/></workbook>' in part(after, "xl/workbook.xml")


def test_manual_calculation_keeps_its_settings() -> None:
    content = package("", names='<calcPr calcId="191029" calcMode="manual" iterate="1"/>')
    editing = PackageEditor(content, "book.xlsx")
    editing.edit("Sheet", [CellEdit(1, 1, 1)])
    assert '<calcPr calcId="191029" calcMode="manual" iterate="1" fullCalcOnLoad="1"/>' in part(
        editing.content(), "xl/workbook.xml"
    )


def test_untouched_parts_and_their_order_stay() -> None:
    content = package("", more={"customXml/item1.xml": "<a/>", "xl/media/image1.png": "no picture"})
    editing = PackageEditor(content, "book.xlsx")
    editing.edit("Sheet", [CellEdit(1, 1, 1)])
    after = editing.content()
    assert part_names(after) == part_names(content)
    changed = [name for name in part_names(content) if part(content, name) != part(after, name)]
    assert changed == ["xl/workbook.xml", SHEET]
