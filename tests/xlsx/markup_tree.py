"""XML as the judge compares it: trees of small parts, rows of worksheets; raw names, so that a changed prefix shows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

Attributes = dict[str, str]
CELL = re.compile(r"([A-Za-z]+)(\d+)")


@dataclass
class Node:
    """An element, its attributes and what is in it; comments and the like are nodes whose names begin with `!`."""

    name: str
    attributes: Attributes = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    def children(self, local: str | None = None) -> Iterator[Node]:
        """The elements directly inside, all or those of one name."""
        for child in self.inside:
            if isinstance(child, Node) and local in (None, child.local):
                yield child

    def child(self, local: str) -> Node | None:
        """The first element of that name directly inside."""
        return next(self.children(local), None)

    def all(self, local: str) -> Iterator[Node]:
        """Every element of that name below."""
        for child in self.children():
            if child.local == local:
                yield child
            yield from child.all(local)

    def without(self, *names: str) -> Node:
        """The same element without the children of these names."""
        kept = [child for child in self.inside if isinstance(child, str) or child.local not in names]
        return Node(self.name, self.attributes, kept)

    def text(self) -> str:
        """All text below."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.inside)

    def said(self) -> str:
        """A short form for people."""
        shown = " ".join(f'{name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.name} {shown}>"[:120]


@dataclass
class Row:
    """A row of a worksheet: its attributes and its cells by their names, in the order in which they stand."""

    number: int
    attributes: Attributes
    cells: dict[str, Node] = field(default_factory=dict)
    odd: list[Node | str] = field(default_factory=list)


@dataclass
class Worksheet:
    """A worksheet: everything around its cells as a tree, and its rows in the order in which they stand."""

    around: Node
    rows: list[Row]

    def row(self, number: int) -> Row | None:
        """The row of that number."""
        return next((row for row in self.rows if row.number == number), None)


def column_number(letters: str) -> int:
    """The number of a column, A being 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_name(number: int) -> str:
    """The letters of a column, 1 being A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def ascend(numbers: list[int]) -> bool:
    """Whether each number is larger than the one before."""
    return all(one < other for one, other in itertools.pairwise(numbers))


def within(small: str, large: str) -> bool:
    """Whether one range lies in another one."""
    corners = [re.findall(r"([A-Z]+)(\d+)", ref.upper()) for ref in (small, large)]
    if not corners[0] or not corners[1]:
        return small == large
    (first, last), (top_left, bottom_right) = [(found[0], found[-1]) for found in corners]
    return (
        column_number(top_left[0]) <= column_number(first[0])
        and int(top_left[1]) <= int(first[1])
        and column_number(bottom_right[0]) >= column_number(last[0])
        and int(bottom_right[1]) >= int(last[1])
    )


class _Builder:
    """Takes expat's events; a finished row is handed over and forgotten."""

    def __init__(self) -> None:
        self.root = Node("!document")
        self.open = [self.root]
        self.rows: list[Row] = []

    def start(self, name: str, attributes: Attributes) -> None:
        node = Node(name, attributes)
        self.open[-1].inside.append(node)
        self.open.append(node)

    def end(self, _name: str) -> None:
        node = self.open.pop()
        if node.local == "row" and self.open[-1].local == "sheetData":
            self.rows.append(_row(node, self.rows[-1].number if self.rows else 0))
            self.open[-1].inside.pop()

    def text(self, text: str) -> None:
        inside = self.open[-1].inside
        if self.open[-1].local == "sheetData" and not text.strip():
            return
        if inside and isinstance(inside[-1], str):
            inside[-1] += text
        else:
            inside.append(text)

    def aside(self, kind: str, *what: object) -> None:
        self.open[-1].inside.append(Node(f"!{kind} {what}"))


def _row(node: Node, before: int) -> Row:
    number = int(node.attributes.get("r") or before + 1)
    row, column = Row(number, node.attributes), 0
    for child in node.inside:
        if isinstance(child, Node) and child.local == "c":
            found = CELL.fullmatch(child.attributes.get("r", ""))
            column = column_number(found[1]) if found else column + 1
            name = f"{column_name(column)}{number}"
            if name in row.cells or (found and int(found[2]) != number):
                row.odd.append(Node(f"!misplaced {child.said()}"))
            row.cells[name] = child
        elif isinstance(child, Node) or child.strip():
            row.odd.append(child)
    return row


def _parsed(xml: bytes, rows_apart: bool) -> _Builder:
    builder = _Builder()
    if not rows_apart:
        builder.rows = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = builder.start, builder.text
    parser.EndElementHandler = builder.end if rows_apart else lambda _name: builder.open.pop()
    parser.CommentHandler = lambda text: builder.aside("comment", text)
    parser.ProcessingInstructionHandler = lambda target, data: builder.aside("instruction", target, data)
    parser.XmlDeclHandler = lambda version, encoding, alone: builder.aside("declaration", version, encoding, alone)
    parser.StartDoctypeDeclHandler = lambda *what: builder.aside("doctype", *what)
    parser.StartCdataSectionHandler = lambda: builder.aside("cdata")
    parser.Parse(xml, True)
    return builder


def tree(xml: bytes) -> Node:
    """A part as a tree; its root element is the last child of the document that is returned."""
    return _parsed(xml, rows_apart=False).root


def top(xml: bytes) -> Node:
    """The root element of a part."""
    return [child for child in tree(xml).children() if not child.name.startswith("!")][-1]


def worksheet(xml: bytes) -> Worksheet:
    """A worksheet part, its rows apart from the rest."""
    builder = _parsed(xml, rows_apart=True)
    return Worksheet(builder.root, builder.rows)
