"""Which table of a file is an export, and of which tool."""

from __future__ import annotations

from pathlib import Path

from portfolio.errors import WrongUseError
from portfolio.intake.exports.export_columns import Recognised, recognise
from portfolio.intake.exports.export_table import ExportTable, read_tables
from portfolio.intake.exports.mapping import Mapping


def recognise_file(
    path: Path, mapping: Mapping | None, sheet: str | None = None
) -> tuple[ExportTable, Recognised | None]:
    """The first table that a mapping was made for, tools before tables of epics; None where no headings are known.

    Raises WrongUseError where the file is no table at all, or a mapping that was asked for fits none of its tables.
    """
    tables = list(read_tables(path, sheet))
    plain: tuple[ExportTable, Recognised] | None = None
    refusal: WrongUseError | None = None
    for table in tables:
        try:
            found = recognise(table, mapping)
        except WrongUseError as failure:
            if "mapping" not in failure.arguments:
                raise
            refusal = refusal or failure
            continue
        if not found.mapping.workbook_names:
            return table, found
        plain = plain or (table, found)
    if plain is not None:
        return plain
    if mapping is not None and refusal is not None:
        raise refusal
    return tables[0], None
