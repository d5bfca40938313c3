"""The sheets of evidence and their columns: history, deliveries, past estimates, votes and forecasts beside the portfolio."""

from __future__ import annotations

from portfolio.domain.counted_rows import EVIDENCE
from portfolio.domain.evidence import LISTS, Evidence
from portfolio.intake.columns import CRITERIA, Sheet, field_column
from portfolio.intake.languages import Section, vocabulary
from portfolio.intake.languages.language import SCORED_AS_EPICS


def _sheet(name: str) -> Sheet:
    """The sheet of one list, headed as the fields of its rows are."""
    record = LISTS[name]
    sections: dict[str, Section] = dict.fromkeys(SCORED_AS_EPICS, "headings.epics")
    columns = tuple(
        field_column(record, field, sections.get(field, "headings.evidence"))
        for field in record.model_fields
        if field != CRITERIA
    )
    heading, *others = vocabulary().words("evidence_sheets")[name]
    assert heading == Evidence.model_fields[name].title
    return Sheet(heading, f"{EVIDENCE}{name}", columns, tuple(others))


EVIDENCE_SHEETS = tuple(map(_sheet, LISTS))
"""Every sheet of evidence, in the order they stand in a workbook: read by their names alone."""
VOTES = next(sheet for sheet in EVIDENCE_SHEETS if sheet.field == f"{EVIDENCE}votes")
SCORES = tuple(column.field for column in VOTES.columns if column.field not in ("epic", "scorer"))
"""What a vote may give a score to, besides the model's own criteria."""
ALSO_NEEDED = {f"{EVIDENCE}actuals": ("actual_effort",)}
"""What a sheet says nothing without, although a row may lack it."""


def needed(sheet: Sheet) -> tuple[str, ...]:
    """The fields without whose columns a sheet says nothing."""
    record = LISTS[sheet.field.removeprefix(EVIDENCE)]
    own = tuple(name for name, field in record.model_fields.items() if field.is_required())
    return (*own, *ALSO_NEEDED.get(sheet.field, ()))
