"""Reads a workbook into tables of cells by identity: which epic, which column; never which row and letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.intake.agreed_words import WORD_COLUMNS, words_sheets
from portfolio.intake.columns import (
    EPICS,
    NEVER_READ,
    SETTING_HEADINGS,
    SETTINGS,
    SHEETS,
    STREAMS,
    Sheet,
    plain,
)
from portfolio.intake.epics.links import COLUMNS as LINKS
from portfolio.intake.evidence.find_evidence import evidence_tables
from portfolio.intake.evidence_columns import VOTES
from portfolio.intake.inputs.find_inputs import find_inputs
from portfolio.intake.rows.kinds import data_rows
from portfolio.intake.scenario_columns import SCENARIOS
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.settings_rows import setting_named
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.merge.cell_content import Content, as_result, content_of, error_of, formula_of
from portfolio.merge.result_formulas import RESULTS, is_result_formula
from portfolio.merge.sheet_parts import SheetParts
from portfolio.merge.workbook_contents import (
    HEADING_ROW,
    KEY,
    LINK_KIND,
    RESULT_KIND,
    ColumnAt,
    Contents,
    RowAt,
    Table,
)
from portfolio.xlsx.guard.odd_cells import NEVER_CALCULATED
from portfolio.xlsx.patch.parts import Parts

MOVED_BY_PEOPLE = "Planned start"
SNAPSHOT_SHEET = "_portfolio_base"
WATCHED = ("readme", "lists")
"""Sheets that are written with the inputs, and on which people's edits are listed."""
IDENTITIES = {
    "Epics": ("id",),
    "Effort": ("epic", "value_stream"),
    "Value streams": ("id",),
    "Capacity": ("value_stream",),
    "Budget": ("value_stream",),
    "Dependencies": ("predecessor", "successor"),
    "Guardrails": ("name",),
    "Outcomes": ("objective", "key_result", "measured_on"),
    "History": ("epic", "state", "entered"),
    "Blocked": ("epic", "since"),
    "Deployments": ("id", "value_stream", "deployed"),
    "Incidents": ("value_stream", "began"),
    "Integrations": ("value_stream", "integrated"),
    "Objectives": ("period", "value_stream", "objective"),
    "Delivered": ("value_stream", "period"),
    "Actuals": ("epic", "value_stream"),
    "Votes": ("epic", "scorer"),
    "Forecasts": ("made_on", "subject", "question", "by"),
    WORD_COLUMNS.name: ("word", "column"),
}
"""The fields that tell the rows of a sheet apart."""
TITLES = {"Epics": "title", "Value streams": "name"}
"""The field that stands in for a missing identity, and by which a row is known again when its identity was changed."""
_Cells = dict[tuple[int, int], Content]


def read_contents(content: bytes, name: str) -> Contents:
    """A workbook's tables, what stands around them, and who saved it last."""
    sheets, parts = WorkbookSheets(content, name), SheetParts(Parts(content))
    found = Contents(author=parts.author())
    scenarios = sheets.named(SCENARIOS)
    others = [scenarios] if scenarios is not None else []
    evidence = evidence_tables(sheets, others)
    inputs = find_inputs(sheets, [*others, *evidence])
    kinds = {title: sheet for sheet in reversed(SHEETS) if (title := inputs.named.get(sheet.name)) is not None}
    if inputs.epics is not None:
        kinds[inputs.epics.grid.name] = EPICS
    kinds |= {title: table.sheet for title, table in evidence.items() if table.sheet is not None}
    kinds |= dict.fromkeys(words_sheets(sheets.names)[:1], WORD_COLUMNS)
    own = parts.own_sheets()
    results = [name for canonical, name in own.items() if canonical in RESULTS]
    for title in sheets.names:
        grid = sheets.grid(title)
        if title in kinds or plain(title) in WATCHED or not sheets.is_written(grid):
            _read_sheet(found, grid, parts, kinds.get(title), results)
    if scenarios is not None and (table := find_table(sheets.grid(scenarios), SCENARIOS)) is not None:
        header = table.sheet_row(table.header)
        named = {column.field: table.sheet_column(index) for column, index in table.columns.items()}
        headings = {column.field: column.heading for column in SCENARIOS.columns}
        found.named_in[scenarios] = {
            named[name]: (header, headings[name]) for name in ("what", "value") if name in named
        }
    return found


def _read_sheet(found: Contents, grid: Grid, parts: SheetParts, kind: Sheet | None, results: Sequence[str]) -> None:
    cells = _cells(grid, parts.formulas(grid.name))
    table = None if kind is None else _settings(grid) if kind is SETTINGS else _table(grid, kind)
    comments = parts.comments(grid.name)
    if table is not None:
        found.tables[table.name] = table
        by_row = {row.number: identity for identity, row in table.rows.items()} | {table.header: HEADING_ROW}
        by_column = {column.number: identity for identity, column in table.columns.items()}
        for row, identity in by_row.items():
            for column in range(grid.left, table.width):
                held = cells.pop((row, column), None) if column in by_column else None
                if held is not None and by_column[column] != KEY and identity != HEADING_ROW:
                    is_result = table.columns[by_column[column]].kind == RESULT_KIND
                    table.cells[identity, by_column[column]] = _known(held, results) if is_result else held
        for (row, column), said in list(comments.items()):
            if row in by_row and column in by_column:
                table.comments[by_row[row], by_column[column]] = comments.pop((row, column), said)
    if cells or kind is None:
        found.outside[grid.name] = cells
    if comments:
        found.outside_comments[grid.name] = comments


def _known(held: Content, results: Sequence[str]) -> Content:
    """A result that this program wrote is the same as every other: it follows from the inputs."""
    return as_result(held) if held.kind == "formula" and is_result_formula(held.text, results) else held


def _cells(grid: Grid, formulas: dict[tuple[int, int], str]) -> _Cells:
    """Every cell of a sheet that holds something."""
    cells: _Cells = {}
    for number, row in enumerate(grid.rows, grid.top):
        for column, value in enumerate(row, grid.left):
            if value != "" and (held := content_of(value)) is not None:
                cells[number, column] = held
    for cell, text in grid.odd_cells.items():
        if text != NEVER_CALCULATED:
            cells[cell] = error_of(text)
    for cell, text in formulas.items():
        result = cells.get(cell)
        cells[cell] = formula_of(text, None if result is None else result.value)
    return cells


def _table(grid: Grid, kind: Sheet) -> Table | None:
    """The table of an input sheet; None where its header row is not found."""
    found = find_table(grid, kind)
    if found is None:
        return None
    table = Table(kind.name, grid.name, found.sheet_row(found.header), grid.top + len(grid.rows) - 1)
    fields = {index: column for column, index in found.columns.items()}
    twice = {index: column for column, index in found.twice}
    results = {plain(name) for name in NEVER_READ if name != MOVED_BY_PEOPLE} if kind is EPICS else set()
    linked = {index for name in LINKS for index in found.beside.get(name, ())}
    columns = _Identities()
    for index, value in enumerate(found.headings):
        heading, number = as_text(value), found.sheet_column(index)
        if is_blank(value):
            continue
        column = fields.get(index) or twice.get(index)
        identity = column.field if column is not None else f"={plain(heading) or heading}"
        free = columns.free(identity)
        if free != identity:
            table.ambiguous[free] = identity
        other_kind = RESULT_KIND if plain(heading) in results else LINK_KIND if index in linked else ""
        kind_of = column.kind if column is not None else other_kind
        table.columns[free] = ColumnAt(heading, number, kind_of)
    table.width = max((column.number for column in table.columns.values()), default=0) + 1
    labels = [found.columns[column] for column in found.columns if column.field in _labels(kind)]
    rows = _Identities()
    for row in data_rows(found, labels):
        _add_row(table, kind, found.sheet_row(row), _row_texts(table, grid, row), rows)
    return table


def _labels(kind: Sheet) -> tuple[str, ...]:
    """What names a record of a sheet, as its reader has it."""
    return {"Epics": ("id", "title"), "Value streams": ("id", "name")}.get(kind.name, IDENTITIES[kind.name][:1])


def _row_texts(table: Table, grid: Grid, row: int) -> dict[str, str]:
    """The cells of a row that may tell it apart, as text."""
    wanted = [*IDENTITIES[table.name], TITLES.get(table.name, ""), KEY]
    numbers = {name: table.columns[name].number - grid.left for name in wanted if name in table.columns}
    return {name: as_text(grid.rows[row][number]) for name, number in numbers.items()}


def _add_row(table: Table, kind: Sheet, number: int, texts: dict[str, str], rows: _Identities) -> None:
    title = texts.get(TITLES.get(kind.name, ""), "")
    said = [texts.get(name, "") for name in IDENTITIES[kind.name]]
    identity = "|".join(part.casefold() for part in said) if any(said) else ""
    if not identity and title:
        said, identity = [title], f"title={title.casefold()}" if _has_ids(table, kind) else title.casefold()
    if not identity:
        return
    free = rows.free(identity)
    shown = said[:1] if kind is VOTES else [part for part in said if part]
    name = (" to " if kind.name == "Dependencies" else " ").join(shown)
    table.rows[free] = RowAt(number, name, title, texts.get(KEY, ""), identity if free != identity else "")


def _has_ids(table: Table, kind: Sheet) -> bool:
    return kind not in (EPICS, STREAMS) or "id" in table.columns


class _Identities:
    """Gives out identities: the first row or column gets its own, later ones of the same name get a number."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def free(self, identity: str) -> str:
        """The identity, or the same with a number where it was given out already."""
        free = identity
        while free in self._counts:
            self._counts[identity] += 1
            free = f"{identity}#{self._counts[identity]}"
        self._counts[free] = 1
        return free


def _settings(grid: Grid) -> Table | None:
    """The sheet Portfolio: a row for each setting, its value beside its name, remarks to the right of it."""
    named = [(number, *label) for number, label in _setting_labels(grid) if label is not None]
    if not named:
        return None
    headings = {plain(heading) for heading in (SETTING_HEADINGS[0], "Settings")}
    header = next((entry for entry in named if plain(entry[2]) in headings), None)
    left = (header or named[0])[1]
    table = Table(SETTINGS.name, grid.name, grid.top + header[0] if header else 0, grid.top + len(grid.rows) - 1)
    rows, columns = _Identities(), _Identities()
    above = grid.rows[header[0]] if header else ()
    for turn, (field, usual) in enumerate(zip(("setting", "value"), SETTING_HEADINGS, strict=False), left):
        heading = as_text(above[turn]) if turn < len(above) and not is_blank(above[turn]) else usual
        table.columns[field] = ColumnAt(heading, grid.left + turn)
    table.width = grid.left + left + 2
    for index, value in enumerate(above):
        if index > left + 1 and not is_blank(value):
            table.columns[columns.free(f"={plain(value)}")] = ColumnAt(as_text(value), grid.left + index)
            table.width = grid.left + index + 1
    for number, index, label in named:
        match = setting_named(str(label))
        beside = any(not is_blank(cell) for cell in grid.rows[number][index + 1 :])
        if index == left and (header is None or number != header[0]) and (match is not None or beside):
            identity = rows.free(match.column.field if match is not None else f"={plain(label)}")
            table.rows[identity] = RowAt(grid.top + number, label)
    return table


def _setting_labels(grid: Grid) -> Iterator[tuple[int, tuple[int, str] | None]]:
    """The first text of each row, and where it stands."""
    for number, row in enumerate(grid.rows):
        first = next((index for index, value in enumerate(row) if not is_blank(value)), None)
        yield number, (first, row[first]) if first is not None and isinstance(row[first], str) else None
