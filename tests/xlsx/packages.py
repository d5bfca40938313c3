"""Small workbooks written by hand, tag by tag, so that a test says exactly what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def package(
    data: str,
    *,
    before: str = "",
    after: str = "",
    more: Mapping[str, str] | None = None,
    links: str = "",
    workbook: str = "",
    names: str = "",
) -> bytes:
    """A workbook with one sheet `Sheet` and a second one `Other`; each argument is XML that stands in its place."""
    sheet = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
    other = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    listed = (
        '<sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/><sheet name="Other" sheetId="7" r:id="rId2"/></sheets>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_kind("sheet.main")}"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_kind("worksheet")}"/>'
        f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_kind("worksheet")}"/></Types>',
        "_rels/.rels": _relations('<Relationship Id="rId1" Type="officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook}{listed}{names}</workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            '<Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/>'
            '<Relationship Id="rId2" Type="worksheet" Target="/xl/worksheets/sheet2.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/sheet2.xml": other,
        **({"xl/worksheets/_rels/sheet1.xml.rels": _relations(links)} if links else {}),
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml if xml.startswith("<?xml") else HEAD + xml)
    return out.getvalue()


def part(content: bytes, name: str) -> str:
    """The text of one part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def part_names(content: bytes) -> list[str]:
    """The names of all parts, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def _kind(word: str) -> str:
    return f"application/vnd.openxmlformats-officedocument.spreadsheetml.{word}+xml"


def _relations(lines: str) -> str:
    whole = lines.replace('Type="', f'Type="{RELATIONS}/')
    return f'<Relationships xmlns="{PACKAGE}/relationships">{whole}</Relationships>'
