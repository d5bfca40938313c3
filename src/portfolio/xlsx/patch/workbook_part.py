"""The workbook's own part: its list of sheets, its names, and when it calculates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.cell import escape
from portfolio.xlsx.patch.markup import (
    Element,
    children,
    element,
    elements,
    insert_child,
    prefix_of,
    prefixed,
    replaced,
    root,
    tags,
    with_attribute,
)
from portfolio.xlsx.patch.parts import Parts

ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "absPath"),
    *("workbookProtection", "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames"),
    *("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes"),
    *("webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
)
"""The children of a workbook in the order that the format asks for."""
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
USUAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "officeDocument"
_NONE = 4_294_967_295


@dataclass(frozen=True)
class SheetEntry:
    """One sheet in the workbook's list: its name, its part, and its place in the list, counted from 0."""

    name: str
    part: str
    relation: str
    index: int
    state: str


class WorkbookPart:
    """The workbook's part, found by the package's first relation; raises WrongUseError where there is none."""

    def __init__(self, parts: Parts, name: str = "The workbook") -> None:
        self.parts = parts
        found = next((each.target for each in parts.relations("") if each.kind == _OFFICE), None)
        self.name = found if found is not None and found in parts else "xl/workbook.xml"
        try:
            self.prefix = prefix_of(self.xml, root(self.xml).tag)
        except (KeyError, ValueError):
            raise WrongUseError(f"{name} has no list of sheets; open it in Excel and save it as .xlsx.") from None

    @property
    def xml(self) -> bytes:
        """The part as it is now."""
        return self.parts.read(self.name)

    @property
    def is_strict(self) -> bool:
        """Whether it was saved in the strict form of the format, whose parts have other namespaces."""
        return b"purl.oclc.org" in self.xml[root(self.xml).start : root(self.xml).inside]

    @property
    def relation_types(self) -> str:
        """What the types of its relations begin with."""
        return STRICT if self.is_strict else USUAL

    @property
    def counts_from_1904(self) -> bool:
        """Whether its dates are counted from 1904."""
        return any(
            tag.attributes.get("date1904") in ("1", "true") for tag in tags(self.xml, "workbookPr") if not tag.closes
        )

    @property
    def sheets(self) -> list[SheetEntry]:
        """Every sheet in its order, chart sheets too."""
        targets = {relation.id: relation.target for relation in self.parts.relations(self.name)}
        found: list[SheetEntry] = []
        for tag in self._sheet_tags():
            given = tag.tag.attributes
            relation = next((value for key, value in given.items() if key.rpartition(":")[2] == "id"), "")
            state = given.get("state", "visible")
            found.append(SheetEntry(given.get("name", ""), targets.get(relation, ""), relation, len(found), state))
        return found

    def _sheet_tags(self) -> list[Element]:
        xml = self.xml
        listed = element(xml, "sheets")
        return [] if listed is None else [child for child in children(xml, listed) if child.tag.name == "sheet"]

    def kind(self, kind: str) -> str | None:
        """The part that the workbook has of a kind, for example `styles`."""
        found = (each.target for each in self.parts.relations(self.name) if each.kind == kind and not each.external)
        return next((target for target in found if target in self.parts), None)

    def add_sheet(self, name: str, part: str, state: str) -> None:
        """Lists a new sheet as the last one."""
        relation = self.parts.relate(self.name, f"{self.relation_types}/worksheet", part)
        xml = self.xml
        listed = element(xml, "sheets")
        if listed is None:
            raise WrongUseError("The workbook lists no sheets; open it in Excel and save it again.")
        used = [int(each.tag.attributes.get("sheetId") or 0) for each in self._sheet_tags()]
        hidden = f' state="{state}"' if state != "visible" else ""
        line = (
            f'<{self.prefix}sheet name="{escape(name)}" sheetId="{max(used, default=0) + 1}"{hidden} '
            f'xmlns:own="{self.relation_types}" own:id="{relation}"/>'
        )
        self._write(xml[: listed.inside_end] + line.encode() + xml[listed.inside_end :])

    def remove_sheet(self, entry: SheetEntry) -> None:
        """Takes a sheet off the list; names that belong to later sheets follow them."""
        xml = self.xml
        gone = self._sheet_tags()[entry.index]
        changes = [(gone.start, gone.end, b"")]
        for name in self._names():
            index = name.tag.attributes.get("localSheetId")
            if index is not None and int(index) == entry.index:
                changes.append((name.start, name.end, b""))
            elif index is not None and int(index) > entry.index:
                tag = with_attribute(xml[name.tag.start : name.tag.end], "localSheetId", str(int(index) - 1))
                changes.append((name.tag.start, name.tag.end, tag))
        for view in tags(xml, "workbookView"):
            tag = xml[view.start : view.end]
            for key in ("activeTab", "firstSheet"):
                place = int(view.attributes.get(key, 0))
                if place == entry.index:
                    tag = with_attribute(tag, key, str(self._seen_beside(entry)))
                elif place > entry.index:
                    tag = with_attribute(tag, key, str(place - 1))
            changes.append((view.start, view.end, tag))
        self._write(_without_empty(replaced(xml, changes), "definedNames"))
        self.parts.unrelate(self.name, entry.relation)

    def _seen_beside(self, gone: SheetEntry) -> int:
        """The place of the nearest sheet that people see, first to the left, once a sheet is gone."""
        seen = [sheet.index for sheet in self.sheets if sheet.state == "visible" and sheet.index != gone.index]
        left = [index for index in seen if index < gone.index]
        return left[-1] if left else seen[0] - 1 if seen else 0

    def _names(self) -> list[Element]:
        xml = self.xml
        listed = element(xml, "definedNames")
        return [] if listed is None else list(elements(xml, "definedName", listed.inside, listed.inside_end))

    def local_names(self, index: int) -> dict[str, str]:
        """The names that belong to one sheet, with what they stand for as it is written."""
        xml = self.xml
        return {
            name.tag.attributes.get("name", ""): xml[name.inside : name.inside_end].decode()
            for name in self._names()
            if name.tag.attributes.get("localSheetId") == str(index)
        }

    def set_local_names(self, index: int, names: Iterable[tuple[str, str, bool]]) -> None:
        """Gives a sheet its names: each with what it stands for, as it is written in XML, and whether it is hidden."""
        xml, wanted = self.xml, list(names)
        made = b"".join(
            prefixed(
                f'<definedName name="{escape(name)}" localSheetId="{index}"'.encode()
                + (b' hidden="1"' if hidden else b"")
                + b">"
                + text.encode()
                + b"</definedName>",
                self.prefix,
            )
            for name, text, hidden in wanted
        )
        old = [name for name in self._names() if name.tag.attributes.get("localSheetId") == str(index)]
        if b"".join(xml[name.start : name.end] for name in old) == made:
            return
        xml = replaced(xml, [(name.start, name.end, b"") for name in old])
        listed = element(xml, "definedNames")
        if listed is None or listed.tag.alone:
            whole = f"<{self.prefix}definedNames>".encode() + made + f"</{self.prefix}definedNames>".encode()
            if listed is not None:
                xml = xml[: listed.start] + xml[listed.end :]
            xml = insert_child(xml, "workbook", whole, "definedNames", ORDER)
        else:
            xml = xml[: listed.inside_end] + made + xml[listed.inside_end :]
        self._write(_without_empty(xml, "definedNames"))

    def calculate_on_opening(self) -> None:
        """Has every formula calculated when the workbook is opened next."""
        xml = self.xml
        tag = next((tag for tag in tags(xml, "calcPr") if not tag.closes), None)
        if tag is None:
            self._write(
                insert_child(xml, "workbook", f'<{self.prefix}calcPr fullCalcOnLoad="1"/>'.encode(), "calcPr", ORDER)
            )
        elif tag.attributes.get("fullCalcOnLoad") not in ("1", "true"):
            new = with_attribute(xml[tag.start : tag.end], "fullCalcOnLoad", "1")
            self._write(xml[: tag.start] + new + xml[tag.end :])

    def forget_calculation_order(self) -> None:
        """Takes out the list of formula cells, which readers make anew; a wrong one counts as damage."""
        for relation in self.parts.relations(self.name):
            if relation.kind == "calcChain":
                self.parts.unrelate(self.name, relation.id)
                if relation.target in self.parts:
                    self.parts.remove(relation.target)

    def _write(self, xml: bytes) -> None:
        self.parts.write(self.name, xml)


def _without_empty(xml: bytes, name: str) -> bytes:
    """The document without an element that holds nothing any more."""
    found = element(xml, name)
    if found is None or xml[found.inside : found.inside_end].strip():
        return xml
    return xml[: found.start] + xml[found.end :]
