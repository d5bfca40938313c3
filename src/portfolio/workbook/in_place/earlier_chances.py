"""Chances of an earlier plan in a workbook that gets another one: they are taken out beside the epics, and it is said."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.domain import Finding
from portfolio.intake.read_portfolio import Reading
from portfolio.merge.result_record import cells_of
from portfolio.results.answer import Answer
from portfolio.results.simulated.epic_chances import BESIDE
from portfolio.workbook.in_place.own_cells import OwnCells
from portfolio.workbook.in_place.result_columns import epics_of, result_columns
from portfolio.workbook.sheets.simulation import SIMULATION
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.editing import PackageEditor

_ID, _START, _FINISH = 1, 3, 4
"""Columns of the sheet Simulation, counted from 1."""


def without_earlier_chances(editing: PackageEditor, reading: Reading, answer: Answer) -> list[Finding]:
    """Empties the chances beside the epics where they are of another plan than is written now, and says so."""
    sheet = editing.own_sheets.get(SIMULATION)
    if sheet is None or answer.plan is None or _simulated(editing, sheet) == _planned(answer):
        return []
    columns = result_columns(reading, BESIDE, own=OwnCells.of(editing, epics_of(reading)[1].sheet))
    places, epics = epics_of(reading)
    emptied = [
        CellEdit(row, column, None)
        for column in columns.columns.values()
        for row in epics.rows
        if (row, column) not in columns.untouched and places.content((epics.sheet, row, column)) not in (None, "")
    ]
    editing.edit(epics.sheet, emptied)
    gone = "; those beside the epics are taken out" if emptied else ""
    return [
        Finding(
            "warning",
            f"{reading.name}, {sheet}",
            f"The chances on this sheet are of an earlier plan than is written now{gone}.",
            "Chances count for the plan that was played forward.",
            "Play the new plan forward with `portfolio simulate FILE --write`.",
        )
    ]


def _simulated(editing: PackageEditor, sheet: str) -> set[tuple[str, str, str]]:
    """The plan that was played forward: ID, start and finish of each epic as the sheet shows them."""
    cells = cells_of(editing, sheet)

    def text(row: int, column: int) -> str:
        return cells.get((row, column), "").removeprefix("'")

    rows = sorted({row for row, column in cells if column == _ID})
    found, inside = set(), False
    for row in rows:
        if text(row, _ID) == "ID":
            inside = True
        elif inside and not text(row, _START):
            break
        elif inside:
            found.add((text(row, _ID), text(row, _START), text(row, _FINISH)))
    return found


def _planned(answer: Answer) -> set[tuple[str, str, str]]:
    periods: Sequence[str] = answer.portfolio.calendar.periods
    bookings = () if answer.plan is None else answer.plan.bookings.items()
    return {(name, periods[one.start], periods[one.finish]) for name, one in bookings}
