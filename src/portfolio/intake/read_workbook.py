"""Reads a workbook, as people keep it, into a portfolio's JSON form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portfolio.gc_pause import gc_paused
from portfolio.intake.agreed_words import WORDS, words_on_sheet, words_sheets
from portfolio.intake.build_report import read_report
from portfolio.intake.calendar_settings import set_calendar
from portfolio.intake.columns import (
    BUDGET,
    CAPACITY,
    DEPENDENCIES,
    EFFORT,
    EPICS,
    GUARDRAILS,
    OUTCOMES,
    SETTINGS,
    STREAMS,
    Sheet,
)
from portfolio.intake.draft import Draft
from portfolio.intake.epics.criteria import criteria_of
from portfolio.intake.epics.effort_sheet import read_effort, read_effort_matrix
from portfolio.intake.epics.epic_tables import read_epic_tables
from portfolio.intake.epics.links import add_links
from portfolio.intake.epics.read_epics import check_id_column, find_parents
from portfolio.intake.epics.shapes import is_one_budget
from portfolio.intake.evidence.find_evidence import find_evidence
from portfolio.intake.evidence.read_evidence import read_evidence
from portfolio.intake.headings.units import unit_of
from portfolio.intake.inputs.find_inputs import Inputs, find_inputs
from portfolio.intake.inputs.large_inputs import refuse_large
from portfolio.intake.reading_options import AS_IT_IS, ReadingOptions
from portfolio.intake.record_sheets import read_dependencies, read_guardrails, read_outcomes
from portfolio.intake.scenario_columns import SCENARIOS, scenario_rows
from portfolio.intake.settings_sheet import read_settings
from portfolio.intake.source_map import SourceMap
from portfolio.intake.stream_sheets import read_amounts, read_streams
from portfolio.intake.tables.find_tables import find_table, likely_header
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.table import Table
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.intake.unresolved_conflicts import CONFLICTS, note_unresolved_conflicts

CROWNS_OF_SOMEWHERE = "kr"
READERS: tuple[tuple[Sheet, Callable[[Draft, Table], None]], ...] = (
    (EFFORT, read_effort),
    (DEPENDENCIES, read_dependencies),
    (GUARDRAILS, read_guardrails),
    (OUTCOMES, read_outcomes),
)
"""Tables beside the epics, in the order they are read."""
EPIC_HEADINGS = "ID, Title, User-business value, Time criticality, RR/OE, Job size"


@gc_paused()
def read_workbook(content: bytes, name: str, options: ReadingOptions = AS_IT_IS) -> Draft:
    """A workbook's portfolio in JSON form, with the place of each field and what was odd about the sheets."""
    sheets = WorkbookSheets(content, name)
    draft = Draft(SourceMap(list(sheets.names), grids=sheets.grids))
    scenarios = sheets.named(SCENARIOS)
    draft.accepts_suggestions = options.accept_suggestions
    words = read_words(draft, sheets, options)
    taken = [title for title in (scenarios, *words) if title is not None]
    evidence = find_evidence(draft, sheets, taken)
    inputs = find_inputs(sheets, [*taken, *evidence])
    refuse_large(inputs, name)
    read_inputs(draft, inputs, options)
    read_evidence(draft, evidence)
    if scenarios is not None:
        draft.scenarios = scenario_rows(sheets.grid(scenarios))
    _note_unread(draft, inputs)
    others = dict.fromkeys(words, WORDS) | ({} if scenarios is None else {scenarios: SCENARIOS.name})
    draft.report = read_report(draft, inputs, others, {title: table.sheet for title, table in evidence.items()})
    if CONFLICTS in sheets.names:
        note_unresolved_conflicts(draft, sheets.grid(CONFLICTS))
    return draft


def read_words(draft: Draft, sheets: WorkbookSheets, options: ReadingOptions) -> list[str]:
    """Reads the figures of words that a workbook remembers, under those that were given; returns its sheets of words."""
    names = words_sheets(sheets.names)
    for name in names:
        found = words_on_sheet(sheets.grid(name))
        draft.words += found
        if not sheets.is_written(sheets.grid(name)):
            draft.own_words += found
    draft.words += options.words
    draft.context = replace(draft.context, words=draft.words.figures)
    return names


def read_inputs(draft: Draft, inputs: Inputs, options: ReadingOptions = AS_IT_IS) -> None:
    """Reads every input of a file into the draft, what others refer to first."""
    epics = _epics(draft, inputs)
    draft.places.fallback = epics[0].grid.name if epics else ""
    settings = inputs.grid(SETTINGS)
    is_own = inputs.named.get(SETTINGS.name) != inputs.named.get(EPICS.name) or not epics
    counts = read_settings(draft, settings) if settings and is_own else {}
    draft.criteria = options.criteria or criteria_of(draft.raw.get("model"), options.beside)
    draft.context = replace(draft.context, money=unit_of(str(draft.raw.get("currency", ""))))
    _read_table(draft, inputs, STREAMS, read_streams)
    capacity = _filled(draft, inputs, inputs.named.get(CAPACITY.name))
    budget = _filled(draft, inputs, inputs.named.get(BUDGET.name))
    if capacity is None and epics and is_one_budget(epics[0]):
        capacity = budget  # a unit of what is scarce is a unit of money
    labels = read_amounts(draft, capacity, CAPACITY, None) if capacity is not None else []
    set_calendar(draft, counts, labels)
    if budget is not None and labels:
        read_amounts(draft, budget, BUDGET, labels)
    if epics:
        read_epic_tables(draft, epics)
    for sheet, read in READERS:
        _read_table(draft, inputs, sheet, read)
    add_links(draft)
    find_parents(draft)
    _take_currency(draft)
    draft.note_guesses()
    if epics:
        check_id_column(draft, epics[0])


def _take_currency(draft: Draft) -> None:
    """The currency that all amounts name, where the settings say none."""
    named = [currency for currency in draft.currencies if currency != CROWNS_OF_SOMEWHERE]
    if "currency" not in draft.raw and len(named) == len(draft.currencies) == 1:
        draft.raw["currency"] = named[0]


def _filled(draft: Draft, inputs: Inputs, key: str | None) -> Grid | None:
    """The cells of a table, where a merged value counts in each of its rows."""
    if key is None:
        return None
    filled = inputs.cells(key).filled()
    if filled.anchors:
        draft.places.anchors[filled.name] = {**draft.places.anchors.get(filled.name, {}), **filled.anchors}
    return filled


def _note_unread(draft: Draft, inputs: Inputs) -> None:
    """Tables that would have been read, had there not been another one of their kind; and those that were guessed."""
    for key, sheet in inputs.unread:
        grid = inputs.cells(key)
        row, kind = (grid.top, "table") if key in inputs.blocks else (0, "sheet")
        instead = inputs.cells(inputs.named[sheet.name]).name
        draft.note_at(
            (grid.name, row, grid.left),
            f"The {kind} {inputs.title(key) or key} is not read.",
            f"{sheet.name} is another name for it, and the sheet {instead} is read instead.",
            "Move its rows there, or rename or delete it, if that is not meant.",
            "warning",
        )
    for key, sheet in inputs.guessed.items():
        grid = inputs.cells(key)
        draft.note_at(
            (grid.name, grid.top if key in inputs.blocks else 0, grid.left),
            f"The amounts by period of {key} were read as {sheet.name}.",
            f"Nothing calls them {CAPACITY.name} or {BUDGET.name}.",
            f"Write {sheet.name} above them, or rename the sheet; if they are something else, call them so.",
            "warning",
        )


def _read_table(draft: Draft, inputs: Inputs, sheet: Sheet, read: Callable[[Draft, Table], None]) -> None:
    key = inputs.named.get(sheet.name)
    grid = _filled(draft, inputs, key)
    if grid is None or key == inputs.named.get(EPICS.name):
        return
    table = find_table(grid, sheet)
    if (
        sheet is EFFORT
        and (table is None or len(table.columns) < len(EFFORT.columns))
        and read_effort_matrix(draft, grid)
    ):
        return
    if table is not None:
        read(draft, table)
    elif grid.rows:
        columns = ", ".join(column.heading for column in sheet.columns[:4])
        draft.note_at(
            (grid.name, 0, 0),
            f"The sheet {grid.name} has no header row.",
            f"Its columns are {columns} and so on.",
            "Add a row with these headings.",
        )


def _epics(draft: Draft, inputs: Inputs) -> list[Table]:
    """The tables of epics; a problem where there is none, or several could be it."""
    grid = _filled(draft, inputs, inputs.named.get(EPICS.name))
    table = find_table(grid, EPICS) if grid is not None and inputs.epics is not None else None
    if table is not None:
        more = [find_table(other, EPICS) for key in inputs.more_epics if (other := _filled(draft, inputs, key))]
        return [table, *(other for other in more if other is not None)]
    rule = f"Epics are read from a sheet with a header row: {EPIC_HEADINGS}."
    if grid is not None:
        _note_no_header(draft, grid, rule)
    elif inputs.several:
        names = ", ".join(inputs.several)
        draft.note(
            (), f"There is no sheet Epics, and several could be it: {names}.", rule, "Rename the right one to Epics."
        )
    else:
        draft.note((), "There is no sheet Epics.", rule, "Rename the sheet that holds the epics to Epics.")
    return []


def _note_no_header(draft: Draft, grid: Grid, rule: str) -> None:
    """No row of the sheet has headings that are known; those that it has are named."""
    headings = likely_header(grid)
    if headings:
        what = f"The headings of the sheet {grid.name} are not known: {', '.join(headings)}."
        draft.note_at((grid.name, 0, 0), what, rule, "Rename those that are meant; the others may stay as they are.")
    else:
        what = f"The sheet {grid.name} has no header row."
        draft.note_at((grid.name, 0, 0), what, rule, "Add a row with these headings.")


def epics_table(sheets: WorkbookSheets) -> Table | None:
    """The table of epics of a workbook; None where there is none."""
    scenarios = sheets.named(SCENARIOS)
    return find_inputs(sheets, [scenarios] if scenarios is not None else []).epics
