"""Finds tags in XML without changing a byte of what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from xml.parsers import expat

ATTRIBUTES = rb"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*"""
_OTHER = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_ANY = re.compile(rb"(?s:" + _OTHER + rb")|<(/?)([^\s<>/!?]+)(" + ATTRIBUTES + rb")>")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#\d+|\w+);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


@dataclass(frozen=True)
class Tag:
    """One tag of a document: its name without prefix, its attributes' text and where it stands."""

    name: str
    start: int
    end: int
    attributes_text: bytes
    closes: bool

    @property
    def alone(self) -> bool:
        """Whether it has no contents and no end tag."""
        return self.attributes_text.endswith(b"/")

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes by the name that they are written with."""
        return attributes(self.attributes_text)


@dataclass(frozen=True)
class Element:
    """An element with everything in it, as bytes from `start` to `end`; its contents begin at `inside`."""

    tag: Tag
    start: int
    inside: int
    inside_end: int
    end: int


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[bytes]:
    wanted = b"|".join(re.escape(name.encode()) for name in names)
    tag = rb"<(/?)(?:[^\s<>/!?:]+:)?(" + wanted + rb")(?=[\s/>])(" + ATTRIBUTES + rb")>"
    return re.compile(rb"(?s:" + _OTHER + rb")|" + tag)


def tags(xml: bytes, *names: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Every tag of these names, in order; what stands in comments is not one. Without names, every tag."""
    pattern = _pattern(names) if names else _ANY
    for found in pattern.finditer(xml, start, len(xml) if end is None else end):
        if found[2] is not None:
            name = found[2].rpartition(b":")[2].decode()
            yield Tag(name, found.start(), found.end(), found[3], bool(found[1]))


def attributes(text: bytes) -> dict[str, str]:
    """The attributes in a tag's text, by the name that they are written with."""
    return {name.decode(): unescape(value[1:-1].decode()) for name, value in _ATTRIBUTE.findall(text)}


def local(names: dict[str, str], name: str) -> str | None:
    """An attribute by its name without prefix: `r:id` is `id`; the one without a prefix comes first."""
    if name in names:
        return names[name]
    return next((value for key, value in names.items() if key.rpartition(":")[2] == name), None)


def unescape(text: str) -> str:
    """Text as it is meant."""
    if "&" not in text:
        return text

    def meant(found: re.Match[str]) -> str:
        word = found[1]
        if word.startswith("#"):
            return chr(int(f"0{word[1:]}" if word[1] in "xX" else word[1:], 16 if word[1] in "xX" else 10))
        return _NAMED.get(word, found[0])

    return _ENTITY.sub(meant, text)


def elements(xml: bytes, name: str, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """Every outermost element of a name, in order."""
    opened: Tag | None = None
    depth = 0
    for tag in tags(xml, name, start=start, end=end):
        if tag.closes:
            depth -= 1
            if depth == 0 and opened is not None:
                yield Element(opened, opened.start, opened.end, tag.start, tag.end)
        elif not tag.alone:
            opened = tag if depth == 0 else opened
            depth += 1
        elif depth == 0:
            yield Element(tag, tag.start, tag.end, tag.end, tag.end)


def element(xml: bytes, name: str, start: int = 0, end: int | None = None) -> Element | None:
    """The first element of a name."""
    return next(elements(xml, name, start, end), None)


def children(xml: bytes, parent: Element) -> list[Element]:
    """The elements that stand directly in another one."""
    found: list[Element] = []
    opened: Tag | None = None
    depth = 0
    for tag in tags(xml, start=parent.inside, end=parent.inside_end):
        if tag.closes:
            depth -= 1
            if depth == 0 and opened is not None:
                found.append(Element(opened, opened.start, opened.end, tag.start, tag.end))
        elif tag.alone:
            if depth == 0:
                found.append(Element(tag, tag.start, tag.end, tag.end, tag.end))
        else:
            opened = tag if depth == 0 else opened
            depth += 1
    return found


def root(xml: bytes) -> Element:
    """The document's outermost element; raises ValueError where there is none."""
    first = next(tags(xml), None)
    found = None if first is None else element(xml, first.name, first.start)
    if found is None:
        raise ValueError("no element")
    return found


def prefix_of(xml: bytes, tag: Tag) -> str:
    """What is written before the tag's name, with its colon."""
    written = re.split(rb"[\s/>]", xml[tag.start + 1 : tag.end].lstrip(b"/"), maxsplit=1)[0]
    return written.decode().rpartition(":")[0] + ":" if b":" in written else ""


def prefixed(fragment: bytes, prefix: str) -> bytes:
    """A fragment whose tags are written with a prefix."""
    return re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + prefix.encode(), fragment) if prefix else fragment


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A tag with an attribute set, or without it where the value is None; its other bytes stay."""
    pattern = re.compile(rb"""\s+""" + re.escape(name.encode()) + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""")
    given = b"" if value is None else f' {name}="{value}"'.encode()
    if pattern.search(tag):
        return pattern.sub(lambda _: given, tag, count=1)
    close = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:close].rstrip() + given + tag[close:] if given else tag


def insert_child(xml: bytes, parent: str, fragment: bytes, name: str, order: Sequence[str]) -> bytes:
    """A document in which a new child stands in its place among the children of its root.

    `order` names the children in the order that the file format asks for.
    """
    top = root(xml)
    if top.tag.name != parent:
        raise ValueError(f"not a {parent}")
    if top.tag.alone:
        head = xml[top.start : top.end - 2].rstrip()
        closing = f"</{prefix_of(xml, top.tag)}{parent}>".encode()
        return xml[: top.start] + head + b">" + fragment + closing + xml[top.end :]
    later = set(order[order.index(name) + 1 :])
    place = next((child.start for child in children(xml, top) if child.tag.name in later), top.inside_end)
    return xml[:place] + fragment + xml[place:]


def is_well_formed(xml: bytes) -> bool:
    """Whether a parser reads it to its end."""
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


def replaced(xml: bytes, changes: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Bytes with parts replaced: each change says from where to where, and by what; they do not overlap."""
    pieces, place = [], 0
    for start, end, new in sorted(changes, key=lambda change: (change[0], change[1])):
        pieces += [xml[place:start], new]
        place = end
    return b"".join([*pieces, xml[place:]])
