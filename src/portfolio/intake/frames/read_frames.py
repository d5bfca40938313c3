"""Reads a portfolio from frames, with every problem at the row and column where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from portfolio.domain.counted_rows import EVIDENCE
from portfolio.domain.evidence import LISTS
from portfolio.domain.finding import Path
from portfolio.domain.parsing import Settle
from portfolio.domain.spelling import suggestion
from portfolio.errors import WrongUseError
from portfolio.intake.calendar_settings import set_calendar
from portfolio.intake.columns import BUDGET, CAPACITY, DEPENDENCIES, EFFORT, EPICS, GUARDRAILS, OUTCOMES, STREAMS, Sheet
from portfolio.intake.draft import Draft
from portfolio.intake.epics.criteria import criteria_of
from portfolio.intake.epics.effort_sheet import read_effort
from portfolio.intake.epics.links import add_links
from portfolio.intake.epics.read_epics import check_id_column, find_parents, read_epics
from portfolio.intake.evidence.find_evidence import lacking, note_missing
from portfolio.intake.evidence.read_evidence import read_evidence
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS
from portfolio.intake.frames.cells import cell_of, is_nested, plain_form, sound_text
from portfolio.intake.frames.frame_grid import FrameGrid, frame_grid, frame_of, quoted
from portfolio.intake.frames.periods import amounts_grid
from portfolio.intake.read_portfolio import Reading, reading_of
from portfolio.intake.record_sheets import read_dependencies, read_guardrails, read_outcomes
from portfolio.intake.settings_sheet import read_settings
from portfolio.intake.source_map import SourceMap
from portfolio.intake.stream_sheets import read_amounts, read_streams
from portfolio.intake.tables.find_tables import table_below
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text
from portfolio.operating_model.criteria import Criterion

if TYPE_CHECKING:
    from portfolio.intake.frames.frame_grid import Tabular

    Settings: TypeAlias = "Mapping[str, object] | Tabular"
    """Settings by their names: a mapping, a series, or a frame with a row for each."""

READERS: tuple[tuple[Sheet, Callable[[Draft, Table], None]], ...] = (
    (EFFORT, read_effort),
    (DEPENDENCIES, read_dependencies),
    (GUARDRAILS, read_guardrails),
    (OUTCOMES, read_outcomes),
)
"""Tables that refer to epics, in the order they are read."""


@dataclass
class FrameTables:
    """The tables of a portfolio that were given, by the names of their arguments."""

    tables: Mapping[str, Tabular]
    settings: Settings | None = None
    criteria: tuple[Criterion, ...] = ()
    """The criteria of a model that was asked for instead of the one that the settings name."""
    draft: Draft = field(init=False)
    grids: dict[str, FrameGrid] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draft = Draft(SourceMap(["settings", *self.tables], fallback="epics"))

    def read(self, settle: Settle) -> Reading:
        """The portfolio that the tables hold, and all that is wrong with them."""
        draft = self.draft
        counts = {} if self.settings is None else read_settings(draft, self._settings(self.settings))
        draft.criteria = self.criteria or criteria_of(draft.raw.get("model"), None)
        self._read(STREAMS, read_streams)
        labels = self._amounts(CAPACITY, None)
        set_calendar(draft, counts, labels)
        if labels:
            self._amounts(BUDGET, labels)
        epics = self._read(EPICS, self._read_epics)
        for sheet, read in READERS:
            self._read(sheet, read)
        read_evidence(draft, self._evidence())
        add_links(draft)
        find_parents(draft)
        if epics is not None and "epics" in draft.raw:
            check_id_column(draft, epics)
        return reading_of(draft, settle, self.place)

    def place(self, path: Path) -> str:
        """Where a field stands, as a program looks it up."""
        name, row, column = self.draft.places.cell(path)
        return self.grids[name].place(row, column) if name in self.grids else name

    def _read(self, sheet: Sheet, read: Callable[[Draft, Table], None]) -> Table | None:
        given = self.tables.get(sheet.field)
        if given is None:
            return None
        found = self.grids[sheet.field] = frame_grid(given, sheet.field, sheet)
        table = table_below(found.grid, 0, sheet)
        if not found.rows:
            return None
        read(self.draft, table)
        self._put_nested(sheet, table, found.nested)
        return table

    def _evidence(self) -> dict[str, Table]:
        """The tables of evidence that have the columns they need."""
        found = {}
        for sheet in EVIDENCE_SHEETS:
            given = self.tables.get(sheet.field)
            if given is None:
                continue
            frame = self.grids[sheet.field] = frame_grid(given, sheet.field, sheet)
            table = table_below(frame.grid, 0, sheet)
            if missing := lacking(table, sheet):
                note_missing(self.draft, table, missing)
            elif frame.rows:
                found[sheet.field] = table
        return found

    def _read_epics(self, draft: Draft, table: Table) -> None:
        if {"id", "title"} & {column.field for column in table.columns}:
            read_epics(draft, table)
        else:
            what = "The frame `epics` has no column ID."
            draft.note_at(
                ("epics", 0, 0),
                what,
                "An epic is named by its ID.",
                "Give the column or index that holds the IDs the name ID.",
            )

    def _put_nested(self, sheet: Sheet, table: Table, nested: Mapping[tuple[int, int], object]) -> None:
        """Puts lists and mappings into the records of their rows, as JSON has them."""
        records = self.draft.places.records.get(sheet.field)
        if records is None or sheet.field not in self.draft.raw:
            return
        fields = {table.sheet_column(index): column.field for column, index in table.columns.items()}
        position = {row: index for index, row in enumerate(records.rows)}
        for (row, column), value in nested.items():
            if row in position and column in fields and value is not None:
                self.draft.raw[sheet.field][position[row]][fields[column]] = value

    def _amounts(self, sheet: Sheet, periods: list[str] | None) -> list[str]:
        given = self.tables.get(sheet.field)
        if given is None:
            return []
        found = self.grids[sheet.field] = amounts_grid(self.draft, given, sheet.field, sheet)
        if not found.rows:
            return periods or []
        return read_amounts(self.draft, found.grid, sheet, periods)

    def _settings(self, settings: Settings) -> Grid:
        """The settings as a sheet of labels with their values, those of the calendar among them."""
        pairs: dict[str, object] = dict(settings) if isinstance(settings, Mapping) else _pairs(settings)
        calendar = pairs.pop("calendar", None)
        if isinstance(calendar, Mapping):
            pairs.update(calendar)
        rows = [[sound_text(str(name)), _setting(value)] for name, value in pairs.items()]
        grid = Grid("settings", rows, 2, 1, {})
        self.grids["settings"] = FrameGrid(grid, [quoted(str(name)) for name in pairs], [])
        return grid


def _setting(value: object) -> object:
    if is_nested(value):
        found = plain_form(value)
        return "" if found is None else found
    return cell_of(value)


def _pairs(settings: Tabular) -> dict[str, object]:
    """The settings of a frame: its first column, or its index, holds their names."""
    frame = frame_of(settings, "settings")
    if frame.shape[1] > 1:
        frame = frame.set_index(frame.columns[0])
    values: Iterable[object] = frame.iloc[:, 0].astype(object) if frame.shape[1] else ()
    return {as_text(cell_of(name)): value for name, value in zip(frame.index, values, strict=False)}


def evidence_tables(evidence: Mapping[str, Tabular]) -> dict[str, Tabular]:
    """Tables of evidence by their place in the portfolio; raises WrongUseError for a list that there is not."""
    for name in evidence:
        if name not in LISTS:
            fix = suggestion(name, LISTS, f"the lists are {', '.join(LISTS)}.")
            raise WrongUseError(f"`{name}` is no list of the evidence; {fix[:1].lower()}{fix[1:]}")
    return {f"{EVIDENCE}{name}": table for name, table in evidence.items()}


def read_frames(
    tables: Mapping[str, Tabular | None],
    settings: Settings | None,
    settle: Settle,
    criteria: tuple[Criterion, ...] = (),
) -> Reading:
    """The portfolio that frames hold, validated as `settle` fills it in; only what is no table at all is refused."""
    given = {name: table for name, table in tables.items() if table is not None}
    return FrameTables(given, settings, criteria).read(settle)
