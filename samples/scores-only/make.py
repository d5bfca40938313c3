"""Writes a list of epics as teams really keep it: a title, gaps, subtotals, numbers as text, a hidden row, remarks.

It has scores and nothing else, so it ranks and does not plan.

Run `python samples/scores-only/make.py`; it writes portfolio.xlsx beside itself, the same bytes every time.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

HEADER_ROW, FIRST_COLUMN = 5, 1
HEADINGS = ("Key", "Epic", "Sponsor", "BV", "TC", "RR|OE", "CoD", "Size", "WSJF", "Notes")
WIDTHS = (8, 44, 20, 6, 6, 8, 7, 7, 8, 52)

FIRST_HALF = """
L-01 | Renew loans by text message                  | Lending desk     | 8  | 5  | 1  | 2  |
L-02 | One card for library and museum              | Director         | 13 | 3  | 5  | 8  | museum wants autumn
L-03 | Online registration without a visit          | Lending desk     | 20 | 8  | 3  | 5  | was 13, split in March
L-04 | Self-service return, two branches            | Branch heads     | 13 | 5  | 2  | 13 |
L-05 | E-book waiting list that tells the truth     | Digital services | 8  | 3  | 2  | 3  | biggest complaint
L-06 | Accessible website (findings of the audit)   | Digital services | 5  | 20 | 3  | 5  | date from the city council
L-07 | Homework room: book a seat                   | Children's team  | 5  | 8  | 1  | 3  | before exams
L-08 | New catalogue search                         | Digital services | 13 | 2  | 8  | 13 |
L-09 | Reading-club pages                           | Children's team  | 2  | 1  | 1  | 2  | parked?
L-10 | Pay fees with the phone                      | Finance          | 8  | 3  | 2  | 3  |
"""

SECOND_HALF = """
L-11 | Leave the old library system                 | Director         | 8  | 13 | 20 | 20 | contract ends next year
L-12 | Identity for staff and volunteers            | IT of the city   | 1  | 5  | 8  | 5  |
L-13 | Open data on loans                           | Director         | 2  | 1  | 5  | 2  |
L-14 | Tags on all books (RFID), phase 2            | Branch heads     | 5  | 3  | 13 | 13 | needed for L-04
L-15 | Opening hours without staff, one branch      | Branch heads     | 13 | 5  | 8  | 8  |
L-16 | Newsletter by interest                       | Communication    | 3  | 2  | 1  | 1  |
L-17 | Data protection: delete old accounts         | IT of the city   | 1  | 13 | 5  | 3  |
L-18 | Room booking for associations                | Communication    | 5  | 2  | 1  | 2  |
"""

TYPED_AS_TEXT = {("L-04", "BV"), ("L-06", "TC"), ("L-08", "Size"), ("L-13", "RR|OE"), ("L-17", "Size")}
HIDDEN = "L-09"
REMARKS = (
    "Scored with the branch heads in three workshops, one column at a time.",
    "Scale 1, 2, 3, 5, 8, 13, 20. Smallest first, everything else compared with it.",
    "To do: ask finance for the cost of the two big ones (L-11, L-14).",
)


def lines(text: str) -> list[list[str]]:
    """The lines of a table in this file, cell by cell."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


class List:
    """The sheet under construction, filled row by row."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.sheet = book.add_worksheet("WSJF 2027")
        self.row = HEADER_ROW
        self.look(
            1, 1, "City library: our epics for 2027", {"bold": True, "font_size": 18, "font_color": "#7A3B12"}, span=9
        )
        self.look(2, 1, "Working list, after the third workshop", {"italic": True, "font_color": "#666666"})
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), FIRST_COLUMN):
            self.look(HEADER_ROW, column, heading, {"bold": True, "bg_color": "#F3D9B1", "border": 1})
            self.sheet.set_column(column, column, width)
        self.sheet.set_column(0, 0, 3)
        self.sheet.freeze_panes(HEADER_ROW + 1, FIRST_COLUMN + 2)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)

    def look(self, row: int, column: int, text: str, look: dict[str, Any], span: int = 0) -> None:
        """Text with a look of its own, merged over `span` more columns."""
        if span:
            self.sheet.merge_range(row, column, row, column + span, text, self.book.add_format(look))
        else:
            self.sheet.write_string(row, column, text, self.book.add_format(look))

    def add(self, line: list[str]) -> None:
        """One epic, with its cost of delay and its WSJF as formulas."""
        self.row += 1
        key, title, sponsor, *scores, note = line
        for column, text in ((0, key), (1, title), (2, sponsor), (9, note)):
            if text:
                self.sheet.write_string(self.row, FIRST_COLUMN + column, text)
        for heading, score in zip(("BV", "TC", "RR|OE", "Size"), scores, strict=True):
            cell = (self.row, FIRST_COLUMN + HEADINGS.index(heading))
            if (key, heading) in TYPED_AS_TEXT:
                self.sheet.write_string(*cell, score)
            else:
                self.sheet.write_number(*cell, int(score))
        delay, line_number = sum(map(int, scores[:3])), self.row + 1
        total = f"=E{line_number}+F{line_number}+G{line_number}"
        self.sheet.write_formula(self.row, FIRST_COLUMN + 6, total, None, delay)
        ratio = self.book.add_format({"num_format": "0.0"})
        self.sheet.write_formula(
            self.row, FIRST_COLUMN + 8, f"=H{line_number}/I{line_number}", ratio, delay / int(scores[3])
        )
        if key == HIDDEN:
            self.sheet.set_row(self.row, None, None, {"hidden": True})

    def add_subtotal(self, epics: list[list[str]], first: int) -> None:
        """A line with the sum of the sizes above it; the sheet's SUM skips numbers typed as text."""
        self.row += 1
        bold = {"bold": True, "top": 1}
        self.look(self.row, FIRST_COLUMN, "Subtotal", bold)
        formula = f"=SUM(I{first + 1}:I{self.row})"
        size = sum(int(epic[6]) for epic in epics if (epic[0], "Size") not in TYPED_AS_TEXT)
        self.sheet.write_formula(self.row, FIRST_COLUMN + 7, formula, self.book.add_format(bold), size)


def write(path: Path) -> None:
    """Writes the whole workbook."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "City library", "created": datetime(2026, 11, 2)})
        epics = List(book)
        for part in (lines(FIRST_HALF), lines(SECOND_HALF)):
            first = epics.row + 1
            for line in part:
                epics.add(line)
            epics.add_subtotal(part, first)
            epics.row += 1
        epics.look(epics.row + 1, FIRST_COLUMN + 9, "sizes are relative, not days", {"italic": True})
        notes = book.add_worksheet("Notes")
        notes.set_column(0, 0, 80)
        for row, remark in enumerate(REMARKS):
            notes.write_string(row, 0, remark)


if __name__ == "__main__":
    write(Path(__file__).with_name("portfolio.xlsx"))
