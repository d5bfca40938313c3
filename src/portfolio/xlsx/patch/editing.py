"""Edits one workbook that somebody keeps: cells, sheets of ours, notes and tables; all else stays byte for byte."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from portfolio.errors import WrongUseError
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.guard.package_guard import inspect, refuse_signed
from portfolio.xlsx.patch.cell import CellEdit, Formula
from portfolio.xlsx.patch.cell_contents import holds, read_shared_texts
from portfolio.xlsx.patch.cell_formats import Styles, with_fill, with_format
from portfolio.xlsx.patch.copy_sheets import SheetCopier, remove_belongings
from portfolio.xlsx.patch.data_validation import with_list
from portfolio.xlsx.patch.excel_tables import ExcelTable, add_column, add_rows, list_tables
from portfolio.xlsx.patch.markup import with_attribute
from portfolio.xlsx.patch.notes import add_note
from portfolio.xlsx.patch.own_sheets import FILTER_NAME, MARK, mark, own_sheets
from portfolio.xlsx.patch.parts import Parts
from portfolio.xlsx.patch.ranges import Range
from portfolio.xlsx.patch.rows import Rows
from portfolio.xlsx.patch.sheet_filter import longer_filter
from portfolio.xlsx.patch.workbook_part import SheetEntry, WorkbookPart
from portfolio.xlsx.patch.worksheet import read_rows, with_cells


class PackageEditor:
    """A workbook's bytes and what was changed of them so far; `content` gives the new bytes.

    Raises WrongUseError if the workbook is one that cannot be opened or changed safely.
    """

    def __init__(self, content: bytes, name: str, *, inspected: bool = False) -> None:
        if not inspected:
            inspect(content, name)
        refuse_signed(content, name)
        self.name = name
        self.parts = Parts(content)
        self.workbook = WorkbookPart(self.parts, name)
        if self.workbook.kind("revisionHeaders") is not None:
            raise WrongUseError(
                f"{name} is a shared workbook, whose log of changes would not fit any more; "
                "stop sharing it in Excel (Review, Unshare Workbook) and try again."
            )

    @property
    def sheets(self) -> list[str]:
        """The names of all sheets, hidden ones too."""
        return [sheet.name for sheet in self.workbook.sheets]

    @property
    def own_sheets(self) -> dict[str, str]:
        """The sheets of ours: what we call each, and what it is called in this workbook."""
        return own_sheets(self.workbook)

    def mark_own(self, sheets: Iterable[str]) -> None:
        """Marks sheets that this program just made, each called as we call it, as sheets of ours."""
        wanted = set(sheets)
        for sheet in self.workbook.sheets:
            if sheet.name in wanted:
                mark(self.workbook, sheet.index, sheet.name, self.workbook.local_names(sheet.index))

    def names_for(self, wanted: Iterable[str]) -> dict[str, str]:
        """What each of our sheets is or will be called here: its own name, or another one where that is taken."""
        own, taken = self.own_sheets, {name.casefold() for name in self.sheets}
        names = {}
        for name in wanted:
            free, number = name, 1
            while name not in own and free.casefold() in taken:
                free = f"{name} (portfolio{f' {number}' if number > 1 else ''})"
                number += 1
            names[name] = own.get(name, free)
        return names

    def sheet_xml(self, sheet: str) -> bytes:
        """A worksheet's XML as it is now."""
        return self.parts.read(self._entry(sheet).part)

    @cached_property
    def _texts(self) -> list[str]:
        name = self.workbook.kind("sharedStrings")
        return read_shared_texts(self.parts.read(name)) if name else []

    def shared_strings(self) -> list[str]:
        """The texts that cells refer to by number."""
        return self._texts

    def rows(self, sheet: str) -> Rows:
        """The rows of a worksheet as they are now."""
        return read_rows(self.sheet_xml(sheet), sheet)

    def style_at(self, sheet: str, row: int, column: int) -> int:
        """The number of the cell format that a cell shows."""
        rows = self.rows(sheet)
        cell = rows.cell(row, column)
        return cell.style if cell is not None else rows.style_for(row, column)

    def format_like(self, style: int, code: str) -> int:
        """A cell format like one that there is, with a number format of its own."""
        name = self.workbook.kind("styles")
        if name is None:
            return style
        styles = Styles(self.parts.read(name))
        number = with_format(styles, style, code)
        self.parts.write(name, styles.xml())
        return number

    def fill(self, sheet: str, row: int, column: int, colour: str) -> None:
        """Fills a cell with a colour and leaves what it holds as it is."""
        name = self.workbook.kind("styles")
        if name is None:
            return
        styles, part = Styles(self.parts.read(name)), self._entry(sheet).part
        number = with_fill(styles, self.style_at(sheet, row, column), colour)
        self.parts.write(name, styles.xml())
        xml = self.parts.read(part)
        cell = re.search(rb'<(?:\w+:)?c\s[^<>]*?r="%s"[^<>]*>' % f"{column_letters(column)}{row}".encode(), xml)
        if cell is None:
            self.edit(sheet, [CellEdit(row, column, None, number)])
            return
        alone = cell[0].endswith(b"/>")
        tag = with_attribute(cell[0][:-2].rstrip() + b">" if alone else cell[0], "s", str(number))
        tag = tag[:-1] + b"/>" if alone else tag
        self.parts.write(part, xml[: cell.start()] + tag + xml[cell.end() :])

    def edit(self, sheet: str, edits: Sequence[CellEdit]) -> None:
        """Changes cells; raises WrongUseError naming one that cannot be changed, before anything is."""
        part, counts_from_1904 = self._entry(sheet).part, self.workbook.counts_from_1904
        before = self.parts.read(part)

        def same(xml: bytes, edit: CellEdit) -> bool:
            return holds(xml, edit, self._texts, counts_from_1904)

        after = with_cells(self.parts, part, sheet, edits, same, counts_from_1904)
        if after != before:
            self.parts.write(part, after)
            self.workbook.calculate_on_opening()
            if b"<f" in after or b":f" in after or any(isinstance(edit.content, Formula) for edit in edits):
                self.workbook.forget_calculation_order()

    def bring(self, other: bytes, names: Mapping[str, str] | None = None) -> None:
        """Adds every sheet of a workbook that was just made, or puts it in the place of the one it was before.

        `names` says what we call a sheet, by its name in `other`, where that differs.
        """
        SheetCopier(self.workbook, Parts(other), names or {}).bring()
        self.workbook.calculate_on_opening()
        self.workbook.forget_calculation_order()

    def remove_sheet(self, sheet: str) -> None:
        """Takes a sheet out, with what only it refers to."""
        entry = self._entry(sheet)
        self.workbook.remove_sheet(entry)
        remove_belongings(self.parts, entry.part)
        self.parts.remove(entry.part)
        self.workbook.forget_calculation_order()

    def comment(self, sheet: str, row: int, column: int, author: str, text: str) -> None:
        """Adds a note to a cell; where the cell has one already, the text is added to it, once."""
        try:
            add_note(self.parts, self._entry(sheet).part, row, column, author, text, self.workbook.relation_types)
        except ValueError:
            raise WrongUseError(f"The notes of the sheet {sheet} are damaged; save the file again in Excel.") from None

    def tables(self, sheet: str) -> list[ExcelTable]:
        """The Excel tables of a sheet."""
        return list(list_tables(self.parts, self._entry(sheet).part))

    def add_table_column(self, sheet: str, column: int, row: int, heading: str) -> None:
        """Widens the Excel table, if there is one, that ends just left of a column and has its headings in a row."""
        for table in self.tables(sheet):
            if table.header_row == row and table.extent.right == column - 1:
                add_column(self.parts, table, heading)

    def add_table_rows(self, sheet: str, row: int, column: int, count: int) -> None:
        """Lengthens the Excel table, if there is one, that ends just above a row and holds a column."""
        for table in self.tables(sheet):
            if table.extent.bottom == row - 1 and table.extent.left <= column <= table.extent.right:
                add_rows(self.parts, table, count)

    def add_filter_rows(self, sheet: str, row: int, count: int) -> None:
        """Lengthens the filter of a sheet, if there is one, that ends just above a row."""
        entry = self._entry(sheet)
        found = longer_filter(self.parts.read(entry.part), row, count)
        if found is None:
            return
        xml, bottom = found
        self.parts.write(entry.part, xml)
        names = self.workbook.local_names(entry.index)
        if FILTER_NAME in names:
            names[FILTER_NAME] = re.sub(r"\d+$", str(bottom), names[FILTER_NAME])
            hidden = (FILTER_NAME, MARK)
            self.workbook.set_local_names(entry.index, [(name, text, name in hidden) for name, text in names.items()])

    def add_list(self, sheet: str, place: tuple[int, int, int, int], source: str) -> None:
        """Puts a drop-down list on cells, from top, left, bottom and right; `source` is what it points to."""
        part = self._entry(sheet).part
        self.parts.write(part, with_list(self.parts.read(part), Range(*place), source))

    def part(self, name: str) -> bytes | None:
        """A part's bytes as they are now, None if there is no such part."""
        return self.parts.read(name) if name in self.parts else None

    def content(self) -> bytes:
        """The whole workbook with its changes."""
        return self.parts.packed()

    def without_own_sheets(self, kept: Collection[str] = ()) -> bytes:
        """The workbook as a reader of people's own sheets needs it: those of ours are empty, but for some."""
        own = {name for canonical, name in self.own_sheets.items() if canonical not in kept}
        return self.parts.without({sheet.part for sheet in self.workbook.sheets if sheet.name in own})

    def _entry(self, sheet: str) -> SheetEntry:
        by_name: dict[str, list[SheetEntry]] = defaultdict(list)
        for entry in self.workbook.sheets:
            by_name[entry.name].append(entry)
        if not by_name[sheet] or by_name[sheet][0].part not in self.parts:
            raise WrongUseError(f"{self.name} has no worksheet {sheet}.")
        return by_name[sheet][0]
