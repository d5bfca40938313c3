"""Whole sheets brought into a workbook: their looks, charts and names arrive, and what was there keeps its numbers."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.editing import PackageEditor
from tests.xlsx.packages import MAIN, package, part, part_names

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0&quot;x&quot;"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/></font><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="164" fontId="1" fillId="0" borderId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def made(*names: str, number: float = 1.0, colour: str = "#FF0000") -> bytes:
    """A workbook of our own with a sheet of each name, every one with formats, a chart and a filter."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    look = book.add_format({"bold": True, "num_format": '0.000"y"', "bg_color": "#DDEEFF", "border": 1})
    for name in names:
        sheet = book.add_worksheet(name)
        sheet.write_string(0, 0, "=text & <more>\r_x0041_", look)
        sheet.write_number(1, 0, number, look)
        sheet.write_formula(2, 0, "=A2*2", None, number * 2)
        bad = book.add_format({"font_color": colour})
        sheet.conditional_format(1, 0, 2, 0, {"type": "cell", "criteria": ">", "value": 5, "format": bad})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{name}'!$A$2:$A$3"})
        sheet.insert_chart(4, 0, chart)
        sheet.autofilter(0, 0, 2, 0)
        sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def user_book() -> bytes:
    """A workbook with formats of its own."""
    links = part(package(""), "xl/_rels/workbook.xml.rels").replace(
        "</Relationships>",
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/></Relationships>',
    )
    more = {"xl/styles.xml": STYLES, "xl/_rels/workbook.xml.rels": links}
    return package('<row r="1"><c r="A1" s="1"><v>3</v></c></row>', more=more)


def brought(content: bytes, other: bytes, names: dict[str, str] | None = None) -> bytes:
    """The workbook with the other one's sheets, which has to be a fixed point."""
    after = _bring(content, other, names)
    assert _bring(after, other, names) == after
    return after


def _bring(content: bytes, other: bytes, names: dict[str, str] | None) -> bytes:
    editing = PackageEditor(content, "book.xlsx")
    editing.bring(other, names)
    return editing.content()


def test_a_sheet_arrives_with_its_looks() -> None:
    after = openpyxl.load_workbook(io.BytesIO(brought(user_book(), made("Plan"))))
    plan = after["Plan"]
    assert after.sheetnames == ["Sheet", "Other", "Plan"]
    assert plan["A2"].value == 1
    read = CalamineWorkbook.from_filelike(io.BytesIO(brought(user_book(), made("Plan")))).get_sheet_by_name("Plan")
    assert read.to_python()[0][0] == "=text & <more>\r_x0041_"
    assert plan["A3"].value == "=A2*2"
    assert (plan["A2"].font.b, plan["A2"].number_format) == (True, '0.000"y"')
    assert plan["A2"].fill.fgColor.rgb == "FFDDEEFF"
    assert plan.print_title_rows == "$1:$1"
    assert len(plan._charts) == 1
    rule = next(iter(plan.conditional_formatting)).rules[0]
    assert rule.dxf.font.color.rgb == "FFFF0000"
    assert after["Sheet"]["A1"].number_format == '0.0"x"'


def test_formats_that_were_there_keep_their_numbers() -> None:
    xml = part(brought(user_book(), made("Plan")), "xl/styles.xml")
    for section in ("numFmts", "fonts", "fills", "borders", "cellXfs"):
        old = re.search(rf'<{section} count="\d+">(.*?)</{section}>', STYLES)
        new = re.search(rf'<{section} count="(\d+)">(.*?)</{section}>', xml)
        assert old is not None
        assert new is not None
        assert new[2].startswith(old[1])
        entry = {"fonts": "<font>", "fills": "<fill>", "borders": "<border", "cellXfs": "<xf ", "numFmts": "<numFmt "}
        assert int(new[1]) == new[2].count(entry[section])


def test_a_new_answer_takes_the_old_ones_place_whatever_people_call_the_sheet() -> None:
    first = brought(user_book(), made("Plan", "Ranking"))
    renamed = PackageEditor(first, "book.xlsx")
    renamed.parts.write("xl/workbook.xml", renamed.workbook.xml.replace(b'name="Plan"', b'name="Our roadmap"'))
    people_called_it = renamed.content()
    editing = PackageEditor(people_called_it, "book.xlsx")
    assert editing.names_for(["Plan", "Ranking", "Reasons"]) == {
        "Plan": "Our roadmap",
        "Ranking": "Ranking",
        "Reasons": "Reasons",
    }
    second = brought(people_called_it, made("Our roadmap", "Ranking", number=7), {"Our roadmap": "Plan"})
    assert openpyxl.load_workbook(io.BytesIO(second))["Our roadmap"]["A2"].value == 7
    assert PackageEditor(second, "book.xlsx").sheets == ["Sheet", "Other", "Our roadmap", "Ranking"]
    assert part_names(second) == part_names(people_called_it)


@pytest.mark.parametrize("is_left", [True, False])
@pytest.mark.parametrize(("sheet", "copied"), [("Plan", "Plan (2)"), ("Our plan", "Our plan (2)"), ("Plan", "Before")])
def test_a_copy_that_people_made_of_a_sheet_is_theirs(sheet: str, copied: str, is_left: bool) -> None:
    """Excel copies the hidden name too, and puts the copy wherever one asks for it."""
    names = (copied, sheet) if is_left else (sheet, copied)
    editing = PackageEditor(brought(user_book(), made(*names), {copied: "Copied", sheet: "Plan"}), "book.xlsx")
    marked = editing.workbook.xml.replace(b'"Copied"', b'"Plan"')
    editing.parts.write("xl/workbook.xml", marked)
    before = editing.content()
    assert PackageEditor(before, "book.xlsx").own_sheets == {"Plan": sheet}
    after = openpyxl.load_workbook(io.BytesIO(brought(before, made(sheet, number=7), {sheet: "Plan"})))
    assert (after[sheet]["A2"].value, after[copied]["A2"].value) == (7, 1)


@pytest.mark.parametrize(
    ("active", "hidden", "shown"), [(4, ["Ranking"], 2), (4, [], 3), (2, ["Ranking"], 2), (1, [], 1)]
)
def test_the_sheet_that_is_open_is_one_that_people_see(active: int, hidden: list[str], shown: int) -> None:
    """A workbook that opens on a hidden sheet is damaged to Excel: the neighbour opens where a sheet is taken out."""
    editing = PackageEditor(brought(user_book(), made("Plan", "Ranking", "Last")), "book.xlsx")
    xml = editing.workbook.xml.replace(
        b"<sheets>", b'<bookViews><workbookView activeTab="%d"/></bookViews><sheets>' % active
    )
    for name in hidden:
        xml = xml.replace(b'name="%s"' % name.encode(), b'name="%s" state="veryHidden"' % name.encode())
    editing.parts.write("xl/workbook.xml", xml)
    editing.remove_sheet(editing.sheets[4])
    assert openpyxl.load_workbook(io.BytesIO(editing.content())).active.title == editing.sheets[shown]
    assert f'activeTab="{shown}"' in part(editing.content(), "xl/workbook.xml")


def test_a_sheet_of_the_user_is_never_replaced() -> None:
    editing = PackageEditor(user_book(), "book.xlsx")
    assert editing.names_for(["Other", "Plan"]) == {"Other": "Other (portfolio)", "Plan": "Plan"}
    with pytest.raises(WrongUseError, match="There is a sheet Other that this program did not write"):
        editing.bring(made("Other"))
    after = brought(user_book(), made("Other (portfolio)"), {"Other (portfolio)": "Other"})
    assert PackageEditor(after, "book.xlsx").own_sheets == {"Other": "Other (portfolio)"}


def test_a_sheet_of_ours_is_taken_out_with_what_belongs_to_it() -> None:
    editing = PackageEditor(brought(user_book(), made("Plan", "Ranking")), "book.xlsx")
    editing.remove_sheet("Plan")
    after = editing.content()
    assert PackageEditor(after, "book.xlsx").own_sheets == {"Ranking": "Ranking"}
    assert sum(name.startswith("xl/charts/") for name in part_names(after)) == 1
    types = part(after, "[Content_Types].xml")
    assert all(
        f"/{name}" in part_names(after) or name in part_names(after)
        for name in re.findall(r'PartName="/([^"]*)"', types)
    )
    book = openpyxl.load_workbook(io.BytesIO(after))
    assert book.sheetnames == ["Sheet", "Other", "Ranking"]
    assert book["Ranking"].print_title_rows == "$1:$1"


def test_everything_of_the_user_stays_byte_for_byte() -> None:
    before = user_book()
    after = brought(before, made("Plan"))
    kept = [name for name in part_names(before) if part(before, name) == part(after, name)]
    assert kept == [
        "_rels/.rels",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
    ]


def test_a_workbook_without_formats_gets_ours() -> None:
    book = openpyxl.load_workbook(io.BytesIO(brought(package(""), made("Plan"))))
    assert book["Plan"]["A2"].number_format == '0.000"y"'


def test_only_one_sheet_stays_chosen() -> None:
    after = brought(user_book(), made("Plan"))
    assert "tabSelected" not in part(after, "xl/worksheets/sheet3.xml")


def test_a_format_with_another_number_format() -> None:
    editing = PackageEditor(user_book(), "book.xlsx")
    editing.edit("Sheet", [CellEdit(2, 1, 1.5, editing.format_like(1, "0.00"))])
    cell = openpyxl.load_workbook(io.BytesIO(editing.content()))["Sheet"]["A2"]
    assert (cell.number_format, cell.font.b) == ("0.00", True)
    assert editing.format_like(1, "0.00") == editing.style_at("Sheet", 2, 1)
