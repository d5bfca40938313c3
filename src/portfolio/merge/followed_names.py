"""Follows names that were changed: what refers to an epic, a value stream or a period by its old name gets the new one.

The name of a record stands in many places, and who changes it changes it in one. So its rows on other sheets are known again
by the new name too, and those that still say the old one are changed along.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio.domain.references import PERIOD_FIELDS
from portfolio.merge.cell_content import Content, content_of
from portfolio.merge.cell_merge import PLANNED_START
from portfolio.merge.merged import CellChange, Edits, Merged
from portfolio.merge.workbook_contents import HEADING_ROW, Table

EPICS, STREAMS, PERIODS = "Epics", "Value streams", "periods"
IDENTITY_PARTS = {
    "Effort": (EPICS, STREAMS),
    "Dependencies": (EPICS, EPICS),
    "Capacity": (STREAMS,),
    "Budget": (STREAMS,),
}
"""What the parts of a row's identity are names of."""
REFERENCES = {
    EPICS: (("Effort", "epic"), ("Dependencies", "predecessor"), ("Dependencies", "successor")),
    STREAMS: (
        ("Effort", "value_stream"),
        ("Capacity", "value_stream"),
        ("Budget", "value_stream"),
        (EPICS, "value_stream"),
    ),
    PERIODS: tuple((EPICS, field) for field in (*PERIOD_FIELDS, PLANNED_START)),
}
"""The columns in which records are named, by the sheet on which they have their name."""
BY_PERIOD = ("Capacity", "Budget")
"""The sheets whose columns are periods."""
_ID = "id"


@dataclass(frozen=True)
class Renamed:
    """A name that was changed, with the files that say so."""

    kind: str
    before: str
    after: str
    files: tuple[str, ...]


def old_identities(table: Table, renamed: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The rows of a table that name a record by its new name, each with the identity that it had; all without case."""
    found = {}
    kinds = IDENTITY_PARTS.get(table.name, ())
    for identity in table.rows:
        parts = identity.split("|")
        if len(parts) == len(kinds):
            old = "|".join(renamed.get(kind, {}).get(part, part) for kind, part in zip(kinds, parts, strict=True))
            if old != identity and old not in table.rows:
                found[identity] = old
    return found


def follow(merged: Merged, base: Mapping[str, Table], renamed: list[Renamed]) -> None:
    """Changes everything in the base that still says an old name."""
    for name in renamed:
        for sheet, column in REFERENCES[name.kind]:
            if sheet in base and column in base[sheet].columns:
                _follow(merged, base[sheet], column, name)


def _follow(merged: Merged, table: Table, column: str, name: Renamed) -> None:
    edits = merged.edits.setdefault(table.name, Edits())
    for row in [*table.rows, *edits.rows_added]:
        key = (row, column)
        held = edits.cells[key] if key in edits.cells else table.cells.get(key)
        if held is None or held.kind == "formula" or held.text.casefold() != name.before.casefold():
            continue
        new = content_of(name.after)
        edits.cells[key] = new
        if row in table.rows and row not in edits.rows_removed:
            label, heading = table.rows[row].label, table.columns[column].heading
            merged.changes.append(CellChange(table.name, *key, label, heading, held, new, name.files, "applied"))


def changed_ids(merged: Merged) -> Iterator[Renamed]:
    """The IDs of epics and value streams that are changed by the merge."""
    for change in merged.changes:
        if change.sheet in (EPICS, STREAMS) and change.column == _ID and change.status == "applied":
            before, after = _text(change.before), _text(change.after)
            if before and after:
                yield Renamed(change.sheet, before, after, change.files)


def renamed_periods(merged: Merged, base: Mapping[str, Table]) -> Iterator[Renamed]:
    """The periods that get another label; their columns on other sheets get it, too."""
    for sheet in BY_PERIOD:
        for column, heading in dict(merged.edits[sheet].headings if sheet in merged.edits else {}).items():
            old = base[sheet].columns[column].heading
            files = tuple(
                file
                for change in merged.changes
                if (change.sheet, change.row, change.column) == (sheet, HEADING_ROW, column)
                for file in change.files
            )
            for other in BY_PERIOD:
                if other in base and column in base[other].columns and other != sheet:
                    _rename_column(merged, base[other], column, heading, files)
            yield Renamed(PERIODS, old, heading, files)


def _rename_column(merged: Merged, table: Table, column: str, heading: str, files: tuple[str, ...]) -> None:
    edits = merged.edits.setdefault(table.name, Edits())
    if column not in edits.headings:
        edits.headings[column] = heading
        merged.changes.append(heading_change(table, column, heading, files))


def heading_change(table: Table, column: str, heading: str, files: tuple[str, ...]) -> CellChange:
    """A column that gets another heading, as a change."""
    old = table.columns[column].heading
    place = (table.name, HEADING_ROW, column, "heading", old)
    return CellChange(*place, content_of(old), content_of(heading), files, "applied")


def _text(content: Content | None) -> str:
    return "" if content is None or content.kind == "formula" else content.text
