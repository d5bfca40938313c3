"""Reads what the reader of values leaves out: formulas, comments with their authors, and who saved a workbook last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from portfolio.merge.formula_references import moved
from portfolio.merge.workbook_contents import Comment
from portfolio.xlsx.cell_names import split_name
from portfolio.xlsx.patch.own_sheets import own_sheets
from portfolio.xlsx.patch.parts import Parts
from portfolio.xlsx.patch.workbook_part import WorkbookPart

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
CORE = "docProps/core.xml"
THREADED = "tc="
"""A threaded comment leaves a note for older programs, whose author begins so."""
Cell = tuple[int, int]


class SheetParts:
    """The parts behind a workbook's sheets; the package was looked through before, so that parsing is safe."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._workbook = WorkbookPart(parts)
        self.by_sheet = {sheet.name: sheet.part for sheet in self._workbook.sheets}

    def own_sheets(self) -> dict[str, str]:
        """The sheets that this program wrote: what it calls each, and what it is called here."""
        return own_sheets(self._workbook)

    def author(self) -> str:
        """Who saved the workbook last, as the program that saved it says."""
        if CORE not in self._parts:
            return ""
        core = ElementTree.fromstring(self._parts.read(CORE))
        return next(((each.text or "").strip() for each in core if _name(each) == "lastModifiedBy"), "")

    def formulas(self, sheet: str) -> dict[Cell, str]:
        """The formula of each cell that has one, without the equals sign; shared ones are spelt out."""
        part = self.by_sheet.get(sheet, "")
        if part not in self._parts:
            return {}
        xml = self._parts.read(part)
        return _Formulas().read(xml) if _FORMULA.search(xml) else {}

    def comments(self, sheet: str) -> dict[Cell, tuple[Comment, ...]]:
        """What people wrote beside cells, notes and threaded comments."""
        found: dict[Cell, list[Comment]] = {}
        for relation in self._parts.relations(self.by_sheet.get(sheet, "")):
            read = {"comments": self._notes, "threadedComment": self._threads}.get(relation.kind)
            if read is not None and relation.target in self._parts:
                for cell, comment in read(ElementTree.fromstring(self._parts.read(relation.target))):
                    found.setdefault(cell, []).append(comment)
        return {cell: tuple(comments) for cell, comments in found.items()}

    def _notes(self, root: ElementTree.Element) -> Iterator[tuple[Cell, Comment]]:
        authors = [element.text or "" for element in root.iter() if _name(element) == "author"]
        for note in (element for element in root.iter() if _name(element) == "comment"):
            number = int(note.get("authorId", "0"))
            author = authors[number].strip() if number < len(authors) else ""
            text = "".join(part.text or "" for part in note.iter() if _name(part) == "t").strip()
            if not author.startswith(THREADED) and text:
                yield _cell(note), Comment(author, text.removeprefix(f"{author}:").strip() if author else text)

    def _threads(self, root: ElementTree.Element) -> Iterator[tuple[Cell, Comment]]:
        people = self._people()
        for said in (element for element in root.iter() if _name(element) == "threadedComment"):
            text = "".join(part.text or "" for part in said if _name(part) == "text").strip()
            if text:
                yield _cell(said), Comment(people.get(said.get("personId", ""), ""), text)

    def _people(self) -> dict[str, str]:
        people: dict[str, str] = {}
        part = self._workbook.kind("person")
        for person in ElementTree.fromstring(self._parts.read(part)) if part else ():
            people[person.get("id", "")] = person.get("displayName", "")
        return people


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _cell(element: ElementTree.Element) -> Cell:
    return split_name(element.get("ref", "A1").partition(":")[0])


class _Formulas:
    """Reads the formulas of one sheet; a cell or row without a name is the one after the last."""

    def __init__(self) -> None:
        self.found: dict[Cell, str] = {}
        self._row = self._column = 0
        self._inside = False
        self._text: list[str] = []
        self._shared: dict[str, tuple[Cell, str]] = {}
        self._attributes: dict[str, str] = {}

    def read(self, xml: bytes) -> dict[Cell, str]:
        """All formulas by cell."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(xml, True)
        return self.found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            if "r" in attributes:
                self._row, self._column = split_name(attributes["r"])
            else:
                self._column += 1
        elif name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "f":
            self._inside, self._text, self._attributes = True, [], attributes

    def _data(self, text: str) -> None:
        if self._inside:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] != "f":
            return
        self._inside = False
        here, text, number = (self._row, self._column), "".join(self._text).strip(), self._attributes.get("si")
        if self._attributes.get("t") == "shared" and number is not None:
            if text:
                self._shared[number] = (here, text)
            elif number in self._shared:
                (row, column), first = self._shared[number]
                text = moved(first, here[0] - row, here[1] - column)
        if text:
            self.found[here] = text
