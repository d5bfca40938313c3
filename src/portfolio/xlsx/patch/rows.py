"""The rows of a worksheet, changed cell by cell: every byte that is not part of a changed cell stays."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from portfolio.xlsx.cell_names import column_letters, column_number, split_name
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.markup import ATTRIBUTES, Tag, attributes, element, prefix_of, replaced, tags, with_attribute

_CELL = re.compile(
    rb"(?s:<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>)|<(/?)(?:[^\s<>/!?:]+:)?c(?=[\s/>])(" + ATTRIBUTES + rb")>"
)
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']\$?([A-Za-z]{1,3})\$?\d""")
_LAST_CELL = re.compile(rb'<c r="([A-Z]{1,3})\d')
_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s/>]")


@dataclass(frozen=True)
class Row:
    """One row: its number, its start tag, and where its cells stand."""

    number: int
    tag: Tag
    inside_end: int
    end: int


class Cell(NamedTuple):
    """One cell as it stands in the XML, from `start` to `end`."""

    column: int
    start: int
    end: int
    attributes_text: bytes

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes by name."""
        return attributes(self.attributes_text)

    @property
    def style(self) -> int:
        """The number of its cell format."""
        return int(self.attributes.get("s") or 0)


class Rows:
    """The rows of one worksheet's XML, found once."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        data = element(xml, "sheetData")
        if data is None:
            raise ValueError("no sheetData")
        self.data = data
        self.prefix = prefix_of(xml, data.tag)
        self.rows: dict[int, Row] = {}
        self._cells: dict[int, dict[int, Cell]] = {}
        for row in self._read():
            if row.number in self.rows:
                raise ValueError(f"row {row.number} is there twice")
            self.rows[row.number] = row
        self._numbers = sorted(self.rows)
        self._is_plain = not self.prefix and b"<!" not in xml

    def _read(self) -> Iterator[Row]:
        number, opened = 0, None
        for tag in tags(self.xml, "row", start=self.data.inside, end=self.data.inside_end):
            if tag.closes:
                if opened is not None:
                    yield Row(number, opened, tag.start, tag.end)
                opened = None
                continue
            given = re.search(rb"""(?:^|\s)r\s*=\s*["'](\d+)["']""", tag.attributes_text)
            number = int(given[1]) if given else number + 1
            if tag.alone:
                yield Row(number, tag, tag.end, tag.end)
            else:
                opened = tag

    def cells(self, number: int) -> Mapping[int, Cell]:
        """The cells of a row by their column, in the order that they stand in."""
        if number not in self._cells:
            row = self.rows.get(number)
            inside = () if row is None or row.tag.alone else self._read_cells(row)
            self._cells[number] = {cell.column: cell for cell in inside}
        return self._cells[number]

    def _read_cells(self, row: Row) -> Iterator[Cell]:
        column, opened = 0, None
        for found in _CELL.finditer(self.xml, row.tag.end, row.inside_end):
            text = found[2]
            if text is None:
                continue
            if found[1]:
                if opened is not None:
                    yield Cell(column, opened.start(), found.end(), opened[2])
                opened = None
                continue
            named = _REFERENCE.search(text)
            column = column_number(named[1].decode()) if named else column + 1
            if text.endswith(b"/"):
                yield Cell(column, found.start(), found.end(), text)
            else:
                opened = found

    def cell(self, row: int, column: int) -> Cell | None:
        """One cell, None where it has never been touched."""
        return None if self._ends_before(row, column) else self.cells(row).get(column)

    def _ends_before(self, number: int, column: int) -> bool:
        """Whether a row plainly ends before a column, which is quicker to see than to read all of its cells."""
        row = self.rows.get(number)
        if row is None or row.tag.alone:
            return True
        last = self.xml.rfind(b"<c ", row.tag.end, row.inside_end) if self._is_plain else -1
        named = _LAST_CELL.match(self.xml, last, row.inside_end) if last >= 0 else None
        if named is None or column_number(named[1].decode()) >= column:
            return False
        return self.xml.find(f'"{column_letters(column)}{number}"'.encode(), row.tag.end, row.inside_end) < 0

    def style_for(self, row: int, column: int) -> int:
        """The look that an untouched cell shows: its row's, else its column's."""
        found = self.rows.get(row)
        if found is not None and b"customFormat" in found.tag.attributes_text:
            given = found.tag.attributes
            if given["customFormat"] in ("1", "true"):
                return int(given.get("s") or 0)
        return next((style for first, last, style in self._column_styles if first <= column <= last), 0)

    @cached_property
    def _column_styles(self) -> list[tuple[int, int, int]]:
        columns = [tag.attributes for tag in tags(self.xml, "col", end=self.data.start) if not tag.closes]
        return [(int(given["min"]), int(given["max"]), int(given.get("style") or 0)) for given in columns]

    def with_edits(self, edits: Sequence[CellEdit], written: Callable[[CellEdit, Cell | None], bytes]) -> bytes:
        """The worksheet with cells changed; `written` makes a cell's XML from an edit and the cell that is there."""
        changes: list[tuple[int, int, bytes]] = []
        ordered = sorted(edits, key=lambda edit: (edit.row, edit.column))
        fresh: dict[int, list[bytes]] = {}
        for number, group in groupby(ordered, key=lambda edit: edit.row):
            row_edits = {edit.column: edit for edit in group}
            if number in self.rows:
                changes += self._row_changes(self.rows[number], row_edits, written)
            else:
                made = b"".join(written(edit, None) for edit in row_edits.values())
                fresh.setdefault(self._place(number), []).append(self._fresh_row(number, made))
        changes += [(place, place, b"".join(rows)) for place, rows in fresh.items() if any(rows)]
        if self.data.tag.alone and fresh:
            inside = b"".join(row for rows in fresh.values() for row in rows)
            opened = self.xml[self.data.start : self.data.end - 2].rstrip() + b">"
            closed = f"</{self.prefix}sheetData>".encode()
            changes = [(self.data.start, self.data.end, opened + inside + closed)]
        return replaced(self.xml, changes)

    def _fresh_row(self, number: int, cells: bytes) -> bytes:
        if not cells:
            return b""
        return f'<{self.prefix}row r="{number}">'.encode() + cells + f"</{self.prefix}row>".encode()

    def _place(self, number: int) -> int:
        after = bisect_right(self._numbers, number)
        return self.data.inside_end if after == len(self._numbers) else self.rows[self._numbers[after]].tag.start

    def _row_changes(
        self, row: Row, edits: Mapping[int, CellEdit], written: Callable[[CellEdit, Cell | None], bytes]
    ) -> list[tuple[int, int, bytes]]:
        changes: list[tuple[int, int, bytes]] = []
        waiting = dict(edits)
        behind = self._ends_before(row.number, min(edits))
        for cell in () if behind else self.cells(row.number).values():
            before = [column for column in waiting if column < cell.column]
            changes += [(cell.start, cell.start, written(waiting.pop(column), None)) for column in before]
            if cell.column in waiting:
                changes.append((cell.start, cell.end, written(waiting.pop(cell.column), cell)))
        rest = b"".join(written(edit, None) for edit in waiting.values())
        if rest and row.tag.alone:
            tag = next((tag for *_, tag in self._wider(row, edits)), self.xml[row.tag.start : row.tag.end])
            made = tag[:-2].rstrip() + b">" + rest + f"</{self.prefix}row>".encode()
            return [(row.tag.start, row.tag.end, made)]
        if rest:
            changes.append((row.inside_end, row.inside_end, rest))
        return [
            *self._wider(row, edits),
            *[change for change in changes if self.xml[change[0] : change[1]] != change[2]],
        ]

    def _wider(self, row: Row, edits: Mapping[int, CellEdit]) -> list[tuple[int, int, bytes]]:
        """The row's hint at its first and last column, which has to include the new cells."""
        spans = row.tag.attributes.get("spans", "")
        first, _, last = spans.partition(":")
        if not (first.isdigit() and last.isdigit()):
            return []
        wider = f"{min(int(first), *edits)}:{max(int(last), *edits)}"
        if wider == spans:
            return []
        tag = with_attribute(self.xml[row.tag.start : row.tag.end], "spans", wider)
        return [(row.tag.start, row.tag.end, tag)]

    def formulas(self) -> Iterator[tuple[int, int, Tag, Cell]]:
        """Every formula: row, column, its tag and its cell; only rows that hold one are looked into."""
        for number, row in self.rows.items():
            if not _FORMULA.search(self.xml, row.tag.end, row.inside_end):
                continue
            for cell in self.cells(number).values():
                for tag in tags(self.xml, "f", start=cell.start, end=cell.end):
                    if not tag.closes:
                        yield number, cell.column, tag, cell


def cover(reference: str, edits: Sequence[CellEdit]) -> str:
    """A sheet's extent, widened so that it holds the edited cells."""
    first, _, last = reference.partition(":")
    top, left = split_name(first)
    bottom, right = split_name(last or first)
    top, left = min(top, *(edit.row for edit in edits)), min(left, *(edit.column for edit in edits))
    bottom, right = max(bottom, *(edit.row for edit in edits)), max(right, *(edit.column for edit in edits))
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
