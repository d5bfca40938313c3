"""A workbook's package as the judge sees it: entries of the zip, relationships, which part is which."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property

from tests.xlsx.markup_tree import Node, top

TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Relation:
    """One relationship of a part: the last word of its type, and the part that it leads to, if it is inside."""

    id: str
    kind: str
    target: str
    inside: bool


class PackageParts:
    """The entries of a package by name, with what relates them."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.entries = archive.infolist()
            self.data = {entry.filename: archive.read(entry) for entry in self.entries}
        self._relations: dict[str, list[Relation]] = {}

    @cached_property
    def names(self) -> list[str]:
        """The names of all entries in order."""
        return [entry.filename for entry in self.entries]

    @cached_property
    def _by_lower(self) -> dict[str, str]:
        return {name.lower().lstrip("/"): name for name in self.names}

    def find(self, name: str) -> str | None:
        """The entry of that name, whatever its capitals."""
        return self._by_lower.get(name.lower().lstrip("/"))

    def relations_part(self, part: str) -> str:
        """The name of the part that holds a part's relationships."""
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def relations(self, part: str) -> list[Relation]:
        """A part's relationships; the package's own for an empty name."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> list[Relation]:
        entry = self.find(self.relations_part(part))
        if entry is None:
            return []
        found = []
        for node in top(self.data[entry]).children("Relationship"):
            target, inside = node.attributes["Target"], node.attributes.get("TargetMode") != "External"
            if inside:
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
                target = self.find(target) or target
            kind = node.attributes["Type"].rpartition("/")[2]
            found.append(Relation(node.attributes["Id"], kind, target, inside))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that a part leads to."""
        return [relation.target for relation in self.relations(part) if relation.kind == kind and relation.inside]

    @cached_property
    def workbook(self) -> str:
        """The workbook part."""
        return self.related("", "officeDocument")[0]

    @cached_property
    def sheet_nodes(self) -> list[Node]:
        """The sheets as the workbook lists them."""
        listed = top(self.data[self.workbook]).child("sheets")
        return [] if listed is None else list(listed.children("sheet"))

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The part of every sheet by its name."""
        targets = {relation.id: relation.target for relation in self.relations(self.workbook)}
        return {node.attributes["name"]: targets.get(relation_id(node), "") for node in self.sheet_nodes}

    def is_worksheet(self, sheet: str) -> bool:
        """Whether a sheet has cells, as a chart sheet has not."""
        return self.sheets[sheet] in self.related(self.workbook, "worksheet")

    def reachable(self, part: str, without: frozenset[str] = frozenset()) -> set[str]:
        """A part, its relationships and everything that it leads to, not passing through some parts."""
        found, waiting = set(), [part]
        while waiting:
            name = waiting.pop()
            if name in found or name in without:
                continue
            found.add(name)
            relations = self.find(self.relations_part(name))
            if relations is not None:
                found.add(relations)
            waiting += [relation.target for relation in self.relations(name) if relation.inside]
        return found

    @cached_property
    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Content types by the name of a part and by extension."""
        types = top(self.data[TYPES])
        named = {
            node.attributes["PartName"].lower(): node.attributes["ContentType"] for node in types.children("Override")
        }
        usual = {
            node.attributes["Extension"].lower(): node.attributes["ContentType"] for node in types.children("Default")
        }
        return named, usual

    def content_type(self, part: str) -> str | None:
        """The type that a part has by name or by extension."""
        named, usual = self._types
        return named.get(f"/{part.lower().lstrip('/')}") or usual.get(part.rpartition(".")[2].lower())


def relation_id(node: Node) -> str:
    """The relationship that an element names by its r:id, whatever the prefix."""
    return next(
        (value for name, value in node.attributes.items() if name.rpartition(":")[2] == "id" and ":" in name), ""
    )
