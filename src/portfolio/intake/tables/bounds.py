"""Headings that promise a least or a most, as `Effort max`: nobody knows them, and a range is of percentiles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio.domain.uncertainty import KINDS
from portfolio.intake.columns import EPICS
from portfolio.intake.headings.names import matches
from portfolio.intake.languages import vocabulary
from portfolio.intake.tables.table import Table
from portfolio.intake.values.number_text import figure

BOUND = re.compile(
    r"(?<![^\W\d_])(?:(?P<least>m[ií]n|мин)|m[aá]x|макс)[^\W\d_]*\.?(?![^\W\d_])|(?P<smallest>最小)|最大", re.IGNORECASE
)
FIELDS = {"effort": "effort", "benefit_per_week": "benefit", "external_cost": "external_cost"}
OTHERS = {"benefit": "benefit", "cost": "external_cost"}


def bounds(table: Table) -> Iterator[tuple[int, str, str]]:
    """Columns of figures that are headed as a least or a most: the position, and the columns of a range for it instead."""
    taken = {*table.columns.values()}
    for index, heading in enumerate(table.headings):
        if index in taken or not isinstance(heading, str) or (found := BOUND.search(heading)) is None:
            continue
        word = _kind_of(BOUND.sub(" ", heading))
        rows = table.grid.rows[table.header + 1 :]
        if word is not None and any(index < len(row) and figure(row[index]) is not None for row in rows):
            yield index, word, "low" if found["least"] or found["smallest"] else "high"


def _kind_of(name: str) -> str | None:
    """What a range is asked for, by the word its columns begin with; None where no range has this name."""
    text = " ".join(name.replace("(", " ").replace(")", " ").split())
    if not text:
        return None
    for match in matches(text, EPICS.columns):
        if match.column.field in FIELDS:
            return KINDS[FIELDS[match.column.field]]
    for meaning in vocabulary().meanings("others", text):
        if meaning.name in OTHERS:
            return KINDS[OTHERS[meaning.name]]
    means = vocabulary().meaning("sheets", text)
    return "Capacity" if means is not None and means.name == "capacity" else None
