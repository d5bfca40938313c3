"""Which sheets of a file are evidence: those that are called so and have the columns without which they would say nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from portfolio.domain.wording import first_of
from portfolio.intake.columns import Sheet, has_written_name, plain
from portfolio.intake.draft import Draft
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS, SCORES, VOTES, needed
from portfolio.intake.inputs.find_inputs import Sheets
from portfolio.intake.languages import vocabulary
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.table import Table

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def evidence_called(name: str) -> Sheet | None:
    """The sheet of evidence that a name means, in whatever language, with words or numbers besides: `History 2026`."""
    known = {plain(word): sheet for sheet in EVIDENCE_SHEETS for word in (sheet.name, *sheet.aliases)}
    if plain(name) in known:
        return known[plain(name)]
    words = WORD.findall(name)
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            meant = vocabulary().meaning("evidence_sheets", " ".join(words[start : start + length]))
            if meant is not None:
                return next(sheet for sheet in EVIDENCE_SHEETS if sheet.field.endswith(f".{meant.name}"))
    return None


def find_evidence(draft: Draft, sheets: Sheets, others: Collection[str]) -> dict[str, Table]:
    """The table of each sheet of evidence by the sheet's name; what is called so and lacks a column is said."""
    found = dict[str, Table]()
    for name, table in evidence_tables(sheets, others).items():
        assert table.sheet is not None
        missing = lacking(table, table.sheet)
        if not missing:
            found[name] = table
        elif len(missing) < len(needed(table.sheet)) and plain(name) == plain(table.sheet.name):
            note_missing(draft, table, missing)
    return found


def evidence_tables(sheets: Sheets, others: Collection[str] = ()) -> dict[str, Table]:
    """The tables of all sheets that are called like evidence, by the names of their sheets.

    Of two sheets of one kind the one that has all columns, and is called just so, counts.
    """
    called = {
        name: sheet
        for name in sheets.names
        if name not in others and not has_written_name(name, "") and (sheet := evidence_called(name)) is not None
    }
    tables = {name: table for name, sheet in called.items() if (table := find_table(sheets.grid(name), sheet))}
    ordered = sorted(
        tables, key=lambda name: (bool(lacking(tables[name], called[name])), plain(name) != plain(called[name].name))
    )
    first = {called[name].name: name for name in reversed(ordered)}
    return {name: table for name, table in tables.items() if first[called[name].name] == name}


def lacking(table: Table, sheet: Sheet) -> list[str]:
    """The headings of the columns that a table would have to have, and has not."""
    fields = {column.field for column in table.columns}
    missing = [sheet.column(name).heading for name in needed(sheet) if name not in fields]
    if sheet is VOTES and not missing and not fields & {*SCORES}:
        own = {"epic", "scorer"}
        others = [heading for heading in table.headings if str(heading).strip() and fields <= own]
        return [] if len(others) > len(own) else ["a score"]
    return missing


def note_missing(draft: Draft, table: Table, missing: Sequence[str]) -> None:
    """Says which columns a table lacks, so that nobody wonders why it is not read."""
    draft.note_at(
        (table.grid.name, table.sheet_row(table.header), table.left_column),
        f"The sheet {table.grid.name} has no column {' and no column '.join(missing)}.",
        f"Without {'it' if len(missing) == 1 else 'them'} its rows say nothing, and none of them is read.",
        f"Add {'it' if len(missing) == 1 else 'them'} beside {first_of([column.heading for column in table.columns], 3)}, or "
        "rename the sheet, if it is something else.",
        "warning",
    )
