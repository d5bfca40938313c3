"""Reads a workbook, as people keep it, into a portfolio's JSON form."""

from __future__ import annotations

from collections.abc import Callable

from portfolio.gc_pause import gc_paused
from portfolio.intake.columns import (
    BUDGET,
    CAPACITY,
    DEPENDENCIES,
    EFFORT,
    EPICS,
    GUARDRAILS,
    SETTINGS,
    SHEETS,
    STREAMS,
    Sheet,
    plain,
)
from portfolio.intake.draft import Draft
from portfolio.intake.epic_sheets import check_id_column, read_dependencies, read_effort, read_epics, read_guardrails
from portfolio.intake.scenario_columns import SCENARIOS, scenario_rows
from portfolio.intake.settings_sheet import has_settings, read_settings
from portfolio.intake.source_map import SourceMap
from portfolio.intake.stream_sheets import period_columns, read_amounts, read_streams, set_calendar
from portfolio.intake.tables.find_tables import Table, find_table, known_headings
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.intake.unresolved_conflicts import CONFLICTS, note_unresolved_conflicts

FEWEST_HEADINGS = 3
"""A sheet of another name is taken for the epics if its header row has this many of their headings."""
EPIC_HEADINGS = "ID, Title, User-business value, Time criticality, RR/OE, Job size"


@gc_paused()
def read_workbook(content: bytes, name: str) -> Draft:
    """A workbook's portfolio in JSON form, with the place of each field and what was odd about the sheets."""
    sheets = WorkbookSheets(content, name)
    draft = Draft(SourceMap(sheets.names, grids=sheets.grids))
    epics = epics_table(draft, sheets)
    draft.places.fallback = epics.grid.name if epics else ""
    settings = sheets.named(SETTINGS)
    counts = read_settings(draft, sheets.grid(settings)) if settings and not _is(settings, epics) else {}
    _read_table(draft, sheets, STREAMS, read_streams)
    labels = _read_periods(draft, sheets)
    set_calendar(draft, counts, labels)
    if epics is not None:
        read_epics(draft, epics)
    for sheet, read in ((EFFORT, read_effort), (DEPENDENCIES, read_dependencies), (GUARDRAILS, read_guardrails)):
        _read_table(draft, sheets, sheet, read)
    if epics is not None:
        check_id_column(draft, epics)
    if (title := sheets.named(SCENARIOS)) is not None:
        draft.scenarios = scenario_rows(sheets.grid(title))
    _note_ignored(draft, sheets)
    if CONFLICTS in sheets.names:
        note_unresolved_conflicts(draft, sheets.grid(CONFLICTS))
    return draft


def _note_ignored(draft: Draft, sheets: WorkbookSheets) -> None:
    """Sheets that would have been read, had there not been another one of their kind."""
    for sheet in SHEETS:
        read, *others = sheets.all_named(sheet) or [""]
        for name in others:
            if name != draft.places.fallback and _looks_like(sheets.grid(name), sheet):
                draft.note_at(
                    (name, 0, 0),
                    f"The sheet {name} is not read.",
                    f"{sheet.name} is another name for it, and the sheet {read} is read instead.",
                    "Move its rows there, or rename or delete it, if that is not meant.",
                    "warning",
                )


def _looks_like(grid: Grid, sheet: Sheet) -> bool:
    if sheet is SETTINGS:
        return has_settings(grid)
    if sheet in (CAPACITY, BUDGET):
        return period_columns(grid, sheet) is not None
    table = find_table(grid, sheet)
    return table is not None and (sheet is not EPICS or _is_named(table))


def _is(name: str, table: Table | None) -> bool:
    return table is not None and table.grid.name == name


def _read_table(draft: Draft, sheets: WorkbookSheets, sheet: Sheet, read: Callable[[Draft, Table], None]) -> None:
    name = sheets.named(sheet)
    if name is None or name == draft.places.fallback:
        return
    grid = sheets.grid(name)
    table = find_table(grid, sheet)
    if table is not None:
        read(draft, table)
    elif grid.rows:
        columns = ", ".join(column.heading for column in sheet.columns[:4])
        draft.note_at(
            (name, 0, 0),
            f"The sheet {name} has no header row.",
            f"Its columns are {columns} and so on.",
            "Add a row with these headings.",
        )


def _read_periods(draft: Draft, sheets: WorkbookSheets) -> list[str]:
    capacity, budget = sheets.named(CAPACITY), sheets.named(BUDGET)
    labels = read_amounts(draft, sheets.grid(capacity), CAPACITY, None) if capacity else []
    if budget and labels:
        read_amounts(draft, sheets.grid(budget), BUDGET, labels)
    return labels


def epics_table(draft: Draft, sheets: WorkbookSheets) -> Table | None:
    """The table of epics: on the sheet of that name, else on the one sheet that looks like it."""
    name = sheets.named(EPICS)
    grid = sheets.grid(name) if name is not None else None
    table = find_table(grid, EPICS) if grid is not None else None
    if table is not None and _is_named(table):
        return table
    others = {
        plain(known)
        for sheet in (*SHEETS, SCENARIOS)
        if sheet not in (EPICS, SETTINGS)
        for known in (sheet.name, *sheet.aliases)
    }
    grids = [sheets.grid(other) for other in sheets.names if other != name and plain(other) not in others]
    tables = [find_table(grid, EPICS) for grid in grids if not sheets.is_written(grid)]
    likely = [
        found for found in tables if found is not None and _is_named(found) and _headings(found) >= FEWEST_HEADINGS
    ]
    if len(likely) == 1 and name is None:
        return likely[0]
    rule = f"Epics are read from a sheet with a header row: {EPIC_HEADINGS}."
    if len(likely) > 1 and name is None:
        names = ", ".join(found.grid.name for found in likely)
        draft.note(
            (), f"There is no sheet Epics, and several could be it: {names}.", rule, "Rename the right one to Epics."
        )
    elif name is None:
        draft.note((), "There is no sheet Epics.", rule, "Name the sheet with the epics Epics.")
    else:
        draft.note_at((name, 0, 0), f"The sheet {name} has no header row.", rule, "Add a row with these headings.")
    return None


def _is_named(table: Table) -> bool:
    return any(column.field in {"id", "title"} for column in table.columns)


def _headings(table: Table) -> int:
    return known_headings(table.headings, EPICS.columns)
