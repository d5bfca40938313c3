"""Which rows of an export are epics, and whose children they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import chain

from portfolio.domain import Finding
from portfolio.domain.spelling import nearest, shown
from portfolio.errors import WrongUseError
from portfolio.intake.columns import EPICS
from portfolio.intake.exports import other_languages
from portfolio.intake.exports.export_columns import Columns, Recognised
from portfolio.intake.exports.export_table import ExportTable
from portfolio.intake.languages import vocabulary
from portfolio.intake.rows.kinds import row_kinds
from portfolio.intake.rows.row_kinds import RowKinds
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank

ANYTHING = "*"
"""In place of a word of `leave_out`: whatever stands there, the epic is done."""


class NoEpicsError(WrongUseError):
    """The file is an export, but none of its rows is an epic to decide about."""

    def finding(self, file: str) -> Finding:
        """The same as a finding in the file."""
        what, _, fix = str(self).removeprefix(file).strip().partition(". ")
        what = what.rstrip(".")
        return Finding(
            "error", file, f"The export {what}.", "An import takes epics.", fix or "Export what is open, too."
        )


@dataclass
class EpicRows:
    """The positions of the rows that are epics, the title of each one's parent, and how many others there are."""

    positions: list[int] = field(default_factory=list)
    parents: dict[int, str] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    """Rows of another type, by their type."""
    done: Counter[str] = field(default_factory=Counter)
    """Epics that are left out, by the word that says so."""
    other_ids: set[str] = field(default_factory=set)
    """IDs, without case, of the rows that were not taken."""


def first_text(row: Sequence[object], positions: Sequence[int]) -> str:
    """The first filled cell among these columns as text, empty if there is none."""
    return next((as_text(row[position]) for position in positions if not is_blank(_cell(row, position))), "")


def _cell(row: Sequence[object], position: int) -> object:
    return row[position] if position < len(row) else ""


def select(table: ExportTable, found: Recognised, types: Sequence[str]) -> EpicRows:
    """The rows that are epics; `types` replaces the words that the mapping takes.

    Raises NoEpicsError where no row is one.
    """
    columns, mapping = found.columns, found.mapping
    kinds = _kinds(table, found)
    totals = {position for position, kind in kinds.others if kind == "total"}
    rows = [
        (position, _padded(row, len(columns.headings)))
        for position, row in table.filled(found.header + 1)
        if row != table.rows[found.header] and position not in totals
    ]
    if not rows:
        raise NoEpicsError(f"{table.name} has headings and no rows; export it again with the epics in it.")
    if types and not columns.types:
        raise WrongUseError(
            f"{table.name} has no column that says what each row is, so `types` cannot choose.", "types"
        )
    wanted = {word.casefold() for word in types or mapping.rows.take} if columns.types else set()
    foreign = mapping.other_languages
    selected = EpicRows()
    for position, row in rows:
        kind = first_text(row, columns.types)
        other = _other_kind(row, columns) if not types else ""
        done = next(
            (word for place, words in columns.leave_out if (word := _over(as_text(row[place]), words, foreign))), ""
        )
        if wanted and kind.casefold() not in wanted and not (foreign and other_languages.is_one_of(kind, wanted)):
            selected.others[kind or "(blank)"] += 1
        elif other:
            selected.others[other] += 1
        elif done:
            selected.done[done] += 1
        else:
            selected.positions.append(position)
            continue
        selected.other_ids.add(first_text(row, columns.fields.get("id", ())).casefold())
    if not selected.positions:
        raise NoEpicsError(_no_epics(table, found, selected, types or mapping.rows.take), "types")
    selected.others.update(["total"] * len(totals))
    grouped = any(kind == "header" for _, kind in kinds.others)
    selected.parents = (kinds.sections if grouped else {}) | _parents(rows, found)
    return selected


def _kinds(table: ExportTable, found: Recognised) -> RowKinds:
    """What the rows are besides epics: totals, and the sections that epics stand in."""
    width = max(map(len, table.rows), default=0)
    rows = [_padded(row, width) for row in table.rows]
    columns = {EPICS.column(name): places[0] for name, places in found.columns.fields.items() if name != "value_stream"}
    whole = Table(Grid(table.name, rows, table.top, 1, {}), found.header, rows[found.header], EPICS, columns)
    return row_kinds(
        whole, [whole.columns[EPICS.column(name)] for name in ("id", "title") if name in found.columns.fields]
    )


def _other_kind(row: Sequence[object], columns: Columns) -> str:
    """What a row is that is no epic by a column which is filled, or is not; empty if it is one."""
    parts = (name for place, name in columns.parts if not _is_nothing(row[place]))
    blank = (name for place, name in columns.blank if is_blank(row[place]))
    return next(chain(parts, blank), "")


def _is_nothing(cell: object) -> bool:
    return is_blank(cell) or vocabulary().meaning("empty", cell) is not None


def _over(state: str, words: Set[str], foreign: bool) -> str:
    """The word for an epic that is left out, empty if it is not."""
    if state.casefold() in words or (foreign and other_languages.is_over(state)):
        return state
    return "done" if state and ANYTHING in words else ""


def _padded(row: Sequence[object], width: int) -> list[object]:
    return [*row, *[""] * (width - len(row))]


def _no_epics(table: ExportTable, found: Recognised, selected: EpicRows, wanted: Sequence[str]) -> str:
    if selected.done and not selected.others:
        words = ", ".join(selected.done)
        return f"{table.name} has no epic to decide about: all {selected.done.total()} rows are {words}."
    kinds = [kind for kind, _ in selected.others.most_common()]
    counted = ", ".join(f"{selected.others[kind]} {kind}" for kind in kinds[:8])
    if not found.columns.types:
        return f"{table.name} has no row that is an epic; it has {counted}. Export the rows above them too."
    meant = next((near for word in wanted if (near := nearest(word, kinds))), kinds[0])
    column = found.columns.headings[found.columns.types[0]]
    return (
        f"{table.name} has no row whose {column} is {' or '.join(wanted)}; it has {counted}. "
        f"Choose what an epic is, for example with `types` {shown(meant)}."
    )


def _parents(rows: Sequence[tuple[int, list[object]]], found: Recognised) -> dict[int, str]:
    """The title of each row's parent: by the parent's ID, or by the level of its title in a tree."""
    columns = found.columns
    titles = columns.fields.get("title", ())
    by_id = {
        as_text(row[place]).casefold(): first_text(row, titles)
        for _, row in rows
        for place in columns.parent_ids
        if not is_blank(row[place])
    }
    above: list[str] = [""] * len(titles)
    parents: dict[int, str] = {}
    for position, row in rows:
        title = by_id.get(first_text(row, columns.parents).casefold(), "")
        if found.mapping.parent.levels:
            level = next((number for number, place in enumerate(titles) if not is_blank(row[place])), 0)
            title = title or next((text for text in reversed(above[:level]) if text), "")
            above[level:] = [first_text(row, titles), *[""] * (len(above) - level - 1)]
        if title:
            parents[position] = title
    return parents
