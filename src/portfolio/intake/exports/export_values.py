"""Reads the values of an export column by column, by the same steps as a workbook's: one decision for all cells of a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portfolio.domain import FieldFinding
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Raw
from portfolio.intake.columns import EPICS
from portfolio.intake.exports.mapping import Mapping as ColumnMapping
from portfolio.intake.headings.heading import take_apart
from portfolio.intake.headings.names import matches
from portfolio.intake.headings.units import Unit
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.dates import Order
from portfolio.intake.values.number_text import Mark
from portfolio.intake.values.read_column import read_column

MARKS: Mapping[str, Mark] = {"point": ".", "comma": ","}
"""The decimal mark that a mapping names."""
FALLBACKS: Mapping[str, Mark] = {",": ".", "\t": ".", "|": ".", ";": ","}
"""The decimal mark of a text table where none of a column's figures shows it, by its separator."""
IN_MAPPING = "Say which in the mapping (decimal, or dates), or correct it in the export."
"""What a mapping can settle, which a workbook cannot."""
TEXTS = ("text", "word")


def context_of(mapping: ColumnMapping, delimiter: str, words: Mapping[str, float]) -> Context:
    """How the values of an export are read where a column does not show it: as its mapping says, or as the file is written."""
    order: Order | None = None if mapping.dates == "auto" else mapping.dates
    return Context(MARKS.get(mapping.decimal), FALLBACKS.get(delimiter), order, words=words)


def read_values(
    epics: Sequence[Raw], fields: Mapping[str, Sequence[int]], headings: Sequence[str], context: Context
) -> list[FieldFinding]:
    """Reads what stands in the epics as text or cells into what their fields take; returns what has to be asked."""
    asked: list[FieldFinding] = []
    for name, places in fields.items():
        column = EPICS.column(name)
        if column.kind in TEXTS or not any(name in epic for epic in epics):
            continue
        cells = [epic.get(name, "") for epic in epics]
        read = read_column(cells, Wanted(column, _unit_of(headings[places[0]], name)), context)
        for epic, value in zip(epics, read.values, strict=True):
            if value is None:
                epic.pop(name, None)
            else:
                epic[name] = value
        for number, question in [*read.cells.items(), *read.whole]:
            path: FieldPath = ("epics", number, name)
            fix = IN_MAPPING if question.rule.startswith("It can be read as") else question.fix
            asked.append(FieldFinding(path, question.what, question.rule, fix, question.severity))
    return asked


def _unit_of(heading: str, name: str) -> Unit | None:
    """The unit that a heading names, for the field that it was taken for."""
    meant = next((match.unit for match in matches(heading, EPICS.columns) if match.column.field == name), None)
    return meant or next((unit for _, unit in take_apart(heading).names if unit is not None), None)
