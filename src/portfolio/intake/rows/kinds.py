"""Which rows below a header are records: not blank ones, totals, sections, repeated headers, notes below the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from portfolio.intake.columns import EPICS
from portfolio.intake.rows.row_kinds import RowKinds
from portfolio.intake.rows.totals import (
    begins_like_total,
    is_total_alone,
    is_total_sign,
    is_total_word,
    sums_by_figures,
    sums_by_formula,
)
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.number_text import figure

NUMERIC = frozenset({"number", "whole", "share"})
NUMBERED = re.compile(r"\s*(?:\d+(?:\.\d+)*|[A-Z]|[IVX]+)[.)]\s+[^\W\d_]")
"""`1. Payments`, `B) Lending`, `IV. Loans`: how sections are numbered, and IDs are not."""
ALIKE = 0.6
"""A row repeats the header where this share of its entries are headings."""


def row_kinds(table: Table, labels: Sequence[int]) -> RowKinds:
    """Tells the rows below the header apart; `labels` are the columns that a record is named by."""
    if table.records_only:
        columns = sorted(table.columns.values())
        numbers = range(table.header + 1, len(table.grid.rows))
        return RowKinds(
            [number for number in numbers if any(_holds(table.grid.rows[number][column]) for column in columns)]
        )
    return _Sorting(table, list(labels)).sort()


def data_rows(table: Table, labels: Sequence[int]) -> list[int]:
    """The rows below the header that hold a record."""
    return row_kinds(table, labels).records


class _Sorting:
    """Goes through the rows from the top, with what was seen so far."""

    def __init__(self, table: Table, labels: list[int]) -> None:
        self.table, self.labels, self.rows = table, labels, table.grid.rows
        self.width = len(table.headings)
        self.columns = sorted(table.columns.values())
        self.numeric = [index for column, index in table.columns.items() if column.kind in NUMERIC]
        self.odd_rows = {row for row, _ in table.grid.odd_cells}
        self.words = {heading for heading in table.headings if isinstance(heading, str) and heading}
        self.has_sections = table.sheet is EPICS
        self.made = RowKinds()
        self.after_blank = self.in_parts = False
        self.section = ""
        self.block: list[int] = []
        """The records since the last header, section or blank row: what a total sums up."""

    def sort(self) -> RowKinds:
        """The kinds of all rows."""
        if self.has_sections:
            self._section_above()
        skip_until = 0
        for number in range(self.table.header + 1, len(self.rows)):
            if number < skip_until:
                continue
            row = self.rows[number]
            names = [value for column in self.labels if (value := row[column]) != "" and not is_blank(value)]
            empty = row.count("")
            if names and not self.after_blank and empty < self.width - 1 and not self.in_parts:
                if not self._is_header(number, row) and not self._is_total(number, names):
                    self._keep(number)
                continue
            skip_until = self._look_closely(number, row, names)
        return self.made

    def _keep(self, number: int) -> None:
        self.made.records.append(number)
        self.block.append(number)
        if self.section:
            self.made.sections[number] = self.section
        self.after_blank = self.in_parts = False

    def _look_closely(self, number: int, row: list[object], names: list[object]) -> int:
        """A row that is blank, has no name or only one entry, or follows a blank row; gives the row to go on with."""
        filled = sum(not is_blank(row[column]) for column in self.columns)
        if not filled and self.table.sheet_row(number) not in self.odd_rows:
            self._pass_blank(number, row)
            return number + 1
        if self._is_header(number, row) or self._is_part(number, names):
            return number + 1
        if self.has_sections and (text := self._section(number, row, names)):
            self._begin_section(number, text)
            return number + 1
        if self.after_blank and (end := self._end_of_notes(number)):
            self.made.others += [(note, "note") for note in range(number, end)]
            return end
        if self.after_blank and filled == 1 and len(self.columns) > 2:
            self.made.others.append((number, "total" if self._sums(number) else "note"))
            return number + 1
        if self._is_total(number, names):
            return number + 1
        self._keep(number)
        return number + 1

    def _pass_blank(self, number: int, row: list[object]) -> None:
        """A blank row; a lone word beside the known columns may head a section."""
        self.after_blank, self.in_parts = True, False
        entries = [value for value in row if not is_blank(value)]
        if self.has_sections and len(entries) == 1 and isinstance(entries[0], str) and self._record_follows(number):
            self._begin_section(number, as_text(entries[0]))
        elif not entries:
            self.block = []

    def _is_header(self, number: int, row: list[object]) -> bool:
        """Whether a row repeats the header, or heads parts of an epic with other columns."""
        headings = self.table.headings
        if self.words.isdisjoint(row):
            return False
        entries = [(index, value) for index, value in enumerate(row) if not is_blank(value)]
        if len(entries) < 2 or not all(isinstance(value, str) for _, value in entries):
            return False
        same = sum(index < len(headings) and value == headings[index] for index, value in entries)
        if same >= max(2, ALIKE * len(entries)):
            self.made.others.append((number, "header"))
            self.block, self.in_parts, self.after_blank = [], False, False
            return True
        known = sum(value in self.words for _, value in entries)
        if self.has_sections and known >= max(2, ALIKE * len(entries)) and known > same:
            self.made.others.append((number, "header"))
            self.in_parts = True
            return True
        return False

    def _is_part(self, number: int, names: list[object]) -> bool:
        """Whether a row is a part of the epic above: it stands below a header of parts and names no epic."""
        if self.in_parts and not names:
            self.made.others.append((number, "part"))
            return True
        self.in_parts = False
        return False

    def _section_above(self) -> None:
        """A lone word right above the header heads the first section, if there are more headers below."""
        header = self.table.header
        above = [value for value in self.rows[header - 1] if not is_blank(value)] if header > 0 else []
        if len(above) == 1 and isinstance(above[0], str):
            again = any(row == self.rows[header] for row in self.rows[header + 1 :]) if len(self.rows) < 5000 else False
            self.section = above[0].strip() if again else ""

    def _section(self, number: int, row: list[object], names: list[object]) -> str:
        """The title of a section that a row with one entry is; empty where it may be an epic."""
        entries = [(index, value) for index, value in enumerate(row) if not is_blank(value)]
        if len(entries) != 1 or not isinstance(entries[0][1], str):
            return ""
        index, text = entries[0][0], str(entries[0][1])
        following = self._next_filled(number)
        if following is None or is_total_word(text) or begins_like_total(text):
            return ""
        if self.rows[following] == self.rows[self.table.header] or self._is_spread(number, index):
            return text.strip()
        own, title = self.table.column_of("id"), self.table.column_of("title")
        if not self._record_follows(number):
            return ""
        if not names or (own is not None and index == title):
            return text.strip()
        if own is None and index == title and self.in_lone_sections:
            self.made.lone.append(number)
            return text.strip()
        if own is None or title is None or index != own:
            return ""
        numbered = NUMBERED.match(text) is not None and not NUMBERED.match(as_text(self.rows[following][own]))
        worded = not any(map(str.isdigit, text)) and self._has_digits(following, own)
        return text.strip() if numbered or worded else ""

    @cached_property
    def in_lone_sections(self) -> bool:
        """Whether titles that stand alone in their rows head sections: the first row is one, and each has records below."""
        rows = [row for row in self.rows[self.table.header + 1 :] if any(map(_holds, row))]
        lone = [sum(map(_holds, row)) == 1 for row in rows]
        pairs = zip(lone, [*lone[1:], True], strict=True)
        return lone[:1] == [True] and sum(lone) > 1 and not any(first and second for first, second in pairs)

    def _begin_section(self, number: int, text: str) -> None:
        self.made.others.append((number, "section"))
        self.section, self.block, self.after_blank = text, [], False

    def _has_digits(self, row: int, column: int | None) -> bool:
        return column is not None and any(map(str.isdigit, as_text(self.rows[row][column])))

    def _is_spread(self, number: int, index: int) -> bool:
        """Whether a cell is merged over most of the table's columns."""
        at = (self.table.sheet_row(number), self.table.sheet_column(index))
        return any(
            first == at and last[0] == at[0] and last[1] - first[1] + 1 >= max(3, len(self.columns) / 2)
            for first, last in self.table.grid.merged
        )

    def _next_filled(self, number: int) -> int | None:
        return next((row for row in range(number + 1, len(self.rows)) if any(map(_holds, self.rows[row]))), None)

    def _record_follows(self, number: int) -> bool:
        """Whether the next row that holds anything has a name and a figure."""
        following = self._next_filled(number)
        if following is None:
            return False
        row = self.rows[following]
        named = any(not is_blank(row[column]) for column in self.labels)
        return named and any(figure(row[column]) is not None for column in self.numeric or self.columns)

    def _end_of_notes(self, number: int) -> int:
        """Where a block of notes below the table ends that begins here; 0 where the block holds records."""
        if not self.numeric or (not self.block and not self.made.records):
            return 0
        end = number
        while end < len(self.rows) and any(map(_holds, self.rows[end])):
            row = self.rows[end]
            if any(figure(row[column]) is not None for column in self.numeric):
                return 0
            alone = sum(not is_blank(value) for value in row) == 1
            worded = any(isinstance(row[column], str) and row[column].strip() for column in self.numeric)
            if not (alone or worded) or (end == number and not (alone and self._is_note(row))):
                return 0
            end += 1
        return end

    def _is_note(self, row: list[object]) -> bool:
        """A lone entry after a blank row: a note, unless it stands where IDs stand and looks like one."""
        own = self.table.column_of("id")
        return len(self.columns) > 2 and (own is None or not any(map(str.isdigit, as_text(row[own]))))

    def _sums(self, number: int) -> bool:
        return sums_by_formula(self.table, number) or sums_by_figures(self.table, number, self._above(number))

    def _above(self, number: int) -> list[int]:
        return self.block or [row for row in self.made.records if row < number]

    def _is_total(self, number: int, names: list[object]) -> bool:
        labelled = any(map(is_total_sign, names)) or (not names and self._has_total_word(number))
        if labelled or (len(names) == 1 and is_total_word(names[0])) or self._is_other_total(number, names):
            self.made.others.append((number, "total"))
            return True
        return False

    def _has_total_word(self, number: int) -> bool:
        """Whether one of the entries of a row without a name is nothing but a word for a total."""
        texts = [value for value in self.rows[number] if isinstance(value, str) and not is_blank(value)]
        return any(is_total_word(text) or is_total_alone(text) for text in texts if figure(text) is None)

    def _is_other_total(self, number: int, names: list[object]) -> bool:
        """A total by a label of another language, by its formula or by its figures, where a total may stand."""
        if len(names) > 1 or (not self._ends_block(number) and not self.table.grid.sums):
            return False
        own = self.table.column_of("id")
        unnamed = own is not None and is_blank(self.rows[number][own])
        if sums_by_formula(self.table, number) and (unnamed or not names or own is None):
            return True
        if not self._ends_block(number):
            return False
        if not names:
            fewest = 1 if any(kind == "total" for _, kind in self.made.others) else 2
            return self.has_sections and sums_by_figures(self.table, number, self._above(number), summed=fewest)
        alike = begins_like_total(names[0])
        if (unnamed and self.has_sections) or alike or not any(map(str.isalnum, as_text(names[0]))):
            sums = any(sums_by_figures(self.table, number, rows) for rows in (self._above(number), self.made.records))
            return sums or bool(unnamed and alike) or is_total_alone(names[0])
        if self.has_sections and own is None and sums_by_figures(self.table, number, self._above(number), 2):
            self.made.doubtful.append(number)
        return False

    def _ends_block(self, number: int) -> bool:
        """Whether nothing, a lone word, or a header follows."""
        if number + 1 >= len(self.rows):
            return True
        following = self.rows[number + 1]
        return len(following) - following.count("") < 2 or following == self.rows[self.table.header]


def _holds(value: object) -> bool:
    return value != "" and not is_blank(value)
