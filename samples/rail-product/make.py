"""Writes the sample of the *rank order* family: the travel app of a railway, one product of 27 teams that work by LeSS Huge.

38 roadmap items in the one order of the product, five requirement areas of four to eight teams, six Sprints. Every item belongs to
one area; nine wait for an item of another, and two are in progress.

Run `python samples/rail-product/make.py`; it writes portfolio.xlsx beside itself, the same bytes every time.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

PORTFOLIO = """
Setting      | Value
Name         | Railway travel app, first quarter of 2027
Model        | less-huge
Start        | 2027-01-04
Period weeks | 2
Periods      | 6
"""

ITEMS = """
ID   | Title                                               | Area  | Effort | Min | Max | Must | Latest   | State
T-01 | Refund after a delay without a form                 | AFTER | 14     | 2   | 3   | yes  | Sprint 4 | In progress
T-02 | Platform changes on the lock screen                 | RIDE  | 9      | 1   | 2   | -    | -        | In progress
T-03 | One account for app, web and machine                | BASE  | 16     | 2   | 3   | -    | -        | -
T-04 | Best price of the day, found afterwards             | BUY   | 18     | 2   | 3   | -    | -        | -
T-05 | Door to door, with the way on foot and by bicycle   | PLAN  | 12     | 2   | 2   | -    | -        | -
T-06 | Positions of all trains as one stream of events     | BASE  | 10     | 1   | 2   | -    | -        | -
T-07 | Your connection waits, or here is another           | RIDE  | 14     | 2   | 2   | -    | -        | -
T-08 | One ticket across three fare associations           | BUY   | 16     | 2   | 3   | -    | -        | -
T-09 | Lifts out of order change the search                | PLAN  | 7      | 1   | 1   | -    | -        | -
T-10 | Accessible controls everywhere, as the law asks     | BASE  | 12     | 1   | 2   | yes  | Sprint 6 | -
T-11 | Cancel and book again in one step                   | AFTER | 10     | 1   | 2   | -    | -        | -
T-12 | How full the next train will be                     | RIDE  | 8      | 1   | 1   | -    | -        | -
T-13 | Season ticket in the wallet of the telephone        | BUY   | 9      | 1   | 2   | -    | -        | -
T-14 | Prices of a month at a glance                       | PLAN  | 8      | 1   | 1   | -    | -        | -
T-15 | Seats chosen on a plan of the train                 | BUY   | 11     | 1   | 2   | -    | -        | -
T-16 | Guidance in the station for blind travellers        | RIDE  | 10     | 1   | 2   | -    | -        | -
T-17 | Money back within three days                        | AFTER | 8      | 1   | 1   | -    | -        | -
T-18 | Consent and a copy of one's data                    | BASE  | 6      | 1   | 1   | -    | -        | -
T-19 | Journeys kept on every device                       | PLAN  | 6      | 1   | 1   | -    | -        | -
T-20 | A place for the bicycle with the ticket             | BUY   | 7      | 1   | 1   | -    | -        | -
T-21 | Delays foretold for each train                      | RIDE  | 13     | 2   | 2   | -    | -        | -
T-22 | A chat that hands over to a person                  | AFTER | 9      | 1   | 2   | -    | -        | -
T-23 | Night trains to six countries                       | PLAN  | 11     | 1   | 2   | -    | -        | -
T-24 | Fares as a service for partners                     | BASE  | 14     | 2   | 2   | -    | -        | -
T-25 | Season ticket paid by the employer                  | BUY   | 12     | 2   | 2   | -    | -        | -
T-26 | Tickets are checked without a network               | RIDE  | 8      | 1   | 1   | -    | -        | -
T-27 | Complaints: the whole journey on one page           | AFTER | 8      | 1   | 1   | -    | -        | -
T-28 | Journeys for groups of ten and more                 | PLAN  | 12     | 2   | 2   | -    | -        | -
T-29 | Family discount without a card                      | BUY   | 6      | 1   | 1   | -    | -        | -
T-30 | Announcements in sign language                      | RIDE  | 7      | 1   | 1   | -    | -        | -
T-31 | Machines take the app's basket                      | BASE  | 8      | 1   | 1   | -    | -        | -
T-32 | Scooters and shared cars for the last kilometre     | PLAN  | 10     | 1   | 2   | -    | -        | -
T-33 | Lost property found by its picture                  | AFTER | 6      | 1   | 1   | -    | -        | -
T-34 | Pay from the bank account at once                   | BUY   | 8      | 1   | 1   | -    | -        | -
T-35 | Share when you arrive                               | RIDE  | 5      | 1   | 1   | -    | -        | -
T-36 | Vouchers as a gift                                  | BUY   | 6      | 1   | 1   | -    | -        | -
T-37 | Retire the old timetable interface                  | BASE  | 7      | 1   | 1   | -    | -        | -
T-38 | Season tickets no longer come by post               | AFTER | 5      | 1   | 1   | -    | -        | -
"""

AREAS = """
ID    | Name                   | Teams
PLAN  | Plan a journey         | 5
BUY   | Tickets and fares      | 7
RIDE  | On the way             | 6
AFTER | After the journey      | 4
BASE  | Accounts and partners  | 5
"""

CAPACITY = """
Value stream | Sprint 1 | Sprint 2 | Sprint 3 | Sprint 4 | Sprint 5 | Sprint 6
PLAN         | 8        | 10       | 10       | 9        | 10       | 10
BUY          | 12       | 14       | 14       | 12       | 14       | 14
RIDE         | 10       | 12       | 12       | 10       | 12       | 12
AFTER        | 7        | 8        | 8        | 7        | 8        | 8
BASE         | 8        | 10       | 10       | 9        | 10       | 10
"""

DEPENDENCIES = """
Predecessor | Successor | Type             | Raised on
T-03        | T-13      | finish to start  | 2026-11-16
T-03        | T-19      | finish to start  | 2026-11-16
T-06        | T-07      | finish to start  | 2026-10-26
T-06        | T-21      | finish to start  | 2026-12-07
T-06        | T-12      | finish to start  | 2026-12-07
T-08        | T-25      | finish to start  | 2026-12-14
T-04        | T-24      | finish to start  | 2026-11-30
T-11        | T-15      | needs            | 2026-12-14
T-13        | T-38      | finish to start  | 2026-12-07
"""

HEADINGS = {"Area": "Value stream", "Min": "Min periods", "Max": "Max periods"}
WIDTHS = {"Title": 50, "Value": 44, "Name": 26, "State": 13, "Setting": 16, "Predecessor": 13, "Type": 15}
FORMATS = {date: "yyyy-mm-dd", int: "0", str: "@"}
LISTS = {"Must": ["yes", "no"], "Type": ["finish to start", "needs"]}

Row = list[Any]


def table(text: str) -> list[Row]:
    """The rows of a table in this file, the header first; a `-` is a blank cell."""
    heading, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [[HEADINGS.get(name, name) for name in heading], *([value(cell) for cell in line] for line in lines)]


def value(cell: str) -> Any:
    """A cell's text as a date or a number where it is one."""
    if cell == "-":
        return None
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        return date.fromisoformat(cell)
    return int(cell) if cell.isdigit() else cell


def write_sheet(book: Any, name: str, rows: list[Row]) -> None:
    """One sheet: a header that stays in view, each value as what it is, and lists for words."""
    sheet = book.add_worksheet(name)
    header = book.add_format({"bold": True, "bg_color": "#F3DDD3", "text_wrap": True, "valign": "top", "bottom": 1})
    looks = {kind: book.add_format({"num_format": look}) for kind, look in FORMATS.items()}
    for column, heading in enumerate(rows[0]):
        sheet.set_column(column, column, WIDTHS.get(heading, 10))
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


def write(path: Path) -> None:
    """Writes the whole workbook."""
    sheets = {"Portfolio": PORTFOLIO, "Epics": ITEMS, "Value streams": AREAS, "Capacity": CAPACITY}
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"title": "Railway travel app", "created": datetime(2026, 12, 21)})
        for name, text in (sheets | {"Dependencies": DEPENDENCIES}).items():
            write_sheet(book, name, table(text))
        book.get_worksheet_by_name("Epics").activate()


if __name__ == "__main__":
    write(Path(__file__).with_name("portfolio.xlsx"))
