"""A workbook written by hand, part by part, so that a test says itself what is in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    f'xmlns="{MAIN}" xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'mc:Ignorable="x14 x15 xr" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
    'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
)
ROWS = (
    '<row r="1" spans="1:4"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Size</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>Twice</t></is></c></row>'
    '<row r="2" spans="1:4" ht="21" customHeight="1"><c r="A2" t="inlineStr"><is><t>one</t></is></c>'
    '<c r="B2" s="1"><v>8</v></c><c r="C2"><f>B2*2</f><v>16</v></c></row>'
    '<row r="3" spans="1:4" hidden="1"><c r="A3" t="inlineStr"><is><t>two</t></is></c>'
    '<c r="B3" s="1"><v>13</v></c><c r="C3"><f>B3*2</f><v>26</v></c></row>'
)
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0&quot; pts&quot;"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    '<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" '
    'fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
    'xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass
class HandMade:
    """A workbook with one sheet; what a feature needs besides is added piece by piece."""

    rows: str = ROWS
    before: str = '<dimension ref="A1:C3"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    behind: str = ""
    sheet_head: str = f"<worksheet {NAMESPACES}>"
    sheet_tail: str = "</worksheet>"
    sheet_entry: str = '<sheet name="Data" sheetId="7" r:id="rId1"/>'
    workbook_attributes: str = f'xmlns="{MAIN}" xmlns:r="{RELATIONS}"'
    in_workbook: str = ""
    parts: dict[str, str | bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    workbook_type: str = f"{SHEET_ML}.sheet.main+xml"
    relation_types: str = RELATIONS
    whole_sheet: bytes | None = None

    def add(self, name: str, text: str | bytes, content_type: str = "", source: str = "", kind: str = "") -> HandMade:
        """Adds a part, what type it has, and which part leads to it by which kind of relationship."""
        self.parts[name] = text if isinstance(text, bytes) or text.startswith("<?xml") else HEAD + text
        if content_type:
            self.types[name] = content_type
        if kind:
            full = kind if kind.startswith("http") else f"{self.relation_types}/{kind}"
            self.relations.setdefault(source or "xl/worksheets/sheet1.xml", []).append((full, f"/{name}"))
        return self

    def content(self) -> bytes:
        """The file."""
        sheet = f"{HEAD}{self.sheet_head}{self.before}<sheetData>{self.rows}</sheetData>{self.behind}{self.sheet_tail}"
        workbook = (
            f"{HEAD}<workbook {self.workbook_attributes}><bookViews><workbookView/></bookViews><sheets>{self.sheet_entry}"
            f"</sheets>{self.in_workbook}</workbook>"
        )
        base = {
            "xl/workbook.xml": workbook,
            "xl/worksheets/sheet1.xml": self.whole_sheet or sheet,
            "xl/styles.xml": STYLES,
        }
        types = {
            "xl/workbook.xml": self.workbook_type,
            "xl/worksheets/sheet1.xml": f"{SHEET_ML}.worksheet+xml",
            "xl/styles.xml": f"{SHEET_ML}.styles+xml",
        }
        links = {
            "": [(f"{self.relation_types}/officeDocument", "/xl/workbook.xml")],
            "xl/workbook.xml": [
                (f"{self.relation_types}/worksheet", "/xl/worksheets/sheet1.xml"),
                (f"{self.relation_types}/styles", "/xl/styles.xml"),
            ],
        }
        for source, found in self.relations.items():
            links[source] = links.get(source, []) + found
        listed: dict[str, str | bytes] = {_relations_name(source): _relations(found) for source, found in links.items()}
        whole = {"[Content_Types].xml": self._types({**types, **self.types}), **listed, **base, **self.parts}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in whole.items():
                archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), text, zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def _types(self, types: dict[str, str]) -> str:
        defaults = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            **self.defaults,
        }
        lines = [f'<Default Extension="{name}" ContentType="{given}"/>' for name, given in defaults.items()]
        lines += [f'<Override PartName="/{name}" ContentType="{given}"/>' for name, given in types.items()]
        return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(lines)}</Types>'


def _relations_name(source: str) -> str:
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _relations(found: list[tuple[str, str]]) -> str:
    lines = [
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target.removeprefix("!/").removeprefix("!")}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if '!' in target else ''}/>"
        for number, (kind, target) in enumerate(found, 1)
    ]
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'
