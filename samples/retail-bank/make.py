"""Writes the sample portfolio of a retail bank: five value streams, six PIs, about twice as much asked for as fits.

Run `python samples/retail-bank/make.py`; it writes portfolio.xlsx beside itself, the same bytes every time.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from epics import NOTES, RULES, SCORES, TITLES, URGENCIES, WORK

SETTINGS = (
    ("Name", "Retail bank 2027"),
    ("Model", "safe"),
    ("Currency", "EUR"),
    ("Start", date(2027, 1, 4)),
    ("Period weeks", 10),
    ("Periods", 6),
    ("Budget periods", "FY27, FY27, FY27, FY27, FY27, FY28"),
    ("Value horizon weeks", 156),
    ("Portfolio WIP limit", 10),
    ("Epic threshold", 1_500_000),
)

VALUE_STREAMS = """
ID  | Name              | Cost per unit | WIP limit | Max budget shift
PAY | Payments          | 17500         | 3         | 5%
LEN | Lending           | 17000         | 3         | 5%
EVB | Everyday Banking  | 16500         | 4         | 5%
WEA | Wealth            | 18500         | 2         | -
PLA | Platform and Data | 16000         | 6         | 5%
"""

CAPACITY = """
Value stream | PI 1 | PI 2 | PI 3 | PI 4 | PI 5 | PI 6
PAY          | 42   | 42   | 38   | 42   | 42   | 36
LEN          | 45   | 45   | 40   | 45   | 45   | 38
EVB          | 48   | 48   | 44   | 50   | 50   | 42
WEA          | 24   | 24   | 22   | 24   | 24   | 20
PLA          | 76   | 76   | 70   | 78   | 78   | 66
"""

BUDGET = """
Value stream | PI 1    | PI 2    | PI 3    | PI 4    | PI 5    | PI 6
PAY          | 790000  | 790000  | 720000  | 790000  | 790000  | 680000
LEN          | 800000  | 800000  | 720000  | 800000  | 800000  | 680000
EVB          | 830000  | 830000  | 760000  | 860000  | 860000  | 720000
WEA          | 455000  | 455000  | 420000  | 455000  | 455000  | 380000
PLA          | 1260000 | 1260000 | 1160000 | 1290000 | 1290000 | 1100000
"""

DEPENDENCIES = """
Predecessor | Successor | Type             | Lag periods
RB-106      | RB-103    | finish to start  | -
RB-106      | RB-113    | finish to start  | 1
RB-503      | RB-108    | finish to start  | -
RB-502      | RB-116    | finish to start  | -
RB-502      | RB-313    | finish to start  | -
RB-502      | RB-511    | needs            | -
RB-204      | RB-202    | finish to start  | -
RB-204      | RB-206    | finish to start  | -
RB-504      | RB-209    | finish to start  | -
RB-504      | RB-309    | finish to start  | -
RB-504      | RB-405    | finish to start  | -
RB-510      | RB-214    | needs            | -
RB-510      | RB-317    | finish to start  | -
RB-506      | RB-302    | finish to start  | -
RB-506      | RB-307    | needs            | -
RB-406      | RB-403    | finish to start  | -
RB-508      | RB-513    | finish to start  | -
"""

GUARDRAILS = """
Name              | Measure | Where                 | Per           | At least | At most | Of       | Enforce | Price
Horizon 1 ceiling | spend   | Horizon = H1          | -             | -        | 75%     | selected | hard    | -
Horizon 3 floor   | spend   | Horizon = H3          | -             | 6%       | -       | selected | hard    | -
Enabler floor     | effort  | Type = Enabler        | budget period | 20%      | -       | selected | hard    | -
CapEx cap         | capex   | -                     | budget period | -        | 35%     | budget   | hard    | -
Epics per owner   | epics   | -                     | owner, period | -        | 2       | -        | hard    | -
Compliance share  | effort  | Category = Compliance | budget period | -        | 30%     | capacity | soft    | 8000
"""

HEADINGS = {"UBV": "User-business value", "TC": "Time criticality", "Size": "Job size", "Week": "Benefit per week"}
HEADINGS |= {"RR": "RR/OE", "Min": "Min periods", "Max": "Max periods", "External": "External cost"}
HEADINGS |= {"CapEx": "CapEx share", "Life": "Life weeks"}

BANDS = (
    ("The epic", "ID Title Type Category Horizon Theme Owner State", "#1F4E5F"),
    ("Relative scores", "User-business value,Time criticality,RR/OE,Job size,WSJF", "#2E7D6B"),
    (
        "Money and time",
        "Benefit per week,Urgency,Deadline,Life weeks,Peak loss,Penalty,Value curve,Confidence",
        "#7A5C2E",
    ),
    (
        "Work and cost",
        "Value stream,Effort,Min periods,Max periods,External cost,CapEx share,MVP periods,MVP cost",
        "#4A5A8A",
    ),
    ("Rules", "Earliest,Latest,Start,Must,Approved,Exclusive group,Together group", "#7B3F4F"),
    ("After planning", "Rank,Decision,Planned start,Planned finish,Notes", "#5F6368"),
)

WIDTHS = {"ID": 9, "Title": 50, "Category": 16, "Theme": 19, "Owner": 27, "State": 23, "Value curve": 30, "Notes": 56}
WIDTHS |= {"Name": 24, "Where": 24, "Per": 16, "Setting": 24, "Value": 38, "Type": 15, "Exclusive group": 15}
WIDTHS |= {"Together group": 15, "Confidence": 11, "Deadline": 12, "Value stream": 14, "Penalty": 12}
FORMATS = {"Deadline": "yyyy-mm-dd", "Start": "yyyy-mm-dd", "WSJF": "0.00", "Confidence": "0%", "CapEx share": "0%"}
FORMATS |= {"Peak loss": "0.0%", "Max budget shift": "0%", "Benefit per week": "#,##0", "Penalty": "#,##0"}
FORMATS |= {"External cost": "#,##0", "MVP cost": "#,##0", "Cost per unit": "#,##0", "Price": "#,##0"}

LISTS = {
    "Type": ["Business", "Enabler"],
    "Category": ["Growth", "Compliance", "Efficiency", "Technical health"],
    "Horizon": ["H0", "H1", "H2", "H3"],
    "Urgency": ["standard", "peak lost", "short life", "deadline", "curve"],
    "Must": ["yes", "no"],
    "Approved": ["yes", "no"],
}

Line = dict[str, Any]


def table(text: str) -> list[Line]:
    """The lines of a table in this file, as records by heading; blank cells are left out."""
    heading, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [
        {HEADINGS.get(name, name): value(cell) for name, cell in zip(heading, line, strict=True) if cell != "-"}
        for line in lines
    ]


def value(cell: str) -> Any:
    """A cell's text as a date, a share or a number where it is one."""
    if cell.endswith("%"):
        return round(float(cell[:-1]) / 100, 6)
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        return date.fromisoformat(cell)
    return int(cell) if cell.isdigit() else cell


def epics() -> tuple[list[Line], list[Line]]:
    """The lines of the Epics sheet, and those of the Effort sheet for epics that need several value streams."""
    lines: dict[str, Line] = {}
    for text in (TITLES, SCORES, URGENCIES, WORK, RULES, NOTES):
        for line in table(text):
            lines.setdefault(line["ID"], {}).update(line)
    shared: list[Line] = []
    for line in lines.values():
        efforts = [part.split() for part in line.pop("Effort", "").split(", ") if part]
        if len(efforts) == 1:
            line["Value stream"], line["Effort"] = efforts[0][0], int(efforts[0][1])
        elif efforts:
            shared += [{"Epic": line["ID"], "Value stream": stream, "Effort": int(units)} for stream, units in efforts]
    return list(lines.values()), shared


class Sheet:
    """One sheet of the workbook with a header in the bank's colours."""

    def __init__(self, book: Any, name: str, headings: list[str], top: int = 0) -> None:
        self.book, self.headings, self.top = book, headings, top
        self.sheet = book.add_worksheet(name)
        for column, heading in enumerate(headings):
            self.sheet.set_column(column, column, WIDTHS.get(heading, max(9, len(heading) // 2 + 3)))
            self.sheet.write_string(top, column, heading, self.header("#1F4E5F"))
        self.sheet.set_row(top, 46 if top else 32)
        self.sheet.freeze_panes(top + 1, 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(8)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(top)

    def header(self, colour: str) -> Any:
        """The look of a heading."""
        return self.book.add_format(
            {
                "bold": True,
                "font_color": "white",
                "bg_color": colour,
                "text_wrap": True,
                "valign": "vcenter",
                "border": 1,
            }
        )

    def fill(self, lines: list[Line]) -> None:
        """Writes the lines below the header, each value as what it is."""
        looks = {name: self.book.add_format({"num_format": look}) for name, look in FORMATS.items()}
        amount, share = self.book.add_format({"num_format": "#,##0"}), self.book.add_format({"num_format": "0%"})
        text = self.book.add_format({"indent": 1})
        for row, line in enumerate(lines, self.top + 1):
            for column, heading in enumerate(self.headings):
                cell = line.get(heading)
                if isinstance(cell, date):
                    self.sheet.write_datetime(row, column, cell, looks["Deadline"])
                elif isinstance(cell, int | float):
                    usual = amount if isinstance(cell, int) else share
                    self.sheet.write_number(row, column, cell, looks.get(heading, usual))
                elif cell is not None:
                    self.sheet.write_string(row, column, cell, text)


def write_epics(book: Any, lines: list[Line]) -> None:
    """The Epics sheet as the portfolio team keeps it: a title, bands of columns, WSJF as a formula."""
    columns = [split.split(" ") if "," not in split else split.split(",") for _, split, _ in BANDS]
    sheet = Sheet(book, "Epics", [name for names in columns for name in names], top=3)
    sheet.sheet.set_row(0, 24)
    sheet.sheet.write_string(0, 0, "Retail bank: epics for 2027", book.add_format({"bold": True, "font_size": 16}))
    hint = "Scores on 1, 2, 3, 5, 8, 13, 20, one column at a time. Effort in team-weeks, money in EUR."
    sheet.sheet.write_string(1, 0, hint, book.add_format({"italic": True, "font_color": "#5F6368"}))
    first = 0
    for (band, _, colour), names in zip(BANDS, columns, strict=True):
        sheet.sheet.merge_range(2, first, 2, first + len(names) - 1, band, sheet.header(colour))
        for column, name in enumerate(names, first):
            sheet.sheet.write_string(3, column, name, sheet.header(colour))
        first += len(names)
    sheet.fill(lines)
    ratio = book.add_format({"num_format": "0.00", "font_color": "#2E7D6B", "bold": True})
    for row, line in enumerate(lines, 4):
        if "Job size" in line:
            delay = sum(line[name] for name in ("User-business value", "Time criticality", "RR/OE"))
            formula = f"=(I{row + 1}+J{row + 1}+K{row + 1})/L{row + 1}"
            sheet.sheet.write_formula(row, sheet.headings.index("WSJF"), formula, ratio, delay / line["Job size"])
    for name, words in LISTS.items():
        column = sheet.headings.index(name)
        sheet.sheet.data_validation(4, column, 150, column, {"validate": "list", "source": words})
    sheet.sheet.autofilter(3, 0, 3 + len(lines), len(sheet.headings) - 1)
    sheet.sheet.freeze_panes(4, 2)
    sheet.sheet.repeat_columns(0, 1)
    sheet.sheet.fit_to_pages(2, 0)


def write(path: Path) -> None:
    """Writes the whole workbook."""
    lines, shared = epics()
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "Retail bank 2027", "created": datetime(2026, 11, 2)})
        book.set_size(2400, 1400)
        settings = [{"Setting": name, "Value": setting} for name, setting in SETTINGS]
        Sheet(book, "Portfolio", ["Setting", "Value"]).fill(settings)
        write_epics(book, lines)
        Sheet(book, "Effort", ["Epic", "Value stream", "Effort"]).fill(shared)
        for name, text in (
            ("Value streams", VALUE_STREAMS),
            ("Capacity", CAPACITY),
            ("Budget", BUDGET),
            ("Dependencies", DEPENDENCIES),
            ("Guardrails", GUARDRAILS),
        ):
            headings = [heading.strip() for heading in text.strip().splitlines()[0].split("|")]
            Sheet(book, name, headings).fill(table(text))
        book.get_worksheet_by_name("Epics").activate()


if __name__ == "__main__":
    write(Path(__file__).with_name("portfolio.xlsx"))
