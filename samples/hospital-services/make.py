"""Writes the sample of the *flow* family: the shared services of a hospital, which work by Enterprise Kanban.

42 work items of five services: one that is expedited, some with a date, most standard, some that nobody asks for and that
are done all the same. Nine are in delivery, seven are committed to, one was discarded, the rest are options.

Run `python samples/hospital-services/make.py`; it writes portfolio.xlsx beside itself, the same bytes every time.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

PORTFOLIO = """
Setting        | Value
Name           | Hospital shared services, winter 2027
Model          | enterprise-kanban; service classes from services.yaml
Currency       | EUR
Start          | 2027-01-04
Period weeks   | 4
Periods        | 4
Value horizon weeks | 76
State limits   | Options = 12
Reserve        | 10%
Next review    | 2027-01-11
"""

ITEMS = """
ID   | Title                                            | Class of service | State       | Service | Effort | Min | Week | Deadline   | Penalty | For
K-01 | E-prescriptions: signing fails since the update  | Expedite         | Committed   | CLI     | 6      | 1   | 4000 | -          | -       | Pharmacy
K-02 | Patient record: the export that the law asks for | Fixed date       | In delivery | -       | -      | 2   | 6000 | 2027-04-30 | 400000  | Legal office
K-03 | Medication plan on the tablet at the bedside     | Standard         | In delivery | CLI     | 8      | 1   | 6500 | -          | -       | Nursing
K-04 | One waiting list for all operating theatres      | Standard         | Committed   | CLI     | 18     | 1   | 9000 | -          | -       | Surgery
K-05 | Discharge letter ready on the day of discharge   | Standard         | Options     | CLI     | 16     | 1   | 7000 | -          | -       | Medical board
K-06 | Intensive care charts without double entry       | Standard         | Options     | CLI     | 24     | 2   | 6000 | -          | -       | Intensive care
K-07 | Pathology findings as structured reports         | Standard         | Options     | CLI     | 12     | 1   | 2600 | -          | -       | Pathology
K-08 | Maternity notes become part of the record        | Standard         | Options     | CLI     | 18     | 1   | 2400 | -          | -       | Maternity
K-09 | Allergy warnings in every department             | Standard         | Options     | CLI     | 8      | 1   | 5200 | -          | -       | Pharmacy
K-10 | Outpatients check themselves in                  | Standard         | Options     | -       | -      | 2   | 4800 | -          | -       | Outpatient clinics
K-11 | Retire the old radiology viewer                  | Intangible       | Options     | CLI     | 10     | 1   | 500  | -          | -       | Radiology
K-12 | Interface engine: renewed before support ends    | Fixed date       | Committed   | DAT     | 14     | 1   | 5000 | 2027-05-28 | 250000  | IT operations
K-13 | Lab results in the systems of referring doctors  | Standard         | In delivery | DAT     | 5      | 1   | 5000 | -          | -       | Laboratory
K-14 | Free beds by the hour for ward managers          | Standard         | Committed   | DAT     | 10     | 1   | 7500 | -          | -       | Nursing
K-15 | Consent of the patient with all research data    | Standard         | Options     | DAT     | 14     | 1   | 2200 | -          | -       | Research office
K-16 | Cancer registry: the yearly report               | Fixed date       | Options     | DAT     | 6      | 1   | 1500 | 2027-06-18 | 90000   | Oncology
K-17 | One index of patients for both sites             | Standard         | Options     | DAT     | 22     | 2   | 5500 | -          | -       | Medical board
K-18 | Rejected claims go back within a day             | Standard         | Options     | DAT     | 8      | 1   | 6800 | -          | -       | Finance
K-19 | Test data without real patients                  | Intangible       | Options     | DAT     | 8      | 1   | 400  | -          | -       | Data protection
K-20 | Nightly load of the warehouse in two hours       | Intangible       | Options     | DAT     | 5      | 1   | 600  | -          | -       | Controlling
K-21 | Signing in once at the computers of the wards    | Standard         | In delivery | NET     | 5      | 1   | 8000 | -          | -       | Nursing
K-22 | Print where you are, with the badge              | Standard         | Options     | WRK     | 8      | 1   | 1500 | -          | -       | Administration
K-23 | Telephones: move the switchboard                 | Standard         | In delivery | WRK     | 4      | 1   | 2500 | -          | -       | Reception
K-24 | 600 computers of the wards before support ends   | Fixed date       | In delivery | WRK     | 18     | 2   | 4500 | 2027-06-30 | 350000  | IT security
K-25 | Video consultations in twelve languages          | Standard         | Options     | WRK     | 10     | 1   | 3000 | -          | -       | Outpatient clinics
K-26 | Service desk: known answers at once              | Standard         | Committed   | WRK     | 6      | 1   | 2800 | -          | -       | Service desk
K-27 | Nurses swap shifts by phone                      | Standard         | Options     | WRK     | 9      | 1   | 4200 | -          | -       | Nursing
K-28 | A pool of tablets that wards can borrow          | Standard         | Options     | WRK     | 5      | 1   | 900  | -          | -       | Nursing
K-29 | Security incidents reported within 24 hours      | Fixed date       | Committed   | NET     | 8      | 1   | 9000 | 2027-03-26 | 300000  | IT security
K-30 | Medical devices in networks of their own         | Standard         | In delivery | NET     | 10     | 2   | 5000 | -          | -       | IT security
K-31 | Wireless network in the new ward block           | Fixed date       | Options     | NET     | 9      | 1   | 4000 | 2027-06-01 | 120000  | Building project
K-32 | A second path to the data centre                 | Standard         | Options     | NET     | 12     | 1   | 3200 | -          | -       | IT operations
K-33 | No shared administrator passwords                | Intangible       | Options     | NET     | 7      | 2   | 700  | -          | -       | IT security
K-34 | A restore test of every backup each month        | Intangible       | In delivery | NET     | 3      | 1   | 800  | -          | -       | IT operations
K-35 | Who leaves loses access on the same day          | Standard         | Options     | NET     | 7      | 1   | 2900 | -          | -       | Human resources
K-36 | Infusion pumps report to the record              | Standard         | Options     | -       | -      | 1   | 4500 | -          | -       | Intensive care
K-37 | Find beds and pumps on a map                     | Standard         | Options     | MED     | 9      | 1   | 3300 | -          | -       | Nursing
K-38 | Sterile supply: every instrument is traced       | Standard         | In delivery | MED     | 7      | 1   | 4000 | -          | -       | Surgery
K-39 | Maintenance by use and not by calendar           | Intangible       | Options     | MED     | 6      | 1   | 900  | -          | -       | Medical technology
K-40 | Fire alarm panel, as the authority ordered       | Fixed date       | Committed   | MED     | 7      | 1   | 6000 | 2027-04-16 | 200000  | Building services
K-41 | Cold chain alarms reach a telephone              | Standard         | Options     | MED     | 4      | 1   | 2600 | -          | -       | Pharmacy
K-42 | Fax server for referrals                         | Standard         | Discarded   | DAT     | 5      | 1   | 200  | -          | -       | Reception
"""

RUNNING = """
ID   | Started
K-02 | 2026-11-09
K-03 | 2026-11-23
K-13 | 2026-12-07
K-21 | 2026-11-30
K-23 | 2026-12-14
K-24 | 2026-12-07
K-30 | 2026-11-16
K-34 | 2026-12-14
K-38 | 2026-11-30
"""

EFFORT = """
Epic | Value stream | Effort
K-02 | CLI          | 6
K-02 | DAT          | 5
K-10 | CLI          | 8
K-10 | WRK          | 4
K-36 | MED          | 10
K-36 | CLI          | 4
"""

SERVICES = """
ID  | Name                    | WIP limit | Teams
CLI | Clinical applications   | 4         | 2
DAT | Data and integration    | 4         | 1
WRK | Workplace and devices   | 3         | 1
NET | Network and identity    | 4         | 1
MED | Medical technology      | 3         | 1
"""

CAPACITY = """
Value stream | Weeks 1-4 | Weeks 5-8 | Weeks 9-12 | Weeks 13-16
CLI          | 22        | 24        | 24         | 20
DAT          | 20        | 22        | 22         | 18
WRK          | 15        | 16        | 16         | 13
NET          | 15        | 16        | 16         | 13
MED          | 11        | 12        | 12         | 10
"""

DEPENDENCIES = """
Predecessor | Successor | Type             | Raised on
K-12        | K-17      | finish to start  | 2026-11-02
K-21        | K-35      | finish to start  | 2026-11-16
K-30        | K-36      | finish to start  | 2026-10-26
K-17        | K-10      | finish to start  | 2026-12-07
K-14        | K-37      | needs            | 2026-12-07
"""

HEADINGS = {"Service": "Value stream", "Min": "Min periods", "Week": "Benefit per week", "For": "Owner"}
WIDTHS = {"Title": 50, "Value": 46, "Name": 28, "Class of service": 15, "Owner": 20, "State": 12, "Setting": 22}
FORMATS = {date: "yyyy-mm-dd", int: "#,##0", float: "0%", str: "@"}
LISTS = {
    "Class of service": ["Expedite", "Fixed date", "Standard", "Intangible"],
    "State": ["Options", "Committed", "In delivery", "Done", "Discarded"],
}

Row = list[Any]


def table(text: str) -> list[Row]:
    """The rows of a table in this file, the header first; a `-` is a blank cell."""
    heading, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [[HEADINGS.get(name, name) for name in heading], *([value(cell) for cell in line] for line in lines)]


def value(cell: str) -> Any:
    """A cell's text as a date, a share or a number where it is one."""
    if cell == "-":
        return None
    if cell.endswith("%"):
        return int(cell[:-1]) / 100
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        return date.fromisoformat(cell)
    return int(cell) if cell.isdigit() else cell


def items() -> list[Row]:
    """The rows of the sheet Epics: the items, with what is known of those in delivery."""
    heading, *rows = table(ITEMS)
    more, *running = table(RUNNING)
    known = {name: found for name, *found in running}
    return [[*heading, *more[1:]], *([*row, *known.get(row[0], [None])] for row in rows)]


def write_sheet(book: Any, name: str, rows: list[Row]) -> None:
    """One sheet: a header that stays in view, each value as what it is, and lists for words."""
    sheet = book.add_worksheet(name)
    header = book.add_format({"bold": True, "bg_color": "#D9E8EC", "text_wrap": True, "valign": "top", "bottom": 1})
    looks = {kind: book.add_format({"num_format": look}) for kind, look in FORMATS.items()}
    for column, heading in enumerate(rows[0]):
        sheet.set_column(column, column, WIDTHS.get(heading, 11))
        sheet.write_string(0, column, heading, header)
        for row, line in enumerate(rows[1:], 1):
            if line[column] is not None:
                sheet.write(row, column, line[column], looks[type(line[column])])
        if heading in LISTS:
            sheet.data_validation(1, column, len(rows) + 40, column, {"validate": "list", "source": LISTS[heading]})
    sheet.freeze_panes(1, 2 if "Title" in rows[0] else 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if "Title" in rows[0]:
        sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)


def write(path: Path) -> None:
    """Writes the whole workbook."""
    sheets = {"Portfolio": PORTFOLIO, "Effort": EFFORT, "Value streams": SERVICES, "Capacity": CAPACITY}
    rows = {name: table(text) for name, text in (sheets | {"Dependencies": DEPENDENCIES}).items()}
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"title": "Hospital shared services", "created": datetime(2026, 12, 21)})
        write_sheet(book, "Portfolio", rows.pop("Portfolio"))
        write_sheet(book, "Epics", items())
        for name, lines in rows.items():
            write_sheet(book, name, lines)
        book.get_worksheet_by_name("Epics").activate()


if __name__ == "__main__":
    write(Path(__file__).with_name("portfolio.xlsx"))
