"""Which rows of an export are epics, and whose children they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from portfolio.domain.spelling import nearest, shown
from portfolio.errors import WrongUseError
from portfolio.intake.exports.export_columns import Recognised
from portfolio.intake.exports.export_table import ExportTable
from portfolio.intake.values.cell_values import as_text, is_blank


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


def first_text(row: Sequence[Any], positions: Sequence[int]) -> str:
    """The first filled cell among these columns as text, empty if there is none."""
    return next((as_text(row[position]) for position in positions if not is_blank(_cell(row, position))), "")


def _cell(row: Sequence[Any], position: int) -> Any:
    return row[position] if position < len(row) else ""


def select(table: ExportTable, found: Recognised, types: Sequence[str]) -> EpicRows:
    """The rows that are epics; `types` replaces the words that the mapping takes.

    Raises WrongUseError where no row is one.
    """
    columns, mapping = found.columns, found.mapping
    rows = [(position, _padded(row, len(columns.headings))) for position, row in table.filled(found.header + 1)]
    if not rows:
        raise WrongUseError(f"{table.name} has headings and no rows; export it again with the epics in it.")
    if types and not columns.types:
        raise WrongUseError(
            f"{table.name} has no column that says what each row is, so `types` cannot choose.", "types"
        )
    wanted = {word.casefold() for word in types or mapping.rows.take} if columns.types else set()
    selected = EpicRows()
    for position, row in rows:
        kind = first_text(row, columns.types)
        over = [as_text(row[place]) for place, words in columns.leave_out if as_text(row[place]).casefold() in words]
        if wanted and kind.casefold() not in wanted:
            selected.others[kind or "(blank)"] += 1
        elif over:
            selected.done[over[0]] += 1
        else:
            selected.positions.append(position)
            continue
        selected.other_ids.add(first_text(row, columns.fields.get("id", ())).casefold())
    if not selected.positions:
        raise WrongUseError(_no_epics(table, found, selected, types or mapping.rows.take), "types")
    selected.parents = _parents(rows, found)
    return selected


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*row, *[""] * (width - len(row))]


def _no_epics(table: ExportTable, found: Recognised, selected: EpicRows, wanted: Sequence[str]) -> str:
    if selected.done and not selected.others:
        words = ", ".join(selected.done)
        return f"{table.name} has no epic to decide about: all {selected.done.total()} rows are {words}."
    kinds = [kind for kind, _ in selected.others.most_common()]
    counted = ", ".join(f"{selected.others[kind]} {kind}" for kind in kinds[:8])
    meant = next((near for word in wanted if (near := nearest(word, kinds))), kinds[0])
    column = found.columns.headings[found.columns.types[0]]
    return (
        f"{table.name} has no row whose {column} is {' or '.join(wanted)}; it has {counted}. "
        f"Choose what an epic is, for example with `types` {shown(meant)}."
    )


def _parents(rows: Sequence[tuple[int, list[Any]]], found: Recognised) -> dict[int, str]:
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
