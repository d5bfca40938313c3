"""Small workbooks for each way in which sheets and cells can be written, and what lies over cells."""

from __future__ import annotations

import re

from tests.xlsx.hand_made import HEAD, MAIN, NAMESPACES, RELATIONS, ROWS, SHEET_ML, HandMade

STRICT = "http://purl.oclc.org/ooxml"


def prefixed() -> HandMade:
    """Every element of the sheet with a prefix, as the Open XML SDK writes it."""

    def with_prefix(xml: str) -> str:
        return re.sub(r"<(/?)(\w)", r"<\1x:\2", xml)

    book = HandMade(sheet_head=f'<x:worksheet xmlns:x="{MAIN}" xmlns:r="{RELATIONS}">', sheet_tail="</x:worksheet>")
    whole = f"{HEAD}{book.sheet_head}{with_prefix(f'{book.before}<sheetData>{ROWS}</sheetData>')}{book.sheet_tail}"
    return HandMade(whole_sheet=whole.encode())


def strict() -> HandMade:
    """The strict form of the format: other namespaces, the date as text."""
    rows = ROWS.replace("</row>", '<c r="D1" t="d"><v>2027-01-04</v></c></row>', 1)
    head = f'<worksheet xmlns="{STRICT}/spreadsheetml/main" xmlns:r="{STRICT}/officeDocument/relationships">'
    names = f'xmlns="{STRICT}/spreadsheetml/main" xmlns:r="{STRICT}/officeDocument/relationships" conformance="strict"'
    return HandMade(
        rows, sheet_head=head, workbook_attributes=names, relation_types=f"{STRICT}/officeDocument/relationships"
    )


def no_positions() -> HandMade:
    """Rows and cells that do not say where they are."""
    return HandMade(re.sub(r' r="[A-Z]*\d+"', "", ROWS))


def carriage_returns() -> HandMade:
    """Texts with line ends and with what looks like a code for one."""
    row = (
        '<row r="9"><c r="A9" t="inlineStr"><is><t xml:space="preserve"> a_x000D_\nb_x005F_x000D_ &#13; </t></is></c>'
        '<c r="B9" t="inlineStr"><is><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></is></c></row>'
    )
    return HandMade(ROWS + row)


def shared_texts() -> HandMade:
    """Texts in a part of their own, one of them rich, one with how it is spoken."""
    texts = (
        f'<sst xmlns="{MAIN}" count="3" uniqueCount="2"><si><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"> plain</t></r></si>'
        '<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="0"/></si></sst>'
    )
    row = '<row r="6"><c r="A6" t="s"><v>0</v></c><c r="B6" t="s" s="1"><v>1</v></c><c r="D6" t="s"><v>0</v></c></row>'
    return HandMade(ROWS + row).add(
        "xl/sharedStrings.xml", texts, f"{SHEET_ML}.sharedStrings+xml", "xl/workbook.xml", "sharedStrings"
    )


def relation_prefix_on_sheet() -> HandMade:
    """The prefix of relationships bound on each entry of the list of sheets only."""
    entry = f'<sheet xmlns:r="{RELATIONS}" name="Data" sheetId="7" state="visible" r:id="rId1"/>'
    return HandMade(sheet_entry=entry, workbook_attributes=f'xmlns="{MAIN}"')


def array_formulas() -> HandMade:
    """An array formula over two cells, a data table, and a formula that fills neighbours by itself."""
    rows = (
        '<row r="7"><c r="A7"><f t="array" ref="A7:B7">B2:C2*2</f><v>16</v></c><c r="B7"><v>32</v></c></row>'
        '<row r="8"><c r="A8"><f t="dataTable" ref="A8:A9" dt2D="0" dtr="0" r1="B2"/><v>1</v></c></row><row r="9"><c r="A9"><v>2</v></c></row>'
        '<row r="10"><c r="A10" cm="1"><f t="array" ref="A10">SUM(B2:B3)</f><v>21</v></c></row>'
    )
    metadata = (
        f'<metadata xmlns="{MAIN}" xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"><metadataTypes count="1">'
        '<metadataType name="XLDAPR" minSupportedVersion="120000" copy="1" cellMeta="1"/></metadataTypes><futureMetadata name="XLDAPR" '
        'count="1"><bk><extLst><ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}"><xda:dynamicArrayProperties fDynamic="1" '
        'fCollapsed="0"/></ext></extLst></bk></futureMetadata><cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
    )
    return HandMade(ROWS + rows).add(
        "xl/metadata.xml", metadata, f"{SHEET_ML}.sheetMetadata+xml", "xl/workbook.xml", "sheetMetadata"
    )


def merged_cells() -> HandMade:
    """A title over several columns and a number over several rows."""
    rows = ROWS.replace("</row>", '<c r="D1"/><c r="E1" s="1"/></row>', 1)
    return HandMade(rows, behind='<mergeCells count="2"><mergeCell ref="C1:E1"/><mergeCell ref="B2:B3"/></mergeCells>')


def shared_formulas() -> HandMade:
    """One formula written once for several cells, and the order in which all are calculated."""
    rows = ROWS.replace("<f>B2*2</f>", '<f t="shared" ref="C2:C3" si="0">B2*2</f>').replace(
        "<f>B3*2</f>", '<f t="shared" si="0"/>'
    )
    chain = f'<calcChain xmlns="{MAIN}"><c r="C3" i="7" l="1"/><c r="C2" i="7"/></calcChain>'
    return HandMade(rows).add("xl/calcChain.xml", chain, f"{SHEET_ML}.calcChain+xml", "xl/workbook.xml", "calcChain")


def calculated_by_hand() -> HandMade:
    """A workbook that calculates when it is told to, and counts its dates from 1904."""
    settings = '<calcPr calcId="191029" calcMode="manual" iterate="1" iterateCount="7" fullPrecision="0"/>'
    names = '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Data!$A$1:$C$3</definedName></definedNames>'
    book = HandMade(in_workbook=names + settings)
    book.sheet_entry += "<!-- kept -->"
    return book


def no_rows() -> HandMade:
    """A sheet without any row, its cells' element closed at once."""
    whole = f'{HEAD}<worksheet {NAMESPACES}><dimension ref="A1"/><sheetData/><pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/></worksheet>'
    return HandMade(whole_sheet=whole.encode())


def pretty_printed() -> HandMade:
    """XML in lines, with comments, single quotes and blanks where nobody expects them."""
    whole = (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<!-- by hand -->\n<worksheet xmlns='{MAIN}'\n  xmlns:r='{RELATIONS}'>\n  <sheetData>\n"
        "    <row r='1' >\n      <c r='A1' t='inlineStr' ><is><t>Name</t></is></c >\n    </row>\n    <row r='2'\n ht='30'>\n"
        "      <!-- a comment with <c r=\"A2\"> in it -->\n      <c r='A2'><v>5</v></c>\n      <c r='B2' s='1'><f><![CDATA[A2<6]]></f><v>1</v></c>\n"
        "    </row>\n  </sheetData>\n  <pageMargins left='1' right='1' top='1' bottom='1' header='0' footer='0'/>\n</worksheet>\n"
    )
    return HandMade(whole_sheet=whole.encode())


def in_utf16() -> HandMade:
    """A sheet in UTF-16, which the format allows and nobody writes."""
    xml = f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData>{ROWS}</sheetData></worksheet>'
    return HandMade(whole_sheet=xml.encode("utf-16"))
