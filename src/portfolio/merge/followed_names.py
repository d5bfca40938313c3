"""Follows names that were changed: what refers to an epic, a value stream or a period by its old name gets the new one.

The name of a record stands in many places, and who changes it changes it in one. So its rows on other sheets are known again
by the new name too, and those that still say the old one are changed along: whole cells, what stands between others in a
cell, and what a scenario says in a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from portfolio.domain.references import PERIOD_FIELDS
from portfolio.merge.cell_content import Content, content_of, number_in
from portfolio.merge.cell_merge import PLANNED_START
from portfolio.merge.mentions import with_new_names
from portfolio.merge.merged import CellChange, Edits, Merged, Renamed
from portfolio.merge.workbook_contents import HEADING_ROW, LINK_KIND, CellKey, Contents, Table
from portfolio.xlsx.cell_names import column_letters

EPICS, STREAMS, PERIODS = "Epics", "Value streams", "periods"
ALL = (EPICS, STREAMS, PERIODS)
NAMES = {EPICS: ("id", "title"), STREAMS: ("id", "name")}
"""The columns in which a record has its names: its ID, and what it is called."""
IDENTITY_PARTS = {
    "Effort": (EPICS, STREAMS),
    "Dependencies": (EPICS, EPICS),
    "Capacity": (STREAMS,),
    "Budget": (STREAMS,),
}
"""What the parts of a row's identity are names of."""
REFERENCES: Mapping[str, Mapping[str, Collection[str]]] = {
    "Effort": {"epic": (EPICS,), "value_stream": (STREAMS,)},
    "Dependencies": {"predecessor": (EPICS,), "successor": (EPICS,)},
    "Capacity": {"value_stream": (STREAMS,)},
    "Budget": {"value_stream": (STREAMS,)},
    "Guardrails": {"where": ALL},
    EPICS: {
        "value_stream": (STREAMS,),
        "effort": (STREAMS,),
        "effort_done": (STREAMS,),
        **dict.fromkeys((*PERIOD_FIELDS, PLANNED_START), (PERIODS,)),
    },
}
"""What is named in which columns."""
BY_STREAM = (EPICS, "Effort")
"""The sheets that may have a column of effort for each value stream."""
BY_PERIOD = ("Capacity", "Budget")
"""The sheets whose columns are periods."""
_ID = "id"


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


def follow(merged: Merged, base: Mapping[str, Table]) -> None:
    """Changes everything in the tables of the base that still says an old name."""
    merged.renamed = [*_changed_names(merged, base), *_renamed_periods(merged, base)]
    if not merged.renamed:
        return
    following = _Following(merged, base)
    for table in base.values():
        for column, kinds in _columns(table):
            following.in_column(table, column, [name for name in merged.renamed if name.kind in kinds])
        if table.name in BY_STREAM:
            following.in_headings(table, [name for name in merged.renamed if name.kind == STREAMS])


def _columns(table: Table) -> Iterator[tuple[str, Collection[str]]]:
    """The columns of a table in which records are named, each with what it names."""
    known = REFERENCES.get(table.name, {})
    for column, place in table.columns.items():
        if column in known:
            yield column, known[column]
        elif place.kind == LINK_KIND:
            yield column, (EPICS,)


class _Following:
    """Follows the names of one merge."""

    def __init__(self, merged: Merged, base: Mapping[str, Table]) -> None:
        self._merged, self._known = merged, names_in(base)
        self._editors: dict[tuple[str, ...], set[str]] = {}
        for change in merged.changes:
            self._editors.setdefault((change.sheet, change.row, change.column), set()).update(change.files)
        for row in merged.added:
            self._editors.setdefault((row.sheet, row.row), set()).update(row.files)

    def in_column(self, table: Table, column: str, renamed: Sequence[Renamed]) -> None:
        """Gives every cell of a column the new names."""
        edits = self._merged.edits.setdefault(table.name, Edits())
        for row in [*table.rows, *edits.rows_added] if renamed else ():
            key = (row, column)
            held = edits.cells[key] if key in edits.cells else table.cells.get(key)
            new, files = renamed_content(held, self._still_old(table.name, key, renamed), self._known)
            if held is None or new is None:
                continue
            edits.cells[key] = new
            if row in table.rows and row not in edits.rows_removed:
                label, heading = table.rows[row].label, table.columns[column].heading
                change = CellChange(table.name, *key, label, heading, held, new, files, "applied")
                self._merged.changes.append(change)

    def _still_old(self, sheet: str, key: CellKey, renamed: Sequence[Renamed]) -> list[Renamed]:
        """Who changed a name to one that another thing had, and edited a cell too, means the new names there."""
        editors = self._editors.get((sheet, *key), set()) | self._editors.get((sheet, key[0]), set())
        after = {name.after.casefold() for name in self._merged.renamed}
        return [name for name in renamed if not (editors & {*name.files} and name.before.casefold() in after)]

    def in_headings(self, table: Table, renamed: Sequence[Renamed]) -> None:
        """Gives columns of effort that are headed by a value stream its new name."""
        for column, place in table.columns.items():
            held = [content for (_, there), content in table.cells.items() if there == column]
            if not column.startswith("=") or not held or any(number_in(content) is None for content in held):
                continue
            new, files = renamed_content(content_of(place.heading), renamed, self._known)
            if new is not None:
                _rename_column(self._merged, table, column, new.text, files)


def renamed_content(
    held: Content | None, renamed: Sequence[Renamed], known: Collection[str]
) -> tuple[Content | None, tuple[str, ...]]:
    """What a cell holds with the new names, and the files that say so; None where it names nothing that is renamed."""
    if held is None or held.kind not in ("text", "number"):
        return None, ()
    names = {name.before: name.after for name in renamed}
    if held.kind == "number":
        after, found = names.get(held.text, ""), {held.text} & {*names}
    else:
        after, found = with_new_names(str(held.value), names, known)
    files = sorted({file for name in renamed if name.before in found for file in name.files})
    return (content_of(after), tuple(files)) if found else (None, ())


def names_in(base: Mapping[str, Table]) -> set[str]:
    """Every name that records of a workbook have, and the periods."""
    found = {
        held.text
        for sheet, columns in (*NAMES.items(), ("Guardrails", ("name",)))
        if sheet in base
        for (_, column), held in base[sheet].cells.items()
        if column in columns
    }
    periods = (base[sheet].columns.values() for sheet in BY_PERIOD if sheet in base)
    return found | {column.heading for columns in periods for column in columns}


def follow_outside(merged: Merged, base: Contents) -> dict[str, dict[tuple[int, int], tuple[Content, Content]]]:
    """The cells of scenarios that say an old name, by sheet, each with what it held and with what it is to hold."""
    found: dict[str, dict[tuple[int, int], tuple[Content, Content]]] = {}
    known = names_in(base.tables) if merged.renamed else set()
    for title, columns in base.named_in.items() if merged.renamed else ():
        for (row, column), held in base.outside.get(title, {}).items():
            if column not in columns or row <= columns[column][0] or held.kind != "text":
                continue
            new, files = renamed_content(held, merged.renamed, known)
            if new is not None:
                found.setdefault(title, {})[row, column] = (held, new)
                label, heading = f"{column_letters(column)}{row}", columns[column][1]
                change = CellChange(title, str(row), str(column), label, heading, held, new, files, "applied")
                merged.changes.append(change)
    return found


def _changed_names(merged: Merged, base: Mapping[str, Table]) -> Iterator[Renamed]:
    """The IDs and titles of epics and value streams that are changed by the merge; a title that several have names none."""
    for change in merged.changes:
        if change.column in NAMES.get(change.sheet, ()) and change.status == "applied":
            before, after = _text(change.before), _text(change.after)
            if before and after and (change.column == _ID or _is_single(before, base[change.sheet])):
                yield Renamed(change.sheet, before, after, change.files)


def _is_single(title: str, table: Table) -> bool:
    """Whether a title means one record, and no ID."""
    columns = Counter(column for (_, column), held in table.cells.items() if held.text.casefold() == title.casefold())
    return columns[_ID] == 0 and columns[NAMES[table.name][1]] <= 1


def _renamed_periods(merged: Merged, base: Mapping[str, Table]) -> Iterator[Renamed]:
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
