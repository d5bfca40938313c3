"""Reads the rows of a sheet of evidence; a row that cannot be right counts for nothing, and that is said at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from portfolio.domain.counted_rows import EVIDENCE, of_evidence
from portfolio.domain.evidence import LISTS
from portfolio.domain.finding import FieldFinding
from portfolio.domain.json_form import Raw
from portfolio.intake.columns import CRITERIA, Sheet
from portfolio.intake.draft import Draft
from portfolio.intake.epics.criteria import take_criteria_columns
from portfolio.intake.evidence_columns import VOTES
from portfolio.intake.references.names import Names
from portfolio.intake.tables.table import Table

EPICS = ("epic", "parent", "subject")
STREAMS = ("value_stream", "waits_for", "subject")
"""Fields that may name an epic or a value stream, which then is known by its ID; others keep their names."""
LENGTH_OF_A_DAY = 10


def read_evidence(draft: Draft, tables: Mapping[str, Table]) -> None:
    """Reads every table of evidence into one object of the portfolio."""
    for table in tables.values():
        assert table.sheet is not None
        _read(draft, table, table.sheet)
    lists = {key.removeprefix(EVIDENCE): draft.raw.pop(key) for key in list(draft.raw) if key.startswith(EVIDENCE)}
    filled = {name: lists[name] for name in LISTS if lists.get(name)}
    if filled:
        draft.raw["evidence"] = filled


def _read(draft: Draft, table: Table, sheet: Sheet) -> None:
    if sheet is VOTES:
        take_criteria_columns(draft, table)
    before = len(draft.problems)
    draft.read_records(table, sheet.field, draft.kinds_of(table, [sheet.columns[0].field]))
    rows: list[Raw] = draft.raw[sheet.field]
    if sheet is VOTES:
        _nest_criteria(draft, rows)
    _take_days(rows, sheet)
    _refer(draft, rows)
    problems = draft.problems[before:]
    del draft.problems[before:]
    own = [one for one in problems if one.path[0] == sheet.field and len(one.path) > 1 and isinstance(one.path[1], int)]
    draft.problems += [one for one in problems if one not in own]
    _leave_out(draft, sheet, [*own, *_missing(rows, sheet)])


def _missing(rows: Iterable[Raw], sheet: Sheet) -> Iterable[FieldFinding]:
    """Rows without what every row needs."""
    record = LISTS[sheet.field.removeprefix(EVIDENCE)]
    required = [sheet.column(name) for name, field in record.model_fields.items() if field.is_required()]
    for number, row in enumerate(rows):
        for column in required:
            if column.field not in row:
                what = f"{column.heading} is empty."
                yield FieldFinding(
                    (sheet.field, number, column.field), what, "Every row needs one.", "Enter it, or delete the row."
                )


def _leave_out(draft: Draft, sheet: Sheet, problems: Iterable[FieldFinding]) -> None:
    """Takes the rows with these problems out, and says each at the place where it stands."""
    rows, places, wrong = draft.raw[sheet.field], draft.places.records[sheet.field], dict[int, FieldFinding]()
    for problem in problems:
        number = problem.path[1]
        assert isinstance(number, int)
        if number in wrong:
            continue
        wrong[number] = problem
        said = of_evidence(problem)
        draft.note_at(draft.places.cell(problem.path), said.what, said.rule, said.fix, said.severity)
    if wrong:
        draft.raw[sheet.field] = [row for number, row in enumerate(rows) if number not in wrong]
        places.rows[:] = [row for number, row in enumerate(places.rows) if number not in wrong]


def _refer(draft: Draft, rows: Iterable[Raw]) -> None:
    """Epics and value streams by their IDs, whether their ID or their title is written."""
    epics, streams = draft.names_of("epics", exactly=True), draft.names_of("value_streams", exactly=True)
    for fields, names in ((EPICS, epics), (STREAMS, streams)):
        if names:
            _respell(rows, fields, names)


def _respell(rows: Iterable[Raw], fields: Iterable[str], names: Names) -> None:
    for field in fields:
        for row in rows:
            said = row.get(field)
            if said is not None and (known := names.find(said)) is not None:
                row[field] = known


def _take_days(rows: Iterable[Raw], sheet: Sheet) -> None:
    """A cell that holds a day with its time means the day, where only days are asked for."""
    for field in [column.field for column in sheet.columns if column.kind == "date"]:
        for row in rows:
            said: Any = row.get(field)
            if isinstance(said, str) and said[LENGTH_OF_A_DAY : LENGTH_OF_A_DAY + 1] in (" ", "T"):
                row[field] = said[:LENGTH_OF_A_DAY]


def _nest_criteria(draft: Draft, votes: Iterable[Raw]) -> None:
    """What was read of the model's own criteria becomes one field of each vote."""
    names = [criterion.name for criterion in draft.criteria]
    for vote in votes:
        given = {name: vote.pop(name) for name in names if name in vote}
        if given:
            vote[CRITERIA] = given
