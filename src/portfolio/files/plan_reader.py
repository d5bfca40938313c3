"""Reads an earlier plan: what `plan --json` printed, or a workbook that `plan -o` wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from portfolio.domain import Booking, Plan, Portfolio
from portfolio.errors import WrongUseError
from portfolio.files import portfolio_json
from portfolio.files.cells import as_text
from portfolio.files.columns import EPICS, RESULT_COLUMNS, plain
from portfolio.files.reading import ZIP, read_content

Row = tuple[str, str, str]
"""An epic's ID and the labels of its first and last period."""

NEEDED = "a workbook that `plan -o` wrote, or what `plan --json` printed, is needed"


def read_plan(path: Path, portfolio: Portfolio) -> Plan:
    """The bookings of an earlier plan that this portfolio's epics and periods still have.

    Raises WrongUseError if the file is no plan, or none of it belongs to this portfolio.
    """
    content = read_content(path)
    rows = _from_workbook(content, path.name) if content.startswith(ZIP) else _from_json(content, path.name)
    period = {label.casefold(): index for index, label in enumerate(portfolio.calendar.periods)}
    known = {epic.id.casefold(): epic.id for epic in portfolio.epics}
    bookings = {}
    for epic, start, finish in rows:
        first, last = period.get(start.casefold()), period.get(finish.casefold())
        if epic.casefold() in known and first is not None and last is not None and first <= last:
            bookings[known[epic.casefold()]] = Booking(first, last - first + 1)
    if not bookings:
        raise WrongUseError(
            f"{path.name} starts no epic of this portfolio in a period that it has; give --from a plan of this portfolio."
        )
    return Plan(bookings)


def _from_json(content: bytes, name: str) -> Iterable[Row]:
    raw, _ = portfolio_json.parse(content, name)
    lines = raw.get("epics")
    if "outcome" not in raw or not isinstance(lines, list):
        raise WrongUseError(f"{name} is no plan; {NEEDED}.")
    started = [line for line in lines if isinstance(line, dict) and line.get("decision") == "start"]
    return [(as_text(line.get("id")), as_text(line.get("start")), as_text(line.get("finish"))) for line in started]


def _from_workbook(content: bytes, name: str) -> Iterable[Row]:
    from portfolio.files.workbook_reader import WorkbookSheets

    sheets = WorkbookSheets(content, name)
    wanted = [plain(heading) for heading in (EPICS.column("id").heading, *RESULT_COLUMNS[-2:])]
    for sheet in sheets.names:
        if plain(sheet) != plain(EPICS.name):
            continue
        rows = sheets.grid(sheet).rows
        for number, row in enumerate(rows):
            headings = [plain(cell) for cell in row]
            if all(heading in headings for heading in wanted):
                return _rows(rows[number + 1 :], [headings.index(heading) for heading in wanted])
    raise WrongUseError(f"{name} has no planned starts on its sheet {EPICS.name}; {NEEDED}.")


def _rows(rows: Sequence[Sequence[Any]], columns: Sequence[int]) -> Iterable[Row]:
    epic, start, finish = columns
    return [(as_text(row[epic]), as_text(row[start]), as_text(row[finish])) for row in rows]
