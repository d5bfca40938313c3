"""Formulas without positions: a reference says which epic and which column it means, not which letter and number.

So sorting rows or inserting columns changes no formula, and a formula can be written into another copy, in which the same
epics and columns stand elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from portfolio.errors import PortfolioError
from portfolio.merge.cell_content import Content, is_result
from portfolio.merge.workbook_contents import Layout, Table
from portfolio.xlsx.cell_names import column_letters, column_number

_END = r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})"
REFERENCE = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    r"|(?P<brackets>\[(?:[^\[\]]|\[[^\]]*\])*\])"
    r"|(?<![\w.$!\]])(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
    rf"(?:(?P<cells>{_END}(?::{_END})?)|(?P<across>(\$?)([A-Za-z]{{1,3}}):(\$?)([A-Za-z]{{1,3}})))(?![\w(.!\[])"
)
"""Texts and names in brackets are passed over; a reference is one or two cells, or whole columns."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_TOKEN = re.compile("\x01([^\x03]*)\x03")
_SPACES = re.compile(r"\s*([,;+\-*/^&=<>()])\s*")
_NEW_FUNCTION = re.compile(r"_xlfn\.(?:_xlws\.)?", re.IGNORECASE)


class GoneError(PortfolioError):
    """A formula refers to a row or column that is not there any more."""


@dataclass(frozen=True)
class Corner:
    """One end of a reference; row 0 means the whole column."""

    column_fixed: str
    column: int
    row_fixed: str
    row: int

    def text(self) -> str:
        """As it stands in a formula."""
        return f"{self.column_fixed}{column_letters(self.column)}{self.row_fixed}{self.row or ''}"

    def moved(self, rows: int, columns: int) -> Corner:
        """The same for a formula that stands so many rows and columns away."""
        row = self.row if self.row_fixed or not self.row else self.row + rows
        column = self.column if self.column_fixed else self.column + columns
        return replace(self, row=row, column=column)


def _corners(found: re.Match[str]) -> list[Corner]:
    if found["across"] is not None:
        fixed, first, fixed_too, second = found.groups()[-4:]
        return [Corner(fixed, column_number(first), "", 0), Corner(fixed_too, column_number(second), "", 0)]
    parts = found.groups()[4:12]
    corners = [parts[start : start + 4] for start in (0, 4) if parts[start + 1]]
    return [Corner(first, column_number(letters), second, int(row)) for first, letters, second, row in corners]


@dataclass(frozen=True)
class Range:
    """Cells that a formula reads: on a sheet, whose name is in small letters, from a row to a row, from a column to a column."""

    sheet: str
    top: int
    bottom: int
    left: int
    right: int


def ranges(formula: str, title: str, row: int) -> list[Range]:
    """What a formula reads. A name in brackets counts as its row where it says so, else as its whole sheet."""
    found: list[Range] = []
    for each in REFERENCE.finditer(formula):
        if each["brackets"] is not None:
            top, bottom = (row, row) if "@" in each[0] or "#This Row" in each[0] else (1, LAST_ROW)
            found.append(Range(title.casefold(), top, bottom, 1, LAST_COLUMN))
        elif each["text"] is None:
            sheet = (each["sheet"] or title + "!")[:-1].strip("'").replace("''", "'")
            ends = _corners(each)
            rows, columns = [end.row for end in ends], [end.column for end in ends]
            top, bottom = (min(rows), max(rows)) if rows[0] else (1, LAST_ROW)
            found.append(Range(sheet.casefold(), top, bottom, min(columns), max(columns)))
    return found


def moved(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads when it is filled down and to the right: how shared formulas are stored."""

    def there(found: re.Match[str]) -> str:
        if found["cells"] is None and found["across"] is None:
            return found[0]
        ends = [corner.moved(rows, columns) for corner in _corners(found)]
        if any((end.row < 1 and found["across"] is None) or end.column < 1 for end in ends):
            return "#REF!"
        return (found["sheet"] or "") + ":".join(end.text() for end in ends)

    return REFERENCE.sub(there, formula)


def without_positions(
    formula: str, title: str, row: int, places: Mapping[str, Layout], *, fixed_ranges: bool = False
) -> str:
    """A formula in which references to tables name rows and columns by identity.

    A range over several rows is told by what stands at its ends, or, with `fixed_ranges`, by its row numbers: sorting
    leaves these as they are, inserting a row does not.
    """

    def named(found: re.Match[str]) -> str:
        if found["cells"] is None and found["across"] is None:
            return found[0]
        sheet = (found["sheet"] or "")[:-1].strip("'").replace("''", "'")
        layout = places.get((sheet or title).casefold())
        if layout is None:
            return found[0]
        own = (sheet or title).casefold() == title.casefold()
        ends = _corners(found)
        rows = _rows(ends, layout, row if own else 0, fixed_ranges)
        said = [_corner(end, layout, line) for end, line in zip(ends, rows, strict=True)]
        return "\x01" + "\x02".join([f"={layout.name}" if sheet else "", *said]) + "\x03"

    return REFERENCE.sub(named, formula)


def _rows(ends: list[Corner], layout: Layout, here: int, fixed: bool) -> list[str]:
    """How the rows of a reference are named."""
    rows = [end.row for end in ends]
    if not rows[0]:
        return ["all", "all"]
    if len(set(rows)) == 1 or (not fixed and not _spans(rows, layout)):
        return [_row(row, layout, here) for row in rows]
    if fixed:
        return [f"#{row}" for row in rows]
    start = "heading" if rows[0] == layout.header else "first" if rows[0] == layout.first else f"#{rows[0]}"
    return [start, f"end+{rows[1] - layout.last}"]


def _spans(rows: list[int], layout: Layout) -> bool:
    """Whether a range goes from the first row of the table, or above it, to the last or below."""
    return rows[0] <= layout.first and rows[1] >= layout.last


def _row(row: int, layout: Layout, here: int) -> str:
    if row == here:
        return "same"
    if row == layout.header:
        return "heading"
    return f"={layout.rows[row]}" if row in layout.rows else f"#{row}"


def _corner(end: Corner, layout: Layout, row: str) -> str:
    column = f"={layout.columns[end.column]}" if end.column in layout.columns else f"#{end.column}"
    return "\x04".join([end.column_fixed, column, end.row_fixed, row])


def compared(formula: str) -> str:
    """A formula as it is compared: without regard to case and to spaces around operators, except within texts."""
    pieces = re.split(r'("(?:[^"]|"")*"|\x01[^\x03]*\x03)', _NEW_FUNCTION.sub("", formula))
    return "".join(piece if odd % 2 else _SPACES.sub(r"\1", piece).upper() for odd, piece in enumerate(pieces)).strip()


def with_positions(template: str, table: Table, row: int, tables: Mapping[str, Table]) -> str:
    """The formula as it reads in a row of another workbook; raises GoneError if it refers to what is not there."""

    def placed(found: re.Match[str]) -> str:
        sheet, *ends = found[1].split("\x02")
        target = table if not sheet else tables.get(sheet[1:])
        if target is None:
            raise GoneError(f"the sheet {sheet[1:]}")
        prefix = "'" + target.title.replace("'", "''") + "'!" if sheet else ""
        return prefix + ":".join(_placed(end, target, row) for end in ends)

    try:
        return _TOKEN.sub(placed, template)
    except (ValueError, IndexError):
        raise GoneError("a place that cannot be read") from None


def _placed(end: str, table: Table, here: int) -> str:
    column_fixed, column, row_fixed, row = end.split("\x04")
    if column.startswith("=") and column[1:] not in table.columns:
        raise GoneError(f"the column {column[1:].lstrip('=')}")
    number = table.columns[column[1:]].number if column.startswith("=") else int(column[1:])
    return Corner(column_fixed, number, row_fixed, _line(row, table, here)).text()


def _line(row: str, table: Table, here: int) -> int:
    if row == "all":
        return 0
    if row.startswith("="):
        if row[1:] not in table.rows:
            raise GoneError(f"the row {row[1:]}")
        return table.rows[row[1:]].number
    if row.startswith("end+"):
        return max((line.number for line in table.rows.values()), default=table.header + 1) + int(row[4:])
    if row == "first":
        return min((line.number for line in table.rows.values()), default=table.header + 1)
    words = {"same": here, "heading": table.header}
    return words[row] if row in words else int(row[1:])


def resolved(content: Content, title: str, row: int, places: Mapping[str, Layout]) -> Content:
    """A formula cell with its text and its template free of positions."""
    template = without_positions(content.shown[1:], title, row, places)
    return replace(content, text=content.text if is_result(content) else compared(template), template=template)


def is_same_formula(
    one: Content,
    here: tuple[str, int, Mapping[str, Layout]],
    other: Content,
    there: tuple[str, int, Mapping[str, Layout]],
) -> bool:
    """Whether two formulas say the same if ranges are told by their row numbers: rows may have been sorted in between."""
    texts = [
        compared(without_positions(content.shown[1:], *place, fixed_ranges=True))
        for content, place in ((one, here), (other, there))
    ]
    return texts[0] == texts[1]
