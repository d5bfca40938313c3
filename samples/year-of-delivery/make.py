"""Writes the sample with a year of history: a parcel network of four value streams, 36 epics, and what came of 33 of them.

Run `python samples/year-of-delivery/make.py`; it writes portfolio.xlsx beside itself, the same bytes every time.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import today
import xlsxwriter
import year

HEADINGS = {"UBV": "User-business value", "TC": "Time criticality", "RR": "RR/OE", "Size": "Job size"}
HEADINGS |= {"Week": "Benefit per week", "Min": "Min periods", "Max": "Max periods"}
WIDTHS = {"Title": 44, "Name": 22, "Setting": 20, "Value": 36, "State": 24, "Where": 16, "Type": 15, "Objective": 30}
WIDTHS |= {"Key result": 36, "Effort cases": 26, "Outcome": 28, "Entered": 26, "Deployed": 17, "First commit": 17}
WIDTHS |= {"Recovered": 17, "Began": 17, "Restored": 17, "Epics": 18}

HISTORY = ["Epic", "State", "Entered", "Value stream", "Type"]
ACTUALS = ["Epic", "Value stream", "Estimated effort", "Estimated low", "Estimated high", "Actual effort", "Finished"]
DELIVERED = ["Value stream", "Period", "Capacity", "Delivered"]
DEPLOYMENTS = ["ID", "Value stream", "Deployed", "First commit", "Failed", "Recovered", "Unplanned"]
INCIDENTS = ["Value stream", "Began", "Restored", "Deployment"]
INTEGRATIONS = ["Value stream", "Integrated", "Tests run", "Tests passed", "Releasable"]

Row = list[Any]


def table(text: str) -> list[Row]:
    """The rows of a table, the header first; a `-` is a blank cell."""
    heading, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [[HEADINGS.get(name, name) for name in heading], *([value(cell) for cell in line] for line in lines)]


def value(cell: str) -> Any:
    """A cell's text as a date, a share or a number where it is one."""
    if cell == "-":
        return None
    if cell.endswith("%") and cell[:-1].isdigit():
        return int(cell[:-1]) / 100
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        return date.fromisoformat(cell)
    for kind in (int, float):
        try:
            return kind(cell)
        except ValueError:
            pass
    return cell


def epics() -> list[Row]:
    """The lines of the Epics sheet, with what only some of them have."""
    heading, *lines = table(today.EPICS)
    for more in (today.UNCERTAIN, today.RULES, today.OUTCOME_OF):
        names, *rows = table(more)
        by_epic = {row[0]: row[1:] for row in rows}
        heading = heading + names[1:]
        lines = [line + by_epic.get(line[0], [None] * (len(names) - 1)) for line in lines]
    return [heading, *lines]


def sheets() -> dict[str, list[Row]]:
    """Every sheet with its rows: the portfolio first, then what is known of the year."""
    finished = table(year.FINISHED)[1:]
    history = [move for line in finished for move in year.states(line)] + table(year.AGAIN)[1:]
    delivered = [row for line in table(year.DELIVERED)[1:] for row in year.delivered(line)]
    return {
        "Portfolio": table(today.PORTFOLIO),
        "Epics": epics(),
        "Value streams": table(today.VALUE_STREAMS),
        "Capacity": table(today.CAPACITY),
        "Dependencies": table(today.DEPENDENCIES),
        "Guardrails": table(today.GUARDRAILS),
        "Outcomes": table(year.OUTCOMES),
        "Votes": table(today.VOTES),
        "History": [HISTORY, *history],
        "Blocked": table(year.BLOCKED),
        "Delivered": [DELIVERED, *delivered],
        "Actuals": [ACTUALS, *map(year.actuals, finished), *([*row, None] for row in table(year.SO_FAR)[1:])],
        "Objectives": table(year.OBJECTIVES),
        "Deployments": [DEPLOYMENTS, *year.deployments()],
        "Incidents": [INCIDENTS, *year.incidents()],
        "Integrations": [INTEGRATIONS, *year.integrations()],
        "Forecasts": table(year.FORECASTS),
    }


def write_sheet(book: Any, name: str, rows: list[Row]) -> None:
    """One sheet: a header that stays in view, and each value as what it is."""
    sheet = book.add_worksheet(name)
    header = book.add_format({"bold": True, "bg_color": "#D8E2F0", "text_wrap": True, "valign": "top", "bottom": 1})
    looks = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        float: book.add_format({"num_format": "0%"}),
    }
    for column, heading in enumerate(rows[0]):
        sheet.set_column(column, column, WIDTHS.get(heading, 11))
        sheet.write_string(0, column, heading, header)
        for row, line in enumerate(rows[1:], 1):
            if line[column] is not None:
                sheet.write(row, column, line[column], looks.get(type(line[column])))
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 2 if "Title" in rows[0] else 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def write(path: Path) -> None:
    """Writes the whole workbook."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Parcel network: the year to come", "created": datetime(2027, 1, 3)})
        for name, rows in sheets().items():
            write_sheet(book, name, rows)
        book.get_worksheet_by_name("Epics").activate()


if __name__ == "__main__":
    write(Path(__file__).with_name("portfolio.xlsx"))
