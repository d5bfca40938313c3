"""Says what people's own was left as it is, or moved, when results were written into their workbook."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.domain import Finding
from portfolio.domain.spelling import shown
from portfolio.domain.wording import first_of
from portfolio.intake.columns import RESULT_COLUMNS
from portfolio.intake.read_portfolio import Reading
from portfolio.intake.values.cell_values import as_text
from portfolio.merge.base_sheet import known_contents
from portfolio.merge.cell_merge import PLANNED_START
from portfolio.merge.result_remarks import Remark
from portfolio.workbook.in_place.result_book import InPlaceResults
from portfolio.workbook.in_place.result_columns import Cell, ResultColumns, epics_of
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.patch.editing import PackageEditor

_START = RESULT_COLUMNS[3]
_SHOWN = 8
_RULE = "What this program did not write is never replaced."


def findings_of_columns(reading: Reading, columns: ResultColumns, results: InPlaceResults) -> list[Finding]:
    """A finding for each column called like a result that is people's own, and for figures that they typed over."""
    found = []
    for heading, cells in columns.theirs.items():
        place = f"{reading.name}, {columns.sheet}!{_name(cells[0])}"
        if heading in columns.columns:
            what = f"{_listed(reading, columns.sheet, cells)}: typed over what this program wrote there, and left as it is."
            found.append(Finding("warning", place, what, _RULE, "Empty the cell to have the result there again."))
            continue
        what = f"The column {heading} is your own ({_named(cells)}) and stays as it is."
        fix = "Results stand on sheets of their own; call your column otherwise to have them beside the epics, too."
        found.append(
            Finding("warning", place, what + _difference(reading, columns, results, heading, cells), _RULE, fix)
        )
    return found


def _difference(
    reading: Reading, columns: ResultColumns, results: InPlaceResults, heading: str, cells: Sequence[Cell]
) -> str:
    """Where figures of theirs are other than ours, in a sentence."""
    places, _ = epics_of(reading)
    ours = {row: value for row, value in results.figures.get(heading, {}).items() if isinstance(value, int | float)}
    said = [
        (row, mine, value)
        for row, column in cells
        if isinstance(value := places.content((columns.sheet, row, column)), int | float)
        and (mine := ours.get(row)) is not None
        and round(float(value), 2) != round(float(mine), 2)
    ]
    if not said:
        return ""
    row, mine, value = said[0]
    return f" Its figures differ from ours in {len(said)} of {len(cells)} rows: in row {row} {value:g}, and {mine:.3g} here."


def moved_starts(
    editing: PackageEditor, reading: Reading, columns: ResultColumns, results: InPlaceResults
) -> list[Remark]:
    """The starts that people chose over those of the last plan, where the new plan says otherwise."""
    if _START not in columns.columns or _START in columns.added:
        return []
    contents = known_contents(editing)
    table = None if contents is None else contents.tables.get("Epics")
    if table is None:
        return []
    places, epics = epics_of(reading)
    column = columns.columns[_START]
    if "id" not in epics.columns:
        return []
    found = []
    for cell in (cell for cell in results.cells if cell.column == column):
        now, epic = (
            as_text(places.content((epics.sheet, cell.row, number))) for number in (column, epics.columns["id"])
        )
        was = table.cells.get((epic.casefold(), PLANNED_START))
        if now.strip() and epic and now not in (cell.value, None if was is None else was.text):
            found.append(Remark(epics.sheet, (cell.row, column), now, (epic,), _START, typed_over=True))
    return found


def moved_finding(name: str, remarks: Sequence[Remark], sheet: str) -> Finding:
    """Says what was typed over results, and where it is kept now."""
    said = first_of([f"{remark.place} {shown(remark.text)}" for remark in remarks], _SHOWN)
    return Finding(
        "warning",
        f"{name}, {remarks[0].place}",
        f"Typed where results are written anew: {said}.",
        f"It is kept on the sheet {sheet}, and the results stand there again.",
        "Enter it among the inputs, if the plan shall follow it.",
    )


def _listed(reading: Reading, sheet: str, cells: Sequence[Cell]) -> str:
    places, _ = epics_of(reading)
    return first_of([f"{_name(cell)} {shown(places.content((sheet, *cell)))}" for cell in cells], _SHOWN)


def _named(cells: Sequence[Cell]) -> str:
    return _name(cells[0]) if len(cells) == 1 else f"{_name(cells[0])} to {_name(cells[-1])}"


def _name(cell: Cell) -> str:
    return f"{column_letters(cell[1])}{cell[0]}"
