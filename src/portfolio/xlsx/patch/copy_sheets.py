"""Whole sheets brought from a workbook that was just made into one that somebody keeps."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.cell import cell_text
from portfolio.xlsx.patch.cell_contents import read_shared_texts
from portfolio.xlsx.patch.cell_formats import CopiedStyles, Styles
from portfolio.xlsx.patch.markup import replaced, tags
from portfolio.xlsx.patch.own_sheets import mark, own_sheets
from portfolio.xlsx.patch.parts import Parts, Relation, relations_of
from portfolio.xlsx.patch.workbook_part import SheetEntry, WorkbookPart

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_FOLDERS = {
    "worksheet": "xl/worksheets/sheet{}.xml",
    "drawing": "xl/drawings/drawing{}.xml",
    "vmlDrawing": "xl/drawings/vmlDrawing{}.vml",
    "comments": "xl/comments{}.xml",
    "chart": "xl/charts/chart{}.xml",
    "image": "xl/media/image{}.png",
}
_STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    (b"http://schemas.openxmlformats.org/drawingml/2006/", b"http://purl.oclc.org/ooxml/drawingml/"),
)
_CELL = re.compile(rb'<c (r="[A-Z]+\d+")((?: s="\d+")?) t="s"><v>(\d+)</v></c>')
_STYLE = re.compile(rb'(<(?:c|row) [^<>]*?\bs="|<col [^<>]*?\bstyle=")(\d+)"')
_LOOK = re.compile(rb'(<(?:\w+:)?cfRule [^<>]*?\bdxfId=")(\d+)"')


@dataclass
class SheetCopier:
    """Brings the sheets of one workbook into another; a sheet of ours takes the place of the one it was before."""

    workbook: WorkbookPart
    other: Parts
    names: Mapping[str, str] = field(default_factory=dict)
    """What we call each sheet, by the name that it has in the other workbook, where the two differ."""

    def __post_init__(self) -> None:
        self.parts = self.workbook.parts
        self.source = WorkbookPart(self.other)
        texts = self.source.kind("sharedStrings")
        self.texts = read_shared_texts(self.other.read(texts)) if texts else []
        own = self.workbook.kind("styles")
        self.styles_name = own or "xl/styles.xml"
        other = self.other.read(self.source.kind("styles") or "xl/styles.xml")
        self.styles = CopiedStyles(Styles(self.parts.read(own) if own else other), other)
        self.has_styles = own is not None

    def bring(self) -> None:
        """Brings every sheet, then the formats that they use."""
        taken = {sheet.name.casefold() for sheet in self.workbook.sheets}
        before = own_sheets(self.workbook)
        for sheet in self.source.sheets:
            canonical = self.names.get(sheet.name, sheet.name)
            if canonical not in before and sheet.name.casefold() in taken:
                raise WrongUseError(
                    f"There is a sheet {sheet.name} that this program did not write; rename it and try again."
                )
            self._bring(sheet, canonical, before.get(canonical))
        self.parts.write(self.styles_name, self.styles.own.xml())
        if not self.has_styles:
            self.parts.relate(self.workbook.name, f"{self.workbook.relation_types}/styles", self.styles_name)
            self.parts.set_type(self.styles_name, _STYLES_TYPE)

    def _bring(self, sheet: SheetEntry, canonical: str, before: str | None) -> None:
        there = next((each for each in self.workbook.sheets if each.name == before), None) if before else None
        if there is None:
            part = self.parts.free_name(_FOLDERS["worksheet"])
        else:
            part = there.part
            remove_belongings(self.parts, part)
        self.parts.write(part, self._sheet_xml(self.other.read(sheet.part)))
        self._bring_relations(sheet.part, part)
        content_type = self.other.type_of(sheet.part)
        if content_type:
            self.parts.set_type(part, content_type)
        if there is None:
            self.workbook.add_sheet(sheet.name, part, sheet.state)
        index = there.index if there else len(self.workbook.sheets) - 1
        mark(self.workbook, index, canonical, self.source.local_names(sheet.index))

    def _sheet_xml(self, xml: bytes) -> bytes:
        """The sheet with its texts in its cells and its formats by their numbers here; not chosen together with others."""
        xml = _CELL.sub(self._inline, xml)
        xml = _STYLE.sub(lambda found: found[1] + b'%d"' % self.styles.cell_format(int(found[2])), xml)
        xml = _LOOK.sub(lambda found: found[1] + b'%d"' % self.styles.look(int(found[2])), xml)
        return self._in_form(xml.replace(b' tabSelected="1"', b""))

    def _inline(self, found: re.Match[bytes]) -> bytes:
        text = cell_text(self.texts[int(found[3])]).encode()
        return b"<c " + found[1] + found[2] + b' t="inlineStr"><is><t xml:space="preserve">' + text + b"</t></is></c>"

    def _bring_relations(self, old: str, new: str) -> None:
        """Brings what a part refers to, and the part that lists it, with the new names in it."""
        relations = self.other.relations(old)
        if not relations:
            return
        xml = self.other.read(relations_of(old))
        names = {relation.id: self._bring_part(relation) for relation in relations if not relation.external}
        changes = []
        for tag in tags(xml, "Relationship"):
            target = names.get(tag.attributes.get("Id", ""))
            if target is not None:
                shown = posixpath.relpath(f"/{target}", posixpath.join("/", posixpath.dirname(new)))
                text = re.sub(rb'Target="[^"]*"', f'Target="{shown}"'.encode(), xml[tag.start : tag.end])
                changes.append((tag.start, tag.end, text))
        self.parts.write(relations_of(new), self._in_form(replaced(xml, changes)))

    def _bring_part(self, relation: Relation) -> str:
        new = self.parts.free_name(_FOLDERS[relation.kind])
        xml = self.other.read(relation.target)
        self.parts.write(new, self._in_form(_said_out(xml) if relation.kind == "chart" else xml))
        content_type = self.other.type_of(relation.target)
        if content_type:
            self.parts.set_type(new, content_type)
        self._bring_relations(relation.target, new)
        return new

    def _in_form(self, xml: bytes) -> bytes:
        """The part with the namespaces that the workbook uses."""
        if self.workbook.is_strict:
            for usual, strict in _STRICT:
                xml = xml.replace(usual, strict)
        return xml


def _said_out(chart: bytes) -> bytes:
    """A chart that says what readers otherwise guess from the program that saved the workbook: hidden cells are drawn."""
    blanks = b"" if b"<c:dispBlanksAs" in chart else b'<c:dispBlanksAs val="gap"/>'
    if b"<c:plotVisOnly" in chart:
        drawn = chart.replace(b'<c:plotVisOnly val="1"/>', b'<c:plotVisOnly val="0"/>')
        return drawn.replace(b"</c:chart>", blanks + b"</c:chart>")
    said = b'<c:plotVisOnly val="0"/>'
    place = b"</c:chart>" if blanks else b"<c:dispBlanksAs"
    return chart.replace(place, said + blanks + place)


def remove_belongings(parts: Parts, part: str) -> None:
    """Takes out what only this part refers to: its drawings with their charts, its notes and so on."""
    for relation in parts.relations(part):
        ours = not relation.external and relation.target in parts
        if ours and not _is_used_elsewhere(parts, part, relation.target):
            remove_belongings(parts, relation.target)
            parts.remove(relation.target)
    if relations_of(part) in parts:
        parts.remove_only(relations_of(part))


def _is_used_elsewhere(parts: Parts, part: str, target: str) -> bool:
    others = (name for name in parts if name.endswith(".rels") and name != relations_of(part))
    file = posixpath.basename(target).encode()
    for name in list(others):
        if file not in parts.read(name):
            continue
        folder, rels = posixpath.split(name)
        owner = posixpath.join(posixpath.dirname(folder), rels.removesuffix(".rels"))
        if owner in parts and any(relation.target == target for relation in parts.relations(owner)):
            return True
    return False
