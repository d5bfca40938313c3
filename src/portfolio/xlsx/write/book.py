"""A workbook that is being written: pages, styles, and people's text that always stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from types import MappingProxyType
from typing import BinaryIO
from zipfile import ZIP_STORED

import xlsxwriter
import xlsxwriter.workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, Worksheet

from portfolio.errors import WrongUseError
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.write.area import Area
from portfolio.xlsx.write.styles import CHANGES, INK, LEFT, LINE, STYLES

LONGEST_TEXT = 32_767
"""The most characters a cell can hold."""
ROW_HEIGHT = 21
"""Pixels of a row in a table with lines between its groups; left to themselves, some programs cut its text off at a line."""
CREATED = datetime(2000, 1, 1)
"""Any fixed moment: the same input gives the same bytes."""
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Value = str | float | date | None


class _PassingWorkbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook whose sheets are read again at once: to press them together would only take time."""

    def _store_workbook(self) -> None:
        compression = xlsxwriter.workbook.ZIP_DEFLATED
        xlsxwriter.workbook.ZIP_DEFLATED = ZIP_STORED
        try:
            super()._store_workbook()
        finally:
            xlsxwriter.workbook.ZIP_DEFLATED = compression


def book_content(fill: Callable[[Book], None], *, passing: bool = False) -> bytes:
    """The bytes of a workbook that is filled so; one that is `passing` is read again at once and never a file."""
    target = BytesIO()
    book = Book(target, passing=passing)
    fill(book)
    book.close()
    return target.getvalue()


def _escaped(text: str) -> str:
    """Text as it stands between tags."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


class ExactSheet(Worksheet):  # type: ignore[misc]
    """A sheet that writes what it is given: all digits of a number, and formulas as they are.

    XlsxWriter's own 16 digits lose the last one of some numbers. It also rewrites whatever looks like a newer function,
    even in people's words inside a formula, and spends most of its time on that.
    """

    def write_exact_formula(self, row: int, column: int, formula: str, style: Format, value: object) -> None:
        """Writes a formula with the value it has now."""
        if self.dim_rowmax is None or not (
            self.dim_rowmin <= row <= self.dim_rowmax and self.dim_colmin <= column <= self.dim_colmax
        ):
            self._check_dimensions(row, column)
        self.table[row][column] = CellFormulaTuple(formula.removeprefix("="), style, value)

    def _write_cell(self, row: int, col: int, cell: CellFormulaTuple) -> None:
        """Writes the cells that there are most of without a detour; the others as XlsxWriter does."""
        kinds = type(cell)
        if (kinds is not CellFormulaTuple and kinds is not CellBlankTuple) or (style := cell.format) is None:
            super()._write_cell(row, col, cell)
            return
        head = f'<c r="{column_letters(col + 1)}{row + 1}" s="{style._get_xf_index()}"'
        if kinds is CellBlankTuple:
            self.fh.write(f"{head}/>")
            return
        value = cell.value
        kind = ""
        if isinstance(value, bool):
            kind, value = ' t="b"', int(value)
        elif isinstance(value, str) and value:
            kind = ' t="e"' if value in _ERRORS else ' t="str"'
            value = _escaped(value)
        self.fh.write(f"{head}{kind}><f>{_escaped(cell.formula)}</f><v>{value}</v></c>")

    def _xml_number_element(self, number: float, attributes: Iterable[tuple[str, object]] = ()) -> None:
        attr = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{attr}><v>{float(number)!r}</v></c>")


class Page:
    """One sheet with the styles of its workbook. Rows and columns count from 0."""

    def __init__(self, book: Book, name: str, grid: bool) -> None:
        self.book = book
        self.name = name
        self.sheet = book.workbook.add_worksheet(name, ExactSheet)
        self.sheet.hide_gridlines(1 if grid else 2)
        self._page_top = 0
        self._breaks: list[int] = []
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        self.sheet.set_footer("&L&8&A&R&8Page &P of &N")

    def keep_together(self, first: int, last: int, room: int) -> None:
        """Begins a printed page before some rows where they would not end on the page on which they begin; `room` rows fit one."""
        if last - self._page_top > room:
            self.break_before(first)

    def break_before(self, row: int) -> None:
        """Begins a printed page with a row."""
        self._page_top = row
        self._breaks.append(row)
        self.sheet.set_h_pagebreaks(self._breaks)

    def text(self, row: int, column: int, text: str, *styles: str) -> None:
        """Writes text as text, whatever it begins with."""
        if len(text) > LONGEST_TEXT:
            raise WrongUseError(
                f"The text {text[:40]!r}... is longer than the {LONGEST_TEXT:,} characters a cell can hold; shorten it."
            )
        # XlsxWriter takes <r>...</r> for finished markup; the blank keeps it text and is trimmed on reading.
        guarded = f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
        self.sheet.write_string(row, column, guarded, self.book.style(*styles))

    def put(self, row: int, column: int, value: Value, *styles: str) -> None:
        """Writes a value as what it is: text, a number, a date, or an empty cell with its style."""
        if value is None:
            self.sheet.write_blank(row, column, None, self.book.style(*styles))
        elif isinstance(value, str):
            self.text(row, column, value, *styles)
        elif isinstance(value, date):
            look = "moment" if isinstance(value, datetime) and value.time() != time() else "date"
            self.sheet.write_datetime(row, column, value, self.book.style(*styles, look))
        else:
            self.sheet.write_number(row, column, float(value), self.book.style(*styles))

    def formula(self, row: int, column: int, formula: str, value: Value | bool, *styles: str) -> None:
        """Writes a live formula with the value that it has now.

        A formula that names a character no formula can hold is written as its value.
        """
        if not formula.isprintable() and _CONTROL.search(formula):
            self.put(row, column, value, *styles)
            return
        shown = "" if value is None else value
        if isinstance(shown, str):
            shown = shown if shown.isprintable() else _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", shown)
        elif isinstance(shown, int | float) and not isinstance(shown, bool):
            shown = float(shown)
        self.sheet.write_exact_formula(row, column, formula, self.book.style(*styles), shown)

    def headings(
        self,
        row: int,
        headings: Sequence[str],
        left: Collection[str] = LEFT,
        spoken: Mapping[str, str] = MappingProxyType({}),
        *,
        repeat: bool = True,
    ) -> None:
        """Writes a heading row: centred, but to the left over columns of text.

        It repeats on every printed page, unless its sheet has several tables. `spoken` is what the operating model calls
        some of them.
        """
        for column, heading in enumerate(headings):
            self.text(row, column, spoken.get(heading, heading), "heading", *(() if heading in left else ("centre",)))
        self.sheet.set_row(row, 32)
        if repeat:
            self.sheet.repeat_rows(row)

    def prose(self, row: int, first: int, last: int, text: str, width: float, *styles: str) -> None:
        """Writes a sentence across neighbouring columns that are `width` characters wide together."""
        self.across(row, first, last, text, "wrap", *styles)
        self.tall(row, (text, width))

    def across(self, row: int, first: int, last: int, text: str, *styles: str) -> None:
        """Writes text over some neighbouring columns."""
        self.sheet.merge_range(row, first, row, last, "", self.book.style(*styles))
        self.text(row, first, text, *styles)

    def tall(self, row: int, *texts: tuple[str, float]) -> None:
        """Makes a row tall enough for its wrapped texts, each with the characters that go to a line."""
        self.sheet.set_row(row, 4 + 15 * max(1, *(-(-len(text) // int(width)) for text, width in texts)))

    def title(self, title: str, note: str) -> None:
        """Writes the sheet's title and one line that says how to read it."""
        self.text(0, 0, title, "title")
        self.text(1, 0, note, "note")
        self.sheet.set_row(0, 26)

    def widths(self, *widths: float, first: int = 0) -> None:
        """Sets the widths of neighbouring columns, in characters."""
        for column, width in enumerate(widths, start=first):
            self.sheet.set_column(column, column, width)

    def helpers(self, first: int, last: int, width: float = 9) -> None:
        """Folds away columns that only serve formulas."""
        self.sheet.set_column(first, last, width, None, {"level": 1, "hidden": True})
        self.sheet.set_column(last + 1, last + 1, width, None, {"collapsed": True})

    def fold(self, column: int) -> None:
        """Folds away one column; a click on the plus above it opens it."""
        self.sheet.set_column(column, column, 12, None, {"level": 1, "hidden": True})

    def separate(self, place: Area, key: str, last: str) -> None:
        """Draws a line above each row in which a column differs from the row before; the headings are line enough."""
        for row in place.rows:
            self.sheet.set_row_pixels(row, ROW_HEIGHT)
        cell, above = place.here(key, place.first + 1), place.here(key, place.first)
        line = {"border": 1, "border_color": LINE, "top": 1, "top_color": INK}
        if place.count > 1:
            self.when((place.first + 1, 0, place.last, place.columns[last]), f"={cell}<>{above}", line)

    def when(self, area: tuple[int, int, int, int], formula: str, look: str | Mapping[str, object]) -> None:
        """Changes the look of the cells (first row, first column, last row, last column) in which a formula is true."""
        if _CONTROL.search(formula):
            return
        self.sheet.conditional_format(*area, {"type": "formula", "criteria": formula, "format": self.book.change(look)})


class Book:
    """A workbook that is put together in memory; closing it gives its bytes to the target."""

    def __init__(self, target: BinaryIO, *, passing: bool = False) -> None:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        }
        self.workbook = (_PassingWorkbook if passing else xlsxwriter.Workbook)(target, options)
        self.workbook.set_properties({"created": CREATED})
        self.workbook.set_size(2400, 1400)
        self._styles: dict[tuple[str, ...], Format] = {}
        self.titles: Mapping[str, str] = {}
        """What pages are called whose usual name is taken in the workbook that they go to."""

    def page(self, name: str, *, grid: bool = False) -> Page:
        """Adds a sheet after those that are there; with a grid where people type."""
        return Page(self, self.titles.get(name, name), grid)

    def hide(self, name: str) -> None:
        """Hides a sheet that only serves formulas; it can be shown again in Excel."""
        self.workbook.get_worksheet_by_name(name).hide()

    def style(self, *names: str) -> Format:
        """The format made of these styles, later ones over earlier ones."""
        if names not in self._styles:
            merged = {key: value for name in ("base", *names) for key, value in STYLES[name].items()}
            self._styles[names] = self.workbook.add_format(merged)
        return self._styles[names]

    def change(self, look: str | Mapping[str, object]) -> Format:
        """The format of a conditional change, by its name or by what it sets."""
        return self.workbook.add_format(CHANGES[look] if isinstance(look, str) else look)

    def close(self) -> None:
        """Puts the file together."""
        try:
            self.workbook.close()
        except UnicodeEncodeError as error:
            raise WrongUseError(
                f"A text holds a character that no file can: {error.object[error.start : error.end]!r}; remove it."
            ) from error
