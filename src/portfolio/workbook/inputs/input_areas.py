"""Where the input sheets stand: one table of cells that every formula of a workbook points to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from portfolio.domain import Epic, Portfolio
from portfolio.domain.counted_rows import EVIDENCE
from portfolio.domain.evidence import Vote
from portfolio.domain.record import Record
from portfolio.domain.uncertainty import ONLY_WHERE_GIVEN
from portfolio.intake import columns
from portfolio.intake.columns import Sheet
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS, needed
from portfolio.intake.scenario_columns import SCENARIOS, ScenarioRow
from portfolio.operating_model.criteria import Criterion
from portfolio.xlsx.write.area import Area, area, quoted, sheet_name

ROOM = 1_000
"""So many rows below a table are watched for more of them."""
RANKED = ("wsjf", "rank")
PLANNED = ("decision", "planned_start", "planned_finish")
"""Keys of the result columns on the `Epics` sheet, in the order of their headings."""


@dataclass(frozen=True)
class InputAreas:
    """The input sheets of one portfolio; period columns have the keys `period 1`, `period 2` and so on."""

    portfolio: Portfolio
    results: tuple[str, ...] = ()
    scenarios: tuple[ScenarioRow, ...] | None = field(default=None, kw_only=True)
    """The rows of `Scenarios`; None where there is no such sheet."""
    criteria: tuple[Criterion, ...] = field(default=(), kw_only=True)
    """What the model asks about each epic in columns of its own."""
    with_evidence: bool = field(default=False, kw_only=True)
    """Whether every sheet of evidence is there with all its columns, to be filled in."""

    @cached_property
    def epics_sheet(self) -> Sheet:
        """`Epics` with a column for each criterion of the model, and for what else epics have of them."""
        known = {criterion.name: criterion for criterion in self.criteria}
        more = dict.fromkeys(name for epic in self.portfolio.epics for name in epic.criteria if name not in known)
        own = [columns.criterion_column(one.name, one.takes, one.means) for one in known.values()]
        own += [columns.criterion_column(name, "text") for name in more]
        used = _used(columns.EPICS, self.portfolio.epics)
        return replace(used, columns=(*used.columns, *own)) if own else used

    @cached_property
    def streams_sheet(self) -> Sheet:
        """`Value streams`, with the columns of ranges only where a value stream has one."""
        return _used(columns.STREAMS, self.portfolio.value_streams)

    @cached_property
    def dependencies_sheet(self) -> Sheet:
        """`Dependencies`, with what became of them only where somebody says so."""
        return _used(columns.DEPENDENCIES, self.portfolio.dependencies)

    @cached_property
    def outcomes_sheet(self) -> Sheet:
        """`Outcomes`, with the columns of readings only where there are some."""
        return _used(columns.OUTCOMES, self.portfolio.outcomes)

    @cached_property
    def evidence_sheets(self) -> tuple[Sheet, ...]:
        """The sheets of evidence that hold something, each with the columns that do."""
        if self.with_evidence:
            return EVIDENCE_SHEETS
        return tuple(_filled(sheet, rows) for sheet in EVIDENCE_SHEETS if (rows := self.evidence_rows(sheet)))

    def evidence_rows(self, sheet: Sheet) -> Sequence[Record]:
        """The rows of a sheet of evidence."""
        rows: Sequence[Record] = getattr(self.portfolio.evidence, sheet.field.removeprefix(EVIDENCE))
        return rows

    @cached_property
    def settings_sheet(self) -> Sheet:
        """`Portfolio`, with the settings of a simulation only where they are given."""
        return _used(columns.SETTINGS, [self.portfolio])

    @cached_property
    def tables(self) -> Mapping[str, tuple[int, Sequence[str]]]:
        """How many rows each input sheet has, and the keys of its columns; `Epics` ends with the result columns."""
        portfolio = self.portfolio
        periods = [f"period {number}" for number in range(1, max(1, len(portfolio.calendar.periods)) + 1)]
        budgets = sum(stream.budget is not None for stream in portfolio.value_streams)
        return {
            "Portfolio": (len(self.settings_sheet.columns), ["setting", "value", "meaning"]),
            "Epics": (len(portfolio.epics), self.epic_keys),
            "Effort": (len(self.efforts), _fields(columns.EFFORT)),
            "Value streams": (len(portfolio.value_streams), _fields(self.streams_sheet)),
            "Capacity": (len(portfolio.value_streams), ["value_stream", *periods]),
            "Budget": (budgets, ["value_stream", *periods]),
            "Dependencies": (len(portfolio.dependencies), _fields(self.dependencies_sheet)),
            "Guardrails": (len(portfolio.guardrails), _fields(columns.GUARDRAILS)),
            "Outcomes": (len(portfolio.outcomes), _fields(self.outcomes_sheet)),
            SCENARIOS.name: (len(self.scenarios or ()), _fields(SCENARIOS)),
        }

    @property
    def epic_keys(self) -> Sequence[str]:
        """The columns of the epics: every field, then the results."""
        return [*_fields(self.epics_sheet), *self.results]

    def place(self, sheet: str) -> Area:
        """Where the table of an input sheet stands: here on a sheet of its own, below one row of headings."""
        count, keys = self.tables[sheet]
        return area(sheet, 1, count, list(keys))

    @cached_property
    def settings(self) -> Area:
        """`Portfolio`: a row per setting."""
        return self.place("Portfolio")

    def setting(self, field: str) -> str:
        """The cell of one setting."""
        fields = [column.field for column in self.settings_sheet.columns]
        return self.settings.at("value", self.settings.first + fields.index(field))

    @cached_property
    def epics(self) -> Area:
        """`Epics`: a row per epic, with the result columns at the end where there are results."""
        return self.place("Epics")

    @cached_property
    def own_effort(self) -> Mapping[str, str]:
        """The epics whose effort stands in their own row of `Epics`, each with the value stream it is asked of."""
        return {epic.id: next(iter(epic.effort)) for epic in self.portfolio.epics if len(epic.effort) == 1}

    @cached_property
    def efforts(self) -> list[tuple[Epic, str, float]]:
        """The rows of `Effort`: what stands in no epic's own row."""
        return [
            (epic, stream, units)
            for epic in self.portfolio.epics
            for stream, units in epic.effort.items()
            if self.own_effort.get(epic.id) != stream
        ]

    @cached_property
    def effort(self) -> Area:
        """`Effort`: a row per epic and value stream."""
        return self.place("Effort")

    @cached_property
    def streams(self) -> Area:
        """`Value streams`: a row for each."""
        return self.place("Value streams")

    @cached_property
    def capacity(self) -> Area:
        """`Capacity`: a row per value stream, a column per period."""
        return self.place("Capacity")

    @cached_property
    def budget(self) -> Area:
        """`Budget`: a row per value stream that has one, a column per period."""
        return self.place("Budget")

    @cached_property
    def dependencies(self) -> Area:
        """`Dependencies`: a row for each."""
        return self.place("Dependencies")

    @cached_property
    def guardrails(self) -> Area:
        """`Guardrails`: a row for each mix limit."""
        return self.place("Guardrails")

    @cached_property
    def outcomes(self) -> Area:
        """`Outcomes`: a row for each key result."""
        return self.place("Outcomes")

    def as_written(self, section: str, index: int, field: str) -> str | None:  # noqa: ARG002
        """What the cell of a field says where that is written otherwise than it is typed here."""
        return None

    @property
    def watched(self) -> Sequence[tuple[str, str]]:
        """Which further cells no formula follows: what they are, and a test that is true once one says something else."""
        return [
            (f"rows of {sheet}", is_other_count(sheet, "A", 2, count + 1 + ROOM, count))
            for sheet, (count, _) in self.tables.items()
            if count and sheet not in ("Portfolio", SCENARIOS.name)
        ]

    @property
    def periods(self) -> str:
        """The labels of all periods: the headings of `Capacity`."""
        return self.capacity.header("period 1", f"period {max(1, len(self.portfolio.calendar.periods))}")


def is_other_count(sheet: str, letters: str, first: int, last: int, count: int) -> str:
    """Whether another number of cells is filled, between two rows of a column of a sheet."""
    cells = f"{sheet_name(sheet)}!${letters}${first}:${letters}${last}"
    return f'SUMPRODUCT(--({cells}<>""))<>{count}'


def _used(sheet: Sheet, records: Sequence[Record]) -> Sheet:
    """A sheet without the columns of what nobody says to be uncertain; it is itself where they are all there."""
    kept = tuple(
        column
        for column in sheet.columns
        if column.field not in ONLY_WHERE_GIVEN
        or any(getattr(record, column.field) not in (None, ()) for record in records)
    )
    return sheet if len(kept) == len(sheet.columns) else replace(sheet, columns=kept)


def _filled(sheet: Sheet, rows: Sequence[Record]) -> Sheet:
    """A sheet of evidence with the columns that every row needs, that one has, and those of the model's own criteria."""
    kept = [
        column
        for column in sheet.columns
        if column.field in needed(sheet) or any(getattr(row, column.field) is not None for row in rows)
    ]
    own = dict.fromkeys(name for row in rows if isinstance(row, Vote) for name in row.criteria)
    return replace(sheet, columns=(*kept, *(columns.criterion_column(name, "number") for name in own)))


def _fields(sheet: Sheet) -> list[str]:
    return [column.field for column in sheet.columns]


def in_progress(portfolio: Portfolio, given: Callable[[str], str]) -> str:
    """A formula for whether an epic has begun: its Start is decided, or its state is an active one.

    `given` is what the sheet `Epics` says of the epic in one of its columns.
    """
    states = [f"{given('state')}={quoted(state)}" for state in sorted(portfolio.active_states)]
    return f"OR({','.join([given('start') + '<>' + quoted(''), *states])})"
