"""Which parts of a package say what the others are: a workbook may lie in any folder, though most lie in xl/."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property

TYPES, ROOT, USUAL_WORKBOOK = "[content_types].xml", "_rels/.rels", "xl/workbook.xml"
MAX_LIST_BYTES = 1_000_000
"""The list of relations is short; what is longer is looked through with every other part."""
RELATION = re.compile(rb"<(?:[^\s<>/:]+:)?Relationship\s[^<>]*>")
KIND = re.compile(rb"""\sType\s*=\s*["'][^"']*/(\w+)["']""")
TARGET = re.compile(rb"""\sTarget\s*=\s*["']([^"']*)["']""")
SHARED = {"sharedstrings": "sharedStrings.xml", "styles": "styles.xml"}
"""The parts that all sheets share, by the kind of relation, and where a reader of cells expects them."""


def plain_name(part: str) -> str:
    """A part's name as readers compare it: without case, and with the slashes of any system."""
    return part.replace("\\", "/").lower()


@dataclass(frozen=True)
class Contents:
    """The workbook's part, and what it shares among its sheets, by plain names."""

    workbook: str
    shared: tuple[tuple[str, str], ...]
    """Each part that sheets share, with the name under which a reader of cells expects it."""

    @property
    def folder(self) -> str:
        """Where the workbook lies, with the slash behind it."""
        return self.workbook[: self.workbook.rfind("/") + 1]

    @property
    def relations(self) -> str:
        """The part that lists what the workbook is made of."""
        return _relations_of(self.workbook)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The parts that say what the others are."""
        return frozenset((TYPES, ROOT, self.workbook, self.relations))

    @property
    def styles(self) -> str:
        """Where a reader of cells expects the formats of cells."""
        return plain_name(self.folder + SHARED["styles"])

    @property
    def texts(self) -> str:
        """Where a reader of cells expects the texts that sheets share."""
        return plain_name(self.folder + SHARED["sharedstrings"])

    @cached_property
    def expected(self) -> dict[str, str]:
        """Where a reader of cells expects each shared part."""
        return dict(self.shared)


def contents_of(archive: zipfile.ZipFile) -> Contents:
    """Where the workbook of a package lies: in xl/ if anything lies there, else where the package says."""
    parts = {plain_name(part.filename): part for part in archive.infolist()}
    said = dict(_related(archive, parts.get(ROOT), ""))
    named = said.get("officedocument", "")
    workbook = USUAL_WORKBOOK if USUAL_WORKBOOK in parts or named not in parts or not named.endswith(".xml") else named
    folder = workbook[: workbook.rfind("/") + 1]
    of_sheets = dict(_related(archive, parts.get(_relations_of(workbook)), folder))
    shared = {of_sheets.get(kind, plain_name(folder + usual)): folder + usual for kind, usual in SHARED.items()}
    usual_names = {plain_name(folder + usual) for usual in SHARED.values()}
    return Contents(
        workbook,
        tuple(
            (part, part if part not in usual_names and plain_name(at) in parts else at) for part, at in shared.items()
        ),
    )


def _relations_of(part: str) -> str:
    folder, _, own = part.rpartition("/")
    return f"{folder}{folder and '/'}_rels/{own}.rels"


def _related(archive: zipfile.ZipFile, part: zipfile.ZipInfo | None, folder: str) -> list[tuple[str, str]]:
    """The kind and the part of each relation that a short list has; nothing where it cannot be read."""
    if part is None or part.file_size > MAX_LIST_BYTES:
        return []
    try:
        with archive.open(part) as stream:
            text = stream.read(MAX_LIST_BYTES)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        return []
    found = []
    for relation in RELATION.findall(text):
        kind, target = KIND.search(relation), TARGET.search(relation)
        if kind is not None and target is not None:
            place = plain_name(target[1].decode("utf-8", "replace"))
            at = posixpath.normpath(posixpath.join("/" if place.startswith("xl/") else f"/{folder}", place)).lstrip("/")
            found.append((kind[1].decode().lower(), at))
    return found
