"""Writes the smallest sample that uses a whole plan: eight epics of an online grocer, two value streams, one PI.

Value is the cost of delay score: value counts until week 13 and the PI ends in week 12, so each epic that is done
earns its score once. The best plan is E1, E3, E6, E7, E8 with a value of 93; no other plan reaches it.

Run `python samples/first-steps/make.py`; it writes portfolio.xlsx beside itself, the same bytes every time.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

PORTFOLIO = """
Setting             | Value
Name                | Online grocer: first steps
Model               | safe
Currency            | kEUR
Start               | 2027-01-04
Period weeks        | 12
Periods             | 1
Value horizon weeks | 13
Portfolio WIP limit | 5
"""

EPICS = """
ID | Title                           | Type     | Horizon | User-business value | Time criticality | RR/OE | Job size
E1 | Order last week's basket again  | Business | H1      | 20                  | 20               | 2     | 5
E2 | Choose a two-hour delivery slot | Business | H1      | 20                  | 8                | 2     | 8
E3 | Cargo bikes for the city centre | Business | H2      | 20                  | 3                | 5     | 5
E4 | Loyalty points in the app       | Business | H1      | 20                  | 3                | 1     | 5
E5 | Loyalty as free deliveries      | Business | H2      | 13                  | 3                | 2     | 5
E6 | Route planning                  | Enabler  | H2      | 1                   | 2                | 3     | 3
E7 | Trial: shopping list by voice   | Business | H3      | 8                   | 3                | 1     | 1
E8 | Pages that load in one second   | Enabler  | H1      | 3                   | 1                | 1     | 2
"""

WORK = """
ID | Value stream | Effort | External cost | Exclusive group
E1 | A            | 50     | 600           | -
E2 | -            | -      | 400           | -
E3 | B            | 35     | 350           | -
E4 | A            | 30     | 300           | One loyalty scheme
E5 | B            | 25     | 250           | One loyalty scheme
E6 | B            | 20     | 200           | -
E7 | A            | 10     | 150           | -
E8 | A            | 10     | 100           | -
"""

EFFORT = """
Epic | Value stream | Effort
E2   | A            | 20
E2   | B            | 20
"""

VALUE_STREAMS = """
ID | Name     | Cost per unit
A  | Shop     | 0
B  | Delivery | 0
"""

CAPACITY = """
Value stream | PI 1
A            | 80
B            | 60
"""

DEPENDENCIES = """
Predecessor | Successor | Type
E6          | E3        | needs
"""

GUARDRAILS = """
Name              | Measure | Where          | At least | At most | Of       | Enforce
Budget            | spend   | -              | -        | 1500    | -        | hard
Horizon 3 floor   | spend   | Horizon = H3   | 10%      | -       | selected | hard
Horizon 1 ceiling | spend   | Horizon = H1   | -        | 65%     | selected | hard
Enabler floor     | effort  | Type = Enabler | 10%      | -       | selected | hard
"""

SHEETS = (
    ("Portfolio", PORTFOLIO),
    ("Epics", EPICS),
    ("Effort", EFFORT),
    ("Value streams", VALUE_STREAMS),
    ("Capacity", CAPACITY),
    ("Dependencies", DEPENDENCIES),
    ("Guardrails", GUARDRAILS),
)

Row = list[Any]


def table(text: str) -> list[Row]:
    """The rows of a table in this file, the header first; a `-` is a blank cell."""
    return [[value(cell.strip()) for cell in line.split("|")] for line in text.strip().splitlines()]


def value(cell: str) -> Any:
    """A cell's text as a date, a share or a number where it is one."""
    if cell == "-":
        return None
    if cell.endswith("%"):
        return int(cell[:-1]) / 100
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        return date.fromisoformat(cell)
    return int(cell) if cell.isdigit() else cell


def write_sheet(book: Any, name: str, rows: list[Row]) -> None:
    """One sheet: a header that stays in view, and each value as what it is."""
    sheet = book.add_worksheet(name)
    header = book.add_format(
        {"bold": True, "bg_color": "#DCE9E2", "text_wrap": True, "valign": "top", "bottom": 1, "indent": 1}
    )
    looks = {
        date: book.add_format({"num_format": "yyyy-mm-dd", "align": "right"}),
        float: book.add_format({"num_format": "0%"}),
        str: book.add_format({"indent": 1}),
    }
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell, looks.get(type(cell)) if row else header)
    for column in range(len(rows[0])):
        texts = [len(cell) for cell in (row[column] for row in rows[1:]) if isinstance(cell, str)]
        sheet.set_column(column, column, max([10, *texts]) + 2)
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 2 if name == "Epics" else 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def write(path: Path) -> None:
    """Writes the whole workbook."""
    work = [row[1:] for row in table(WORK)]
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": "Online grocer: first steps", "created": datetime(2026, 11, 2)})
        for name, text in SHEETS:
            rows = table(text)
            if name == "Epics":
                rows = [row + more for row, more in zip(rows, work, strict=True)]
            write_sheet(book, name, rows)
        book.get_worksheet_by_name("Epics").activate()


if __name__ == "__main__":
    write(Path(__file__).with_name("portfolio.xlsx"))
