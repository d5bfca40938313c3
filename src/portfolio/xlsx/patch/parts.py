"""The parts of a package: read when asked for, replaced one by one, and written back in their old order."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.markup import element, insert_child, local, replaced, tags

CONTENT_TYPES = "[Content_Types].xml"
_TYPE_NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData></sheetData></worksheet>'
)
_OLDEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Relation:
    """What one part has to do with another: `kind` is the last word of its type, `target` a part's name."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass
class Parts:
    """A package's parts by name, and what was changed of them so far."""

    content: bytes
    changed: dict[str, bytes] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(self.content))
        self._entries = {entry.filename: entry for entry in self._archive.infolist()}
        self._spelt = {name.lower(): name for name in self._entries}

    def __contains__(self, name: str) -> bool:
        return name in self.changed or (self._real(name) in self._entries and self._real(name) not in self.removed)

    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self._entries if name not in self.removed)
        yield from (name for name in self.changed if name not in self._entries)

    def read(self, name: str) -> bytes:
        """A part's bytes as they are now; raises KeyError if there is no such part."""
        name = self._real(name)
        if name in self.changed:
            return self.changed[name]
        if name in self.removed:
            raise KeyError(name)
        return self._archive.read(self._entries[name])

    def write(self, name: str, content: bytes) -> None:
        """Replaces or adds a part."""
        name = self._real(name)
        self.removed.discard(name)
        self.changed[name] = content

    def remove(self, name: str) -> None:
        """Takes a part out, together with its list of relations; its content type goes when the package is packed."""
        for gone in (name, relations_of(name)):
            self.remove_only(gone)

    def remove_only(self, name: str) -> None:
        """Takes a part out, and nothing that says something about it."""
        name = self._real(name)
        self.changed.pop(name, None)
        self.removed.add(name)

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern like `xl/charts/chart{}.xml` that no part has, where this workbook's parts lie."""
        number, pattern = 1, f"{self._folder()}{pattern.removeprefix('xl/')}"
        taken = {name.lower() for name in self}
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def _folder(self) -> str:
        """Where the parts of the workbook lie; xl/ where the package does not say it."""
        workbook = next((each.target for each in self.relations("") if each.kind == "officeDocument"), "")
        return workbook[: workbook.rfind("/") + 1] if workbook in self else "xl/"

    def packed(self) -> bytes:
        """The whole package: untouched parts as they were, in their old order, new ones behind them."""
        for gone in self.removed - self.changed.keys():
            self._forget_type(gone)
        out, old = io.BytesIO(), self._archive
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in self:
                entry = self._entries.get(name)
                if entry is None or (name in self.changed and self.changed[name] != old.read(entry)):
                    kept = zipfile.ZipInfo(name, _OLDEST)
                    kept.compress_type, kept.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                    new.writestr(kept, self.changed[name], compresslevel=6)
                    continue
                kept = zipfile.ZipInfo(name, entry.date_time)
                kept.compress_type, kept.external_attr = entry.compress_type, entry.external_attr
                kept.create_system, kept.comment = entry.create_system, entry.comment
                if kept.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    kept.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(kept, old.read(entry))
        return out.getvalue()

    def without(self, emptied: Collection[str]) -> bytes:
        """The package for those who read only some of its sheets: the others are empty, and nothing is compressed."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
            for name in self:
                new.writestr(zipfile.ZipInfo(name, _OLDEST), _EMPTY_SHEET if name in emptied else self.read(name))
        return out.getvalue()

    def relations(self, name: str) -> list[Relation]:
        """What a part refers to; `name` is empty for the package as a whole."""
        if relations_of(name) not in self:
            return []
        found = []
        for tag in tags(self.read(relations_of(name)), "Relationship"):
            given = tag.attributes
            external = given.get("TargetMode") == "External"
            target = given.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")
                target = self._real(target)
            found.append(Relation(given.get("Id", ""), given.get("Type", "").rpartition("/")[2], target, external))
        return found

    def relate(self, name: str, kind: str, target: str) -> str:
        """Adds a relation of a part to another one and gives back its ID; `kind` is the whole type."""
        path, own = relations_of(name), {relation.id for relation in self.relations(name)}
        number = len(own) + 1
        while f"rId{number}" in own:
            number += 1
        shown = posixpath.relpath(f"/{target}", posixpath.join("/", posixpath.dirname(name)))
        line = f'<Relationship Id="rId{number}" Type="{kind}" Target="{shown}"/>'.encode()
        if path not in self:
            self.write(path, _HEAD + b"<Relationships " + _TYPE_NAMESPACE + b"></Relationships>")
        self._append(path, "Relationships", line)
        return f"rId{number}"

    def unrelate(self, name: str, relation: str) -> None:
        """Takes one relation of a part away."""
        path = relations_of(name)
        xml = self.read(path)
        gone = [tag for tag in tags(xml, "Relationship") if not tag.closes and tag.attributes.get("Id") == relation]
        self.write(path, replaced(xml, [(tag.start, tag.end, b"") for tag in gone]))

    def type_of(self, name: str) -> str | None:
        """A part's content type."""
        default = None
        for tag in tags(self.read(CONTENT_TYPES), "Override", "Default"):
            given = tag.attributes
            if given.get("PartName", "").lstrip("/").lower() == name.lower():
                return given.get("ContentType")
            if tag.name == "Default" and given.get("Extension", "").lower() == name.rpartition(".")[2].lower():
                default = given.get("ContentType")
        return default

    def set_type(self, name: str, content_type: str) -> None:
        """Says what kind of part a new one is."""
        if self.type_of(name) == content_type:
            return
        self._forget_type(name)
        line = f'<Override PartName="/{name}" ContentType="{content_type}"/>'.encode()
        self._append(CONTENT_TYPES, "Types", line)

    def _append(self, path: str, parent: str, line: bytes) -> None:
        xml = self.read(path)
        if (found := element(xml, parent)) is None:
            raise WrongUseError(f"The part {path} of the workbook is damaged; open it in Excel and save it again.")
        prefix = xml[found.start + 1 : found.start + 1 + xml[found.start + 1 :].index(parent.encode())]
        self.write(path, insert_child(xml, parent, b"<" + prefix + line[1:], parent, (parent,)))

    def _forget_type(self, name: str) -> None:
        xml = self.read(CONTENT_TYPES)
        gone = [
            (tag.start, tag.end, b"")
            for tag in tags(xml, "Override")
            if (local(tag.attributes, "PartName") or "").lstrip("/").lower() == name.lower()
        ]
        if gone:
            self.write(CONTENT_TYPES, replaced(xml, gone))

    def _real(self, name: str) -> str:
        """The name as the package spells it: names differ by more than the case of their letters."""
        return self._spelt.get(name.lower(), name) if name not in self._entries else name


def relations_of(name: str) -> str:
    """The part that lists what another one refers to."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")
