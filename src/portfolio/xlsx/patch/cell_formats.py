"""Cell formats brought from another workbook: added behind the ones that are there, which keep their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from portfolio.xlsx.patch.markup import (
    Element,
    attributes,
    children,
    insert_child,
    prefix_of,
    prefixed,
    replaced,
    root,
    with_attribute,
)

ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"),
    *("cellStyles", "dxfs", "tableStyles", "colors", "extLst"),
)
FIRST_OWN_FORMAT = 164
"""Number formats below this number are built in."""


@dataclass
class Styles:
    """A workbook's formats; what is added is written out by `xml`."""

    original: bytes
    _added: dict[str, list[bytes]] = field(default_factory=dict)
    _known: dict[str, dict[bytes, int]] = field(default_factory=dict)
    _counted: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.prefix = prefix_of(self.original, root(self.original).tag)
        self._top = {child.tag.name: child for child in children(self.original, root(self.original))}

    def entries(self, section: str) -> list[bytes]:
        """The entries of one section as they are written."""
        found = self._top.get(section)
        inside = [] if found is None or found.tag.alone else children(self.original, found)
        return [self.original[entry.start : entry.end] for entry in inside]

    def number_of(self, section: str, entry: bytes) -> int:
        """The number of an entry that may have to be added; an equal one is used again."""
        if section not in self._known:
            self._known[section] = {}
            for number, known in enumerate(self.entries(section)):
                self._known[section].setdefault(known, number)
            self._counted[section] = len(self.entries(section))
        numbers = self._known[section]
        entry = prefixed(entry, self.prefix)
        if entry not in numbers:
            numbers[entry] = self._counted[section]
            self._counted[section] += 1
            self._added.setdefault(section, []).append(entry)
        return numbers[entry]

    def number_format(self, code: str) -> int:
        """The number of a number format by its code, as it is written in XML."""
        used = [attributes(entry) for entry in [*self.entries("numFmts"), *self._added.get("numFmts", [])]]
        for given in used:
            if given.get("formatCode") == code:
                return int(given["numFmtId"])
        number = max([FIRST_OWN_FORMAT - 1, *(int(given.get("numFmtId", 0)) for given in used)]) + 1
        self.number_of("numFmts", b'<numFmt numFmtId="%d" formatCode="%s"/>' % (number, _written(code)))
        return number

    def xml(self) -> bytes:
        """The formats with everything that was added."""
        xml, changes, missing = self.original, [], []
        for section, entries in self._added.items():
            found = self._top.get(section)
            if found is None:
                missing.append((section, entries))
                continue
            changes.append(_longer(xml, found, entries, self.prefix, self._counted[section]))
        xml = replaced(xml, changes)
        for section, entries in missing:
            whole = f'<{self.prefix}{section} count="{len(entries)}">'.encode() + b"".join(entries)
            whole += f"</{self.prefix}{section}>".encode()
            xml = insert_child(xml, "styleSheet", whole, section, ORDER)
        return xml


def _written(text: str) -> bytes:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;").encode()


def _longer(xml: bytes, found: Element, entries: Sequence[bytes], prefix: str, count: int) -> tuple[int, int, bytes]:
    """A section with entries added at its end."""
    tag = xml[found.tag.start : found.tag.end]
    if found.tag.attributes.get("count") is not None:
        tag = with_attribute(tag, "count", str(count))
    inside = xml[found.inside : found.inside_end]
    if found.tag.alone:
        tag, inside = tag[:-2].rstrip() + b">", b""
    closing = f"</{prefix}{found.tag.name}>".encode()
    return found.start, found.end, tag + inside + b"".join(entries) + closing


_PART = re.compile(rb'(fontId|fillId|borderId|numFmtId|xfId)="(\d+)"')
_SECTIONS = {b"fontId": "fonts", b"fillId": "fills", b"borderId": "borders"}


class CopiedStyles:
    """The formats of another workbook, found or added in this one."""

    def __init__(self, own: Styles, other: bytes) -> None:
        self.own, self.other = own, Styles(other)
        self._numbers: dict[int, int] = {}
        codes = map(attributes, self.other.entries("numFmts"))
        self._codes = {int(given["numFmtId"]): given["formatCode"] for given in codes}
        self._parts = {section: self.other.entries(section) for section in _SECTIONS.values()}
        self._formats = self.other.entries("cellXfs")
        self._looks = self.other.entries("dxfs")

    def cell_format(self, number: int) -> int:
        """The number here of a cell format there."""
        if number not in self._numbers:
            self._numbers[number] = self._brought(number)
        return self._numbers[number]

    def _brought(self, number: int) -> int:
        def here(found: re.Match[bytes]) -> bytes:
            name, given = found[1], int(found[2])
            if name in _SECTIONS:
                section = _SECTIONS[name]
                given = self.own.number_of(section, self._parts[section][given])
            elif name == b"numFmtId" and given in self._codes:
                given = self.own.number_format(self._codes[given])
            elif name == b"xfId":
                given = 0
            return name + b'="%d"' % given

        return self.own.number_of("cellXfs", _PART.sub(here, self._formats[number]))

    def look(self, number: int) -> int:
        """The number here of a conditional look there."""

        def here(found: re.Match[bytes]) -> bytes:
            given = int(found[1])
            code = self._codes.get(given)
            return b'numFmtId="%d"' % (self.own.number_format(code) if code is not None else given)

        return self.own.number_of("dxfs", re.sub(rb'numFmtId="(\d+)"', here, self._looks[number]))


def with_fill(styles: Styles, number: int, colour: str) -> int:
    """A cell format like another one, but filled with a colour, such as FFEB9C."""
    fill = f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill></fill>'
    return _with_part(styles, number, "fillId", styles.number_of("fills", fill.encode()), "applyFill")


def with_format(styles: Styles, number: int, code: str) -> int:
    """A cell format like another one, but with a number format of its own."""
    return _with_part(styles, number, "numFmtId", styles.number_format(code), "applyNumberFormat")


def _with_part(styles: Styles, number: int, part: str, value: int, applied: str) -> int:
    """A cell format like another one, but for one of its parts."""
    formats = styles.entries("cellXfs")
    base = (
        formats[number] if number < len(formats) else b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    )
    end = base.index(b">") + 1 - (2 if base[: base.index(b">") + 1].endswith(b"/>") else 1)
    head = with_attribute(base[:end] + b">", part, str(value))
    head = with_attribute(head, applied, "1")[:-1]
    entry = re.sub(rb"<(/?)[^\s<>/:]+:", rb"<\1", head + base[end:])
    return styles.number_of("cellXfs", entry)
